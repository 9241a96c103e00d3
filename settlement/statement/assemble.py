"""Document -> charge items -> drafts -> lines. The only caller of charge items."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from settlement.billing import Billing
from settlement.draft import LineDraft
from settlement.statement.line import StatementLine, price_lines
from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.segments import Segment
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words, nearest
from tariffs.vocabulary.timegrid import Month

CHARGES: Final = "settlement.charges"
ITEM_KEYS: Final = ("formula", "article", "meaning")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHeader:
    """What a `[[charge_item]]` says beside the terms of its formula."""

    formula: str
    article: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeItem:
    """A charge item as a document lists it, its leaf found and its terms read."""

    formula: str
    clause: Citation
    terms: object
    compute: Callable[[Billing, Any, Citation], tuple[LineDraft, ...]]


ItemsByStart = Mapping[date, tuple[ChargeItem, ...]]
"""The charge items of each version of the plan, by its effective date."""


def charge_items(plan: Version) -> tuple[ChargeItem, ...]:
    """The charge items of a storage plan, in the document's order.

    Raises  DocumentError if a formula has no file in settlement/charges or its terms are wrong
    """
    rows = plan.body.get("charge_item")
    if not isinstance(rows, list) or not rows:
        raise DocumentError(
            Words(f"{plan.series} 没有 [[charge_item]]", f"{plan.series} has no [[charge_item]]"),
            found=Words("空", "nothing"),
            do=Words("列出计费项目", "list the charge items"),
        )
    items = tuple(_charge_item(plan, row) for row in rows)
    names = [item.formula for item in items]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DocumentError(
            Words(f"{plan.series} 重复列出计费项目", f"{plan.series} lists charge items twice"),
            found=Words("、".join(twice), ", ".join(twice)),
            do=Words("每个项目只列一次", "list each item once"),
        )
    return items


def _charge_item(plan: Version, row: Mapping[str, Any]) -> ChargeItem:
    head = {key: row[key] for key in ITEM_KEYS if key in row}
    header = read_record(ItemHeader, head, where=f"{plan.series} charge_item", error=DocumentError)
    name = f"{CHARGES}.{header.formula}"
    if not header.formula.isidentifier() or find_spec(name) is None:
        raise DocumentError(
            Words(f"没有计费项目 {header.formula}", f"there is no charge item {header.formula}"),
            found=Words(plan.series, plan.series),
            do=Words(
                f"新增 settlement/charges/{header.formula}.py，或改用 {nearest(header.formula, formulas()) or '已有项目'}",
                f"add settlement/charges/{header.formula}.py, or name {nearest(header.formula, formulas()) or 'one that exists'}",
            ),
        )
    leaf = import_module(name)
    own = {key: term for key, term in row.items() if key not in ITEM_KEYS}
    terms = read_record(leaf.Terms, own, where=f"{plan.series} {header.formula}", error=DocumentError)
    return ChargeItem(formula=header.formula, clause=plan.citation(header.article), terms=terms, compute=leaf.compute)


def formulas() -> tuple[str, ...]:
    """The names of all charge items there are: the files of settlement/charges."""
    folder = Path(import_module(CHARGES).__path__[0])
    return tuple(sorted(path.stem for path in folder.glob("[!_]*.py")))


def items_in_force(segments: Sequence[Segment]) -> ItemsByStart:
    """The charge items of each version of the plan that the segments rest on, by its effective date.

    Raises  DocumentError if a document names an item that does not exist or has wrong terms
    """
    plans = {segment.prices.plan.header.effective_from: segment.prices.plan for segment in segments}
    return {start: charge_items(plan) for start, plan in sorted(plans.items())}


def assemble(
    billings: Sequence[tuple[date, Billing]], items: ItemsByStart, station_id: str, month: Month
) -> tuple[StatementLine, ...]:
    """The priced lines of one station's month: by version of the plan, by item of its document."""
    drafts = [
        draft
        for start, billing in billings
        for item in items[start]
        for draft in item.compute(billing, item.terms, item.clause)
    ]
    return price_lines(drafts, station_id, month)
