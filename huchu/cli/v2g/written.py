"""The result folder of `huchu v2g`: envelope, plan, every car, summary, findings and pictures, whole or not at all."""

import json
from collections.abc import Iterator, Mapping

from huchu.cli.v2g.done import Done
from huchu.cli.v2g.summary import run_record, summary_of
from huchu.cli.v2g.tables import envelope_table, plan_table, schedule_parquet, schedule_table, sessions_table
from huchu.output import FINDINGS_FILE, whole_folder, write_file
from settlement.export.tables import csv_bytes, findings_frame


def write(done: Done, seconds: Mapping[str, float], *, plot: bool, force: bool) -> None:
    """Write every file of a run.

    Raises  InputError if the folder may not be written
    """
    horizon = done.given.horizon
    drawn = dict(_pictures(done)) if plot else {}
    record = {**summary_of(done), **run_record(done.given.files, seconds)}
    with whole_folder(done.out, force=force) as draft:
        write_file(
            draft / "envelope.csv",
            csv_bytes(envelope_table(done.envelope, None if done.store is None else done.store.plain)),
        )
        write_file(draft / "v2g_plan.csv", csv_bytes(plan_table(done.plan_kwh_e4, horizon)))
        write_file(draft / "session_energies.csv", csv_bytes(sessions_table(done.assigned)))
        write_file(draft / "session_schedule.csv", csv_bytes(schedule_table(done.assigned, horizon)))
        write_file(draft / "session_schedule.parquet", schedule_parquet(done.assigned, horizon))
        write_file(draft / "summary.json", (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
        write_file(draft / FINDINGS_FILE, csv_bytes(findings_frame(done.findings)))
        for name, png in drawn.items():
            write_file(draft / name, png)


def _pictures(done: Done) -> Iterator[tuple[str, bytes]]:
    """The pictures by name; matplotlib is loaded for them."""
    from huchu.cli.v2g.picture import envelope_picture, sessions_picture
    from huchu.plots.envelope import envelope_png
    from huchu.plots.envelope_sessions import sessions_png

    picture = envelope_picture(done)
    yield "envelope.png", envelope_png(picture)
    yield "busiest_day.png", sessions_png(sessions_picture(done, picture))
