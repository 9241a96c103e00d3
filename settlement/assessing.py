"""Which assessment formulas apply with which figures, and what they come to for one station's month."""

import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from types import ModuleType
from typing import Any, Final, get_origin, get_type_hints

from settlement import assessment as leaves
from settlement.assessed import Assessed, AssessedMonth, AssessedUnit, Assessment, AssessmentFigures
from settlement.assessment import (
    CATALOGUE,
    ENERGY_UNITS_PER_MWH,
    energy,
    exact_text,
    mean_power_mw,
    mwh_text,
    percent_text,
    refuse_figures,
    rounded_kwh_e4,
)
from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.settings import AssessmentProfile, Settings
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, SettingsError, Words, nearest
from tariffs.vocabulary.findings import Finding

SERIES: Final = {AssessmentProfile.SHANXI: "shanxi/assessment", AssessmentProfile.JIANGSU: "jiangsu/assessment"}
MONTH_CAP, RETURNED, ITEM_FACTOR, RANGE = "month_cap", "returned", "item_factor", "_range"
SAME_FAILURE: Final = ("order_shortfall", "call_shortfall")
OPTIONS: Final = {"incidents": "--incidents", "agc": "--agc", "plan": "--plan"}
"""The inputs that nothing but a formula reads, and the options that give them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCap:
    """The most that a month's assessed energy comes to: P_N x factor x hours; parameters without legal standing."""

    factor: Decimal
    hours: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The share of the assessed energy that is returned (考核返还); a parameter without legal standing."""

    ratio: Decimal

    def __post_init__(self) -> None:
        refuse_figures(self)


ABOVE_FORMULAS: Final[Mapping[str, type]] = {MONTH_CAP: MonthCap, RETURNED: Returned}
"""What stands in the settings beside the formulas and works on what they came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentItem:
    """A formula that applies, with its figures; `citation` is nothing where all of them are the user's own."""

    name: str
    terms: Any
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedTable:
    """A table of a profile's document: figures that it fixes."""

    article: str
    meaning: str
    figures: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeTable:
    """A table of a profile's document: lowest and highest of figures that it leaves to others."""

    article: str
    meaning: str
    bounds: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a profile fixes, by formula; nothing of it with the user's own figures alone."""

    name: str
    version: Version | None = None
    fixed: Mapping[str, FixedTable] = field(default_factory=dict)
    ranges: Mapping[str, RangeTable] = field(default_factory=dict)


