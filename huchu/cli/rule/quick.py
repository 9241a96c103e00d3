"""Rows of a batch as cases at once: what a type of case needs is worked out beforehand, and every text is read once.

A row with anything amiss is given up, so that the slow way (`table_of` and `read_case`) reads it and tells why.
"""

import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from operator import itemgetter
from typing import Any, Final

from huchu.cli.rule.cells import ITEMS, NOTHING, bare, entry_of
from regulations import TOO_FAR
from tariffs.judging.plausible import too_large
from tariffs.schema import read_field
from tariffs.vocabulary.errors import InputError, RecordProblems

MOST_KEPT: Final = 1 << 16
"""So many different cells of a column, or parts of a case, are remembered as read."""

Cells = Sequence[str]
Make = Callable[[Cells], Any]
Read = Callable[[str], Any]


class NotAtOnce(Exception):
    """A row that the quick way cannot read."""


def maker(record: Any, places: Mapping[str, int], shared: Mapping[str, Any]) -> Make:
    """How a row becomes a case at once: a function from its cells to the record.

    Shape   `places` says at which cell each path stands; the cells may be shorter texts of any type's grammar
    Raises  the function: NotAtOnce where anything is amiss with the row
    """
    return _maker(record, places, shared, "", whole=True)


def _maker(record: Any, places: Mapping[str, int], shared: Mapping[str, Any], prefix: str, *, whole: bool) -> Make:
    hints = typing.get_type_hints(record)
    cells: list[tuple[str, int, _Read]] = []
    parts: list[tuple[str, Make]] = []
    constants: dict[str, Any] = {}
    for field in fields(record):
        name, kind, path = field.name, bare(hints[field.name]), f"{prefix}{field.name}"
        if is_dataclass(kind):
            if name in shared or any(each.startswith(f"{path}.") for each in places):
                parts.append((name, _part(kind, places, shared.get(name), f"{path}.")))
            continue
        if name in shared:
            constants[name] = read_field(kind, shared[name], where=path)
        if path in places:
            cells.append((name, places[path], _Read(kind)))
    made = _made(record)

    def make(row: Cells) -> Any:
        given = constants.copy()
        for name, place, read in cells:
            text = row[place]
            if text:
                given[name] = read[text]
        for name, part in parts:
            table = part(row)
            if table is not None:
                given[name] = table
        return made(given) if given or whole else None

    return make


def _made(record: Any) -> Callable[[dict[str, Any]], Any]:
    """How a record is made of its fields: a function that gives up where one is missing or something cannot be."""
    needed = {each.name for each in fields(record) if each.default is MISSING and each.default_factory is MISSING}
    checked_here = hasattr(record, "impossible") and not hasattr(record, "__post_init__")

    def made(given: dict[str, Any]) -> Any:
        if not needed <= given.keys():
            raise NotAtOnce
        try:
            if checked_here and record.impossible(given):
                raise NotAtOnce
            return record(**given)
        except (RecordProblems, *TOO_FAR):
            raise NotAtOnce from None

    return made


def _part(record: Any, places: Mapping[str, int], shared: Mapping[str, Any] | None, prefix: str) -> Make:
    """As the maker of a whole case, for a table in it; nothing where the row and what all share are silent about it."""
    make = _maker(record, places, shared or {}, prefix, whole=shared is not None)
    own = [place for path, place in places.items() if path.startswith(prefix)]
    if not own:
        return _always(make)
    cells_of = itemgetter(*own)
    kept: dict[Any, Any] = {}

    def remembered(row: Cells) -> Any:
        key = cells_of(row)
        if key in kept:
            return kept[key]
        part = make(row)
        if len(kept) < MOST_KEPT:
            kept[key] = part
        return part

    return remembered


def _always(make: Make) -> Make:
    """The part that all rows share, made once; no row at once where it is not complete."""
    try:
        made = make(())
    except NotAtOnce:
        return make
    return lambda _: made


class _Read(dict[str, Any]):
    """The cells of a column as they were read, each text once."""

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self._read = _reader(kind)

    def __missing__(self, text: str) -> Any:
        entry = self._read(text)
        if len(self) < MOST_KEPT:
            self[text] = entry
        return entry


def _reader(kind: Any) -> Read:
    """How a cell of a type is read at once; whatever is not plain is read as a TOML entry is."""
    kind = bare(kind)

    def by_entry(text: str) -> Any:
        entry = entry_of(kind, text)
        if any(too_large(entry, "")):
            raise NotAtOnce
        try:
            return read_field(kind, entry, where="")
        except InputError:
            raise NotAtOnce from None

    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _reader_of_list(_reader(arguments[0]), by_entry)
    if origin is not None:
        return by_entry
    if is_dataclass(kind):
        return _reader_of_record(kind, by_entry)
    if issubclass(kind, Enum):
        choices = {str(member.value): member for member in kind}
        return _reader_of_choice(choices)
    return by_entry if kind is not str else str


def _reader_of_list(one: Read, by_entry: Read) -> Read:
    def read(text: str) -> Any:
        parts = [part.strip() for part in text.split(ITEMS)]
        return by_entry(text) if text.startswith("[") or not all(parts) else tuple([one(part) for part in parts])

    return read


def _reader_of_record(record: Any, by_entry: Read) -> Read:
    hints = typing.get_type_hints(record)
    readers = [(each.name, _Read(hints[each.name])) for each in fields(record)]
    made = _made(record)

    def read(text: str) -> Any:
        words = text.split()
        if text.startswith("{") or len(words) > len(readers):
            return by_entry(text)
        pairs = zip(readers, words, strict=False)
        return made({name: cells[word] for (name, cells), word in pairs if word != NOTHING})

    return read


def _reader_of_choice(choices: Mapping[str, Any]) -> Read:
    def read(text: str) -> Any:
        if text not in choices:
            raise NotAtOnce
        return choices[text]

    return read
