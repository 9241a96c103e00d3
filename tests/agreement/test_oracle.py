"""The product against the oracle: every amount, tax, quantity and figure of calls is the same, to the last digit."""

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import polars as pl
import pytest
from mixed_years import Made, Mix, made_up
from mixes import ASSESSMENT, LONG, RULES, SHORT
from oracle import COAL, EXAMPLE_NETWORK, Book, Choices, Dated, Plant, Rent, Row, YearMonth, book_of
from oracle_assessment import FORMULAS
from oracle_bill import ORDER, drafts_of, flags_text, lines_of, totals_of
from oracle_calls import calls_of, verdicts_of
from oracle_income import award_rows, awards_of
from station_months import (
    Outline,
    following,
    long_frame,
    month_rows,
    month_span,
    settled,
    settled_book,
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


def _campaign(seed: int, first: YearMonth, minutes: int, choices: Choices, *, count: int = 8) -> Campaign:
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
    _campaign(18, (2030, 1), 60, Choices(season="jun_sep_dec_feb", year_from=(6, 1)), count=12),
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


DOCUMENT_FLAGS = {"not_confirmed", "unconfirmed_since_check"}
"""Flags that say how sure a document is, which no oracle of figures knows."""


def _differences(plants: Sequence[Plant], book: Book, result: StatementSet) -> Iterator[str]:
    """Every cell in which the product and the oracle differ."""
    months = [(plant, month) for plant in plants for month in book.months]
    lines = [line for plant, month in months for line in lines_of(plant, month, book)]
    calls = [row for plant in plants for row in calls_of(plant, book)]
    awards = [row for plant in plants for row in award_rows(plant, book)]
    yield from _table_differences("line", lines, _without_documents(result), ("station_id", "month", "line_no"))
    yield from _table_differences("calls", calls, _rows(result.calls), ("station_id", "month", "obligation_year"))
    yield from _table_differences("award", awards, _rows(result.awards), ("station_id", "month", "award_year"))
    totals = {(made.station.id, made.month.year, made.month.number): made for made in result.statements}
    for plant, month in months:
        made = totals.get((plant.name, *month))
        if made is not None:
            wanted = totals_of(plant, month, book)
            if (wanted.with_grid_fen, wanted.all_income_fen) != (made.settled_with_grid_fen, made.all_income_fen):
                yield f"totals {plant.name} {month}: oracle {wanted}, product {made.settled_with_grid_fen} and {made.all_income_fen}"


def _rows(frame: pl.DataFrame) -> list[dict[str, str]]:
    return list(frame.iter_rows(named=True))


def _without_documents(result: StatementSet) -> list[dict[str, str]]:
    rows = []
    for line in result.lines.iter_rows(named=True):
        flags = [flag.split("=", 1) for flag in line["flags"].split(";") if flag]
        kept = flags_text((key, told) for key, told in flags if key not in DOCUMENT_FLAGS)
        rows.append({**line, "line_no": str(line["line_no"]), "flags": kept})
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


def _rows_of(campaign: Campaign) -> list[Row]:
    random = Random(campaign.seed)
    return [
        row
        for outline in campaign.outlines
        for month in campaign.months
        for row in month_rows(outline, month, campaign.minutes, random)
    ]


@pytest.mark.parametrize("campaign", [*YEARS, *EDGES], ids=str)
def test_energy_and_calls_agree_to_the_last_digit(campaign: Campaign, tmp_path: Path) -> None:
    rows = _rows_of(campaign)
    documents = write_documents(tmp_path, campaign.choices) if campaign.documents else None
    result = settled(long_frame(rows), campaign.outlines, month_span(campaign.months), campaign.choices, documents)
    book = book_of(rows, campaign.months, campaign.minutes, campaign.choices)
    assert [] == list(_differences([outline.plant for outline in campaign.outlines], book, result))


def _result(made: Made, tmp_path: Path) -> StatementSet:
    choices = made.book.choices
    documents = write_documents(tmp_path, choices) if choices.network != EXAMPLE_NETWORK else None
    return settled_book(made.book, made.plants, made.rows, documents)


@pytest.mark.parametrize("mix", [*LONG, *SHORT], ids=str)
def test_a_run_with_everything_mixed_agrees_to_the_last_digit(mix: Mix, tmp_path: Path) -> None:
    made = made_up(mix)
    assert [] == list(_differences(made.plants, made.book, _result(made, tmp_path)))


SPOILT = Mix(
    seed=402,
    first=(2026, 1),
    count=3,
    minutes=60,
    choices=Choices(
        season="jun_sep_dec_feb",
        year_from=(6, 1),
        market_from=date(2026, 3, 16),
        support="national",
        net_load_peak_h=Fraction(6),
        free_part=True,
        assessment={name: ASSESSMENT[name] for name in ("order_shortfall", "unplanned_outage", "discipline")},
    ),
)


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, StatementSet]:
    """A run of the stage's end, and what the product made of it."""
    made = made_up(SPOILT)
    return made, _result(made, tmp_path_factory.mktemp("spoilt"))


