"""Statement: everything that one station's month came to; StatementSet: the statements of one run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

import polars as pl

from settlement.activity import JudgedOrder
from settlement.draft import SettledWith
from settlement.meter.read import MeterFile
from settlement.statement.award import AwardProgress
from settlement.statement.frames import award_frame, calls_frame, lines_frame
from settlement.statement.line import InvoiceTotal, StatementLine, invoice_totals
from settlement.statement.notebook import html
from settlement.statement.obligation import CallsProgress
from settlement.statement.terms import Run
from tariffs.citation import Citation
from tariffs.segments import Segment
from tariffs.stations import Station
from tariffs.vocabulary.errors import UsageError, Words
from tariffs.vocabulary.findings import Finding
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.timegrid import Month

SHOWN_STATEMENTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One station's month.

    Shape   `readings` has the columns READINGS, one row an interval; `registers` those of METERED; `orders` is nothing where no
            file of orders was given
    """

    station: Station
    month: Month
    run: Run
    segments: tuple[Segment, ...]
    lines: tuple[StatementLine, ...]
    calls: tuple[CallsProgress, ...]
    awards: tuple[AwardProgress, ...]
    orders: tuple[JudgedOrder, ...] | None
    readings: pl.DataFrame
    registers: pl.DataFrame
    minutes: int
    findings: tuple[Finding, ...]

    @property
    def statement_no(self) -> str:
        """Number of the statement: station, month and kind of run."""
        return f"{self.station.id}-{self.month}-{self.run.kind.value}"

    @property
    def settled_with_grid_fen(self) -> int:
        """What the grid company pays to the station (negative: receives from it), in fen."""
        return sum(line.amount_fen for line in self.lines if line.settled_with is SettledWith.GRID)

    @property
    def settled_with_grid_cny(self) -> Decimal:
        """The same in 元, to the fen."""
        return Decimal(cny_text(self.settled_with_grid_fen))

    @property
    def all_income_fen(self) -> int:
        """All income of the month for information, in fen."""
        return sum(line.amount_fen for line in self.lines)

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The documents that the statement rests on, one citation for each version: of its segments, then of its lines."""
        of_segments = [source for segment in self.segments for source in segment.sources]
        of_lines = [source for line in self.lines for source in (line.clause, *line.sources)]
        found: dict[tuple[str, date], Citation] = {}
        for source in (*of_segments, *of_lines):
            found.setdefault((source.series, source.effective_from), source)
        return tuple(found.values())

    @property
    def invoices(self) -> tuple[InvoiceTotal, ...]:
        """The invoices, gross, net and tax."""
        return invoice_totals(self.lines)

    @property
    def files(self) -> tuple[MeterFile, ...]:
        """The files that the readings come from."""
        numbers = {*self.readings["file_no"].unique(), *self.readings["discharge_file_no"].unique()}
        return tuple(file for number, file in enumerate(self.run.inputs) if number in numbers)

    @property
    def readings_sha256(self) -> str:
        """Digest of the readings that were settled: instants, both energies and their quality, in order."""
        digest = sha256()
        for column in ("interval_start", "charge_kwh_e4", "discharge_kwh_e4"):
            digest.update(self.readings[column].to_physical().to_numpy().astype("<i8").tobytes())
        for column in ("quality", "discharge_quality"):
            digest.update(self.readings[column].to_numpy().tobytes())
        return digest.hexdigest()

    def __repr__(self) -> str:
        settled = cny_text(self.settled_with_grid_fen)
        return f"<Statement {self.statement_no}: {len(self.lines)} line(s), {settled} 元 settled with the grid company>"

    def _repr_html_(self) -> str:
        return html(self.lines, self.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSet:
    """The statements of one run, and what was found on the way.

    Shape   `refused` maps a station and month to the codes that refused it; empty unless refused ones were skipped
    """

    run: Run
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]
    refused: Mapping[tuple[str, str], tuple[str, ...]]

    def statement(self, station_id: str, month: str) -> Statement:
        """The statement of a station and a month, such as 2025-07.

        Raises  UsageError if there is none
        """
        found = {(each.station.id, str(each.month)): each for each in self.statements}
        if (station_id, month) not in found:
            listed = [" ".join(key) for key in found][:SHOWN_STATEMENTS]
            raise UsageError(
                Words(f"没有 {station_id} {month} 的结算单", f"there is no statement of {station_id} for {month}"),
                found=Words("、".join(listed) or "没有结算单", ", ".join(listed) or "no statements"),
                do=Words("用其中一份的电站与月份", "name the station and month of one of them"),
            )
        return found[station_id, month]

    @property
    def lines(self) -> pl.DataFrame:
        """All lines as a frame with the columns LINES: exact decimal text."""
        return lines_frame(line for statement in self.statements for line in statement.lines)

    @property
    def calls(self) -> pl.DataFrame:
        """The calls of every station and month as a frame with the columns CALLS."""
        return calls_frame(calls for statement in self.statements for calls in statement.calls)

    @property
    def awards(self) -> pl.DataFrame:
        """The awarded energy of every station and month as a frame with the columns AWARD."""
        return award_frame(award for statement in self.statements for award in statement.awards)

    def __repr__(self) -> str:
        refused = f", {len(self.refused)} refused" if self.refused else ""
        return f"<StatementSet of {len(self.statements)} statement(s){refused}, run {self.run.run_id}>"

    def _repr_html_(self) -> str:
        lines = (line for statement in self.statements for line in statement.lines)
        calls = (progress for statement in self.statements for progress in statement.calls)
        shown = html(lines, calls)
        return f"<p>{len(self.statements)} 份结算单 statement(s)，run {self.run.run_id}</p>{shown}"
