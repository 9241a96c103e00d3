"""`huchu classify`: the decision table of the storage plan for each station, printed and, on request, written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from huchu.cli.choices import choice_words, question_words
from huchu.cli.places import SETTINGS_FILE, STATIONS_FILE, beside, chosen_stations, found_file
from huchu.cli.printing import DONE, SHOWN_ROWS, Justify, print_json, print_table, refusals, to_stdout, told
from huchu.cli.typed import today, typed_day
from huchu.cli.words import say
from tariffs.answers import Reason
from tariffs.citation import CONFIRMATION_WORDS, Citation, Confirmation
from tariffs.decision_table import Decided, decided, texts_on
from tariffs.eligibility.filing import Step
from tariffs.settings import read_settings
from tariffs.stations import read_stations
from tariffs.versions import Library, library_of
from tariffs.vocabulary.errors import Words

DEFAULT_CITY: Final = "shanghai"
AT_FIRST_HAND: Final = (Confirmation.GAZETTE, Confirmation.USER)
NO_ARTICLE: Final = "—"
DETAILED: Final = 5
"""So many stations are told in full; of more there is the table."""
IN_TABLE: Final = ("kind", "filing_level", "price_regime", "capacity_subsidy", "award")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line of `huchu classify` asks for."""

    stations: Path | None = None
    on: str | None = None
    steps: bool = False
    only: tuple[str, ...] = ()
    out: Path | None = None
    settings: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answers on every station on a day, and from when on the settings put stations on the market."""

    on: date
    market_from: date | None
    answered: tuple[Decided, ...]


def classify(request: Request, *, as_json: bool) -> None:
    """Answer, print and perhaps write, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        table = run(request)
        record = _record(table, with_steps=request.steps)
        if request.out is not None:
            _write(request.out, table.answered, record, force=request.force)
    if as_json:
        print_json({"status": "done", "out": None if request.out is None else str(request.out), **record})
    else:
        _report(table, request)
    raise SystemExit(DONE)


def run(request: Request) -> Table:
    """The answers on every station asked for.

    Raises  HuchuError if an input cannot be used or the plan is not in force on the day
    """
    on = today() if request.on is None else typed_day(request.on, "--on")
    named = [] if request.stations is None else [request.stations]
    stations_file = found_file(request.stations, STATIONS_FILE, named, "--stations")
    stations = chosen_stations(read_stations(stations_file), request.only)
    settings_file = request.settings or beside(SETTINGS_FILE, [stations_file])
    settings = None if settings_file is None else read_settings(settings_file)
    library = Library() if settings is None else library_of(settings)
    texts = texts_on(library, DEFAULT_CITY if settings is None else settings.city, on)
    market_from = None if settings is None else settings.market_from
    answered = tuple(decided(station, texts, market_from) for station in stations)
    return Table(on=on, market_from=market_from, answered=answered)


def _record(table: Table, *, with_steps: bool) -> dict[str, Any]:
    return {
        "on": str(table.on),
        "market_from": None if table.market_from is None else str(table.market_from),
        "stations": [_station_record(each, table.on, with_steps=with_steps) for each in table.answered],
    }


def _station_record(each: Decided, on: date, *, with_steps: bool) -> dict[str, Any]:
    rating, rate = each.station.rating_on(on), each.award_rate_cny_per_kwh
    record: dict[str, Any] = {
        "station_id": each.station.id,
        "name": each.station.name,
        "charge_power_mw": f"{rating.charge_power_mw:f}",
        "power_mw": f"{rating.power_mw:f}",
        "answers": {
            answer.question: {
                "choice": answer.choice,
                "verdict": answer.verdict.value,
                "reasons": [_reason_record(reason) for reason in answer.reasons],
            }
            for answer in each.answers
        },
        "award_rate_cny_per_kwh": None if rate is None else f"{rate:f}",
    }
    if with_steps:
        record["steps"] = [
            {
                "step": step.id,
                "name": {"zh": step.name.zh, "en": step.name.en},
                "meaning": {"zh": step.meaning.zh, "en": step.meaning.en},
                "decided_by": {"zh": step.decided_by.zh, "en": step.decided_by.en},
                "document": step.citation.document_number,
                "article": step.citation.article,
            }
            for step in each.steps
        ]
    return record


