"""The targets of the storage plan: what they are, how far a figure is from them, and the growth that reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, RecordProblems, Words
from tariffs.vocabulary.units import KW_PER_MW

SERIES: Final = "storage_targets"
SCALE: Final = ("applied_scale", "applied_scale_of_term")
"""The two marks of power in use, in the order of their years."""
PILES: Final = "v2g_piles"


class TargetKind(Enum):
    """How firmly the plan speaks of a target."""

    TARGET = "target"
    STRIVE = "strive"
    SOFT = "soft"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTable:
    """One table of a document of targets.

    Raises  RecordProblems if it gives both an inclusive and an exclusive least figure
    """

    article: str
    meaning: str
    name_zh: str
    name_en: str
    target_year: int
    target_kind: TargetKind
    min_quantity: Decimal | None = None
    above_quantity: Decimal | None = None
    max_quantity: Decimal | None = None
    about_quantity: Decimal | None = None
    quantity_unit: str = ""
    words_zh: str = ""
    words_en: str = ""

    def __post_init__(self) -> None:
        if self.min_quantity is not None and self.above_quantity is not None:
            raise RecordProblems(
                [Words("min_quantity 与 above_quantity 只能给一个", "give min_quantity or above_quantity, not both")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target: its name, its figures, and where it stands."""

    id: str
    name: Words
    words: Words
    table: TargetTable
    citation: Citation

    @property
    def mark(self) -> Decimal | None:
        """The figure to be reached or, where `exclusive`, to be passed; nothing where the plan has none."""
        table = self.table
        return table.above_quantity if table.min_quantity is None else table.min_quantity

    @property
    def exclusive(self) -> bool:
        """Whether the figure itself is not yet enough."""
        return self.table.above_quantity is not None

    def met_by(self, quantity: Decimal) -> bool | None:
        """Whether a quantity meets the target; nothing where the plan has no figure."""
        if self.mark is None:
            return None
        return quantity > self.mark if self.exclusive else quantity >= self.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What it takes to come from one power to another: MW a year, and the yearly growth as a ratio.

    Shape   `yearly_mw` is nothing where no year is left; `cagr_ratio` also where growth starts from nothing
    """

    from_year: int
    from_mw: Decimal
    until_year: int
    until_mw: Decimal
    gap_mw: Decimal
    yearly_mw: Decimal | None
    cagr_ratio: Decimal | None


def targets_of(version: Version) -> Mapping[str, Target]:
    """The targets of a document, by name and in its order.

    Raises  DocumentError if a table cannot be used, or a target that the calculator needs is not there
    Source  沪府办发〔2024〕28号 一, 二（二）
    """
    tables: Any = version.body.get("target", {})
    found = {name: _target(name, table, version) for name, table in tables.items()}
    missing = [name for name in (*SCALE, PILES) if name not in found or found[name].mark is None]
    if missing:
        listed = "、".join(missing), ", ".join(missing)
        raise DocumentError(
            Words(f"{version.series} 缺目标数值", f"{version.series} lacks the figures of targets"),
            found=Words(f"没有 {listed[0]}", f"no {listed[1]}"),
            do=Words("补写 [target.<名称>] 及其数值", "write [target.<name>] with its figure"),
        )
    return found


def growth(from_year: int, from_mw: Decimal, until_year: int, until_mw: Decimal) -> Growth:
    """The growth from the end of one year to the end of another; zero MW a year where the figure is there already.

    Check   tests/cases/targets/growth.toml
    """
    years, gap_mw = until_year - from_year, max(until_mw - from_mw, Decimal(0))
    yearly_mw = gap_mw / years if years > 0 else None
    cagr = None
    if years > 0 and from_mw > 0:
        cagr = (until_mw / from_mw) ** (Decimal(1) / years) - 1 if gap_mw else Decimal(0)
    return Growth(
        from_year=from_year,
        from_mw=from_mw,
        until_year=until_year,
        until_mw=until_mw,
        gap_mw=gap_mw,
        yearly_mw=yearly_mw,
        cagr_ratio=cagr,
    )


def pile_power_mw(piles: int, pile_kw: Decimal, share: Decimal) -> Decimal:
    """The power in MW of piles of which a share is available at once.

    Check   tests/cases/targets/piles.toml
    """
    return piles * pile_kw * share / KW_PER_MW


def _target(name: str, table: Any, version: Version) -> Target:
    where = f"{version.series} target.{name}"
    read = read_record(TargetTable, table, where=where, error=DocumentError)
    return Target(
        id=name,
        name=Words(read.name_zh, read.name_en),
        words=Words(read.words_zh, read.words_en),
        table=read,
        citation=version.citation(read.article),
    )
