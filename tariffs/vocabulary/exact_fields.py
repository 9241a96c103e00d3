"""Decimal fields of records that are made in Python: whole numbers are taken, binary floats refused with the way to write them."""

from dataclasses import fields
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, Final

from tariffs.vocabulary.errors import RecordProblems, Words

MAY_LACK: Final = Decimal | None


def take_decimals(record: Any, where: str = "") -> None:
    """Turn whole numbers in the Decimal fields of a record into Decimal; for the first line of its `__post_init__`.

    Shape   `where` names the record in messages
    Raises  RecordProblems with every Decimal field that holds anything else: a float is not the figure that was written
    """
    problems = []
    for declared in fields(record):
        given = getattr(record, declared.name)
        if declared.type not in (Decimal, MAY_LACK) or (given is None and declared.type == MAY_LACK):
            continue
        if isinstance(given, Integral) and not isinstance(given, bool):
            object.__setattr__(record, declared.name, Decimal(int(given)))
        elif not isinstance(given, Decimal) or not given.is_finite():
            problems.append(_problem(declared.name, given))
    if problems:
        raise RecordProblems(problems, where=where)


def _problem(name: str, given: object) -> Words:
    if isinstance(given, Real) and not isinstance(given, bool | Integral):
        shown = repr(float(given))
        return Words(
            f'{name} 须为整数或 Decimal，不是浮点数 {shown}：写作 Decimal("{shown}")',
            f'{name} is a whole number or a Decimal, not the float {shown}: write Decimal("{shown}")',
        )
    return Words(f"{name} 须为整数或 Decimal，不是 {given!r}", f"{name} is a whole number or a Decimal, not {given!r}")