def _reason_record(reason: Reason) -> dict[str, str]:
    return {
        "zh": reason.words.zh,
        "en": reason.words.en,
        "document": reason.citation.document_number,
        "article": reason.citation.article,
        "confirmation": reason.citation.confirmation.value,
    }


def _write(out: Path, answered: Sequence[Decided], record: Mapping[str, Any], *, force: bool) -> None:
    import polars as pl

    from huchu.output import whole_folder, write_file
    from settlement.export.tables import csv_bytes, plain_cell

    rows = [
        {
            "station_id": plain_cell(each.station.id),
            "question": answer.question,
            "choice": answer.choice,
            "verdict": answer.verdict.value,
            "reason": str(reason.words),
            "document": reason.citation.document_number,
            "article": reason.citation.article,
        }
        for each in answered
        for answer in each.answers
        for reason in answer.reasons
    ]
    with whole_folder(out, force=force) as folder:
        write_file(folder / "classification.csv", csv_bytes(pl.DataFrame(rows)))
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        write_file(folder / "classification.json", text.encode("utf-8"))


def _report(table: Table, request: Request) -> None:
    if len(table.answered) > DETAILED:
        _tell_table(table.answered)
    else:
        for each in table.answered:
            _tell(each, table.on)
    if request.steps:
        for kind, steps in {each.kind: each.steps for each in table.answered}.items():
            _tell_steps(kind.value, steps)
    if request.out is not None:
        to_stdout(say(f"结果在 {request.out}", f"results in {request.out}"))


def _tell(each: Decided, on: date) -> None:
    to_stdout(f"{each.station.id}  {each.station.name}  {on}")
    for answer in each.answers:
        question, choice = told(question_words(answer.question)), told(choice_words(answer.question, answer.choice))
        to_stdout(f"  {question}  ->  {choice}")
        for reason in answer.reasons:
            to_stdout(f"      {told(reason.words)} 〔{_cited(reason.citation)}〕")
    to_stdout("")


def _cited(citation: Citation) -> str:
    """A document and its article, with a word where its figures are not those of the gazette or of the user."""
    place = citation.document_number if citation.article == NO_ARTICLE else str(citation)
    return (
        place
        if citation.confirmation in AT_FIRST_HAND
        else f"{place}；{told(CONFIRMATION_WORDS[citation.confirmation])}"
    )


def _tell_table(answered: Sequence[Decided]) -> None:
    headings: list[tuple[Words, Justify]] = [(Words("电站", "station"), "left")]
    headings += [(question_words(question), "left") for question in IN_TABLE]
    rows = []
    for each in answered:
        chosen = {answer.question: answer.choice for answer in each.answers}
        rows.append((each.station.id, *(told(choice_words(name, chosen[name])) for name in IN_TABLE)))
    print_table(headings, rows, Words("座", "stations"))
    if len(rows) > SHOWN_ROWS:
        to_stdout(say("全部见 --out 或 --json", "all of them with --out or --json"))


def _tell_steps(kind: str, steps: Sequence[Step]) -> None:
    heading = choice_words("kind", kind)
    if not steps:
        to_stdout(say(f"{heading.zh}：没有步骤可列", f"{heading.en}: no steps to list"))
        return
    to_stdout(say(f"{heading.zh}的办理步骤（按条款顺序）", f"steps of a station that is {heading.en}, by article"))
    for number, step in enumerate(steps, 1):
        to_stdout(f"  {number:2}. {told(step.name)}  ->  {told(step.decided_by)} 〔{_cited(step.citation)}〕")
        to_stdout(f"      {told(step.meaning)}")
