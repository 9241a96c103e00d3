"""StatementLine: quantity, price, amount, citation, flags; and the tax split over the lines of an invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from settlement.draft import Direction, Invoice, LineDraft, SettledWith
from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.vocabulary.money import amount_exact_cny, amount_fen, cny_text, kwh_text, net_of_tax_fen
from tariffs.vocabulary.timegrid import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line of a statement. Amounts are integers of fen, positive when paid to the station."""

    station_id: str
    month: Month
    line_no: int
    item: str
    season: str
    first_day: date
    last_day: date
    quantity_kwh_e4: int
    quantity_unit: str
    price: Price
    amount_fen: int
    amount_excl_tax_fen: int
    tax_fen: int
    tax_rate_e6: int
    invoice: Invoice
    settled_with: SettledWith
    clause: Citation
    intervals: int
    filled_intervals: int
    filled_kwh_e4: int
    flags: Mapping[str, str]

    @property
    def amount_exact_cny(self) -> str:
        """Quantity times price in 元 before the rounding of the line, as decimal text without a sign."""
        return amount_exact_cny(self.quantity_kwh_e4, self.price.cny_per_kwh_e6)

    @property
    def flags_text(self) -> str:
        """The flags as `key=value` joined by `;`."""
        return ";".join(f"{key}={flag}" for key, flag in self.flags.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceTotal:
    """One invoice of a statement: gross = net + tax, in fen, both signs as on the lines."""

    invoice: Invoice
    tax_rate_e6: int
    gross_fen: int
    net_fen: int

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
    """One total for each invoice and tax rate, sales first."""
    gross: dict[tuple[Invoice, int], int] = {}
    for line in lines:
        if line.invoice is not Invoice.NONE:
            key = (line.invoice, line.tax_rate_e6)
            gross[key] = gross.get(key, 0) + line.amount_fen
    order = list(Invoice)
    return tuple(
        InvoiceTotal(invoice=invoice, tax_rate_e6=rate, gross_fen=total, net_fen=net_of_tax_fen(total, rate))
        for (invoice, rate), total in sorted(gross.items(), key=lambda entry: (order.index(entry[0][0]), entry[0][1]))
    )


def _line(number: int, draft: LineDraft, station_id: str, month: Month) -> StatementLine:
    priced_fen = amount_fen(draft.quantity_kwh_e4, draft.price.cny_per_kwh_e6)
    amount = draft.direction.value * priced_fen
    return StatementLine(
        station_id=station_id,
        month=month,
        line_no=number,
        item=draft.item,
        season=draft.season,
        first_day=draft.first_day,
        last_day=draft.last_day,
        quantity_kwh_e4=draft.quantity_kwh_e4,
        quantity_unit="kWh",
        price=draft.price,
        amount_fen=amount,
        amount_excl_tax_fen=amount,
        tax_fen=0,
        tax_rate_e6=draft.tax_rate_e6,
        invoice=draft.invoice,
        settled_with=draft.settled_with,
        clause=draft.clause,
        intervals=draft.intervals,
        filled_intervals=draft.filled_intervals,
        filled_kwh_e4=draft.filled_kwh_e4,
        flags=_flags(draft, priced_fen),
    )


def _flags(draft: LineDraft, priced_fen: int) -> dict[str, str]:
    flags = {}
    if draft.direction is Direction.INFORMATION:
        flags["exempted_cny"] = cny_text(priced_fen)
    if draft.filled_intervals:
        flags["filled_intervals"] = str(draft.filled_intervals)
        flags["filled_kwh"] = kwh_text(draft.filled_kwh_e4)
    sources = dict.fromkeys((draft.clause, *draft.price.sources))
    unsure = sorted({source.series for source in sources if not source.confirmation.sure})
    if unsure:
        flags["not_confirmed"] = ",".join(unsure)
    unchecked = sorted({source.series for source in sources if source.checked_on < draft.last_day})
    if unchecked:
        flags["unconfirmed_since_check"] = ",".join(unchecked)
    return flags


def _with_tax(lines: Sequence[StatementLine]) -> list[StatementLine]:
    taxed = list(lines)
    for total in invoice_totals(lines):
        members = [
            n for n, line in enumerate(taxed) if line.invoice is total.invoice and line.tax_rate_e6 == total.tax_rate_e6
        ]
        left_fen = total.net_fen
        for n in members:
            net = left_fen if n == members[-1] else net_of_tax_fen(taxed[n].amount_fen, total.tax_rate_e6)
            left_fen -= net
            taxed[n] = replace(taxed[n], amount_excl_tax_fen=net, tax_fen=taxed[n].amount_fen - net)
    return taxed
