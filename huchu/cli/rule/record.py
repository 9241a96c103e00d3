"""What a regulation says on a case, as the JSON object of `huchu rule`: exact figures as text, words in both languages."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tariffs.judging.assessment import Assessment, Deadline, Figure, Found, Judged, Notice, Reading, Ruling
from tariffs.judging.clauses import Clause, Term
from tariffs.judging.plausible import in_shanghai
from tariffs.vocabulary.errors import Words

Record = dict[str, Any]


def assessment_record(assessment: Assessment) -> Record:
    """Everything that is said on the case."""
    return {
        "regulation": assessment.regulation,
        "on": assessment.on.isoformat(),
        "verdict": assessment.verdict.value,
        "document": document_record(assessment.term),
        "rulings": [_ruling(each) for each in assessment.rulings],
        "figures": [_figure(each) for each in assessment.figures],
        "deadlines": [_deadline(each) for each in assessment.deadlines],
        "notices": [_notice(each) for each in assessment.notices],
        "readings": [_reading(each) for each in assessment.readings],
        "changes_on": _day(assessment.changes_on),
    }


def document_record(term: Term) -> Record:
    """The document, its term and how surely its figures are known."""
    citation = term.citation
    return {
        "document_number": citation.document_number,
        "title": citation.title,
        "effective_from": term.effective_from.isoformat(),
        "effective_until": _day(term.effective_until),
        "checked_on": citation.checked_on.isoformat(),
        "confirmation": citation.confirmation.value,
    }


def at_text(at: date | datetime) -> str:
    """A day as 2025-07-01, an instant with its seconds and Shanghai's offset."""
    return in_shanghai(at).isoformat() if isinstance(at, datetime) else at.isoformat()


def exact(quantity: Decimal | int) -> str:
    """A figure in plain digits, without zeros at the end of its decimals."""
    text = f"{quantity:f}" if isinstance(quantity, Decimal) else str(quantity)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _ruling(ruling: Ruling) -> Record:
    return {
        "question": ruling.question,
        "words": _words(ruling.words),
        "verdict": ruling.verdict.value,
        "reasons": [_reason(each) for each in ruling.reasons],
        "changes_on": _day(ruling.changes_on),
    }


def _reason(reason: Judged) -> Record:
    clause, gap = reason.clause, reason.gap
    return {
        **_cited(clause),
        "name": _words(clause.name),
        "meaning": clause.meaning,
        "verdict": reason.verdict.value,
        "found": {"plain": _plain(reason.found), **_words(reason.found_words)},
        "needed": {
            "quantity": None if clause.quantity is None else exact(clause.quantity),
            "unit": None if clause.unit is None else clause.unit.value,
            "boundary": None if clause.boundary is None else clause.boundary.value,
            **_words(reason.needed_words),
        },
        "because": None if reason.because is None else _words(reason.because),
        "soft": clause.soft,
        "bars": clause.bars,
        "inferred": clause.inferred,
        "gap": None if gap is None else exact(gap),
    }


def _figure(figure: Figure) -> Record:
    return {
        "id": figure.id,
        "name": _words(figure.name),
        "quantity": exact(figure.quantity),
        "unit": figure.unit.value,
        "how": _words(figure.how),
        **_cited(figure.clause),
    }


def _deadline(deadline: Deadline) -> Record:
    return {
        "id": deadline.id,
        "name": _words(deadline.name),
        "at": at_text(deadline.at),
        "how": _words(deadline.how),
        **_cited(deadline.clause),
    }


def _notice(notice: Notice) -> Record:
    return {"words": _words(notice.words), **_cited(notice.clause)}


def _reading(reading: Reading) -> Record:
    return {
        "option": reading.option,
        "choice": reading.choice,
        "words": _words(reading.words),
        **_cited(reading.clause),
    }


def _cited(clause: Clause | None) -> Record:
    if clause is None:
        return {"clause": None, "article": None, "document_number": None}
    citation = clause.citation
    return {"clause": clause.id, "article": citation.article, "document_number": citation.document_number}


def _plain(found: Found) -> str | bool | None:
    """What was found without words: exact text of a figure, a day or an instant, a fact as it is."""
    match found:
        case bool():
            return found
        case date():
            return at_text(found)
        case int() | Decimal():
            return exact(found)
    return None


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
