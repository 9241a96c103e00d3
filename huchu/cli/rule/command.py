"""`huchu rule`: a case held against one of the thirteen other gazette documents, printed with its reasons."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import regulations
from huchu.cli.places import SETTINGS_FILE, beside
from huchu.cli.printing import DONE, print_json, refusals
from huchu.cli.rule.printed import tell
from huchu.cli.rule.record import assessment_record
from huchu.cli.rule.request import LIST, STANDARD_INPUT, Request, refuse_halves
from huchu.cli.typed import today, typed_day
from tariffs.judging.assessment import Assessment
from tariffs.schema import load_toml, toml_tables
from tariffs.settings import read_settings
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import UsageError, Words

__all__ = ["Request", "rule"]
CASE: Final = "case"
"""What messages call the table of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the regulation says on the case, and whether the day is today's because nothing names one."""

    assessment: Assessment
    day_is_today: bool


def rule(request: Request, *, as_json: bool) -> None:
    """Judge and print, or refuse in four parts; exit code 0 for any verdict, 1, 2, or 3 where rows were skipped."""
    with refusals(as_json=as_json):
        code = _ran(request, as_json=as_json)
    raise SystemExit(code)


def _ran(request: Request, *, as_json: bool) -> int:
    if request.name is None:
        raise _no_name()
    refuse_halves_of_known(request, as_json=as_json)
    if request.name == LIST:
        from huchu.cli.rule.listing import tell_all

        tell_all(library_for(request), as_json=as_json)
    elif request.example:
        _put_out(regulations.example(request.name))
    elif request.example_csv:
        from huchu.cli.rule.columns import example_csv

        _put_out(example_csv(request.name))
    elif request.batch is not None:
        from huchu.cli.rule.batch import run_batch

        return run_batch(request, library_for(request), as_json=as_json)
    else:
        _tell_one(_judged(request), as_json=as_json)
    return DONE


def refuse_halves_of_known(request: Request, *, as_json: bool) -> None:
    """Nothing, if the regulation is known and the options belong together.

    Raises  UsageError with the nearest name, or with the options that do not go together
    """
    if request.name is not None and request.name != LIST:
        regulations.leaf(request.name)
    refuse_halves(request, as_json=as_json)


def library_for(request: Request) -> Library:
    """The documents to judge by: those of the user's settings before the shipped ones.

    Raises  SettingsError if the settings cannot be used
    """
    named = [Path(each) for each in (request.case, request.batch) if each not in (None, STANDARD_INPUT)]
    settings_file = request.settings or beside(SETTINGS_FILE, named)
    if settings_file is None:
        return regulations.LIBRARY
    own = [folder for folder in library_of(read_settings(settings_file)).folders if folder not in LIBRARY_FOLDERS]
    return Library((*own, *LIBRARY_FOLDERS))


LIBRARY_FOLDERS: Final = regulations.LIBRARY.folders


def read_tables(given: str) -> dict[str, Any]:
    """The tables of a case in a TOML file, or on standard input for -.

    Raises  InputError if it cannot be read
    """
    if given == STANDARD_INPUT:
        return toml_tables(sys.stdin.buffer.read(), "standard input")
    return load_toml(Path(given))


def day_of(request: Request, tables: Mapping[str, Any]) -> tuple[Any, bool]:
    """The day judged as --on or the case gives it, else today; and whether it is today for want of either.

    Raises  UsageError if --on is no day
    """
    if request.on is not None:
        return typed_day(request.on, "--on"), False
    return (tables["on"], False) if "on" in tables else (today(), True)


def _judged(request: Request) -> Answered:
    tables = read_tables(request.case or "")
    day, day_is_today = day_of(request, tables)
    name = request.name or ""
    inputs = regulations.read_case(name, {**tables, "on": day}, where=CASE)
    return Answered(
        assessment=regulations.assess(name, inputs, library_for(request)),
        day_is_today=day_is_today,
    )


def _tell_one(answered: Answered, *, as_json: bool) -> None:
    if as_json:
        record = assessment_record(answered.assessment)
        print_json({"status": "done", "on_is_today": answered.day_is_today, **record})
    else:
        tell(answered.assessment, day_is_today=answered.day_is_today)


def _put_out(text: str) -> None:
    """Print a text that is meant for a file: always in UTF-8 where it goes to a file or a pipe."""
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))


def _no_name() -> UsageError:
    return UsageError(
        Words("没有给出规定的名称", "no regulation is named"),
        found=Words("没有 NAME", "no NAME"),
        do=Words("huchu rule list 列出全部名称", "huchu rule list shows all names"),
    )
