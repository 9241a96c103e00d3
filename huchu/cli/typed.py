"""Days and figures as they are typed on the command line."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from tariffs.vocabulary.errors import UsageError, Words

LARGEST: Final = Decimal(10) ** 12
MOST_DECIMALS: Final = 6
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIGURE: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
WHOLE: Final = re.compile(r"-?[0-9]+")


def typed_day(text: str, option: str) -> date:
    """The day of a text such as 2025-07-01.

    Raises  UsageError for anything else
    """
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(
        Words(f"{option} {text!r} 不是日期", f"{option} {text!r} is no day"),
        found=Words(text or "空", text or "nothing"),
        do=Words("写作 2025-07-01", "write it as 2025-07-01"),
    )


def typed_figure(text: str, option: str, least: Decimal | int = 0, most: Decimal = LARGEST) -> Decimal:
    """The exact figure of a text, between two limits that are both allowed.

    Raises  UsageError unless it is digits with perhaps a sign and a point, inside the limits, of at most 6 decimals
    """
    figure = Decimal(text) if FIGURE.fullmatch(text) else Decimal("nan")
    if not figure.is_finite() or not least <= figure <= most or -int(figure.as_tuple().exponent) > MOST_DECIMALS:
        raise _unusable(
            text,
            option,
            Words(
                f"写 {least} 至 {most:f} 之间、至多 {MOST_DECIMALS} 位小数的数，只用数字和小数点，例如 12.5",
                f"write a number between {least} and {most:f} with at most {MOST_DECIMALS} decimals, "
                "in plain digits such as 12.5",
            ),
        )
    return figure


def typed_whole(text: str, option: str, least: int, most: int) -> int:
    """The whole number of a text, between two limits that are both allowed.

    Raises  UsageError unless it is digits with perhaps a sign, inside the limits
    """
    # longer than the limit is beyond it, and may be too long for an integer to be read
    readable = WHOLE.fullmatch(text) and len(text) <= len(str(most)) + 1
    if not readable or not least <= int(text) <= most:
        raise _unusable(
            text,
            option,
            Words(
                f"写 {least} 至 {most} 之间的整数，只用数字，例如 {most}",
                f"write a whole number between {least} and {most}, in plain digits such as {most}",
            ),
        )
    return int(text)


def _unusable(text: str, option: str, do: Words) -> UsageError:
    return UsageError(
        Words(f"{option} {text!r} 不可用", f"{option} {text!r} cannot be used"),
        found=Words(text or "空", text or "nothing"),
        do=do,
    )


def today() -> date:
    """The day in Shanghai."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