def formulas() -> tuple[str, ...]:
    """The names of all assessment formulas: the files of settlement/assessment."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(leaves.__path__)))


def assessment_items(settings: Settings, library: Library, on: date) -> tuple[AssessmentItem, ...]:
    """The formulas that apply on a day, in alphabetical order, the month's cap and what is returned after them.

    Shape   a formula applies if the settings have its table or if the profile has one of its own
    Raises  SettingsError for an unknown formula, a missing or unknown figure, one that the profile fixes or whose range it
            leaves, two formulas for one failure, or a profile without a formula; PolicyNotCovered before the profile
    """
    if settings.assessment_profile is AssessmentProfile.NONE:
        return ()
    own: AssessmentFigures = settings.assessment
    profile = _profile(settings.assessment_profile, library, on)
    named = {*own, *profile.fixed} - {ITEM_FACTOR}
    _refuse_unknown(named)
    asked = [name for name in formulas() if name in named]
    _refuse_selection(asked, profile.name)
    return tuple(
        _item(name, own.get(name, {}), profile)
        for name in (*asked, *(name for name in ABOVE_FORMULAS if name in named))
    )


def _profile(chosen: AssessmentProfile, library: Library, on: date) -> Profile:
    if chosen not in SERIES:
        return Profile(name=chosen.value)
    version = library.in_force(SERIES[chosen], on)
    fixed, ranges = {}, {}
    for name, table in version.body.items():
        head = {key: entry for key, entry in table.items() if key in ("article", "meaning")}
        figures = {key: entry for key, entry in table.items() if key not in head}
        where = f"{version.series} {name}"
        if name.endswith(RANGE):
            given = {**head, "bounds": figures}
            ranges[name.removesuffix(RANGE)] = read_record(RangeTable, given, where=where, error=DocumentError)
        else:
            fixed[name] = read_record(FixedTable, {**head, "figures": figures}, where=where, error=DocumentError)
    return Profile(name=chosen.value, version=version, fixed=fixed, ranges=ranges)


def _refuse_unknown(named: set[str]) -> None:
    choices = [*formulas(), *ABOVE_FORMULAS]
    unknown = sorted(named - set(choices))
    if not unknown:
        return
    near = nearest(unknown[0], choices)
    listed = " | ".join(choices)
    raise SettingsError(
        Words(f"没有考核公式 {unknown[0]}", f"there is no assessment formula {unknown[0]}"),
        found=Words(f"[assessment.{unknown[0]}]，可选 {listed}", f"[assessment.{unknown[0]}], choices {listed}"),
        do=Words(
            f"改为 [assessment.{near}]" if near else "选择其一", f"write [assessment.{near}]" if near else "choose"
        ),
    )


def _refuse_selection(asked: Sequence[str], profile: str) -> None:
    if not asked:
        raise SettingsError(
            Words(f"考核方案 {profile} 没有可用的公式", f"the assessment profile {profile} has no formula to apply"),
            found=Words("没有 [assessment.<公式>] 表", "no table [assessment.<formula>]"),
            do=Words(
                f'在 huchu.toml 中加入 {" | ".join(formulas())} 之一，或 assessment_profile = "none"',
                f'add one of {" | ".join(formulas())} to huchu.toml, or assessment_profile = "none"',
            ),
        )
    if set(SAME_FAILURE) <= set(asked):
        first, second = SAME_FAILURE
        raise SettingsError(
            Words(f"{first} 与 {second} 考核的是同一件事", f"{first} and {second} assess the same failure"),
            found=Words("两个表都有", "both tables"),
            do=Words(f"只留一个；有指令文件时用 {first}", f"keep one; {first} where there is a file of orders"),
        )


def _item(name: str, own: Mapping[str, Decimal], profile: Profile) -> AssessmentItem:
    record: type[Any] = ABOVE_FORMULAS.get(name) or _leaf(name).Terms
    where = f"huchu.toml [assessment.{name}]"
    tables = [profile.fixed[name]] if name in profile.fixed else []
    if name not in ABOVE_FORMULAS and ITEM_FACTOR in profile.fixed:
        tables.append(profile.fixed[ITEM_FACTOR])
    fixed = {key: figure for table in tables for key, figure in table.figures.items()}
    _refuse_override(own, fixed, profile.name, where)
    if name in profile.ranges:
        _refuse_outside(own, profile.ranges[name].bounds, profile.name, where)
    terms = read_record(record, _gathered(record, {**own, **fixed}), where=where, error=SettingsError)
    cited = profile.version.citation(tables[0].article) if profile.version and tables else None
    return AssessmentItem(name=name, terms=terms, citation=cited)


def _leaf(name: str) -> ModuleType:
    return import_module(f"{leaves.__name__}.{name}")


def _gathered(record: type[Any], figures: Mapping[str, Decimal]) -> dict[str, Any]:
    """The figures as the record takes them: `late_max_hours` is the entry `late` of a field `max_hours` of many."""
    hints = get_type_hints(record)
    many = [declared.name for declared in fields(record) if get_origin(hints[declared.name]) is Mapping]
    gathered: dict[str, Any] = {}
    for key, figure in figures.items():
        family = next((name for name in many if key.endswith(f"_{name}") and key != f"_{name}"), "")
        if family:
            gathered.setdefault(family, {})[key.removesuffix(f"_{family}")] = figure
        else:
            gathered[key] = figure
    return gathered


def _refuse_override(own: Mapping[str, Decimal], fixed: Mapping[str, Decimal], profile: str, where: str) -> None:
    taken = sorted(set(own) & set(fixed))
    if not taken:
        return
    listed = ", ".join(f"{key} = {fixed[key]}" for key in taken)
    raise SettingsError(
        Words(
            f"{where}：{profile} 已定的数值不能改，否则名不副实",
            f"{where}: {profile} fixes these figures; with others it would not be what its name says",
        ),
        found=Words(listed, listed),
        do=Words('删去这些项，或改用 assessment_profile = "own"', 'leave them out, or set assessment_profile = "own"'),
    )


def _refuse_outside(
    own: Mapping[str, Decimal], bounds: Mapping[str, tuple[Decimal, Decimal]], profile: str, where: str
) -> None:
    for key, (lowest, highest) in bounds.items():
        if key in own and not lowest <= own[key] <= highest:
            raise SettingsError(
                Words(f"{where}：{key} = {own[key]} 超出范围", f"{where}: {key} = {own[key]} is out of its range"),
                found=Words(f"{profile}：{lowest} 至 {highest}", f"{profile}: {lowest} to {highest}"),
                do=Words("填写范围内的数值", "give a figure inside the range"),
            )


def assessed_month(month: AssessedMonth, items: Sequence[AssessmentItem]) -> Assessment:
    """What the formulas come to in a station's month: each in its turn, the relief above the cap, what is returned.

    Shape   the relief and the return are negative energies; `sources` cite the profile where it fixes a figure of the
            item; nothing in a month without a settled day
    """
    if not month.seasons:
        return Assessment()
    assessed: list[Assessed] = []
    findings: list[Finding] = []
    for item in items:
        result = _result(item, month, assessed)
        cited = (item.citation,) if item.citation is not None else ()
        assessed.extend(replace(each, sources=cited) for each in result.assessed)
        findings.extend(result.findings)
    return Assessment(assessed=tuple(assessed), findings=(*findings, *_notices(month, items)))


def _result(item: AssessmentItem, month: AssessedMonth, before: Sequence[Assessed]) -> Assessment:
    """What one item comes to after those before it."""
    if item.name == MONTH_CAP:
        return Assessment(assessed=tuple(_relief(month, before, item.terms)))
    if item.name == RETURNED:
        return Assessment(assessed=tuple(_return(month, before, item.terms)))
    found: Assessment = _leaf(item.name).assess(month, item.terms)
    return found


def _energy_kwh_e4(assessed: Sequence[Assessed]) -> int:
    return sum(each.quantity_e4 for each in assessed if each.unit is AssessedUnit.ENERGY)


def _relief(month: AssessedMonth, assessed: Sequence[Assessed], cap: MonthCap) -> Iterator[Assessed]:
    days, total = sorted(month.seasons), _energy_kwh_e4(assessed)
    power = mean_power_mw(month.station, days)
    most = rounded_kwh_e4(power * Fraction(cap.factor) * Fraction(cap.hours))
    if total <= most:
        return
    limit = f"{exact_text(power)} MW × {exact_text(cap.factor)} × {exact_text(cap.hours)} h"
    formula = Words(
        f"封顶：{limit} = {mwh_text(most)} MWh；{mwh_text(most)} MWh − 合计 {mwh_text(total)} MWh",
        f"cap: {limit} = {mwh_text(most)} MWh; {mwh_text(most)} MWh − sum {mwh_text(total)} MWh",
    )
    yield energy(MONTH_CAP, Fraction(most - total, ENERGY_UNITS_PER_MWH), days, formula)


def _return(month: AssessedMonth, assessed: Sequence[Assessed], share: Returned) -> Iterator[Assessed]:
    total = _energy_kwh_e4(assessed)
    if not total or not share.ratio:
        return
    shown = f"−{percent_text(share.ratio)} × {mwh_text(total)} MWh"
    returned = -Fraction(share.ratio) * Fraction(total, ENERGY_UNITS_PER_MWH)
    yield energy(RETURNED, returned, sorted(month.seasons), Words(f"返还：{shown}", f"returned: {shown}"))


def _notices(month: AssessedMonth, items: Sequence[AssessmentItem]) -> Iterator[Finding]:
    station_id = month.station.id
    if items:
        yield CATALOGUE.finding("assessment_without_standing", station_id=station_id)
    read = {name for item in items if item.name not in ABOVE_FORMULAS for name in _leaf(item.name).READS}
    given = {"incidents": bool(month.incidents), "agc": month.agc is not None, "plan": month.plan is not None}
    for name, option in OPTIONS.items():
        if given[name] and name not in read:
            yield CATALOGUE.finding("assessment_input_unused", station_id=station_id, option=option)
