"""`huchu size`: a project into its best size and what that earns, written to a folder and told."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dispatch.outcome import NoSchedule
from dispatch.sizing.report import SizingReport, size_project
from huchu.cli.places import SETTINGS_FILE, beside
from huchu.cli.printing import DONE, refusals, told, with_findings_written
from huchu.cli.rule.streams import put_out
from huchu.cli.size.asked import Asked, asked_of
from huchu.cli.size.files import inputs_of
from huchu.cli.size.report import report
from huchu.cli.size.request import Request
from huchu.cli.size.sample import project_text
from huchu.cli.size.sweep import report_sweep, run_sweep
from huchu.cli.stages import Stages
from huchu.cli.words import say
from huchu.output import refuse_existing
from huchu.sizes.result import write_result
from tariffs.vocabulary.errors import Refused, UsageError, Words

TABLE_OF_LIMITS: Final = "[size]"
FEWER_CALLS: Final = Words(
    "在该情景中写较小的 calls，或用 --size 另给规模", "write fewer calls in that scenario, or give another --size"
)
"""What to do where a size cannot make its calls: the scheduler's own advice names options of `huchu dispatch`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run came to, and where it lies."""

    report: SizingReport
    out: Path


def size(request: Request, *, as_json: bool) -> None:
    """Size, judge and write, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        if request.example:
            put_out(project_text())
            raise SystemExit(DONE)
        asked = asked_of(request)
        file = _project_of(request)
        if asked.grid is not None:
            swept = run_sweep(request, file, asked.grid)
        else:
            done = run(request, file, asked)
    if asked.grid is not None:
        report_sweep(swept, as_json=as_json)
    else:
        report(done.report, done.out, as_json=as_json)
    raise SystemExit(DONE)


def run(request: Request, file: Path, asked: Asked) -> Done:
    """The project sized, its results written to the folder of the request.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    out = request.out or Path(f"size-{file.stem}")
    refuse_existing(out, force=request.force)
    stages = Stages()
    settings = request.settings or beside(SETTINGS_FILE, [file])
    try:
        with stages.stage("size", say("读取", "reading")) as bar:

            def tell(words: Words) -> None:
                bar.update(bar.task_ids[0], description=told(words), advance=1)

            sized = size_project(
                file,
                settings=settings,
                scenario=asked.scenario,
                size=asked.size,
                solver_limits=asked.limits,
                progress=tell,
            )
    except NoSchedule as refused:
        if TABLE_OF_LIMITS not in refused.do.en:
            refused.do = FEWER_CALLS
        raise
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    with stages.stage("write", say("写出", "writing")):
        inputs = inputs_of(sized.project, file, settings)
        write_result(out, sized, inputs, stages.seconds, plot=request.plot, force=request.force)
    return Done(report=sized, out=out)


def _project_of(request: Request) -> Path:
    if request.project is not None:
        return request.project
    raise UsageError(
        Words("没有给出项目", "no project is named"),
        found=Words("没有 PROJECT.toml", "no PROJECT.toml"),
        do=Words(
            "huchu init DIR --size 写出样例，或 huchu size --example 打印样例",
            "huchu init DIR --size writes a sample, huchu size --example prints one",
        ),
    )
