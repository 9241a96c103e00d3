"""What `huchu pairing` prints: where each project stands, by which article, and the ways to what is missing."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from huchu.cli.pairing_judged import Judged
from huchu.cli.pairing_tables import rent_text, standing_rows
from huchu.cli.pairing_ways import Proposal, Proposals, Way
from huchu.cli.printing import Justify, print_findings, print_table, to_stdout, told
from huchu.cli.words import say
from tariffs.claims import figure_text
from tariffs.eligibility.wind_pairing import Verdict
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import SEVERITY_WORDS, Finding, Severity

VERDICT_WORDS: Final = {
    Verdict.MET: Words("达到", "met"),
    Verdict.SHORT: Words("不足", "short"),
    Verdict.SHOWN: Words("仅列数字", "shown only"),
    Verdict.CANNOT_TELL: Words("不能判断", "cannot tell"),
    Verdict.NO_RULE: Words("无要求", "no rule"),
}
WAY_WORDS: Final = {
    Way.LEASE: Words("租赁", "lease"),
    Way.STILL_OPEN: Words("仍缺", "still open"),
    Way.BUILD: Words("或全部新建", "or build it all"),
}
IN_THE_TABLES: Final = ("pairing_short", "pairing_free_power_not_enough")
"""Findings that the tables show already."""
STANDINGS: Final[Sequence[tuple[Words, Justify]]] = (
    (Words("项目", "project"), "left"),
    (Words("自", "from"), "left"),
    (Words("至（含）", "until"), "left"),
    (Words("结果", "result"), "left"),
    (Words("要求 MW/MWh", "required MW/MWh"), "right"),
    (Words("计入 MW/MWh", "counted MW/MWh"), "right"),
    (Words("缺 MW/MWh", "short MW/MWh"), "right"),
)
WAYS: Final[Sequence[tuple[Words, Justify]]] = (
    (Words("项目", "project"), "left"),
    (Words("办法", "way"), "left"),
    (Words("电站", "station"), "left"),
    (Words("功率/电量 MW/MWh", "power/energy MW/MWh"), "right"),
    (Words("自", "from"), "left"),
    (Words("至（含）", "until"), "left"),
    (Words("租金 元", "rent, CNY"), "right"),
)


def report(found: Judged, ways: Proposals, findings: Sequence[Finding], out: Path | None) -> None:
    """Say what came out: warnings first, two tables, then what should be known."""
    warnings = [each for each in findings if each.severity is not Severity.NOTICE]
    print_findings([each for each in warnings if each.code not in IN_THE_TABLES])
    print_table(STANDINGS, list(_standing_rows(found)), Words("行", "rows"))
    for (reason, articles), names in _by_reason(found).items():
        to_stdout(f"{', '.join(names)}  {told(reason)} 〔{articles}〕")
    if ways.rows:
        to_stdout("")
        to_stdout(say("补足办法", "ways to what is missing"))
        print_table(WAYS, [_way_row(row) for row in ways.rows], Words("行", "rows"))
    to_stdout("")
    _notices([each for each in findings if each.severity is Severity.NOTICE])
    if out is not None:
        to_stdout(say(f"结果在 {out}", f"results in {out}"))


def _by_reason(found: Judged) -> dict[tuple[Words, str], list[str]]:
    """The projects that share a reason and its articles."""
    names: dict[tuple[Words, str], list[str]] = {}
    for each in found.projects:
        articles = "；".join(str(citation) for citation in each.owed.citations)
        for reason in dict.fromkeys(stretch.standing.reason for stretch in each.stretches):
            names.setdefault((reason, articles), []).append(each.project.id)
    return names


def _notices(notices: Sequence[Finding]) -> None:
    """The first notice of each kind, and how many more of it there are."""
    for code in dict.fromkeys(notice.code for notice in notices):
        alike = [notice for notice in notices if notice.code == code]
        more = len(alike) - 1
        rest = say(f"（另有 {more} 条同类）", f" ({more} more like it)") if more else ""
        to_stdout(f"{told(SEVERITY_WORDS[Severity.NOTICE])}  {told(alike[0].message)}{rest}")


def _standing_rows(found: Judged) -> Iterator[tuple[str, ...]]:
    for row in standing_rows(found):
        verdict = Verdict(row["verdict"])
        has_rule = row["required_power_mw"] != ""
        is_short = row["short_mw"] not in ("", "0")
        yield (
            row["project_id"],
            row["from_on"],
            row["until_on"],
            told(VERDICT_WORDS[verdict]),
            f"{row['required_power_mw']} / {row['required_energy_mwh']}" if has_rule else "",
            f"{row['counted_mw']} / {row['counted_mwh']}" if has_rule else "",
            f"{row['short_mw']} / {row['short_mwh']}" if is_short else "",
        )


def _way_row(row: Proposal) -> tuple[str, ...]:
    least = row.build_power_mw
    floor = ""
    if least is not None and least > row.power_mw:
        floor = say(f"单独须 ≥ {figure_text(least)} MW", f">= {figure_text(least)} MW if alone")
    return (
        row.project_id,
        told(WAY_WORDS[row.way]),
        row.station_id or floor,
        f"{figure_text(row.power_mw)} / {figure_text(row.power_mw * row.duration_h)}",
        str(row.first_on),
        str(row.last_on),
        rent_text(row.rent_cny),
    )
