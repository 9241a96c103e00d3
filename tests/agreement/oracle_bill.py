"""The lines of a station's month once more: every item in the order of the plan's document, rounded once, tax split."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from oracle import (
    BUYING,
    MARKET,
    SELLING,
    UNITS,
    Book,
    Part,
    Plant,
    YearMonth,
    days_of,
    fixed,
    half_away,
    month_text,
    parts_of,
)
from oracle_assessment import assessment_drafts
from oracle_income import (
    Draft,
    award_drafts,
    correction_drafts,
    lease_drafts,
    market_drafts,
    support_drafts,
)

ORDER = (
    "charge_energy",
    "discharge_energy",
    "exempted_charges",
    "network_charges",
    "market_energy",
    "assessment",
    "capacity_price",
    "adjustment",
    "capacity_lease",
    "capacity_subsidy",
    "discharge_award",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a month comes to, in fen: settled with the grid company, and all income."""

    with_grid_fen: int
    all_income_fen: int


@cache
def drafts_of(plant: Plant, month: YearMonth, book: Book) -> tuple[Draft, ...]:
    """Every line of a station's month before rounding; none before the station is settled."""
    if book.choices.first_day(plant) > list(days_of(month))[-1]:
        return ()
    parts = parts_of(plant, month, book)
    drafts = [
        *_energy_drafts(parts, book),
        *market_drafts(plant, month, parts, book),
        *assessment_drafts(plant, month, book),
        *support_drafts(plant, month, book),
        *correction_drafts(plant, month, book),
        *lease_drafts(plant, month, book),
        *award_drafts(plant, month, book),
    ]
    return tuple(sorted(drafts, key=lambda draft: ORDER.index(draft.item)))


def lines_of(plant: Plant, month: YearMonth, book: Book) -> list[dict[str, str]]:
    """The lines of a station's month as `lines.csv` has them."""
    drafts = drafts_of(plant, month, book)
    amounts, nets = _fen(drafts)
    return [
        {
            "station_id": plant.name,
            "month": month_text(month),
            "line_no": str(n + 1),
            "item": draft.item,
            "season": draft.season,
            "quantity": fixed(draft.quantity, 4) if draft.unit == "kWh" else _plain(draft.quantity),
            "quantity_unit": draft.unit,
            "price_cny_per_unit": "" if draft.price is None else price_text(draft.price),
            "amount_cny": fixed(Fraction(amounts[n], 100), 2),
            "amount_excl_tax_cny": fixed(Fraction(nets[n], 100), 2),
            "tax_cny": fixed(Fraction(amounts[n] - nets[n], 100), 2),
            "settled_with": draft.payer,
            "document": draft.document,
            "article": draft.article,
            "flags": flags_text(draft.flags.items()),
        }
        for n, draft in enumerate(drafts)
    ]


def totals_of(plant: Plant, month: YearMonth, book: Book) -> Totals:
    """Both totals of a station's month."""
    drafts = drafts_of(plant, month, book)
    amounts, _ = _fen(drafts)
    with_grid = sum(fen for fen, draft in zip(amounts, drafts, strict=True) if draft.payer == "grid")
    return Totals(with_grid_fen=with_grid, all_income_fen=sum(amounts))


def flags_text(flags: Iterable[tuple[str, str]]) -> str:
    """Flags in the order of their names."""
    return ";".join(f"{key}={flag}" for key, flag in sorted(flags))


def price_text(price: Fraction) -> str:
    """A price with four to six decimals."""
    text = fixed(price, 6)
    while text.endswith("0") and len(text.split(".")[1]) > 4:
        text = text[:-1]
    return text


def _plain(quantity: Fraction) -> str:
    """A number with as many decimals as it needs."""
    text = fixed(quantity, 4).rstrip("0")
    return text.removesuffix(".")


def _energy_drafts(parts: Sequence[Part], book: Book) -> Iterator[Draft]:
    regulated = [part for part in parts if part.season != MARKET]
    for part in regulated:
        price = part.coal * BUYING[part.season]
        yield Draft(
            item="charge_energy",
            season=part.season,
            quantity=part.charged,
            price=price,
            sum_cny=-part.charged * price,
            invoice="purchase",
            rate=part.vat,
        )
    for part in regulated:
        price = part.coal * SELLING[part.season]
        yield Draft(
            item="discharge_energy",
            season=part.season,
            quantity=part.discharged,
            price=price,
            sum_cny=part.discharged * price,
            invoice="sale",
            rate=part.vat,
        )
    yield from _network_drafts(parts, exempt_of(parts, book))


def _network_drafts(parts: Sequence[Part], exempt: Sequence[Fraction]) -> Iterator[Draft]:
    groups: dict[tuple[date, date], list[tuple[Part, Fraction]]] = {}
    for part, free in sorted(zip(parts, exempt, strict=True), key=lambda pair: pair[0].first):
        groups.setdefault((part.network_from, part.vat_from), []).append((part, free))
    for group in groups.values():
        price, free = group[0][0].network, sum((exempted for _, exempted in group), Fraction(0))
        yield Draft(
            item="exempted_charges",
            quantity=free,
            price=price,
            sum_cny=Fraction(0),
            flags={"exempted_cny": fixed(free * price, 2)},
        )
    for group in groups.values():
        price, liable = group[0][0].network, sum((part.charged - free for part, free in group), Fraction(0))
        if liable:
            yield Draft(
                item="network_charges",
                quantity=liable,
                price=price,
                sum_cny=-liable * price,
                invoice="purchase",
                rate=group[0][0].vat,
            )


def exempt_of(parts: Sequence[Part], book: Book) -> list[Fraction]:
    """The exempt charging energy of each part; shared by charging, what is left over by largest remainder."""
    choices = book.choices
    free = [choices.exempt_in_market or part.season != MARKET for part in parts]
    charges = [part.charged if each else Fraction(0) for part, each in zip(parts, free, strict=True)]
    if not choices.returned_only:
        return charges
    discharged = sum(part.discharged for part, each in zip(parts, free, strict=True) if each)
    charged = sum(charges)
    units = int(min(charged, discharged) * UNITS)
    if not units:
        return [Fraction(0) for _ in parts]
    exact = [units * charge / charged for charge in charges]
    shares = [share.numerator // share.denominator for share in exact]
    short = units - sum(shares)
    for n in sorted(range(len(parts)), key=lambda n: (shares[n] - exact[n], n))[:short]:
        shares[n] += 1
    return [Fraction(share, UNITS) for share in shares]


def _fen(drafts: Sequence[Draft]) -> tuple[list[int], list[int]]:
    """Gross and net of each line in fen; the net of an invoice is rounded once and its last line takes the residue."""
    amounts = [half_away(draft.sum_cny, 2) for draft in drafts]
    nets = list(amounts)
    invoices: dict[tuple[str, str, str, Fraction], list[int]] = {}
    for n, draft in enumerate(drafts):
        if draft.invoice:
            invoices.setdefault((draft.invoice, draft.payer, draft.name, draft.rate), []).append(n)
    for (_, _, _, rate), members in invoices.items():
        whole = half_away(Fraction(sum(amounts[n] for n in members)) / (1 + rate), 0)
        for n in members[:-1]:
            nets[n] = half_away(Fraction(amounts[n]) / (1 + rate), 0)
        nets[members[-1]] = whole - sum(nets[n] for n in members[:-1])
    return amounts, nets