def _with_reading(made: Made) -> Made:
    readings = {key: list(each) for key, each in made.book.readings.items()}
    mine = readings["A", (2026, 1)]
    place = next(n for n, reading in enumerate(mine) if reading[2])
    at, charged, discharged = mine[place]
    mine[place] = (at, charged, discharged + 1)
    return replace(made, book=replace(made.book, readings=readings))


def _with_price(made: Made) -> Made:
    readings = made.book.readings["A", (2026, 3)]
    at = max((each for each in readings if each[0].date() >= date(2026, 3, 16)), key=lambda each: each[2])[0]
    day_ahead, real_time = made.book.prices[at]
    prices = {**made.book.prices, at: (day_ahead, real_time + 10)}
    return replace(made, book=replace(made.book, prices=prices))


def _with_order(made: Made) -> Made:
    """An own failure that is larger by a ten-thousandth of a kWh."""
    failed = [
        (plant.name, verdict.command.name)
        for plant in made.plants
        for verdict in verdicts_of(plant, (2026, 1), made.book)
        if verdict.cause == "own" and verdict.failed and not verdict.command.charges and verdict.outcome != "done"
    ]
    commands = tuple(
        replace(each, units=each.units + 10**6) if (each.station, each.name) == failed[0] else each
        for each in made.book.commands or ()
    )
    return replace(made, book=replace(made.book, commands=commands))


def _with_correction(made: Made) -> Made:
    first, *others = made.book.mistakes
    return replace(made, book=replace(made.book, mistakes=(replace(first, units=first.units + 1), *others)))


def _with_incident(made: Made) -> Made:
    settled_days = {(plant.name, day) for plant in made.plants for day in made.book.settled_days(plant, (2026, 2))}
    place = next(
        n for n, each in enumerate(made.book.events) if each.kind == "late" and (each.station, each.on) in settled_days
    )
    first = made.book.events[place]
    events = [*made.book.events[:place], replace(first, count=(first.count or 0) + 1), *made.book.events[place + 1 :]]
    return replace(made, book=replace(made.book, events=tuple(events)))


def _with_plant(made: Made, **changed: object) -> Made:
    first, *others = made.plants
    return replace(made, plants=(replace(first, **changed), *others))  # type: ignore[arg-type]


SMALL_RENT = Rent(
    lessee="small",
    new_energy=False,
    power_mw=Fraction(1, 1000),
    first=date(2026, 1, 5),
    last=date(2026, 1, 5),
    price=Fraction(5),
)

