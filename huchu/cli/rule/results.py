"""What a regulation says on a case as columns of the table of results, and the order of the columns."""

from collections.abc import Iterable, Sequence
from typing import Final

from huchu.cli.rule.record import at_text, exact
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment

ON, VERDICT, CHANGES_ON = "on", "verdict", "changes_on"
REASONS: Final = ("reasons_no", "reasons_cannot_tell", "reasons_soft")
REFUSED: Final = "refused"
"""The verdict of a row that could not be judged."""
YES, NO = Verdict.YES, Verdict.NO
"""Looked up once: a member of an enumeration is found through Python code each time."""


def told_cells(assessment: Assessment) -> dict[str, str]:
    """An assessment as cells by column; what there is more than one of is parted by `;`."""
    cells = {ON: assessment.on.isoformat(), VERDICT: assessment.verdict.value}
    no: dict[str, None] = {}
    cannot_tell: dict[str, None] = {}
    soft: dict[str, None] = {}
    for ruling in assessment.rulings:
        question = ruling.question
        _put(cells, f"verdict.{question}", ruling.verdict.value)
        for reason in ruling.reasons:
            verdict = reason.verdict
            if verdict is not YES:
                clause = reason.clause
                named = soft if clause.soft else no if verdict is NO else cannot_tell
                named[f"{question}.{clause.id}"] = None
    for column, named in zip(REASONS, (no, cannot_tell, soft), strict=True):
        if named:
            cells[column] = ";".join(named)
    for figure in assessment.figures:
        _put(cells, f"figure.{figure.id}.{figure.unit.value}", exact(figure.quantity))
    for deadline in assessment.deadlines:
        _put(cells, f"deadline.{deadline.id}", at_text(deadline.at))
    if assessment.changes_on is not None:
        cells[CHANGES_ON] = assessment.changes_on.isoformat()
    return cells


def _put(cells: dict[str, str], column: str, text: str) -> None:
    cells[column] = f"{cells[column]};{text}" if column in cells else text


def column_order(names: Iterable[str], questions: Sequence[str]) -> list[str]:
    """The columns of the result in an order that does not hang on that of the rows."""
    present = set(names)
    rank = {f"verdict.{question}": place for place, question in enumerate(questions)}
    verdicts = sorted((n for n in present if n.startswith("verdict.")), key=lambda n: (rank.get(n, len(rank)), n))
    figures = sorted(name for name in present if name.startswith("figure."))
    deadlines = sorted(name for name in present if name.startswith("deadline."))
    return [ON, VERDICT, *verdicts, *REASONS, *figures, *deadlines, CHANGES_ON]
