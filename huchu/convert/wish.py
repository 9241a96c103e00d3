"""What a conversion is told: which columns mean what, and how the stamps are written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import polars as pl
from polars.exceptions import PolarsError

from dispatch.signals.columns import FORECAST, LOAD, PRICE, WIND
from tariffs.vocabulary.errors import UsageError, Words, nearest
from tariffs.vocabulary.timegrid import INTERVAL_MINUTES, ZONE_NAME, physical

STAMPS: Final = ("start", "end")
HOURS: Final = ("clock", "counted")
"""Whether a time of day is what the clock shows, or counts the hours since midnight, so that 24:00 may begin one."""
DATE_ORDERS: Final = ("ymd", "dmy", "mdy")
_DAY_OR_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A file of somebody else and what is to be made of it.

    Shape   either `time_column`, or `date_column` and `time_of_day_column`; column names as the file writes them;
            `filters` are written COLUMN=TEXT; `minutes` 0 where the step is to be found; an empty text is nothing
    """

    file: Path
    time_column: str = ""
    date_column: str = ""
    time_of_day_column: str = ""
    price_column: str = ""
    forecast_column: str = ""
    load_column: str = ""
    wind_column: str = ""
    stamp: str = "start"
    zone: str = ""
    date_order: str = "ymd"
    hours: str = "clock"
    repeated_column: str = ""
    filters: tuple[str, ...] = ()
    minutes: int = 0
    from_text: str = ""
    until_text: str = ""
    currency_note: str = ""
    accept_unterminated: bool = False

    @property
    def stamp_columns(self) -> tuple[str, ...]:
        """The columns that stamps are written in."""
        return tuple(name for name in (self.time_column, self.date_column, self.time_of_day_column) if name)

    @property
    def signal_columns(self) -> dict[str, str]:
        """The columns of the file by the name that each has in signals.csv."""
        named = {
            PRICE: self.price_column,
            FORECAST + PRICE: self.forecast_column,
            LOAD: self.load_column,
            WIND: self.wind_column,
        }
        return {name: column for name, column in named.items() if column}

    @property
    def wall_zone(self) -> str:
        """The zone of stamps without an offset."""
        return self.zone or ZONE_NAME

    @property
    def filter_pairs(self) -> tuple[tuple[str, str], ...]:
        """Column and text of each filter.

        Raises  UsageError if a filter has no equals sign, or no column before it
        """
        return tuple(_filter_of(text) for text in self.filters)

    def bound_ms(self, text: str, option: str) -> int | None:
        """Milliseconds since the epoch of an instant or day in a text, in the zone of the stamps; nothing for none.

        Raises  UsageError if it is neither
        """
        if not text:
            return None
        try:
            if not _DAY_OR_INSTANT.fullmatch(text):
                raise ValueError
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise UsageError(
                Words(f"{option} 的 {text} 不是时刻", f"{option}: {text} is no instant"),
                found=Words(text, text),
                do=Words("写作 2025-07-01 或 2025-07-01T00:15+08:00", "write 2025-07-01 or 2025-07-01T00:15+08:00"),
            ) from None
        return physical(instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(self.wall_zone)))


def refuse_words(wish: Wish) -> None:
    """Nothing, if the words of a wish are known and go together.

    Raises  UsageError if not
    """
    _refuse_word("--stamp", wish.stamp, STAMPS)
    _refuse_word("--hours", wish.hours, HOURS)
    _refuse_word("--date-order", wish.date_order, DATE_ORDERS)
    _refuse_word("--minutes", str(wish.minutes), ("0", *map(str, INTERVAL_MINUTES)))
    if wish.zone and not _is_zone(wish.zone):
        raise _unknown_word("--zone", wish.zone, sorted(available_timezones()))
    whole, parts = bool(wish.time_column), {bool(wish.date_column), bool(wish.time_of_day_column)}
    if parts != {not whole}:
        raise UsageError(
            Words("未说清时刻在哪一列", "it is not clear which column holds the stamps"),
            found=Words(_listed(wish.stamp_columns), _listed(wish.stamp_columns)),
            do=Words(
                "给 --time-column，或同时给 --date-column 与 --time-of-day-column",
                "give --time-column, or --date-column together with --time-of-day-column",
            ),
        )
    if not wish.signal_columns:
        raise UsageError(
            Words("没有要转换的列", "there is no column to convert"),
            found=Words("只有时刻", "stamps only"),
            do=Words("例如给出 --price-column", "give --price-column, for example"),
        )


def _filter_of(text: str) -> tuple[str, str]:
    column, equals, wanted = text.partition("=")
    if not (column and equals):
        raise UsageError(
            Words(f"--filter 的 {text} 无法识别", f"--filter {text} is not understood"),
            found=Words(text or "空", text or "nothing"),
            do=Words("写作 列名=文字", "write it as COLUMN=TEXT"),
        )
    return column, wanted


def _is_zone(name: str) -> bool:
    """Whether both clocks that are used know the zone; listing all zones would take longer than most conversions."""
    try:
        ZoneInfo(name)
        pl.Series([0]).cast(pl.Datetime("ms")).dt.replace_time_zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, PolarsError):
        return False
    return True


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "-"


def _refuse_word(option: str, word: str, choices: Sequence[str]) -> None:
    if word in choices:
        return
    raise _unknown_word(option, word, choices)


def _unknown_word(option: str, word: str, choices: Sequence[str]) -> UsageError:
    few = len(choices) <= len(INTERVAL_MINUTES) + 1
    near = nearest(word, choices) or (choices[0] if few else ZONE_NAME)
    return UsageError(
        Words(f"{option} 不认识 {word}", f"{option} does not know {word}"),
        found=Words(f"可选 {' | '.join(choices)}", f"choices {' | '.join(choices)}") if few else Words(word, word),
        do=Words(f"例如 {near}", f"write {near}, for example"),
    )
