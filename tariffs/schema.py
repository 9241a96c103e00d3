"""A TOML table into a frozen record: strict, and every problem of the table reported at once."""

import tomllib
import types
import typing
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

from tariffs.vocabulary.errors import HuchuError, InputError, RecordProblems, Words, nearest, shown_name

Record = TypeVar("Record")


def load_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, numbers with a point as Decimal.

    Raises  InputError if the file is absent, not UTF-8 or not TOML
    """
    name = shown_name(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            Words(f"文件不存在：{name}", f"file not found: {name}"),
            found=Words("没有该文件", "no such file"),
            do=Words("核对路径，或运行 huchu init 生成样例", "check the path, or run huchu init for a sample"),
        ) from None
    except IsADirectoryError:
        raise InputError(
            Words(f"无法读取 {name}", f"cannot read {name}"),
            found=Words("这是文件夹", "it is a folder"),
            do=Words("指出其中的文件", "name the file in it"),
        ) from None
    except OSError as problem:
        raise _unreadable(name, problem) from None
    return toml_tables(content, name)


def toml_tables(content: bytes, name: str) -> dict[str, Any]:
    """The tables of a TOML text in UTF-8, numbers with a point as Decimal; `name` is that of the file in messages.

    Raises  InputError if it is not UTF-8 or not TOML
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise _unreadable(name, problem) from None
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as problem:
        # tomllib lets numbers that Python cannot hold and very deep tables through as they fail
        told = str(problem) if isinstance(problem, tomllib.TOMLDecodeError) else type(problem).__name__
        raise InputError(
            Words(f"{name} 不是有效的 TOML", f"{name} is not valid TOML"),
            found=Words(told, told),
            do=Words("改正所指的行", "mend the line named"),
        ) from None


def _unreadable(name: str, problem: Exception) -> InputError:
    return InputError(
        Words(f"无法读取 {name}", f"cannot read {name}"),
        found=Words(type(problem).__name__, type(problem).__name__),
        do=Words("另存为 UTF-8 文本", "save it as UTF-8 text"),
    )


def read_record(
    record: type[Record], table: Mapping[str, Any], *, where: str, error: type[HuchuError] = InputError
) -> Record:
    """The record that a table describes; `where` names the table in messages.

    Shape   a record may have a static `impossible(given)` that tells what cannot be, of the fields that could be read: so
            that dates in a wrong order are told together with keys that are missing
    Raises  `error` with every unknown key, missing key and wrong type of the table, nearest spelling offered
    """
    problems: list[Words] = []
    made = _record(record, table, where, problems)
    if made is None or problems:
        raise problems_of(problems, where, error)
    return made


def read_field(kind: Any, given: Any, *, where: str, error: type[HuchuError] = InputError) -> Any:
    """What a TOML entry holds, read as the type of a record's field; `where` names the entry in messages.

    Raises  `error` with every problem of the entry
    """
    problems: list[Words] = []
    made = _value(kind, given, where, problems)
    if problems:
        raise problems_of(problems, where, error)
    return made


def problems_of(problems: Sequence[Words], where: str, error: type[HuchuError] = InputError) -> HuchuError:
    """The refusal of a table for all its problems."""
    return error(
        Words(f"{where}：{len(problems)} 处问题", f"{where}: {len(problems)} problem(s)"),
        found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
        do=Words("按上述逐条改正", "mend each of them"),
    )


def _record(record: type[Record], table: Mapping[str, Any], where: str, problems: list[Words]) -> Record | None:
    hints = _hints(cast(Hashable, record))
    known: dict[str, Field[Any]] = {f.name: f for f in fields(record)}  # type: ignore[arg-type]
    before = len(problems)
    for key in table:
        if key not in known:
            problems.append(_unknown_key(key, list(known), where))
    arguments = {}
    for name, declared in known.items():
        if name in table:
            arguments[name] = _value(hints[name], table[name], f"{where}.{name}", problems)
        elif declared.default is MISSING and declared.default_factory is MISSING:
            problems.append(Words(f"{where} 缺少 {name}", f"{where} lacks {name}"))
    impossible: Callable[[Mapping[str, Any]], Sequence[Words]] | None = getattr(record, "impossible", None)
    if impossible is not None:
        given = {name: each for name, each in arguments.items() if each is not None}
        problems.extend(Words(f"{where}：{p.zh}", f"{where}: {p.en}") for p in impossible(given))
    if len(problems) > before:
        return None
    try:
        return record(**arguments)
    except RecordProblems as found:
        problems.extend(Words(f"{where}：{p.zh}", f"{where}: {p.en}") for p in found.problems)
        return None


