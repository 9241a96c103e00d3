"""The product against the oracle: every amount, tax, quantity and figure of calls is the same, to the last digit."""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from oracle import COAL, Choices, Dated, Row, YearMonth, calls_of, daily_energy, lines_of
from station_months import (
    Outline,
    following,
    long_frame,
    month_rows,
    month_span,
    settled,
    write_documents,
)

from settlement import StatementSet

OWN = (("03-20", "04-05"), ("06-15", "09-15"), ("12-10", "02-28"))
TWO_NETWORK_PRICES: Dated = ((date(2025, 1, 1), Fraction("0.1234")), (date(2026, 7, 20), Fraction("0.131717")))
TWO_COAL_PRICES: Dated = (*COAL, (date(2026, 8, 11), Fraction("0.4322")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Months settled in one call."""

    seed: int
    first: YearMonth
    count: int
    minutes: int
    choices: Choices
    outlines: tuple[Outline, ...]
    documents: bool = False

    @property
    def months(self) -> list[YearMonth]:
        return following(self.first, self.count)

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.choices.season} {month_span(self.months)} {self.minutes} min"


def _three(first: YearMonth) -> tuple[Outline, ...]:
    """An old station, one connected in the middle of the second month, one in trial operation and later enlarged."""
    second, fourth = following(first, 4)[1], following(first, 4)[3]
    return (
        Outline(name="OLD-1", power_mw=100, energy_mwh=200),
        Outline(name="NEW-2", power_mw=30, energy_mwh=70, connected_on=date(*second, 17)),
        Outline(
            name="TRIAL-3",
            power_mw=10,
            energy_mwh=40,
            connected_on=date(*first, 9),
            commissioning_until=date(*second, 10),
            enlarged_on=date(*fourth, 14),
        ),
    )


def _campaign(seed: int, first: YearMonth, minutes: int, choices: Choices, *, count: int = 12) -> Campaign:
    documents = choices.returned_only or choices.coal != COAL
    return Campaign(
        seed=seed,
        first=first,
        count=count,
        minutes=minutes,
        choices=choices,
        outlines=_three(first),
        documents=documents,
    )


YEARS = (
    _campaign(11, (2025, 1), 15, Choices(season="jul_aug_dec_jan", year_from=(6, 1))),
    _campaign(
        12,
        (2027, 6),
        60,
        Choices(season="jul_sep_dec_jan", year_from=(1, 1), returned_only=True, network=TWO_NETWORK_PRICES),
    ),
    _campaign(13, (2027, 8), 30, Choices(season="jul_sep_dec_feb", year_from=(7, 1), by_season_days=False)),
    _campaign(
        14,
        (2026, 1),
        15,
        Choices(
            season="mid_jun_mid_sep_mid_dec_mid_mar",
            year_from=(6, 15),
            returned_only=True,
            network=TWO_NETWORK_PRICES,
            coal=TWO_COAL_PRICES,
        ),
    ),
    _campaign(15, (2027, 10), 60, Choices(season="jun_sep_dec_feb", year_from=(6, 1), commissioning_settled=True)),
    _campaign(16, (2028, 1), 30, Choices(season="jun_aug_dec_feb", year_from=(12, 1))),
    _campaign(
        17,
        (2027, 12),
        30,
        Choices(season="own", own_ranges=OWN, year_from=(3, 16), returned_only=True, network=TWO_NETWORK_PRICES),
    ),
    _campaign(18, (2030, 1), 60, Choices(season="jun_sep_dec_feb", year_from=(6, 1))),
)
EDGES = tuple(
    _campaign(100 + n, first, minutes, Choices(season=season, year_from=year_from), count=2)
    for n, (season, first, minutes, year_from) in enumerate(
        (
            ("mid_jun_mid_sep_mid_dec_mid_mar", (2025, 6), 5, (6, 15)),
            ("mid_jun_mid_sep_mid_dec_mid_mar", (2025, 12), 15, (1, 1)),
            ("mid_jun_mid_sep_mid_dec_mid_mar", (2029, 3), 15, (6, 1)),
            ("jun_sep_dec_feb", (2028, 2), 5, (6, 1)),
            ("jul_sep_dec_jan", (2028, 2), 15, (6, 1)),
        )
    )
)


def _differences(campaign: Campaign, result: StatementSet, rows: Sequence[Row]) -> Iterator[str]:
    """Every cell in which the product and the oracle differ."""
    daily = daily_energy(rows)
    expected_lines, expected_calls = [], []
    for outline in campaign.outlines:
        done: list[YearMonth] = []
        for month in campaign.months:
            lines = lines_of(outline.plant, month, daily, campaign.choices)
            expected_lines.extend(lines)
            expected_calls.extend(calls_of(outline.plant, month, done, daily, campaign.choices))
            done.extend([month] if lines else [])
    yield from _table_differences("line", expected_lines, _with_exempted(result), ("station_id", "month", "line_no"))
    calls = list(result.calls.iter_rows(named=True))
    yield from _table_differences("calls", expected_calls, calls, ("station_id", "month", "obligation_year"))


def _with_exempted(result: StatementSet) -> list[dict[str, str]]:
    rows = []
    for line in result.lines.iter_rows(named=True):
        flags = dict(flag.split("=", 1) for flag in line.pop("flags").split(";") if flag)
        rows.append({**line, "line_no": str(line["line_no"]), "exempted_cny": flags.get("exempted_cny", "")})
    return rows


def _table_differences(
    kind: str, expected: Sequence[dict[str, str]], actual: Sequence[dict[str, str]], key: Sequence[str]
) -> Iterator[str]:
    def by_key(rows: Sequence[dict[str, str]]) -> dict[tuple[str, ...], dict[str, str]]:
        return {tuple(row[name] for name in key): row for row in rows}

    wanted, got = by_key(expected), by_key(actual)
    yield from (f"{kind} {key}: only one of the two has it" for key in sorted(wanted.keys() ^ got.keys()))
    for each in sorted(wanted.keys() & got.keys()):
        for column, text in wanted[each].items():
            if got[each][column] != text:
                yield f"{kind} {each} {column}: oracle {text!r}, product {got[each][column]!r}"
        yield from (
            f"{kind} {each}: column {name} is unknown to the oracle" for name in got[each].keys() - wanted[each].keys()
        )


@pytest.mark.parametrize("campaign", [*YEARS, *EDGES], ids=str)
def test_the_product_and_the_oracle_agree_to_the_last_digit(campaign: Campaign, tmp_path: Path) -> None:
    random = Random(campaign.seed)
    rows = [
        row
        for outline in campaign.outlines
        for month in campaign.months
        for row in month_rows(outline, month, campaign.minutes, random)
    ]
    documents = write_documents(tmp_path, campaign.choices) if campaign.documents else None
    result = settled(long_frame(rows), campaign.outlines, month_span(campaign.months), campaign.choices, documents)
    assert [] == list(_differences(campaign, result, rows))


def test_a_fen_or_a_ten_thousandth_of_a_kwh_more_is_a_difference() -> None:
    campaign = EDGES[-1]
    random = Random(campaign.seed)
    rows = [row for o in campaign.outlines for m in campaign.months for row in month_rows(o, m, 15, random)]
    result = settled(long_frame(rows), campaign.outlines, month_span(campaign.months), campaign.choices)
    place = next(n for n, row in enumerate(rows) if row[0] == "OLD-1" and row[3])
    name, at, charge, discharge = rows[place]
    changed = [*rows[:place], (name, at, charge, discharge + 1), *rows[place + 1 :]]
    assert [] == list(_differences(campaign, result, rows))
    assert any("quantity" in difference for difference in _differences(campaign, result, changed))


def test_the_campaigns_hold_two_hundred_station_months_and_every_preset_length_and_edge() -> None:
    campaigns = (*YEARS, *EDGES)
    assert 200 <= sum(
        campaign.choices.first_day(outline.plant) <= date(*month, 28)
        for campaign in campaigns
        for outline in campaign.outlines
        for month in campaign.months
    )
    assert 7 == len({campaign.choices.season for campaign in campaigns})
    assert {5, 15, 30, 60} == {campaign.minutes for campaign in campaigns}
    assert {True, False} == {campaign.choices.returned_only for campaign in campaigns}
    assert {6, 12, 2} <= {month for campaign in campaigns for _, month in campaign.months}


def test_the_oracle_imports_the_standard_library_only() -> None:
    tree = ast.parse(Path(__file__).with_name("oracle.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= set(sys.stdlib_module_names) | {"collections.abc"}
