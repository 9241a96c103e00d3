"""Pictures drawn beside the work: by a helper process that starts early, or by this one where the helper fails.

Only the standard library is loaded here, so that the helper can be started before anything else.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huchu.plots.fleet_picture import FleetPicture
    from huchu.plots.job import Job, Kind
    from huchu.plots.picture import SchedulePicture

    Painters = Mapping[Kind, "Painter"]

KINDS: "Final[tuple[Kind, ...]]" = ("schedule", "heat_map")
FLEET_KINDS: "Final[tuple[Kind, ...]]" = ("fleet", "fleet_heat_map", "fleet_calls")
"""The pictures of one station's schedule, and those of several stations together."""
WORKER: Final = "huchu.plots.worker"
PATIENCE_S: Final = 60.0
"""A helper that does not answer for so long is taken for stuck, and ended."""


class Painter:
    """Draws pictures in the order in which they are asked for, while the caller goes on."""

    def __init__(self, worker: "subprocess.Popen[bytes] | None") -> None:
        self._worker = worker
        self._queue = ThreadPoolExecutor(1, thread_name_prefix="painter")
        self._closed = False

    def begin(self, kind: "Kind", picture: "SchedulePicture | FleetPicture") -> "Future[bytes]":
        """The PNG of a picture, once it is drawn: `result()` waits for it."""
        return self._queue.submit(self._draw, kind, picture)

    def close(self) -> None:
        """End the helper, even in the middle of a drawing: by then nobody waits for it."""
        self._closed = True
        if self._worker is not None:
            self._worker.kill()
        self._queue.shutdown(cancel_futures=True)
        if self._worker is not None:
            for pipe in (self._worker.stdin, self._worker.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            self._worker.wait()

    def _draw(self, kind: "Kind", picture: "SchedulePicture | FleetPicture") -> bytes:
        from huchu.plots.job import Job, drawn
        from settlement.export.fonts import BOLD, REGULAR

        job = Job(kind=kind, picture=picture, regular=REGULAR, bold=BOLD)
        answer = None if self._worker is None else _answer(self._worker, job)
        if self._closed:
            raise CancelledError
        return drawn(job) if answer is None else answer


@contextmanager
def painter() -> Iterator[Painter]:
    """A painter whose helper is gone when the block is left, in whichever way."""
    artist = Painter(started_worker())
    try:
        yield artist
    finally:
        artist.close()


@contextmanager
def painters() -> "Iterator[Painters]":
    """A painter for each kind of picture of a station, so that both are drawn at once; all are gone when the block is left."""
    with ExitStack() as stack:
        yield {kind: stack.enter_context(painter()) for kind in KINDS}


def started_worker() -> "subprocess.Popen[bytes] | None":
    """The helper process, loading; nothing where it cannot be had, or where one processor has to do all."""
    if os.cpu_count() == 1 or not sys.executable or getattr(sys, "frozen", False):
        return None
    # the helper finds the packages where this process did, and nothing in the folder in which it happens to run
    paths = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100 pathlib is not loaded yet
    try:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths, "MPLBACKEND": "agg"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        return None


def _answer(worker: "subprocess.Popen[bytes]", job: "Job") -> bytes | None:
    """The PNG from the helper, or nothing where it fails, for whichever reason."""
    watch = Timer(PATIENCE_S, worker.kill)
    watch.daemon = True
    watch.start()
    try:
        pickle.dump(job, worker.stdin)  # type: ignore[arg-type]
        worker.stdin.flush()  # type: ignore[union-attr]
        png = pickle.load(worker.stdout)  # type: ignore[arg-type]
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        worker.kill()
        return None
    finally:
        watch.cancel()
    return png if isinstance(png, bytes) else None
