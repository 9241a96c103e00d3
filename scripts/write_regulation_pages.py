"""Writes into docs/regulations/<name>.md what comes from the product: each figure with its article and cases, and the example.

It is refused where a figure of a document stands in no case, or one with a boundary word is not tried at the figure itself and
on the side of it where the answer differs. `make docs` runs this and a test compares the pages.
"""

import runpy
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import regulations
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged
from tariffs.judging.clauses import Clause

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "regulations"
CASES = runpy.run_path(str(ROOT / "scripts" / "regulation_cases.py"))
FIGURES, EXAMPLE = "figures", "example"
SHOWN_CASES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One variant of a case in which a figure of a document takes part, and how."""

    case: str
    judged: Judged | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a document: its clause, the variants that prove it, and what is missing."""

    document: str
    clause: Clause
    cases: tuple[str, ...]
    hole: str


def rows(name: str) -> tuple[Row, ...]:
    """All figures of all versions of a regulation's document, with the cases that prove them."""
    uses = _uses(name)
    judge = regulations.Judge(name)
    found = []
    for version in regulations.LIBRARY.versions(name):
        terms = judge.terms_of(version)
        clauses = [getattr(terms, field) for field in type(terms).__dataclass_fields__]
        for clause in clauses:
            if isinstance(clause, Clause) and clause.quantity is not None:
                found.append(_row(clause, f"{version.header.effective_from}.toml", uses.get(clause.id, [])))
    return tuple(found)


def holes() -> Iterator[str]:
    """Every figure of every document that the cases leave unproven."""
    for name in regulations.names():
        for row in rows(name):
            if row.hole:
                yield f"{name}/{row.document} clause.{row.clause.id} ({row.clause.needed.en}): {row.hole}"


def figures_block(name: str) -> str:
    """The table of a regulation's figures."""
    body = [
        f"| {row.clause.citation.article} | {row.clause.name} | {_bound(row.clause)} | `{row.clause.id}` | {', '.join(row.cases)} |"
        for row in rows(name)
    ]
    head = ("| 条 article | 事项 what | 数值 figure | clause | 算例 cases |", "|---|---|---|---|---|")
    return "\n".join((*head, *body))


def example_block(name: str) -> str:
    """What the program prints on the example."""
    ran = subprocess.run(
        [sys.executable, "-m", "huchu", "--lang", "en", "rule", name, "--input", "-"],
        input=regulations.example(name),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=True,
    )
    lines = "\n".join(line.rstrip() for line in ran.stdout.splitlines())
    return f"```text\n{lines}\n```"


def with_block(page: str, name: str, block: str) -> str:
    """The page with what stands between two marks replaced."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{block}\n{end}{after}"


def page_of(name: str) -> str:
    """A regulation's page as it should stand."""
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    return with_block(with_block(page, FIGURES, figures_block(name)), EXAMPLE, example_block(name))


def _uses(name: str) -> Mapping[str, Sequence[Use]]:
    """The variants by the clause that takes part in what they expect."""
    found: dict[str, list[Use]] = {}
    for worked in CASES["variants"](name):
        if worked.assessment is None:
            continue
        expect, case = worked.expect, f"{worked.file}: {worked.name}"
        for ruling in worked.assessment.rulings:
            for judged in ruling.reasons:
                if {"verdict", "rulings", "reasons"} & set(expect):
                    found.setdefault(judged.clause.id, []).append(Use(case=case, judged=judged))
        for figure in worked.assessment.figures:
            if figure.id in expect.get("figures", {}):
                found.setdefault(figure.clause.id, []).append(Use(case=case, outcome=str(figure.quantity)))
        for deadline in worked.assessment.deadlines:
            if deadline.id in expect.get("deadlines", {}):
                found.setdefault(deadline.clause.id, []).append(Use(case=case, outcome=deadline.at.isoformat()))
        for clause_id in expect.get("notices", []):
            found.setdefault(clause_id, []).append(Use(case=case))
    return found


def _row(clause: Clause, document: str, uses: Sequence[Use]) -> Row:
    chosen = _proving(clause, uses)
    hole = "" if chosen else ("no case" if not uses else "not tried at the figure and on its other side")
    return Row(document=document, clause=clause, cases=tuple(dict.fromkeys(use.case for use in chosen)), hole=hole)


def _proving(clause: Clause, uses: Sequence[Use]) -> Sequence[Use]:
    """The variants that prove a figure; none where they do not."""
    if clause.boundary is None:
        return uses[:1]
    numeric = [use for use in uses if use.judged is not None and _is_figure(use.judged.found)]
    at = next((use for use in numeric if use.judged and use.judged.found == clause.quantity), None)
    if at is not None and at.judged is not None:
        other = next((use for use in numeric if use.judged and use.judged.verdict is not at.judged.verdict), None)
        if other is not None:
            return (at, other)
    told = {use.judged.verdict: use for use in uses if use.judged is not None and use not in numeric}
    if {Verdict.YES, Verdict.NO} <= set(told):
        return (told[Verdict.YES], told[Verdict.NO])
    outcomes = {use.outcome: use for use in uses if use.outcome}
    return tuple(outcomes.values())[:SHOWN_CASES] if len(outcomes) >= SHOWN_CASES else ()


def _is_figure(found: Any) -> bool:
    return isinstance(found, int | Decimal) and not isinstance(found, bool)


def _bound(clause: Clause) -> str:
    soft = "（软 soft）" if clause.soft else ""
    return f"{clause.needed.zh} / {clause.needed.en}{soft}"


if __name__ == "__main__":
    missing = list(holes())
    if missing:
        print("\n".join(missing), file=sys.stderr)
        sys.exit(1)
    for each in regulations.names():
        (PAGES / f"{each}.md").write_text(page_of(each), encoding="utf-8", newline="\n")
    print((PAGES).relative_to(ROOT))
