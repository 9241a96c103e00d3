"""A statement as one record of exact text: what the JSON holds and the pages lay out. All formatting is here."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import cn2an
import polars as pl

from settlement.statement.award import award_row
from settlement.statement.flags import flag_record
from settlement.statement.line import InvoiceTotal, StatementLine
from settlement.statement.obligation import CallsProgress, calls_row, calls_text
from settlement.statement.particulars import orders_record, outages_record
from settlement.statement.statement import Statement
from tariffs.citation import CONFIRMATION_WORDS, Citation
from tariffs.eligibility.regulated_settlement import first_settled_day
from tariffs.glossary import term
from tariffs.settings import Settings
from tariffs.stations import Station
from tariffs.vocabulary.columns import Quality
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.findings import SEVERITY_WORDS
from tariffs.vocabulary.money import cny_text, decimal_text, kwh_text, kwh_text_if_known, round_half_away
from tariffs.vocabulary.timegrid import Month, intervals_per_day, local_day
from tariffs.vocabulary.units import ENERGY_UNITS_PER_KWH, RATIO_UNITS

SCHEMA: Final = "huchu.statement/1"
Record = Mapping[str, Any]


def statement_record(statement: Statement) -> Record:
    """Everything a statement shows, as text in the order in which it is shown.

    Shape   nested mappings and lists with text leaves; amounts in 元 with two decimals, energies in kWh with four
    """
    settings = statement.run.settings
    kind = term(statement.run.kind.value)
    readings_sha256 = statement.readings_sha256
    city = statement.run.city
    return {
        "schema": SCHEMA,
        "statement_no": statement.statement_no,
        "run": {"kind": statement.run.kind.value, "zh": kind.zh, "en": kind.en},
        "run_id": statement.run.run_id,
        "engine_version": statement.run.engine_version,
        "grid_company": {"zh": city["grid_company_zh"], "en": city["grid_company_en"]},
        "city": {"zh": city["name_zh"], "en": city["name_en"]},
        "station": _station(statement.station, statement.month),
        "month": str(statement.month),
        "period": _period(statement),
        "metering": _metering(statement),
        "lines": [_line(line, readings_sha256) for line in statement.lines],
        "invoices": [_invoice(total) for total in statement.invoices],
        "totals": _totals(statement, city),
        "calls": _calls(statement.calls[-1]),
        "ended_calls": [_calls(progress) for progress in statement.calls[:-1]],
        "awards": [award_row(award) for award in statement.awards],
        "orders": orders_record(statement.orders),
        "outages": outages_record(statement.station, statement.month),
        "daily": _daily(statement),
        "settings": _settings(settings),
        "documents": _documents(statement),
        "inputs": [
            {"name": each.name, "file_format": each.file_format, "rows": str(each.rows), "sha256": each.sha256}
            for each in statement.files
        ]
        + [
            {"name": each.name, "file_format": each.kind, "rows": str(each.rows), "sha256": each.sha256}
            for each in statement.run.beside
        ],
        "notices": [
            {
                "severity": finding.severity.value,
                "severity_zh": SEVERITY_WORDS[finding.severity].zh,
                "code": finding.code,
                "zh": finding.message.zh,
                "en": finding.message.en,
            }
            for finding in statement.findings
        ],
    }


def _station(station: Station, month: Month) -> Record:
    first, last = (station.rating_on(day) for day in (month.first_day, month.end - timedelta(days=1)))
    return {
        "id": station.id,
        "name": station.name,
        "owner": station.owner,
        "account_no": station.account_no,
        "tax_no": station.tax_no,
        "power_mw": _changed(first.power_mw, last.power_mw),
        "charge_power_mw": _changed(first.charge_power_mw, last.charge_power_mw),
        "energy_mwh": _changed(first.energy_mwh, last.energy_mwh),
        "grid_connected_on": station.grid_connected_on.isoformat(),
        "in_annual_plan_from": station.listed_from.isoformat() if station.listed_from else "",
    }


def _changed(before: Decimal, after: Decimal) -> str:
    """A rating, or both where it changed inside the month."""
    return f"{before:f}" if before == after else f"{before:f} → {after:f}"


def _period(statement: Statement) -> Record:
    first = max(first_settled_day(statement.station, statement.run.settings), statement.month.first_day)
    days = (statement.month.end - first).days
    either = (pl.col("quality") == Quality.FILLED.value) | (pl.col("discharge_quality") == Quality.FILLED.value)
    filled = statement.readings.filter(either).height
    return {
        "from_on": first.isoformat(),
        "until_on": (statement.month.end - timedelta(days=1)).isoformat(),
        "days": str(days),
        "interval_minutes": str(statement.minutes),
        "intervals_expected": str(days * intervals_per_day(statement.minutes)),
        "intervals_read": str(statement.readings.height - filled),
        "intervals_filled": str(filled),
    }


def _metering(statement: Statement) -> list[Record]:
    rows: list[Record] = []
    for direction, leg, quality, words in (
        ("charge", "import", "quality", Words("充电（下网）", "charging (import)")),
        ("discharge", "export", "discharge_quality", Words("放电（上网）", "discharging (export)")),
    ):
        total = int(statement.readings[f"{direction}_kwh_e4"].sum())
        filled = statement.readings.filter(pl.col(quality) == Quality.FILLED.value)
        measured = statement.readings.filter(pl.col(quality) == Quality.MEASURED.value).height
        estimated = int(filled[f"{direction}_kwh_e4"].sum())
        register = statement.registers.row(0, named=True) if statement.registers.height == 1 else {}
        first, last = register.get(f"{leg}_first_kwh_e4"), register.get(f"{leg}_last_kwh_e4")
        rows.append(
            {
                "direction": direction,
                "zh": words.zh,
                "en": words.en,
                "meter_id": "、".join(statement.registers["meter_id"].to_list() or statement.station.meter_ids),
                "previous_register": "" if first is None else decimal_text(first, 4, 2),
                "current_register": "" if last is None else decimal_text(last, 4, 2),
                "multiplier": decimal_text(register["multiplier_e4"], 4) if register else "",
                "measured_kwh": kwh_text(total - estimated),
                "filled_kwh": kwh_text(estimated),
                "total_kwh": kwh_text(total),
                "measured_share": _percent(measured, statement.readings.height),
            }
        )
    return rows


def _line(line: StatementLine, readings_sha256: str) -> Record:
    item, season, payer = term(line.item), term(line.season), term(line.settled_with.value)
    return {
        "line_no": str(line.line_no),
        "item": line.item,
        "item_zh": item.zh,
        "item_en": item.en,
        "season": line.season,
        "season_zh": season.zh,
        "season_en": season.en,
        "from_on": line.behind.first_day.isoformat(),
        "until_on": line.behind.last_day.isoformat(),
        "quantity": line.quantity_text,
        "quantity_unit": line.quantity_unit,
        "price_cny_per_unit": line.price_text,
        "price_formula_zh": line.formula.zh,
        "price_formula_en": line.formula.en,
        "amount_cny": cny_text(line.amount_fen),
        "amount_exact_cny": line.amount_exact_cny,
        "amount_excl_tax_cny": cny_text(line.amount_excl_tax_fen),
        "tax_cny": cny_text(line.tax_fen),
        "settled_with": line.settled_with.value,
        "settled_with_zh": payer.zh,
        "counterparty": line.counterparty,
        "document": line.clause.document_number,
        "document_title": line.clause.title,
        "article": line.clause.article,
        "version_from": line.clause.effective_from.isoformat(),
        "flags": [flag_record(key, flag) for key, flag in line.flags.items()],
        "trace": {
            "readings_sha256": readings_sha256 if line.behind.intervals else "",
            "intervals": str(line.behind.intervals),
            "filled_intervals": str(line.behind.filled_intervals),
            "filled_kwh": kwh_text(line.behind.filled_kwh_e4),
            "price_documents": [_source(source) for source in line.sources],
        },
    }


def _source(source: Citation) -> Record:
    return {
        "series": source.series,
        "version_from": source.effective_from.isoformat(),
        "document_number": source.document_number,
        "article": source.article,
        "confirmation": source.confirmation.value,
    }


def _invoice(total: InvoiceTotal) -> Record:
    words = term(total.invoice.value)
    return {
        "kind": total.invoice.value,
        "zh": words.zh,
        "en": words.en,
        "settled_with": total.settled_with.value,
        "settled_with_zh": term(total.settled_with.value).zh,
        "counterparty": total.counterparty,
        "tax_rate": f"{decimal_text(total.tax_rate_e6, 4)}%",
        "gross_cny": cny_text(total.gross_fen),
        "net_cny": cny_text(total.net_fen),
        "tax_cny": cny_text(total.tax_fen),
    }


def _totals(statement: Statement, city: Mapping[str, Any]) -> Record:
    station = statement.station.owner or statement.station.name
    receives = statement.settled_with_grid_fen >= 0
    payer_zh, payee_zh = (city["grid_company_zh"], station) if receives else (station, city["grid_company_zh"])
    payer_en, payee_en = (city["grid_company_en"], station) if receives else (station, city["grid_company_en"])
    return {
        "settled_with_grid_cny": cny_text(statement.settled_with_grid_fen),
        "settled_with_grid_capitals": capitals(abs(statement.settled_with_grid_fen)),
        "all_income_cny": cny_text(statement.all_income_fen),
        "all_income_capitals": capitals(statement.all_income_fen),
        "payer_zh": f"付款方：{payer_zh}　收款方：{payee_zh}",
        "payer_en": f"payer: {payer_en}, payee: {payee_en}",
    }


def capitals(amount: int) -> str:
    """An amount of fen in Chinese capital figures (大写金额)."""
    return str(cn2an.an2cn(cny_text(amount), "rmb"))


def _calls(progress: CallsProgress) -> Record:
    rule = term(progress.rule)
    row = calls_row(progress)
    done = progress.to_date_calls
    verdict = _verdict(progress)
    return {
        "rule": progress.rule,
        "rule_zh": rule.zh,
        "rule_en": rule.en,
        **{
            key: row[key]
            for key in (
                "obligation_year",
                "season_days_past",
                "season_days_left",
                "calls_month",
                "calls_to_date",
                "calls_required",
                "calls_left",
                "calls_per_day_needed",
                "shortfall_own",
                "shortfall_grid",
                "shortfall_not_ordered",
            )
        },
        "required_by_now": calls_text(progress.required_by_now),
        "required_formula": _required_formula(progress),
        "failed_own_kwh": kwh_text_if_known(progress.failed_own_kwh_e4),
        "failed_grid_kwh": kwh_text_if_known(progress.failed_grid_kwh_e4),
        "progress_ratio": "" if done is None else _ratio(*(done / (progress.required or 1)).as_integer_ratio()),
        "on_pace_ratio": _ratio(*(progress.required_by_now / (progress.required or 1)).as_integer_ratio()),
        "verdict_zh": verdict.zh,
        "verdict_en": verdict.en,
    }


def _required_formula(progress: CallsProgress) -> str:
    """How the requirement came about where not every season day of the year counts; else nothing."""
    counted = progress.season_days_past + progress.season_days_left
    asked = decimal_text(round_half_away(*(progress.year_calls * RATIO_UNITS).as_integer_ratio()), 6)
    return f"{asked} × {counted}/{progress.year_season_days}" if counted != progress.year_season_days else ""


def _verdict(progress: CallsProgress) -> Words:
    done = progress.to_date_calls
    if not progress.required:
        return Words("本年度没有计入的迎峰期日", "no peak-season day of this year counts")
    if done is None:
        return Words("以前月份未给出，累计不详", "earlier months are not given; to date is not known")
    if done >= progress.required:
        return Words("已达到年度要求", "the year's requirement is met")
    if done >= progress.required_by_now:
        return Words("进度达到按天折算的要求", "on pace with the requirement pro rata of season days")
    short = calls_text(progress.required_by_now - done)
    return Words(f"落后于按天折算的要求 {short} 次", f"{short} calls behind the requirement pro rata of season days")


def daily_energy(statement: Statement) -> pl.DataFrame:
    """Energy of each day: day, charge_kwh_e4, discharge_kwh_e4, in order of days."""
    return (
        statement.readings.group_by(local_day().alias("day"))
        .agg(pl.col("charge_kwh_e4").sum(), pl.col("discharge_kwh_e4").sum())
        .sort("day")
    )


def _daily(statement: Statement) -> list[Record]:
    season = {day: segment.season.value for segment in statement.segments for day in segment.days}
    days = daily_energy(statement).rows()
    most = max((max(charge, discharge) for _, charge, discharge in days), default=0) or ENERGY_UNITS_PER_KWH
    return [
        {
            "day": day.isoformat(),
            "season": season[day],
            "charge_kwh": kwh_text(charge),
            "discharge_kwh": kwh_text(discharge),
            "charge_bar": _ratio(charge, most),
            "discharge_bar": _ratio(discharge, most),
        }
        for day, charge, discharge in days
    ]


def _settings(settings: Settings) -> list[Record]:
    return [
        {"key": key, "setting": setting, "zh": term(key).zh, "en": term(key).en} for key, setting in settings.applied()
    ]


def _documents(statement: Statement) -> list[Record]:
    return [
        {
            "series": source.series,
            "version_from": source.effective_from.isoformat(),
            "document_number": source.document_number,
            "title": source.title,
            "checked_on": source.checked_on.isoformat(),
            "confirmation": source.confirmation.value,
            "confirmation_zh": CONFIRMATION_WORDS[source.confirmation].zh,
        }
        for source in statement.sources
    ]


def _ratio(part: int, whole: int) -> str:
    return decimal_text(round_half_away(part * RATIO_UNITS, whole), 6, 4) if whole else "0.0000"


def _percent(part: int, whole: int) -> str:
    return f"{decimal_text(round_half_away(part * 10_000, whole), 2, 2)}%" if whole else ""
