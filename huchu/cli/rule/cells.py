"""A cell of a batch and the TOML entry that it stands for, by the type of the field; and back.

A list is parted by `;`, a record in a list has its fields by blanks in their order (`-` for one that is left out), a mapping is
`key=...;key=...`. What does not fit that may stand there as a TOML list `[...]` or table `{...}`.
"""

import json
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

ITEMS, NOTHING = ";", "-"
WHOLE: Final = re.compile(r"-?[0-9]{1,30}")
FIGURE: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
DAY: Final = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
INSTANT: Final = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
FACTS: Final = {"true": True, "false": False}


def bare(kind: Any) -> Any:
    """The type of a field without the `| None` that lets it be left out."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return next(each for each in typing.get_args(kind) if each is not type(None))
    return kind


def entry_of(kind: Any, text: str) -> Any:
    """The TOML entry of a cell; the text itself where it is none of that type, so that reading the record tells it."""
    kind = bare(kind)
    origin = typing.get_origin(kind)
    if origin is not None:
        return _inline(text) if text.startswith("[" if origin is tuple else "{") else _many(kind, text)
    if is_dataclass(kind):
        return _inline(text) if text.startswith("{") else _fields(kind, text)
    return _plain(kind, text)


def text_of(kind: Any, entry: Any) -> str:
    """The cell of a TOML entry, in the short form where that stands for the same entry."""
    if isinstance(entry, list | Mapping):
        short = _short(bare(kind), entry)
        return short if short is not None and entry_of(kind, short) == entry else _toml(entry)
    return _scalar_text(entry)


def _plain(kind: Any, text: str) -> Any:
    if kind is bool:
        # spreadsheets write them in capitals
        return FACTS.get(text.lower(), text)
    if kind is int:
        return int(text) if WHOLE.fullmatch(text) else text
    if kind is Decimal:
        return Decimal(text) if FIGURE.fullmatch(text) else text
    if kind is date:
        return _day(text)
    if kind is datetime:
        return _instant(text)
    return text


def _day(text: str) -> date | str:
    found = DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else text
    except ValueError:
        return text


def _instant(text: str) -> datetime | str:
    found = INSTANT.fullmatch(text)
    if not found:
        return text
    year, month, day, hour, rest, offset = found.groups()
    try:
        return datetime.fromisoformat(f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}{rest}{offset or ''}")
    except ValueError:
        return text


def _many(kind: Any, text: str) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    parts = [part.strip() for part in text.split(ITEMS)]
    if not all(parts):
        return text
    if origin is tuple:
        of_one_kind = len(arguments) == 2 and arguments[1] is Ellipsis
        kinds = [arguments[0]] * len(parts) if of_one_kind else arguments
        if len(kinds) != len(parts):
            return parts
        return [entry_of(each, part) for each, part in zip(kinds, parts, strict=True)]
    pairs = [part.partition("=") for part in parts]
    read = {key.strip(): entry_of(arguments[1], each.strip()) for key, sign, each in pairs if sign and key.strip()}
    # a key that stands there twice is as wrong as one that is missing
    return read if len(read) == len(pairs) else text


def _fields(kind: Any, text: str) -> Any:
    hints, words = typing.get_type_hints(kind), text.split()
    names = [field.name for field in fields(kind)]
    if len(words) > len(names):
        return text
    given = zip(names, words, strict=False)
    return {name: entry_of(hints[name], word) for name, word in given if word != NOTHING}


def _inline(text: str) -> Any:
    try:
        return tomllib.loads(f"cell = {text}", parse_float=Decimal)["cell"]
    except (ValueError, ArithmeticError, RecursionError):
        return text


def _short(kind: Any, entry: Any) -> str | None:
    """The short form of a list or a table, perhaps not one that reads as the same; nothing where there is none."""
    if is_dataclass(kind) and isinstance(entry, Mapping):
        names = [field.name for field in fields(kind)]
        words = [_short_scalar(entry.get(name, NOTHING)) for name in names]
        while words and words[-1] == NOTHING:
            words.pop()
        return None if None in words else " ".join(word or "" for word in words)
    if isinstance(entry, Mapping):
        parts = [_short_scalar(each) for each in entry.values()]
        pairs = zip(entry, parts, strict=True)
        return None if None in parts else ITEMS.join(f"{key}={part}" for key, part in pairs)
    items = [
        _short(bare(typing.get_args(kind)[0]), each) if isinstance(each, Mapping) else _short_scalar(each)
        for each in entry
    ]
    return None if None in items else ITEMS.join(item or "" for item in items)


def _short_scalar(entry: Any) -> str | None:
    return None if isinstance(entry, list | Mapping) else _scalar_text(entry)


def _scalar_text(entry: Any) -> str:
    match entry:
        case bool():
            return "true" if entry else "false"
        case Decimal():
            return f"{entry:f}"
        case date():
            return entry.isoformat()
    return str(entry)


def _toml(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(each)}" for key, each in entry.items()) + "}"
    if isinstance(entry, list):
        return "[" + ", ".join(_toml(each) for each in entry) + "]"
    return json.dumps(entry, ensure_ascii=False) if isinstance(entry, str) else _scalar_text(entry)
