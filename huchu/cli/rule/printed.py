"""One assessment as people read it: the verdict, each question with its reasons, then figures, dates and notices."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from huchu.cli.printing import SHOWN_ROWS, Justify, print_table, to_stdout, told
from huchu.cli.words import say
from tariffs.answers import Verdict
from tariffs.citation import CONFIRMATION_WORDS, Confirmation
from tariffs.judging.assessment import Assessment, Deadline, Figure, Judged, Ruling
from tariffs.judging.clauses import Clause, Term, amount_words
from tariffs.judging.plausible import in_shanghai
from tariffs.vocabulary.errors import Words

VERDICT_WORDS: Final = {
    Verdict.YES: Words("是", "yes"),
    Verdict.NO: Words("否", "no"),
    Verdict.CANNOT_TELL: Words("不能判断", "cannot tell"),
    Verdict.NOT_IN_FORCE: Words("不在施行期", "not in force"),
}
REASON_COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("条件", "condition"), "left"),
    (Words("案例", "found"), "left"),
    (Words("要求", "needed"), "left"),
    (Words("符合", "verdict"), "left"),
    (Words("条款", "article"), "left"),
    (Words("说明", "note"), "left"),
)
FIGURE_COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("数值", "figure"), "left"),
    (Words("数量", "quantity"), "right"),
    (Words("算法", "how"), "left"),
    (Words("条款", "article"), "left"),
)
DATE_COLUMNS: Final[tuple[tuple[Words, Justify], ...]] = (
    (Words("期限", "date"), "left"),
    (Words("时间", "at"), "left"),
    (Words("算法", "how"), "left"),
    (Words("条款", "article"), "left"),
)
AT_FIRST_HAND: Final = (Confirmation.GAZETTE, Confirmation.USER)


def tell(assessment: Assessment, *, day_is_today: bool) -> None:
    """Print an assessment."""
    _tell_head(assessment, day_is_today=day_is_today)
    if not assessment.in_force:
        return
    for ruling in assessment.rulings:
        _tell_ruling(ruling)
    _tell_figures(assessment.figures)
    _tell_dates(assessment.deadlines)
    if assessment.notices:
        to_stdout("\n" + say("提示", "notices"))
        for notice in assessment.notices:
            to_stdout(f"  - {told(notice.words)}{_cited(notice.clause)}")
    if assessment.readings:
        to_stdout("\n" + say("条文两可之处所取的理解（[options]）", "readings that applied ([options])"))
        for reading in assessment.readings:
            to_stdout(f"  - {reading.option} = {reading.choice}: {told(reading.words)}{_cited(reading.clause)}")
    _tell_change(assessment)


def term_words(term: Term) -> Words:
    """The days on which a document counts."""
    if term.effective_until is None:
        return Words(f"{term.effective_from} 起，未写明截止", f"from {term.effective_from}, no end stated")
    return Words(f"{term.effective_from} 至 {term.effective_until}", f"{term.effective_from} to {term.effective_until}")


def _tell_head(assessment: Assessment, *, day_is_today: bool) -> None:
    term, citation = assessment.term, assessment.term.citation
    to_stdout(f"{assessment.regulation}  {citation.title}〔{citation.document_number}〕")
    in_force = term_words(term)
    sure = citation.confirmation in AT_FIRST_HAND
    copy = Words("", "") if sure else CONFIRMATION_WORDS[citation.confirmation]
    _tell_indented(
        f"施行：{in_force.zh}；核对于 {citation.checked_on}{'' if sure else f'（{copy.zh}）'}",
        f"in force {in_force.en}; checked on {citation.checked_on}{'' if sure else f' ({copy.en})'}",
    )
    note = Words("（案例没有 on，取今天）", " (the case has no on: today)") if day_is_today else Words("", "")
    _tell_indented(f"评判日：{assessment.on}{note.zh}", f"day judged {assessment.on}{note.en}")
    verdict, decisive = VERDICT_WORDS[assessment.verdict], _decisive(assessment)
    if assessment.in_force:
        _tell_indented(f"结论：{verdict.zh}{decisive.zh}", f"verdict: {verdict.en}{decisive.en}")
    else:
        _tell_indented(
            f"{verdict.zh}：该日不在文件施行期内，不作结论",
            f"{verdict.en}: the document does not count on that day, so there is no verdict",
        )


def _tell_indented(zh: str, en: str) -> None:
    to_stdout(f"  {say(zh, en)}")


def _decisive(assessment: Assessment) -> Words:
    """Of several questions those that the verdict hangs on, in brackets."""
    if len(assessment.rulings) < 2 or assessment.verdict is Verdict.YES:
        return Words("", "")
    questions = _bracketed(each for each in assessment.rulings if each.verdict is assessment.verdict)
    return Words(f"（{questions}）", f" ({questions})")


def _bracketed(rulings: Iterable[Ruling]) -> str:
    return " ".join(f"[{each.question}]" for each in rulings)


def _tell_ruling(ruling: Ruling) -> None:
    to_stdout(f"\n[{ruling.question}] {told(ruling.words)}  ->  {told(VERDICT_WORDS[ruling.verdict])}")
    _print_all(REASON_COLUMNS, [_reason_cells(each) for each in ruling.reasons], Words("条", "reasons"))
    for each in ruling.reasons:
        if each.because is not None:
            to_stdout(f"  - {told(each.clause.name)}: {told(each.because)}{_cited(each.clause)}")


def _reason_cells(reason: Judged) -> tuple[str, ...]:
    clause = reason.clause
    return (
        told(clause.name),
        told(reason.found_words),
        told(reason.needed_words),
        told(VERDICT_WORDS[reason.verdict]),
        clause.citation.article,
        _note(reason),
    )


def _note(reason: Judged) -> str:
    notes = []
    if reason.clause.soft:
        notes.append(say("软性，不计入结论", "soft, does not count"))
    gap = reason.gap
    if gap:
        amount = amount_words(gap, reason.clause.unit)
        notes.append(say(f"差 {amount.zh}", f"gap {amount.en}"))
    if reason.clause.inferred:
        notes.append(say("本工具的理解", "our reading"))
    return "; ".join(notes)


def _tell_figures(figures: Sequence[Figure]) -> None:
    if figures:
        to_stdout("")
    rows = [(told(f.name), told(f.quantity_words), told(f.how), f.clause.citation.article) for f in figures]
    _print_all(FIGURE_COLUMNS, rows, Words("项", "figures"))


def _tell_dates(deadlines: Sequence[Deadline]) -> None:
    if deadlines:
        to_stdout("")
    rows = [(told(d.name), _at(d), told(d.how), d.clause.citation.article) for d in deadlines]
    _print_all(DATE_COLUMNS, rows, Words("项", "dates"))


def _print_all(columns: Sequence[tuple[Words, Justify]], rows: Sequence[tuple[str, ...]], unit: Words) -> None:
    """A table without its end cut off, for of one case everything is told; and without a last column that is blank."""
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    for start in range(0, len(rows), SHOWN_ROWS):
        print_table(columns, rows[start : start + SHOWN_ROWS], unit)


def _at(deadline: Deadline) -> str:
    at = deadline.at
    return in_shanghai(at).strftime("%Y-%m-%d %H:%M") if isinstance(at, datetime) else at.isoformat()


def _tell_change(assessment: Assessment) -> None:
    day, term = assessment.changes_on, assessment.term
    questions = _bracketed(each for each in assessment.rulings if each.changes_on == day)
    if day is None:
        words = Words("若其他不变，结论不随时间改变", "the answer does not change with time alone")
    elif day == term.first_day_after:
        words = Words(
            f"若其他不变，至文件期满 {term.effective_until} 结论不变",
            f"if nothing but time changes, the answer holds until the document ends on {term.effective_until}",
        )
    else:
        words = Words(
            f"若其他不变，{questions} 的结论自 {day} 起改变",
            f"if nothing but time changes, the answer to {questions} changes on {day}",
        )
    to_stdout("\n" + told(words))


def _cited(clause: Clause | None) -> str:
    return "" if clause is None else f" 〔{clause.citation.article}〕"
