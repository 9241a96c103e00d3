"""The clauses of a regulation as its dated document states them, and the terms that are made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from tariffs.citation import Citation
from tariffs.judging.boundaries import BOUNDARY_WORDS, CONTRARY_WORDS, Boundary
from tariffs.judging.working_days import WorkingDays
from tariffs.schema import read_field, read_record
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, RecordProblems, Words, nearest

Terms = TypeVar("Terms")
EXACTLY = Boundary.EXACTLY


class Unit(Enum):
    """What a figure of a regulation counts or measures."""

    CNY = "cny"
    RATIO = "ratio"
    METRE = "m"
    KILOMETRE = "km"
    METRE_PER_SECOND = "m_per_s"
    SQUARE_METRE = "m2"
    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"
    ITEM = "item"
    PERSON = "person"
    FIRM = "firm"
    PLACE = "place"
    POINT = "point"
    SEAT = "seat"
    EFLOPS = "eflops"
    MULTIPLE = "multiple"
    LEVEL = "level"
    CALENDAR_YEAR = "calendar_year"
    LABEL = "label"
    NUMBER = "number"


UNIT_WORDS = {
    Unit.CNY: Words("元", "yuan"),
    Unit.RATIO: Words("%", "%"),
    Unit.METRE: Words("米", "m"),
    Unit.KILOMETRE: Words("公里", "km"),
    Unit.METRE_PER_SECOND: Words("米/秒", "m/s"),
    Unit.SQUARE_METRE: Words("平方米", "m²"),
    Unit.SECOND: Words("秒", "s"),
    Unit.MINUTE: Words("分钟", "min"),
    Unit.HOUR: Words("小时", "h"),
    Unit.DAY: Words("日", "day(s)"),
    Unit.WORKING_DAY: Words("个工作日", "working day(s)"),
    Unit.MONTH: Words("个月", "month(s)"),
    Unit.YEAR: Words("年", "year(s)"),
    Unit.TIME: Words("次", "time(s)"),
    Unit.ITEM: Words("项", "item(s)"),
    Unit.PERSON: Words("人", "person(s)"),
    Unit.FIRM: Words("家", "firm(s)"),
    Unit.PLACE: Words("个", "place(s)"),
    Unit.POINT: Words("分", "point(s)"),
    Unit.SEAT: Words("座", "seat(s)"),
    Unit.EFLOPS: Words("EFLOPS", "EFLOPS"),
    Unit.MULTIPLE: Words("倍", "times"),
    Unit.LEVEL: Words("级", "level(s)"),
    Unit.CALENDAR_YEAR: Words("年", ""),
    Unit.LABEL: Words("", ""),
    Unit.NUMBER: Words("", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTable:
    """One `[clause.<id>]` table of a document of regulations, as it is written.

    Raises  RecordProblems if a boundary stands without a figure, or a figure without its unit
    """

    article: str
    meaning: str
    name_zh: str
    name_en: str
    quantity: Decimal | None = None
    unit: Unit | None = None
    boundary: Boundary | None = None
    soft: bool = False
    bars: bool = False
    inferred: bool = False
    listed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.quantity is None) != (self.unit is None):
            raise RecordProblems([Words("quantity 与 unit 须同时给出", "quantity and unit go together")])
        if self.boundary is not None and self.quantity is None:
            raise RecordProblems([Words("boundary 须有 quantity", "a boundary needs a quantity")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One rule of a regulation: where it stands, its figure if it has one, and how firmly it binds.

    Shape   `soft` marks figures that the text strives for (力争、左右、近、原则上); missing one is a gap, never a failure;
            `bars` marks what must not be the case; `inferred` marks our reading of a text that does not say it outright
    """

    id: str
    name: Words
    meaning: str
    citation: Citation
    quantity: Decimal | None = None
    unit: Unit | None = None
    boundary: Boundary | None = None
    soft: bool = False
    bars: bool = False
    inferred: bool = False
    listed: tuple[str, ...] = ()

    @property
    def mark(self) -> Decimal:
        """The figure of the clause.

        Raises  DocumentError if the document gives it none
        """
        if self.quantity is None:
            raise _lacks_figure(self)
        return self.quantity

    @property
    def count(self) -> int:
        """The figure of the clause as a whole number: days, months, times.

        Raises  DocumentError if the document gives it none, or a broken one
        """
        if self.mark != int(self.mark):
            raise _lacks_figure(self)
        return int(self.mark)

    @property
    def year_end(self) -> date:
        """The last day of the calendar year that is the figure of the clause.

        Raises  DocumentError if the document gives it none
        """
        return date(self.count, 12, 31)

    def met_by(self, found: Decimal | int) -> bool:
        """Whether a figure meets the clause: for one that bars, whether its figure is not reached."""
        boundary = self.boundary or EXACTLY
        return boundary.holds(found, self.mark) is not self.bars

    @property
    def needed(self) -> Words:
        """What the clause asks for, in words: its figure with its boundary, or that it be so."""
        if self.quantity is None:
            return Words("否", "no") if self.bars else Words("是", "yes")
        figure = amount_words(self.quantity, self.unit)
        if self.boundary is None and not self.bars:
            return figure
        words = CONTRARY_WORDS if self.bars else BOUNDARY_WORDS
        asked = words[self.boundary or Boundary.EXACTLY]
        return Words(f"{asked.zh} {figure.zh}", f"{asked.en} {figure.en}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The days on which a document counts, and how it is cited as a whole."""

    effective_from: date
    effective_until: date | None
    citation: Citation

    @property
    def first_day_after(self) -> date | None:
        """The first day on which the document no longer counts; nothing where it names no end."""
        return None if self.effective_until is None else self.effective_until + timedelta(days=1)


def terms_of(record: type[Terms], version: Version, working_days: WorkingDays | None = None) -> Terms:
    """The terms of a regulation from its document: a clause for each field, and tables of its own.

    Shape   fields of type Clause come from `[clause.<field>]`, `term` from the header, `working_days` from the calendar
            given, every other field from the table or list of its own name
    Raises  DocumentError with every clause that is missing, unknown or cannot be read
    """
    hints = get_type_hints(record)
    tables: Any = version.body.get("clause", {})
    wanted = [name for name, kind in hints.items() if kind is Clause]
    own = {name for name, kind in hints.items() if kind not in (Clause, Term, WorkingDays)}
    _refuse_other_names(version, "clause.", tables, wanted)
    _refuse_other_names(version, "", version.body, sorted(own | {"clause"}))
    made: dict[str, Any] = {name: _clause(name, tables[name], version) for name in wanted}
    for name, kind in hints.items():
        if kind is Term:
            header = version.header
            made[name] = Term(
                effective_from=header.effective_from,
                effective_until=header.effective_until,
                citation=version.citation(""),
            )
        elif kind is WorkingDays:
            made[name] = WorkingDays() if working_days is None else working_days
    made |= {
        name: read_field(hints[name], version.body[name], where=f"{version.series} {name}", error=DocumentError)
        for name in sorted(own)
    }
    return record(**made)


def amount_words(quantity: Decimal | int, unit: Unit | None) -> Words:
    """A figure with its unit, in both languages: a ratio in per cent, an amount with its thousands apart."""
    named = UNIT_WORDS[unit or Unit.NUMBER]
    if unit is Unit.RATIO:
        text = f"{plain(Decimal(quantity) * 100)}{named.zh}"
        return Words(text, text)
    named_only = unit in (Unit.CALENDAR_YEAR, Unit.LABEL)
    text = f"{Decimal(quantity):f}" if named_only else plain(Decimal(quantity))
    unit_en = named.en.replace("(s)", "" if quantity == 1 else "s")
    return Words(f"{text} {named.zh}".strip(), f"{text} {unit_en}".strip())


def plain(quantity: Decimal) -> str:
    """A figure in plain digits with its thousands apart, without zeros at its end."""
    text = f"{quantity:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _clause(name: str, table: Any, version: Version) -> Clause:
    where = f"{version.series} clause.{name}"
    read = read_record(ClauseTable, table, where=where, error=DocumentError)
    return Clause(
        id=name,
        name=Words(read.name_zh, read.name_en),
        meaning=read.meaning,
        citation=version.citation(read.article),
        quantity=read.quantity,
        unit=read.unit,
        boundary=read.boundary,
        soft=read.soft,
        bars=read.bars,
        inferred=read.inferred,
        listed=read.listed,
    )


def _refuse_other_names(version: Version, prefix: str, tables: Mapping[str, Any], wanted: Sequence[str]) -> None:
    missing = [name for name in wanted if name not in tables]
    unknown = [name for name in tables if name not in wanted]
    if not missing and not unknown:
        return
    near = {name: nearest(name, missing or wanted) for name in unknown}
    zh = [f"缺 {prefix}{name}" for name in missing]
    zh += [f"不认识 {prefix}{name}" + (f"，是否为 {near[name]}" if near[name] else "") for name in unknown]
    en = [f"lacks {prefix}{name}" for name in missing]
    en += [f"{prefix}{name} is unknown" + (f"; did you mean {near[name]}" if near[name] else "") for name in unknown]
    raise DocumentError(
        Words(f"{version.series} 的条目不全或多余", f"{version.series} has missing or unknown tables"),
        found=Words("；".join(zh), "; ".join(en)),
        do=Words("按上述逐条改正", "mend each of them"),
    )


def _lacks_figure(clause: Clause) -> DocumentError:
    return DocumentError(
        Words(
            f"{clause.citation.series} clause.{clause.id} 的数值不可用",
            f"{clause.citation.series} clause.{clause.id} has no usable figure",
        ),
        found=Words(str(clause.quantity), str(clause.quantity)),
        do=Words(
            "补写 quantity 与 unit；天数、次数须为整数", "write quantity and unit; days and times are whole numbers"
        ),
    )
