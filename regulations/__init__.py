"""The thirteen other gazette documents as supporting calculators, independent of each other.

`regulations.<name>` has Inputs, Terms and assess(); the folder is the registry. Here is what they share from outside: their
names, their terms on a day, a case read from a table, and the assessment of a case on its day.
"""

from collections.abc import Mapping
from datetime import date
from decimal import InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final

from tariffs.judging.assessment import Assessment
from tariffs.judging.clauses import terms_of
from tariffs.judging.plausible import too_large
from tariffs.judging.working_days import working_days_of
from tariffs.schema import problems_of, read_record
from tariffs.versions import SHIPPED, Library, Version
from tariffs.vocabulary.errors import InputError, UsageError, Words, nearest

HERE: Final = Path(__file__).parent
DOCUMENTS: Final = HERE / "documents"
EXAMPLES: Final = HERE / "examples"
CASE: Final = "case"
"""What messages call the table of a case."""
TOO_FAR: Final = (OverflowError, InvalidOperation)
"""What Python says to days beyond the calendar and to figures beyond its digits."""
LIBRARY: Final = Library((DOCUMENTS, SHIPPED))


@cache
def names() -> tuple[str, ...]:
    """The names of all regulations: those of their modules."""
    return tuple(sorted(module.name for module in iter_modules([str(HERE)])))


def leaf(name: str) -> ModuleType:
    """The module of a regulation.

    Raises  UsageError with the nearest spelling if there is none of that name
    """
    if name not in names():
        near = nearest(name, names())
        raise UsageError(
            Words(f"没有名为 {name!r} 的规定", f"there is no regulation {name!r}"),
            found=Words("、".join(names()), ", ".join(names())),
            do=Words(
                f"是否为 {near}" if near else "见 huchu rule list",
                f"did you mean {near}" if near else "see huchu rule list",
            ),
        )
    return import_module(f"{__name__}.{name}")


def example(name: str) -> str:
    """A commented case of a regulation, to be filled in.

    Raises  UsageError if there is no regulation of that name
    """
    leaf(name)
    return (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def read_case(name: str, table: Mapping[str, Any], *, where: str = CASE) -> Any:
    """The inputs of a regulation that a table describes.

    Raises  UsageError if there is no regulation of that name; InputError with every figure that has too many digits, else
            with every problem of the table
    """
    inputs = leaf(name).Inputs
    problems = tuple(too_large(table, where))
    if problems:
        raise problems_of(problems, where)
    try:
        return read_record(inputs, table, where=where)
    except TOO_FAR:
        raise _too_far() from None


def terms_on(name: str, on: date, library: Library = LIBRARY) -> Any:
    """The terms of a regulation in force on a day, for its own `assess(inputs, terms)`.

    Raises  UsageError if there is no regulation of that name; PolicyNotCovered outside the document's term; DocumentError
            if the document cannot be used
    """
    judge = Judge(name, library)
    return judge.terms_of(library.in_force(name, on))


def assess(name: str, inputs: Any, library: Library = LIBRARY) -> Assessment:
    """What a regulation says on a case, on the case's own day; outside the document's term there is no verdict.

    Raises  UsageError if there is no regulation of that name; DocumentError if its document cannot be used;
            PolicyNotCovered if working days are needed that are not known
    """
    return Judge(name, library).assess(inputs)


class Judge:
    """A regulation with the terms of its versions, read once for many cases."""

    def __init__(self, name: str, library: Library = LIBRARY) -> None:
        self._name = name
        self._leaf = leaf(name)
        self._versions = library.versions(name)
        self._working_days = working_days_of(library)
        self._terms: dict[date, Any] = {}

    def assess(self, inputs: Any) -> Assessment:
        """What the regulation says on a case, on the case's own day; outside the document's term there is no verdict.

        Raises  DocumentError if the document cannot be used; PolicyNotCovered if working days are needed that are not known;
                InputError if a day of the case is so far away that nothing can be counted from it
        """
        started = [each for each in self._versions if each.header.effective_from <= inputs.on]
        if started and started[-1].covers(inputs.on):
            return self._judged(inputs, self.terms_of(started[-1]))
        nearest_version = started[-1] if started else self._versions[0]
        term = self.terms_of(nearest_version).term
        return Assessment(regulation=self._name, on=inputs.on, term=term, in_force=False, rulings=())

    def _judged(self, inputs: Any, terms: Any) -> Assessment:
        try:
            found: Assessment = self._leaf.assess(inputs, terms)
        except TOO_FAR:
            raise _too_far() from None
        return found

    def terms_of(self, version: Version) -> Any:
        """The terms of one version.

        Raises  DocumentError if the document cannot be used
        """
        start = version.header.effective_from
        if start not in self._terms:
            self._terms[start] = terms_of(self._leaf.Terms, version, self._working_days)
        return self._terms[start]


def _too_far() -> InputError:
    return InputError(
        Words("有日期或数目过大，无法计算", "a day or a count lies too far out to be reckoned with"),
        found=Words("期限或数值超出可计算的范围", "a period or a figure leaves what can be reckoned with"),
        do=Words("核对日期和数目", "check days and counts"),
    )


def __getattr__(name: str) -> ModuleType:
    if not name.startswith("_") and name in names():
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
