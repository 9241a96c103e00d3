"""StatementLine: quantity, price, amount, citation, flags; and the tax split over the lines of an invoice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from settlement.draft import KWH, Behind, Direction, Invoice, LineDraft, SettledWith
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import cny_text, decimal_text, kwh_text, net_of_tax_fen, price_text, round_half_away
from tariffs.vocabulary.timegrid import Month
from tariffs.vocabulary.units import FEN_PER_CNY

EXACT_DECIMALS: Final = 10
EXACT_UNITS: Final = 10**EXACT_DECIMALS
SEPARATORS: Final = re.compile(r"[;\r\n]+")


def flag_text(flag: str) -> str:
    """A flag without what separates flags: a `;` or a line end becomes a space."""
    return SEPARATORS.sub(" ", flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of a statement. Amounts are integers of fen, positive when paid to the station.

    Shape   `quantity_e4` is in 1e-4 of its unit; `price` is nothing where each interval has its own; `exact_cny` is
            what the amount was rounded from, without the sign of the direction
    """

    station_id: str
    month: Month
    line_no: int
    item: str
    season: str
    behind: Behind
    quantity_e4: int
    quantity_unit: str
    price: Price | None
    formula: Words
    sources: tuple[Citation, ...]
    exact_cny: Fraction
    amount_fen: int
    amount_excl_tax_fen: int
    tax_fen: int
    tax_rate_e6: int
    invoice: Invoice
    settled_with: SettledWith
    counterparty: str
    clause: Citation
    flags: Mapping[str, str]

    @property
    def quantity_text(self) -> str:
        """The quantity as exact text: kWh with four decimals, anything else with as many as it needs."""
        return kwh_text(self.quantity_e4) if self.quantity_unit == KWH else decimal_text(self.quantity_e4, 4)

    @property
    def price_text(self) -> str:
        """The price of a unit as exact text; empty where each interval has its own."""
        return price_text(self.price.cny_per_unit_e6) if self.price is not None else ""

    @property
    def amount_exact_cny(self) -> str:
        """The amount in 元 before rounding and without a sign: decimal text, or a fraction where decimals do not end."""
        scaled_up = self.exact_cny * EXACT_UNITS
        if scaled_up.denominator == 1:
            return decimal_text(int(scaled_up), EXACT_DECIMALS)
        return f"{self.exact_cny.numerator}/{self.exact_cny.denominator}"

    @property
    def flags_text(self) -> str:
        """The flags as `key=value` joined by `;`; a `;` or a line end inside a value becomes a space."""
        return ";".join(f"{key}={flag_text(flag)}" for key, flag in self.flags.items())

    @property
    def invoice_key(self) -> tuple[Invoice, SettledWith, str, int]:
        """What tells the invoices of a statement apart: side, who pays, its name, and the rate of the tax."""
        return self.invoice, self.settled_with, self.counterparty, self.tax_rate_e6


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotal:
    """One invoice of a statement: gross = net + tax, in fen, both signs as on the lines."""

    invoice: Invoice
    settled_with: SettledWith
    counterparty: str
    tax_rate_e6: int
    gross_fen: int
    net_fen: int

    @property
    def key(self) -> tuple[Invoice, SettledWith, str, int]:
        """The `invoice_key` of its lines."""
        return self.invoice, self.settled_with, self.counterparty, self.tax_rate_e6

    @property
    def tax_fen(self) -> int:
        """The tax that the gross amount includes."""
        return self.gross_fen - self.net_fen


def price_lines(drafts: Sequence[LineDraft], station_id: str, month: Month) -> tuple[StatementLine, ...]:
    """The lines of a statement in order: each draft multiplied and rounded once, its invoice's tax split.

    Source  tax: each invoice's net is rounded once, its last line takes the residue
    """
    lines = [_line(number, draft, station_id, month) for number, draft in enumerate(drafts, 1)]
    return tuple(_with_tax(lines))


def invoice_totals(lines: Sequence[StatementLine]) -> tuple[InvoiceTotal, ...]:
    """One total for each invoice: sales first, the grid company before others."""
    gross: dict[tuple[Invoice, SettledWith, str, int], int] = {}
    for line in lines:
        if line.invoice is not Invoice.NONE:
            gross[line.invoice_key] = gross.get(line.invoice_key, 0) + line.amount_fen
    sides, payers = list(Invoice), list(SettledWith)
    return tuple(
        InvoiceTotal(
            invoice=invoice,
            settled_with=payer,
            counterparty=name,
            tax_rate_e6=rate,
            gross_fen=total,
            net_fen=net_of_tax_fen(total, rate),
        )
        for (invoice, payer, name, rate), total in sorted(
            gross.items(), key=lambda entry: (payers.index(entry[0][1]), sides.index(entry[0][0]), *entry[0][2:])
        )
    )


def _line(number: int, draft: LineDraft, station_id: str, month: Month) -> StatementLine:
    exact = draft.unsigned_cny
    rounded = round_half_away(exact.numerator * FEN_PER_CNY, exact.denominator)
    amount = draft.direction.value * rounded
    return StatementLine(
        station_id=station_id,
        month=month,
        line_no=number,
        item=draft.item,
        season=draft.season,
        behind=draft.behind,
        quantity_e4=draft.quantity_e4,
        quantity_unit=draft.quantity_unit,
        price=draft.price,
        formula=draft.whole_formula,
        sources=draft.all_sources,
        exact_cny=exact,
        amount_fen=amount,
        amount_excl_tax_fen=amount,
        tax_fen=0,
        tax_rate_e6=draft.tax_rate_e6,
        invoice=draft.invoice,
        settled_with=draft.settled_with,
        counterparty=draft.counterparty,
        clause=draft.clause,
        flags=_flags(draft, rounded),
    )


def _flags(draft: LineDraft, rounded_fen: int) -> dict[str, str]:
    flags = dict(draft.flags)
    if draft.direction is Direction.INFORMATION:
        flags["exempted_cny"] = cny_text(rounded_fen)
    if draft.behind.filled_intervals:
        flags["filled_intervals"] = str(draft.behind.filled_intervals)
        flags["filled_kwh"] = kwh_text(draft.behind.filled_kwh_e4)
    sources = dict.fromkeys((draft.clause, *draft.all_sources))
    unsure = sorted({source.series for source in sources if not source.confirmation.sure})
    if unsure:
        flags["not_confirmed"] = ",".join(unsure)
    unchecked = sorted({source.series for source in sources if source.checked_on < draft.behind.last_day})
    if unchecked:
        flags["unconfirmed_since_check"] = ",".join(unchecked)
    return flags


def _with_tax(lines: Sequence[StatementLine]) -> list[StatementLine]:
    taxed = list(lines)
    for total in invoice_totals(lines):
        members = [n for n, line in enumerate(taxed) if line.invoice_key == total.key]
        left_fen = total.net_fen
        for n in members:
            net = left_fen if n == members[-1] else net_of_tax_fen(taxed[n].amount_fen, total.tax_rate_e6)
            left_fen -= net
            taxed[n] = replace(taxed[n], amount_excl_tax_fen=net, tax_fen=taxed[n].amount_fen - net)
    return taxed