@cache
def _hints(record: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _unknown_key(key: str, known: list[str], where: str) -> Words:
    spelled = nearest(key, known)
    stem = key.rsplit("_", 1)[0]
    same_stem = next((name for name in known if name.rsplit("_", 1)[0] == stem), "")
    near = spelled or same_stem
    if not near:
        return Words(f"{where} 不认识 {key}", f"{where} does not know {key}")
    return Words(f"{where} 不认识 {key}，是否为 {near}", f"{where} does not know {key}; did you mean {near}")


def _value(kind: Any, given: Any, where: str, problems: list[Words]) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        inner = next(argument for argument in arguments if argument is not type(None))
        return _value(inner, given, where, problems)
    if origin is tuple:
        return _items(arguments, given, where, problems)
    if origin is not None and issubclass(origin, Mapping):
        if isinstance(given, Mapping):
            return {key: _value(arguments[1], each, f"{where}.{key}", problems) for key, each in given.items()}
        return _wrong_type("表", "a table", given, where, problems)
    if isinstance(kind, type) and is_dataclass(kind):
        if isinstance(given, Mapping):
            return _record(kind, given, where, problems)
        return _wrong_type("表", "a table", given, where, problems)
    if issubclass(kind, Enum):
        return _choice(kind, given, where, problems)
    return _plain(kind, given, where, problems)


def _items(arguments: tuple[Any, ...], given: Any, where: str, problems: list[Words]) -> Any:
    if not isinstance(given, list):
        return _wrong_type("列表", "a list", given, where, problems)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(_value(arguments[0], each, f"{where}[{n + 1}]", problems) for n, each in enumerate(given))
    if len(given) != len(arguments):
        return _wrong_type(f"{len(arguments)} 项", f"{len(arguments)} items", given, where, problems)
    return tuple(
        _value(kind, each, f"{where}[{n + 1}]", problems)
        for n, (kind, each) in enumerate(zip(arguments, given, strict=True))
    )


def _choice(kind: type[Enum], given: Any, where: str, problems: list[Words]) -> Any:
    choices = [str(member.value) for member in kind]
    if given in choices:
        return kind(given)
    listed = " | ".join(choices)
    near = nearest(str(given), choices)
    hint_zh, hint_en = (f"，是否为 {near}", f"; did you mean {near}") if near else ("", "")
    problems.append(
        Words(
            f"{where} 须为 {listed} 之一，不是 {given!r}{hint_zh}",
            f"{where} is one of {listed}, not {given!r}{hint_en}",
        )
    )
    return None


_NAMES = {
    str: ("文字", "text"),
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
    Decimal: ("数字", "a number"),
    date: ("日期（如 2025-06-30，不加引号）", "a date (such as 2025-06-30, without quotes)"),
    datetime: ("时刻（如 2025-06-30T08:00:00）", "an instant (such as 2025-06-30T08:00:00)"),
}


def _plain(kind: type[Any], given: Any, where: str, problems: list[Words]) -> Any:
    if kind is Decimal and type(given) in (int, Decimal) and Decimal(given).is_finite():
        return Decimal(given)
    if type(given) is kind and kind is not Decimal:
        return given
    zh, en = _NAMES.get(kind, (kind.__name__, kind.__name__))
    return _wrong_type(zh, en, given, where, problems)


def _wrong_type(zh: str, en: str, given: Any, where: str, problems: list[Words]) -> None:
    shown = given if isinstance(given, str | int | Decimal | date) else type(given).__name__
    problems.append(Words(f"{where} 须为{zh}，不是 {shown!s}", f"{where} must be {en}, not {shown!s}"))
