"""What cannot be in a case: days in a wrong order, counts below nothing; told by the field, with what is known."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, Protocol, cast
from zoneinfo import ZoneInfo

from tariffs.vocabulary.errors import RecordProblems, Words

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST_YEAR: Final = 1949
LATEST_YEAR: Final = 2099
MOST_DIGITS: Final = 21
MOST: Final = 10**MOST_DIGITS
MOST_DECIMALS: Final = 12
DECIMALS_OF_FEN: Final = 2
COUNTED: Final = frozenset((int, Decimal, tuple, dict))
"""The types that hold figures: looked at, where the truths, words and choices of a case need no look."""


class Checked(Protocol):
    """A record that tells what cannot be in it."""

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """The problems of the fields that are known."""


def out_of_order(given: Mapping[str, Any], *pairs: tuple[str, str]) -> list[Words]:
    """For each pair of names of days or instants: the problem that the first lies after the second, where both are known."""
    return [
        Words(
            f"{later} {given[later]} 早于 {first} {given[first]}",
            f"{later} {given[later]} is before {first} {given[first]}",
        )
        for first, later in pairs
        if first in given and later in given and given[first] > given[later]
    ]


def outside(given: Mapping[str, Any], least: int, most: int | None, *names: str) -> list[Words]:
    """For each name of a figure: the problem that it lies outside its limits, both of which are allowed."""
    allowed = (
        Words(f"不小于 {least}", f"{least} or more")
        if most is None
        else Words(f"{least} 至 {most}", f"{least} to {most}")
    )
    return [
        Words(f"{name} 须{allowed.zh}，不是 {given[name]}", f"{name} must be {allowed.en}, not {given[name]}")
        for name in names
        if name in given and (given[name] < least or (most is not None and given[name] > most))
    ]


def not_above_nothing(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each name of a figure: the problem that it is nothing or less."""
    return [
        Words(f"{name} 须大于 0，不是 {given[name]}", f"{name} must be above 0, not {given[name]}")
        for name in names
        if name in given and given[name] <= 0
    ]


def twice(listed: str, names: Iterable[str]) -> list[Words]:
    """The problem of each name that stands in a list more than once."""
    return [
        Words(f"{listed} 中 {name} 出现 {times} 次", f"{name} stands {times} times in {listed}")
        for name, times in Counter(names).items()
        if times > 1
    ]


def more_than(given: Mapping[str, Any], *pairs: tuple[str, str]) -> list[Words]:
    """For each pair of names of a part and its whole: the problem that the part is more than the whole."""
    return [
        Words(
            f"{part} {given[part]} 多于 {whole} {given[whole]}",
            f"{part} {given[part]} is more than {whole} {given[whole]}",
        )
        for part, whole in pairs
        if part in given and whole in given and given[part] > given[whole]
    ]


def not_together(given: Mapping[str, Any], first: str, second: str) -> list[Words]:
    """The problem that one of two fields is given without the other."""
    if (first in given) == (second in given):
        return []
    return [Words(f"{first} 与 {second} 须同时给出", f"{first} and {second} go together")]


