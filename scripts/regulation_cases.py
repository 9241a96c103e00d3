"""The case files of the regulations, each variant worked out: what the tests check and the page of figures lists."""

import copy
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import regulations
from tariffs.judging.assessment import Assessment
from tariffs.vocabulary.errors import HuchuError

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases" / "regulations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """One variant of one case file, and what the product says on it."""

    regulation: str
    file: str
    name: str
    clause: str
    expect: Mapping[str, Any]
    assessment: Assessment | None
    refusal: str


def variants(regulation: str) -> Iterator[Worked]:
    """All variants of all case files of a regulation, in the order of their names."""
    judge = regulations.Judge(regulation)
    for path in sorted((CASES / regulation).glob("*.toml")):
        source = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for each in source["case"]:
            yield _worked(judge, regulation, path.stem, source, each)


def _worked(
    judge: regulations.Judge, regulation: str, file: str, source: Mapping[str, Any], each: Mapping[str, Any]
) -> Worked:
    given = changed(source.get("given", {}), each.get("change", {}), each.get("leave_out", []))
    assessment, refusal = None, ""
    try:
        assessment = judge.assess(regulations.read_case(regulation, given, where="case"))
    except HuchuError as error:
        refusal = str(error)
    return Worked(
        regulation=regulation,
        file=file,
        name=each["name"],
        clause=source["clause"],
        expect=each["expect"],
        assessment=assessment,
        refusal=refusal,
    )


def changed(given: Mapping[str, Any], change: Mapping[str, Any], leave_out: list[str]) -> dict[str, Any]:
    """A case with some entries replaced or left out, named by their path with points; a number steps into a list."""
    case = copy.deepcopy(dict(given))
    for path, entry in change.items():
        holder, last = _holder(case, path)
        holder[last] = entry
    for path in leave_out:
        holder, last = _holder(case, path)
        del holder[last]
    return case


def _holder(case: Any, path: str) -> tuple[Any, Any]:
    *above, last = path.split(".")
    for step in above:
        case = case[int(step)] if isinstance(case, list) else case.setdefault(step, {})
    return case, int(last) if isinstance(case, list) else last