SPOILERS: dict[str, tuple[Callable[[Made], Made], str]] = {
    "a ten-thousandth of a kWh of a reading": (_with_reading, "discharge_energy"),
    "a hundredth of a 元/MWh of one interval's price": (_with_price, "market_energy"),
    "the energy of an order that failed": (_with_order, "assessment"),
    "a ten-thousandth of a kWh of a correction": (_with_correction, "adjustment"),
    "one more case": (_with_incident, "assessment"),
    "the list of the national price": (
        lambda made: _with_plant(made, national_list_from=date(2026, 2, 10)),
        "capacity_price",
    ),
    "a lease": (
        lambda made: _with_plant(made, rents=(*made.plants[0].rents, SMALL_RENT)),
        "capacity_lease",
    ),
    "the day from which the award counts": (
        lambda made: _with_plant(made, award_from=date(2026, 3, 2)),
        "discharge_award",
    ),
}


@pytest.mark.parametrize("name", SPOILERS)
def test_a_spoilt_figure_is_a_difference(name: str, spoilt: tuple[Made, StatementSet]) -> None:
    made, result = spoilt
    spoil, item = SPOILERS[name]
    changed = spoil(made)
    found = list(_differences(changed.plants, changed.book, result))
    assert found
    places = {(line["station_id"], line["month"], str(line["line_no"])) for line in _lines(result, item)}
    places |= {
        (line["station_id"], line["month"], line["line_no"])
        for plant in changed.plants
        for month in changed.book.months
        for line in lines_of(plant, month, changed.book)
        if line["item"] == item
    }
    assert any(str(place) in difference for place in places for difference in found)


def _lines(result: StatementSet, item: str) -> list[dict[str, str]]:
    return _rows(result.lines.filter(result.lines["item"] == item))


def test_the_run_that_is_spoilt_agrees_before(spoilt: tuple[Made, StatementSet]) -> None:
    made, result = spoilt
    assert [] == list(_differences(made.plants, made.book, result))


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


def test_the_mixed_runs_hold_every_rule_item_formula_and_stage() -> None:
    mixes = (*LONG, *SHORT)
    assert set(RULES) == {mix.choices.counting for mix in mixes}
    assert {"none", "local", "national"} == {mix.choices.support for mix in mixes}
    assert {True, False} == {mix.choices.by_plan for mix in mixes if mix.choices.market_from}
    bases = {(mix.choices.exempt_in_market, mix.choices.returned_only) for mix in mixes if mix.choices.market_from}
    assert {(on, returned) for on in (True, False) for returned in (True, False)} == bases
    assert {True, False} == {mix.choices.refund_prices for mix in mixes} == {mix.choices.free_part for mix in mixes}
    assert set(FORMULAS) <= {name for mix in mixes for name in mix.choices.assessment}
    few = [made_up(mix) for mix in (LONG[1], LONG[3], SPOILT, *SHORT[:4])]
    drafts = [
        draft
        for made in few
        for plant in made.plants
        for month in made.book.months
        for draft in drafts_of(plant, month, made.book)
    ]
    assert set(ORDER) == {draft.item for draft in drafts if draft.sum_cny or draft.item == "exempted_charges"}
    assert {"grid", "lessee", "public"} == {draft.payer for draft in drafts}
    wanted = {"claim", "limited_intervals", "tax_not_given", "award_year", "price_of"}
    assert wanted <= {flag for draft in drafts for flag in draft.flags}
    awards = [award for made in few for plant in made.plants for award in awards_of(plant, made.book)]
    assert {True, False} == {
        award.awarded < award.units for award in awards if award.paid and award.awarded is not None
    }
    assert {True, False} == {award.paid for award in awards}


def test_the_oracle_imports_the_standard_library_and_itself_only() -> None:
    files = sorted(Path(__file__).parent.glob("oracle*.py"))
    own = {path.stem for path in files}
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        assert imported <= set(sys.stdlib_module_names) | {"collections.abc"} | own
    assert {"oracle", "oracle_assessment", "oracle_bill", "oracle_calls", "oracle_income"} == own