def nothing_listed(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each name of a list: the problem that nothing is in it."""
    return [
        Words(f"{name} 至少 1 项", f"give at least 1 of {name}") for name in names if name in given and not given[name]
    ]


def read_of(given: Mapping[str, Any], listed: str) -> list[Any]:
    """The entries of a list that could be read; none where the list is not given."""
    return [each for each in given.get(listed, ()) if each is not None]


def by_place(given: Mapping[str, Any], *lists: str) -> dict[str, Any]:
    """The entries of lists of figures or days that could be read, each under its list's name and its place from 1."""
    return {
        f"{listed}[{place}]": each
        for listed in lists
        for place, each in enumerate(given.get(listed, ()), start=1)
        if each is not None
    }


def odd_amounts(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each name of an amount in 元: the problem that it is below nothing or has more than two decimals."""
    return outside(given, 0, None, *names) + not_to_the_fen(given, *names)


def not_to_the_fen(given: Mapping[str, Any], *names: str) -> list[Words]:
    """For each name of an amount in 元: the problem that it has more than two decimals."""
    return [
        Words(f"{name} 最多两位小数，不是 {given[name]}", f"{name} has at most two decimals, not {given[name]}")
        for name in names
        if name in given and _decimals(given[name]) > DECIMALS_OF_FEN
    ]


def _decimals(amount: Decimal | int) -> int:
    """The decimals that are not zeros at the end; by the digits, for no arithmetic holds every number that can be written."""
    _, digits, exponent = Decimal(amount).as_tuple()
    if not isinstance(exponent, int):
        return 0
    ending = next((place for place, digit in enumerate(reversed(digits)) if digit), 0)
    return max(-exponent - ending, 0)


def out_of_reach(given: Mapping[str, Any]) -> list[Words]:
    """For each day and figure: the problem that no case of today can have it, so that reckoning with it makes no sense."""
    problems: list[Words] = []
    for name, each in given.items():
        kind = type(each)
        if kind is date or kind is datetime:
            if not EARLIEST_YEAR <= each.year <= LATEST_YEAR:
                problems.append(
                    Words(
                        f"{name} {each} 不在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 年间",
                        f"{name} {each} is not between {EARLIEST_YEAR} and {LATEST_YEAR}",
                    )
                )
        elif kind in COUNTED:
            problems.extend(too_large(each, name))
    return problems


def too_large(entry: Any, where: str) -> Iterator[Words]:
    """For each figure of a TOML entry that has too many digits to be reckoned with exactly: the problem, with its place."""
    if isinstance(entry, Mapping):
        for key, each in entry.items():
            yield from too_large(each, f"{where}.{key}")
    elif isinstance(entry, list | tuple):
        for number, each in enumerate(entry, 1):
            yield from too_large(each, f"{where}[{number}]")
    elif isinstance(entry, int | Decimal) and not _reckonable(entry):
        yield Words(
            f"{where} 位数过多（至多 {MOST_DIGITS} 位有效数字、{MOST_DECIMALS} 位小数）",
            f"{where} has too many digits (at most {MOST_DIGITS} significant ones and {MOST_DECIMALS} decimals)",
        )


def _reckonable(figure: Decimal | int) -> bool:
    """Whether products with the figures of a text stay exact in decimals of 28 digits."""
    if isinstance(figure, int):
        return -MOST < figure < MOST
    _, digits, exponent = figure.as_tuple()
    if not isinstance(exponent, int):
        return True  # not a number, or endless: refused as such
    return not figure or (figure.adjusted() < MOST_DIGITS and exponent >= -MOST_DECIMALS and len(digits) <= MOST_DIGITS)


def refuse_impossible(record: Checked) -> None:
    """Nothing, if all fields of a record can be; for records that are made in Python.

    Raises  RecordProblems with everything that cannot
    """
    given = {name: each for name in _names(type(record)) if (each := getattr(record, name)) is not None}
    problems = [*out_of_reach(given), *record.impossible(given)]
    if problems:
        raise RecordProblems(tuple(dict.fromkeys(problems)))


@cache
def _questions(inputs: Any, beside: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(inputs) if field.name not in ("on", "options", *beside))


@cache
def _names(record: type[Checked]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))  # type: ignore[arg-type]


def refuse_silence(inputs: Any, *beside: str) -> None:
    """Nothing, if a case asks at least one question; `beside` names its fields that are none.

    Shape   for `__post_init__` of Inputs, not for `impossible`: there a question that could not be read would be taken for
            one that was not asked
    Raises  RecordProblems with the questions that there are
    """
    questions = _questions(cast(Hashable, type(inputs)), beside)
    if all(getattr(inputs, name) is None for name in questions):
        listed = " | ".join(f"[{name}]" for name in questions)
        raise RecordProblems([Words(f"须至少有一问：{listed}", f"ask at least one question: {listed}")])


def in_shanghai(instant: datetime) -> datetime:
    """The instant on Shanghai's clock; one without an offset is read as such."""
    return instant.replace(tzinfo=SHANGHAI) if instant.tzinfo is None else instant.astimezone(SHANGHAI)
