"""Discipline and the like (调度纪律等): a fixed sum or hours of rated power for each recorded case, by kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from settlement.assessed import Assessed, AssessedMonth, AssessedUnit, Assessment
from settlement.assessment import CATALOGUE, energy, exact_text, input_missing, mean_power_mw, refuse_figures
from settlement.inputs.records import Incident
from tariffs.vocabulary.errors import RecordProblems, Words, nearest
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import decimal_text, round_half_away
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, PRICE_UNITS_PER_CNY

READS = ("station", "seasons", "incidents")
NAME = "discipline"
POWER_STEP_MW: Final = 10
PRICE_DECIMALS: Final = 6
CASE_UNITS: Final = ENERGY_UNITS_PER_KWH
"""A case is counted in the same 1e-4 as energy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Figures by kind of incident, in the settings as `<kind>_cny_per_case` and so on; every figure is a parameter
    without legal standing.

    Raises  RecordProblems if a kind is assessed in two ways, if a cap caps nothing, or if energy has no factor
    """

    factor: Decimal | None = None
    cny_per_case: Mapping[str, Decimal] = field(default_factory=dict)
    cny_per_10_mw_month: Mapping[str, Decimal] = field(default_factory=dict)
    hours_per_case: Mapping[str, Decimal] = field(default_factory=dict)
    hours_per_hour: Mapping[str, Decimal] = field(default_factory=dict)
    max_hours: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        refuse_figures(self)
        by_energy = {*self.hours_per_case, *self.hours_per_hour}
        twice = sorted(
            (set(self.cny_per_case) & set(self.cny_per_10_mw_month))
            | (by_energy & {*self.cny_per_case, *self.cny_per_10_mw_month})
        )
        problems = [Words(f"{kind} 给出了两种考核方式", f"{kind} is assessed in two ways") for kind in twice]
        idle = sorted(set(self.max_hours) - by_energy)
        problems += [Words(f"{kind}_max_hours 没有可封顶的", f"{kind}_max_hours caps nothing") for kind in idle]
        if by_energy and self.factor is None:
            problems.append(Words("缺少 factor", "lacks factor"))
        if problems:
            raise RecordProblems(problems)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that has a figure, in alphabetical order."""
        figures = (self.cny_per_case, self.cny_per_10_mw_month, self.hours_per_case, self.hours_per_hour)
        return tuple(sorted({kind for each in figures for kind in each}))


def assess(month: AssessedMonth, terms: Terms) -> Assessment:
    """For each kind with a case on a settled day: cases at a fixed sum, or factor x P_N x hours, in energy.

    Shape   a sum for each 10 MW and month is owed once in a month with a case; a kind without a figure, a row without the
            count or hours that its figure asks for, or no file of incidents at all is a refusal
    Source  fixed sums by the profile, all else by the user
    Check   tests/settlement/assessment/test_discipline.py
    """
    if month.incidents is None:
        return input_missing(NAME, "--incidents", month.station.id)
    rows = [incident for incident in month.incidents if incident.on in month.seasons]
    findings = tuple(_findings(rows, terms))
    if findings:
        return Assessment(findings=findings)
    power = mean_power_mw(month.station, month.seasons)
    kinds = sorted({incident.kind for incident in rows})
    assessed = (_assessed(kind, [row for row in rows if row.kind == kind], terms, power) for kind in kinds)
    return Assessment(assessed=tuple(each for each in assessed if each is not None))


def _findings(rows: Sequence[Incident], terms: Terms) -> Iterator[Finding]:
    for row in rows:
        if row.kind not in terms.kinds:
            near = nearest(row.kind, terms.kinds) or "—"
            yield CATALOGUE.finding(
                "incident_kind_not_priced",
                file=row.file,
                row=row.row,
                station_id=row.station_id,
                kind=row.kind,
                near=near,
            )
        elif wanted := _absent_measure(row, terms):
            yield CATALOGUE.finding(
                "incident_measure_missing",
                file=row.file,
                row=row.row,
                station_id=row.station_id,
                kind=row.kind,
                wanted=wanted,
            )


def _absent_measure(row: Incident, terms: Terms) -> str:
    """The column that the figure of the row's kind asks for and the row leaves empty; nothing where all is there."""
    if row.kind in terms.cny_per_case:
        return "count" if row.count is None else ""
    if row.kind in terms.cny_per_10_mw_month or _assessed_hours(row, terms) is not None:
        return ""
    return "count" if row.kind in terms.hours_per_case else "hours"


def _assessed_hours(row: Incident, terms: Terms) -> Fraction | None:
    """Hours at rated power of a row: by its cases where both are given, nothing where the figure does not fit it."""
    if row.count is not None and row.kind in terms.hours_per_case:
        return row.count * Fraction(terms.hours_per_case[row.kind])
    if row.hours is not None and row.kind in terms.hours_per_hour:
        return Fraction(row.hours) * Fraction(terms.hours_per_hour[row.kind])
    return None


def _assessed(kind: str, rows: Sequence[Incident], terms: Terms, power: Fraction) -> Assessed | None:
    """What one kind comes to; nothing where its rows tell of no case and no hour."""
    happened = [row for row in rows if row.count or row.hours]
    if not happened:
        return None
    days = sorted(row.on for row in happened)
    if kind in terms.cny_per_case:
        cases, sum_cny = sum(row.count or 0 for row in happened), Fraction(terms.cny_per_case[kind])
        zh, en = f"{kind}：{cases} 次", f"{kind}: {cases} case(s)"
        return _fixed_sum(cases, sum_cny, days, Words(zh, en)) if cases else None
    if kind in terms.cny_per_10_mw_month:
        sum_cny = Fraction(terms.cny_per_10_mw_month[kind]) * power / POWER_STEP_MW
        each = f"{exact_text(terms.cny_per_10_mw_month[kind])} 元 × {exact_text(power)} MW ÷ {POWER_STEP_MW} MW"
        return _fixed_sum(1, sum_cny, days, Words(f"{kind}：1 个月，{each}", f"{kind}: 1 month, {each}"))
    return _energy(kind, happened, terms, power)


def _fixed_sum(cases: int, sum_cny: Fraction, days: Sequence[date], head: Words) -> Assessed:
    exact = sum_cny * PRICE_UNITS_PER_CNY
    price_cny_e6 = round_half_away(exact.numerator, exact.denominator)
    tail = f" × {decimal_text(price_cny_e6, PRICE_DECIMALS)} 元"
    return Assessed(
        name=NAME,
        unit=AssessedUnit.CASES,
        quantity_e4=cases * CASE_UNITS,
        formula=Words(head.zh + tail, head.en + tail),
        first_day=days[0],
        last_day=days[-1],
        price_cny_e6=price_cny_e6,
    )


def _energy(kind: str, rows: Sequence[Incident], terms: Terms, power: Fraction) -> Assessed:
    recorded = sum((_assessed_hours(row, terms) or Fraction(0) for row in rows), start=Fraction(0))
    cap = terms.max_hours.get(kind)
    hours = recorded if cap is None else min(recorded, Fraction(cap))
    factor = terms.factor or Decimal(0)
    shown = exact_text(recorded) + " h" if cap is None else f"min({exact_text(recorded)} h, {exact_text(cap)} h)"
    head = f"{exact_text(factor)} × {exact_text(power)} MW × {shown}"
    formula = Words(f"{kind}：系数 {head}", f"{kind}: factor {head}")
    return energy(NAME, Fraction(factor) * power * hours, sorted(row.on for row in rows), formula)
