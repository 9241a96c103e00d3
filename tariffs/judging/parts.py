"""An assessment from its parts: one for each question that a case asks; and what several regulations say alike."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from tariffs.answers import Verdict
from tariffs.judging.assessment import (
    Assessment,
    Deadline,
    Figure,
    Judged,
    Notice,
    Reading,
    Ruling,
    earliest,
    first_change,
    judge,
    ruling,
)
from tariffs.judging.clauses import Clause, Term, Unit
from tariffs.judging.shares import STEP
from tariffs.vocabulary.errors import Words

Terms = TypeVar("Terms")
Choice = TypeVar("Choice", bound=Enum)
ELSEWHERE: Final = Words("由其他标准判断，案例未给出", "another standard decides, and the case does not say")
OPEN_LIST: Final = Words("所列之外的以“等”概括，条文未明", "the text closes its list with 等, so others stay open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ruling on one question, and what follows beside it."""

    ruling: Ruling
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is put: the key of the case's table, and its words so that yes or no answers it."""

    key: str
    words: Words

    def ruled(self, reasons: Iterable[Judged], term: Term) -> Ruling:
        """The ruling where time changes nothing before the document ends."""
        return ruling(self.key, self.words, reasons, changes_on=term.first_day_after)

    def ruled_on(
        self, on: date, term: Term, reasons_on: Callable[[date], Iterable[Judged]], candidates: Iterable[date]
    ) -> Ruling:
        """The ruling on a day from the reasons of that day, and the first later day on which it would differ."""

        def verdict_on(day: date) -> Verdict:
            return ruling(self.key, self.words, reasons_on(day)).verdict

        changes_on = first_change(verdict_on, on, candidates, term)
        return ruling(self.key, self.words, reasons_on(on), changes_on=changes_on)


def stated(clause: Clause, found: bool | None, because: Words = ELSEWHERE) -> Judged:
    """A clause held against a fact; cannot tell, and why, where the case does not say."""
    return judge(clause, found, because=because if found is None else None)


def figure(figure_id: str, name: Words, quantity: Decimal | int, unit: Unit, clause: Clause, how: Words) -> Figure:
    """A figure that follows, told in a line."""
    return Figure(id=figure_id, name=name, quantity=quantity, unit=unit, clause=clause, how=how)


def gaps(reasons: Iterable[Judged], how: Words) -> Iterator[Figure]:
    """How far each figure stands from the mark that it misses, in the clause's unit."""
    for reason in reasons:
        clause, gap = reason.clause, reason.gap
        if gap is not None:
            name = Words(f"{clause.name.zh}的差距", f"{clause.name.en}: gap")
            yield figure(f"{clause.id}_gap", name, gap, clause.unit or Unit.NUMBER, clause, how)


def growth_needed(clause: Clause, found: Decimal | int | None, months: int = 0) -> Iterator[Figure]:
    """By how much a figure that misses its mark has to grow, in all and, where whole months are left, evenly each month.

    Shape   ratios in millionths; none where there is nothing to grow from; a mark that is itself not enough is to be passed
    """
    if found is None or found <= 0 or clause.met_by(found):
        return
    whole = clause.mark / found
    name = Words(f"{clause.name.zh}所需增长（推算）", f"growth needed: {clause.name.en} (worked out)")
    how = Words("目标 ÷ 现数 − 1", "target / present figure - 1")
    yield figure(f"{clause.id}_growth", name, (whole - 1).quantize(STEP, ROUND_HALF_UP), Unit.RATIO, clause, how)
    if months > 0:
        monthly = whole ** (Decimal(1) / months) - 1
        name = Words(f"{clause.name.zh}所需月均增速（推算）", f"monthly growth needed: {clause.name.en} (worked out)")
        how = Words(f"(目标 ÷ 现数)^(1/{months}) − 1", f"(target / present figure)^(1/{months}) - 1")
        figure_id = f"{clause.id}_growth_a_month"
        yield figure(figure_id, name, monthly.quantize(STEP, ROUND_HALF_UP), Unit.RATIO, clause, how)


def target_day(clause: Clause) -> Deadline:
    """The end of the year by which a text sets its targets."""
    name, how = Words("目标期限", "day of the targets"), Words("条文所定年底", "end of the year named")
    return Deadline(id="target_day", name=name, at=clause.year_end, clause=clause, how=how)


def chosen(option: str, choice: Choice, words: Mapping[Choice, Words], clause: Clause) -> Reading:
    """The reading that an option chooses, in the words of its choice."""
    return Reading(option=option, choice=choice.value, words=words[choice], clause=clause)


def joined(names: Iterable[Words]) -> Words:
    """Names one after the other."""
    kept = tuple(names)
    return Words("、".join(each.zh for each in kept), ", ".join(each.en for each in kept))


def answered(inputs: Any, answers: Mapping[str, Callable[[Any, Terms], Part]], terms: Terms) -> Iterator[Part]:
    """The parts of the questions that a case asks, of those that neither the day nor an option bears on."""
    for question, answer in answers.items():
        asked = getattr(inputs, question)
        if asked is not None:
            yield answer(asked, terms)


def assembled(regulation: str, on: date, term: Term, parts: Sequence[Part]) -> Assessment:
    """The assessment of a case: its parts one after the other, a reading or a deadline that several share once."""
    whole = parts[0] if len(parts) == 1 else None  # the usual case of a batch: nothing to put together
    return Assessment(
        regulation=regulation,
        on=on,
        term=term,
        rulings=tuple([part.ruling for part in parts]),
        figures=whole.figures if whole else tuple(each for part in parts for each in part.figures),
        deadlines=whole.deadlines if whole else tuple(_shared_once(parts)),
        notices=whole.notices if whole else tuple(each for part in parts for each in part.notices),
        readings=tuple({each.option: each for part in parts for each in part.readings}.values()),
        changes_on=earliest([term.first_day_after, *[part.ruling.changes_on for part in parts]]),
    )


def _shared_once(parts: Iterable[Part]) -> Iterator[Deadline]:
    """The deadlines of the parts, without those that an earlier part has told."""
    told: set[tuple[str, date, str]] = set()
    for part in parts:
        own = [(each.id, each.at, each.clause.id) for each in part.deadlines]
        yield from (each for each, key in zip(part.deadlines, own, strict=True) if key not in told)
        told.update(own)
