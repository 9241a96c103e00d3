"""Checks of the figures that a developer gives, as words for the refusal."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.money import decimals_of

MOST_DECIMALS: Final = 6
"""Prices are kept in millionths of a 元."""


def out_of_range(record: Any, names: Iterable[str], least: Decimal | int, most: Decimal | int) -> list[Words]:
    """Words for every named figure of a record that is given and lies outside least to most, both allowed."""
    found = []
    for name in names:
        figure = getattr(record, name)
        if figure is not None and not least <= figure <= most:
            found.append(
                Words(
                    f"{name} 须在 {least} 与 {most} 之间，不是 {figure}",
                    f"{name} lies between {least} and {most}, not {figure}",
                )
            )
    return found


def too_fine(record: Any, names: Iterable[str]) -> list[Words]:
    """Words for every named figure of a record that is given with more decimals than a price may have."""
    return [
        Words(
            f"{name} 至多 {MOST_DECIMALS} 位小数，不是 {figure}",
            f"{name} has at most {MOST_DECIMALS} decimals, not {figure}",
        )
        for name in names
        if (figure := getattr(record, name)) is not None and decimals_of(figure) > MOST_DECIMALS
    ]


def not_above_zero(record: Any, names: Iterable[str]) -> list[Words]:
    """Words for every named figure of a record that is given and not above zero."""
    return [
        Words(f"{name} 须大于 0，不是 {figure}", f"{name} must be above 0, not {figure}")
        for name in names
        if (figure := getattr(record, name)) is not None and figure <= 0
    ]


def crossed(record: Any, least: str, most: str) -> list[Words]:
    """Words if the smaller of two figures is above the larger."""
    low, high = getattr(record, least), getattr(record, most)
    if low is None or high is None or low <= high:
        return []
    return [Words(f"{least} {low} 大于 {most} {high}", f"{least} {low} is above {most} {high}")]
