"""`huchu rule`: a case held against one of the thirteen other gazette documents, printed with its reasons."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import regulations
from huchu.cli.places import SETTINGS_FILE, beside
from huchu.cli.printing import DONE, print_json, refusals
from huchu.cli.rule.printed import tell
from huchu.cli.rule.record import assessment_record
from huchu.cli.rule.request import LIST, STANDARD_INPUT, Request, refuse_halves
from huchu.cli.rule.streams import give_up_output, put_out, standard_input
from huchu.cli.typed import today, typed_day
from tariffs.schema import load_toml, toml_tables
from tariffs.settings import read_settings
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import NOTHING_WRITTEN, InputError, UsageError, Words, shown_name

__all__ = ["Request", "rule"]


def rule(request: Request, *, as_json: bool) -> None:
    """Judge and print, or refuse in four parts; exit code 0 for any verdict, 1, 2, or 3 where rows were skipped."""
    with refusals(as_json=as_json), _system_refusals():
        code = _ran(request, as_json=as_json)
        sys.stdout.flush()
    raise SystemExit(code)


@contextmanager
def _system_refusals() -> Iterator[None]:
    """Turn what the system refuses, a path, a permission or the disk's space, into a refusal."""
    try:
        yield
    except BrokenPipeError:
        # whoever read the output has had enough
        raise
    except OSError as problem:
        give_up_output()
        named = isinstance(problem.filename, str)
        zh, en = (shown_name(Path(problem.filename)),) * 2 if named else ("输入或输出", "input or output")
        reason = problem.strerror or type(problem).__name__
        raise InputError(
            Words(f"无法读写 {zh}", f"{en} cannot be read or written"),
            found=Words(reason, reason),
            done=NOTHING_WRITTEN if named else Words("输出可能不全", "what was printed may not be whole"),
            do=Words("检查路径、权限与磁盘空间", "check the path, permissions and the disk's space"),
        ) from None


def _ran(request: Request, *, as_json: bool) -> int:
    if request.name is None:
        raise _no_name()
    refuse_halves_of_known(request, as_json=as_json)
    if request.name == LIST:
        from huchu.cli.rule.listing import tell_all

        tell_all(library_for(request), as_json=as_json)
    elif request.example:
        put_out(regulations.example(request.name))
    elif request.example_csv:
        from huchu.cli.rule.columns import example_csv

        put_out(example_csv(request.name))
    elif request.batch is not None:
        from huchu.cli.rule.batch import run_batch

        return run_batch(request, library_for(request), as_json=as_json)
    else:
        _judge_one(request, request.name, as_json=as_json)
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
        return toml_tables(standard_input(), "standard input")
    return load_toml(Path(given))


def day_of(request: Request, tables: Mapping[str, Any]) -> tuple[Any, bool]:
    """The day judged as --on or the case gives it, else today; and whether it is today for want of either.

    Raises  UsageError if --on is no day
    """
    if request.on is not None:
        return typed_day(request.on, "--on"), False
    return (tables["on"], False) if "on" in tables else (today(), True)


def _judge_one(request: Request, name: str, *, as_json: bool) -> None:
    tables = read_tables(request.case or "")
    day, day_is_today = day_of(request, tables)
    inputs = regulations.read_case(name, {**tables, "on": day})
    assessment = regulations.Judge(name, library_for(request)).assess(inputs)
    if as_json:
        print_json({"status": "done", "on_is_today": day_is_today, **assessment_record(assessment)})
    else:
        tell(assessment, day_is_today=day_is_today)


def _no_name() -> UsageError:
    return UsageError(
        Words("没有给出规定的名称", "no regulation is named"),
        found=Words("没有 NAME", "no NAME"),
        do=Words("huchu rule list 列出全部名称", "huchu rule list shows all names"),
    )
