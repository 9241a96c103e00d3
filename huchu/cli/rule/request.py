"""What the command line of `huchu rule` asks for, and which of its options go together."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import UsageError, Words

LIST: Final = "list"
STANDARD_INPUT: Final = "-"

Given = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu rule` asks for; `case` and `batch` are paths, or - for standard input."""

    name: str | None = None
    case: str | None = None
    example: bool = False
    batch: str | None = None
    example_csv: bool = False
    on: str | None = None
    out: Path | None = None
    skip_refused: bool = False
    jobs: int = 0
    accept_unterminated: bool = False
    settings: Path | None = None
    force: bool = False


def refuse_halves(request: Request, *, as_json: bool) -> None:
    """Nothing, if the command asks for one thing, with options that belong to it.

    Raises  UsageError if nothing is asked, or if options do not go together
    """
    asking: Given = (
        ("--input", request.case is not None),
        ("--batch", request.batch is not None),
        ("--example", request.example),
        ("--example-csv", request.example_csv),
    )
    if request.name == LIST:
        _refuse_beside(LIST, (*asking, ("--on", request.on is not None), *_batch_only(request)))
        return
    if not any(given for _, given in asking):
        raise _nothing_asked(request.name or "NAME")
    for option, printing in asking[2:]:
        if printing:
            others = tuple(each for each in asking if each[0] != option)
            beside: Given = (
                ("--on", request.on is not None),
                ("--settings", request.settings is not None),
                ("--json", as_json),
                *_batch_only(request),
            )
            _refuse_beside(option, (*others, *beside))
    if request.batch is None:
        _refuse_without("--batch", _batch_only(request))
    elif request.out is None:
        _refuse_without("--out", (("--force", request.force),))
    if request.case == STANDARD_INPUT and request.batch == STANDARD_INPUT:
        raise _usage(
            Words("--input 与 --batch 不能都读标准输入", "--input and --batch cannot both read standard input")
        )


def _batch_only(request: Request) -> Given:
    return (
        ("--out", request.out is not None),
        ("--force", request.force),
        ("--skip-refused", request.skip_refused),
        ("--jobs", request.jobs != 0),
        ("--accept-unterminated", request.accept_unterminated),
    )


def _refuse_beside(what: str, others: Given) -> None:
    for other, given in others:
        if given:
            raise _usage(Words(f"{what} 与 {other} 不能同用", f"{what} and {other} do not go together"))


def _refuse_without(needed: str, options: Given) -> None:
    for option, given in options:
        if given:
            raise _usage(Words(f"{option} 须与 {needed} 同用", f"{option} needs {needed}"))


def _usage(what: Words) -> UsageError:
    return UsageError(
        what,
        found=Words("选项不成套", "the options do not fit together"),
        do=Words("见 huchu rule --help", "see huchu rule --help"),
    )


def _nothing_asked(name: str) -> UsageError:
    first, then = f"huchu rule {name} --example > case.toml", f"huchu rule {name} --input case.toml"
    return UsageError(
        Words("没有给出要评判的案例", "there is no case to be judged"),
        found=Words(
            "--input、--batch、--example、--example-csv 都没有",
            "none of --input, --batch, --example, --example-csv",
        ),
        do=Words(f"{first}，填好后 {then}", f"{first}, fill it in, then {then}"),
    )
