"""What a regulation answers: rulings with their reasons, the figures and dates that follow, and when it would change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tariffs.answers import Verdict
from tariffs.judging.clauses import Clause, Term, Unit, amount_words
from tariffs.vocabulary.errors import Words

Found = Decimal | int | bool | date | datetime | Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A clause as judged in one case: what was found, and what follows; the reason of a ruling.

    Shape   `found` nothing where the case does not say; `needed` where the clause's own words are not the whole of it;
            `because` in words where the verdict needs more than the figure
    """

    clause: Clause
    verdict: Verdict
    found: Found = None
    needed: Words | None = None
    because: Words | None = None

    @property
    def found_words(self) -> Words:
        """What was found, in words."""
        return found_words(self.found, self.clause.unit)

    @property
    def needed_words(self) -> Words:
        """What the clause asks for, in words."""
        return self.clause.needed if self.needed is None else self.needed

    @property
    def gap(self) -> Decimal | None:
        """How far a figure stands from the mark that it misses; nothing where it meets it or there is no figure."""
        if self.verdict is Verdict.YES or isinstance(self.found, bool) or not isinstance(self.found, int | Decimal):
            return None
        return None if self.clause.quantity is None else abs(self.clause.quantity - self.found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """The answer to one question of a regulation.

    Shape   `question` is the key of the case's table that asks it; `words` is the question so that yes or no answers it
    """

    question: str
    words: Words
    verdict: Verdict
    reasons: tuple[Judged, ...]
    changes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that follows: an amount, a count, a share, a gap; with the clause it rests on and how it came about."""

    id: str
    name: Words
    quantity: Decimal | int
    unit: Unit
    clause: Clause
    how: Words

    @property
    def quantity_words(self) -> Words:
        """The figure with its unit."""
        return amount_words(self.quantity, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day or an instant that follows, with the clause it rests on and how it was counted."""

    id: str
    name: Words
    at: date | datetime
    clause: Clause
    how: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to know beside the answer: a soft figure's gap, a point the text leaves open, a duty."""

    words: Words
    clause: Clause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A named setting that applied where the text leaves two readings."""

    option: str
    choice: str
    words: Words
    clause: Clause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a regulation says on a case, on a day.

    Shape   `verdict` is that of all rulings together: no where one is no, else cannot tell where one is that;
            `changes_on` is the first day on which a ruling would differ if nothing but time changed, the end of the document
            included
    """

    regulation: str
    on: date
    term: Term
    rulings: tuple[Ruling, ...]
    in_force: bool = True
    figures: tuple[Figure, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notices: tuple[Notice, ...] = ()
    readings: tuple[Reading, ...] = ()
    changes_on: date | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict of all rulings together, or that the document is not in force on the day."""
        if not self.in_force:
            return Verdict.NOT_IN_FORCE
        return all_of(ruling.verdict for ruling in self.rulings)


# looked up once: a member of an enumeration is found through Python code each time
YES, NO, CANNOT_TELL = Verdict.YES, Verdict.NO, Verdict.CANNOT_TELL


def judge(clause: Clause, found: Decimal | int | bool | None, *, because: Words | None = None) -> Judged:
    """A clause held against what was found: its figure by its boundary word, or a fact; cannot tell where nothing is known."""
    if found is None:
        return Judged(clause=clause, verdict=CANNOT_TELL, because=because)
    met = found is not clause.bars if isinstance(found, bool) else clause.met_by(found)
    return Judged(clause=clause, verdict=YES if met else NO, found=found, because=because)


def ruling(question: str, words: Words, reasons: Iterable[Judged], *, changes_on: date | None = None) -> Ruling:
    """The ruling that all reasons must speak for; soft ones are shown and do not count."""
    kept = tuple(reasons)
    verdict = all_of(reason.verdict for reason in kept if not reason.clause.soft)
    return Ruling(question=question, words=words, verdict=verdict, reasons=kept, changes_on=changes_on)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """No where one is no, else cannot tell where one is that, else yes; yes where there is none."""
    return _decided(verdicts, NO, YES)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes where one is yes, else cannot tell where one is that, else no; no where there is none."""
    return _decided(verdicts, YES, NO)


def _decided(verdicts: Iterable[Verdict], decisive: Verdict, otherwise: Verdict) -> Verdict:
    found = otherwise
    for verdict in verdicts:
        if verdict is decisive:
            return verdict
        if verdict is CANNOT_TELL:
            found = verdict
    return found


def first_change(
    verdict_on: Callable[[date], Verdict], on: date, candidates: Iterable[date], term: Term
) -> date | None:
    """The first day after `on` on which a verdict differs if nothing but time changes: a candidate, or the document's end."""
    now, end = verdict_on(on), term.first_day_after
    for day in sorted({day for day in candidates if day > on and (end is None or day < end)}):
        if verdict_on(day) is not now:
            return day
    return end


def earliest(days: Sequence[date | None]) -> date | None:
    """The earliest of some days, nothing where there is none."""
    return min((day for day in days if day is not None), default=None)


def found_words(found: Found, unit: Unit | None) -> Words:
    """What was found, in both languages."""
    match found:
        case None:
            return Words("未给出", "not given")
        case bool():
            return Words("是", "yes") if found else Words("否", "no")
        case Words():
            return found
        case datetime():
            text = found.isoformat(sep=" ", timespec="minutes")
            return Words(text, text)
        case date():
            return Words(found.isoformat(), found.isoformat())
    return amount_words(found, unit)
