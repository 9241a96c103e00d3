"""The process that draws: it loads matplotlib while the program reads and solves, then draws what it is sent.

Each `Job` on standard input is pickled; so is each answer on standard output: the PNG, or nothing where the drawing
failed. The end of the input is the end of the process.
"""

import io
import pickle
import sys
from typing import BinaryIO

from matplotlib.figure import Figure

from huchu.plots import heat_map, schedule
from huchu.plots.job import Job, drawn

LOADED = (heat_map, schedule)
"""Loaded at the start and not with the first job."""


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Draw job after job until there is none."""
    while True:
        try:
            job = pickle.load(jobs)
        except EOFError:
            return
        pickle.dump(_drawn_or_nothing(job), answers)
        answers.flush()


def warm_up() -> None:
    """Draw something small: what is loaded only for a first drawing is loaded by it."""
    figure = Figure(figsize=(1, 1))
    axes = figure.add_axes((0.2, 0.2, 0.6, 0.6))
    axes.plot([0, 1], [0, 1], label="-")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")


def _drawn_or_nothing(job: Job) -> bytes | None:
    try:
        return drawn(job)
    except Exception:  # noqa: BLE001 whatever it is, the program then draws itself and meets it there
        return None


if __name__ == "__main__":
    # what a library prints must not get among the answers
    own_answers, sys.stdout = sys.stdout.buffer, sys.stderr
    warm_up()
    serve(sys.stdin.buffer, own_answers)
