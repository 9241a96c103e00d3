"""Days and figures as they are typed on the command line."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo

from tariffs.vocabulary.errors import UsageError, Words

LARGEST: Final = Decimal(10) ** 12
MOST_DECIMALS: Final = 6


def typed_day(text: str, option: str) -> date:
    """The day of a text such as 2025-07-01.

    Raises  UsageError for anything else
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            Words(f"{option} {text!r} 不是日期", f"{option} {text!r} is no day"),
            found=Words(text or "空", text or "nothing"),
            do=Words("写作 2025-07-01", "write it as 2025-07-01"),
        ) from None


def typed_figure(text: str, option: str, least: Decimal | int = 0, most: Decimal = LARGEST) -> Decimal:
    """The exact figure of a text, between two limits that are both allowed.

    Raises  UsageError if it is no number, outside the limits, or has more than 6 decimals
    """
    try:
        figure = Decimal(text)
    except InvalidOperation:
        figure = Decimal("nan")
    if not figure.is_finite() or not least <= figure <= most or -int(figure.as_tuple().exponent) > MOST_DECIMALS:
        raise UsageError(
            Words(f"{option} {text!r} 不可用", f"{option} {text!r} cannot be used"),
            found=Words(text or "空", text or "nothing"),
            do=Words(
                f"写 {least} 至 {most:f} 之间、至多 {MOST_DECIMALS} 位小数的数",
                f"write a number between {least} and {most:f} with at most {MOST_DECIMALS} decimals",
            ),
        )
    return figure


def today() -> date:
    """The day in Shanghai."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
