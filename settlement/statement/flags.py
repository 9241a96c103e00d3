"""Flags of a line in words: what is to be known of it beside its figures."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from settlement.inputs.records import Leg
from tariffs.glossary import term
from tariffs.settings import AdjustmentPrice
from tariffs.support_claims import CLAIM_WORDS, Claim
from tariffs.vocabulary.errors import Words

LEG_WORDS: Final = {Leg.CHARGE: Words("充电", "charging"), Leg.DISCHARGE: Words("放电", "discharging")}
ADJUSTMENT_PRICE_WORDS: Final = {
    AdjustmentPrice.ORIGINAL_MONTH: Words("原月份", "the month corrected"),
    AdjustmentPrice.REFUND_MONTH: Words("退补月份", "the month of the correction"),
}

FLAG_WORDS: Final = {
    "exempted_cny": Words("免收金额 {flag} 元", "exempted {flag} CNY"),
    "filled_intervals": Words("含补算时段 {flag} 个", "{flag} estimated intervals"),
    "filled_kwh": Words("含补算电量 {flag} 千瓦时", "{flag} kWh estimated"),
    "not_confirmed": Words("数值未经官方确认：{flag}", "figures not confirmed: {flag}"),
    "unconfirmed_since_check": Words("文件核对日之后的期间：{flag}", "period after the document's check date: {flag}"),
    "leg": Words("{flag}", "{flag}"),
    "limited_intervals": Words("按限价计的时段 {flag} 个", "{flag} intervals at a price limit"),
    "lessee": Words("承租方：{flag}", "lessee: {flag}"),
    "tax_not_given": Words("未给出税率，不计税", "no tax rate is given; untaxed"),
    "claim": Words("{flag}", "{flag}"),
    "award_year": Words("奖励年度自 {flag}", "year of the award from {flag}"),
    "original_month": Words("更正月份 {flag}", "month corrected {flag}"),
    "price_of": Words("按{flag}电价", "at the price of {flag}"),
    "reason": Words("原因：{flag}", "reason: {flag}"),
    "rows": Words("依据行 {flag}", "rows {flag}"),
    "formula": Words("{flag}", "{flag}"),
}
PLACE: Final = re.compile(r"(.*?):(\d+)(?:,|$)")
"""A file and a row of it, as the flag `rows` joins them."""
OF_SERIES: Final = ("not_confirmed", "unconfirmed_since_check")


def flag_record(key: str, flag: str) -> Mapping[str, str]:
    """A flag as a statement shows it: its key, its text, and both languages."""
    words, shown = FLAG_WORDS[key], _shown(key, flag)
    return {"key": key, "text": flag, "zh": words.zh.format(flag=shown.zh), "en": words.en.format(flag=shown.en)}


def _shown(key: str, flag: str) -> Words:
    if key in OF_SERIES:
        names = [term(series.rpartition("/")[2]) for series in flag.split(",")]
        return Words("、".join(name.zh for name in names), ", ".join(name.en for name in names))
    match key:
        case "leg":
            return LEG_WORDS[Leg(flag)]
        case "price_of":
            return ADJUSTMENT_PRICE_WORDS[AdjustmentPrice(flag)]
        case "claim":
            return CLAIM_WORDS[Claim(flag)]
        case "formula":
            return term(flag)
        case "rows":
            return Words(_rows(flag), _rows(flag))
    return Words(flag, flag)


def _rows(flag: str) -> str:
    """Rows of files as `adjust.csv:2–5,9`: a file once, rows that follow one another as a range."""
    by_file: dict[str, list[int]] = {}
    for file, row in PLACE.findall(flag):
        by_file.setdefault(file, []).append(int(row))
    return "; ".join(f"{file}:{','.join(_ranges(rows))}" for file, rows in by_file.items()) or flag


def _ranges(rows: Iterable[int]) -> Iterator[str]:
    # the difference of a row and its place in the order is the same throughout a run
    for _, run in groupby(enumerate(sorted(rows)), key=lambda placed: placed[1] - placed[0]):
        numbers = [row for _, row in run]
        yield str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
