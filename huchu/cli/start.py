"""`huchu init` and `huchu demo`: what a newcomer types first."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from huchu.cli import dispatch, settle
from huchu.cli.printing import print_json, refusals, to_stdout
from huchu.cli.request import Asked, Request
from huchu.cli.size.sample import PROJECT, sample_files
from huchu.cli.words import say
from huchu.output import FINDINGS_FILE, write_file
from huchu.plots.painter import painters
from tariffs.vocabulary.errors import InputError, UsageError, Words, shown_name

START: Final = "start"
SEASON: Final = "season"
SEASON_MONTHS: Final = "2025-06..2025-09"
SEASON_BESIDE: Final = (
    ("orders", "orders.csv"),
    ("plan", "plan.csv.gz"),
    ("adjust", "adjust.csv"),
    ("incidents", "incidents.csv"),
    ("agc", "agc.csv"),
)
"""The options of the sample season and its files; market prices are there for a month of the switch only."""
DEMO_METERS = ("LG01_registers.csv", "FX02_96points_gbk.csv", "CM03_long.csv")
DEMO_MONTHS = "2025-05..2025-06"
DEMO_SCHEDULE = "demo_schedule"
DEMO_STATION = "SH-LG-01"


def init(folder: Path, *, season: bool, size: bool, force: bool, as_json: bool) -> None:
    """Write settings, stations and a small meter file, or a sample peak season with every other input, or a project to
    be sized; what is there already stays unless forced."""
    with refusals(as_json=as_json):
        _refuse_two_samples(season=season, size=size)
        sample = _sample(season=season, size=size)
        there = [name for name in sample if (folder / name).exists()]
        if there and not force:
            raise InputError(
                Words("目标文件夹中已有同名文件", "the folder has files of these names"),
                found=Words("、".join(there), ", ".join(there)),
                do=Words("换一个文件夹，或用 --force 覆盖", "choose another folder, or overwrite with --force"),
            )
        for name, content in sample.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write_file(folder / name, content)
    if as_json:
        print_json({"status": "done", "files": [str(folder / name) for name in sample]})
        return
    for name in sample:
        to_stdout(str(folder / name))
    if size:
        _tell_size(folder)
    else:
        _tell_next(folder, tuple(sample), season=season)


def _refuse_two_samples(*, season: bool, size: bool) -> None:
    if season and size:
        raise UsageError(
            Words("--season 与 --size 只能给一个", "give --season or --size, not both"),
            found=Words("两个都给了", "both are given"),
            do=Words("去掉其一，或写到两个文件夹", "leave out one, or write to two folders"),
        )


def _sample(*, season: bool, size: bool) -> dict[str, bytes]:
    """The files to be written, by name."""
    if size:
        return sample_files()
    shipped = files("huchu.samples") / (SEASON if season else START)
    return {name: entry.read_bytes() for name, entry in _files_of(shipped)}


def _files_of(folder: Traversable, above: str = "") -> Iterator[tuple[str, Traversable]]:
    """Every file under a folder of samples, by its name from there on."""
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _files_of(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry


def _tell_size(folder: Path) -> None:
    to_stdout(
        say(
            "下一步：改写 project.toml（造价、电价与设置均为样例），然后运行",
            "next: make project.toml your own (costs, prices and settings are samples), then run",
        )
    )
    to_stdout(f"  huchu size {folder / PROJECT}")


def _tell_next(folder: Path, names: Sequence[str], *, season: bool) -> None:
    if not season:
        to_stdout(
            say(
                "下一步：在 huchu.toml 中填写三个必填项，然后运行",
                "next: fill in the three required settings in huchu.toml, then run",
            )
        )
        to_stdout(f"  huchu settle {folder / 'meter.csv'} --month 2025-06")
        return
    # named one by one: not every shell spells out meter-*.csv.gz
    meters = " ".join(str(folder / name) for name in names if name.startswith("meter-"))
    beside = " ".join(f"--{option} {folder / name}" for option, name in SEASON_BESIDE)
    settled = folder / "settled"
    to_stdout(say("下一步：结算整个迎峰期，再看调用次数", "next: settle the whole season, then look at the calls"))
    to_stdout(f"  huchu settle {meters} --month {SEASON_MONTHS} {beside} --out {settled}")
    to_stdout(f"  huchu calls {settled}")


def demo(out: Path, *, as_json: bool) -> None:
    """Settle the shipped samples: three stations, one month outside and one inside the peak season; plan one of them."""
    with refusals(as_json=as_json), as_file(files("huchu.samples")) as samples, painters() as artists:
        _refuse_foreign(out)
        request = settle.Request(
            meter=tuple(samples / name for name in DEMO_METERS),
            month=DEMO_MONTHS,
            stations=samples / "stations.toml",
            settings=samples / "huchu.toml",
            out=out,
            estimate=True,
            force=True,
        )
        result, written = settle.run(request)
        planned = dispatch.run(
            Request(
                stations=samples / "stations.toml",
                settings=samples / "huchu.toml",
                signals=samples / "signals.csv",
                asked=Asked(objective="regulated_revenue"),
                only=(DEMO_STATION,),
                out=out / DEMO_SCHEDULE,
            ),
            artists,
        )
    settle.report(result, written, as_json=as_json)
    if not as_json:
        pages = sorted((written / "statements").glob("*.pdf"))
        to_stdout(say("结算单（同名 .xlsx、.json 在旁）：", "statements (with .xlsx and .json beside each):"))
        for page in pages:
            to_stdout(f"  {page}")
        to_stdout("")
        dispatch.report(planned, as_json=False)
        to_stdout(say("计划图：", "pictures of the schedule:"))
        for picture in sorted((out / DEMO_SCHEDULE).glob("*.png")):
            to_stdout(f"  {picture}")


def _is_demo(out: Path) -> bool:
    try:
        inputs = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
        return {entry["name"] for entry in inputs} >= set(DEMO_METERS)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _refuse_foreign(out: Path) -> None:
    """An earlier demo is replaced; anything else is not."""
    if out.is_dir() and any(path.name != FINDINGS_FILE for path in out.iterdir()) and not _is_demo(out):
        raise InputError(
            Words(f"{shown_name(out)} 不是以前的演示结果", f"{shown_name(out)} is not an earlier demo"),
            found=Words("其中有别的文件", "it holds other files"),
            do=Words("换一个 --out", "choose another --out"),
        )
