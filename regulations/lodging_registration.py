"""Registration of lodging of people from outside the mainland: the deadline, the channel and the papers.

Source  沪公行规〔2025〕3号 境外人员住宿登记办法
Check   tests/cases/regulations/lodging_registration
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from tariffs.answers import Verdict
from tariffs.judging.assessment import (
    Assessment,
    Deadline,
    Figure,
    Judged,
    Notice,
    Ruling,
    earliest,
    first_change,
    judge,
    ruling,
)
from tariffs.judging.clauses import Clause, Term, Unit
from tariffs.judging.periods import hours_after
from tariffs.judging.plausible import in_shanghai, out_of_order, refuse_impossible
from tariffs.vocabulary.errors import Words


class Person(Enum):
    """Who lodges."""

    FOREIGNER = "foreigner"
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    EXEMPT = "exempt"


class Place(Enum):
    """Where one lodges."""

    HOTEL = "hotel"
    URBAN = "urban"
    RURAL = "rural"


class Channel(Enum):
    """How one registers."""

    WINDOW = "window"
    SELF_SERVICE = "self_service"


class Through(Enum):
    """Who registers."""

    SELF = "self"
    HOST = "host"
    AGENT = "agent"


class Papers(Enum):
    """The state of the identity paper."""

    VALID = "valid"
    NEWBORN = "newborn"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodging:
    """A stay; `place` is left out where nobody can say whether it is rural.

    Raises  RecordProblems if it is registered before moving in
    """

    person: Person
    moved_in_at: datetime
    place: Place | None = None
    registered_at: datetime | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Instants in a wrong order."""
        instants = {name: in_shanghai(at) for name, at in given.items() if isinstance(at, datetime)}
        return out_of_order(instants, ("moved_in_at", "registered_at"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChoice:
    """A channel that somebody means to use; `paper_on_list` is left out where it is not known."""

    person: Person
    channel: Channel
    through: Through
    papers: Papers
    false_statement_before: bool
    paper_on_list: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, and the questions asked."""

    on: date
    lodging: Lodging | None = None
    channel: ChannelChoice | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A case that asks nothing, or a day before the stay."""
        if "lodging" not in given and "channel" not in given:
            return [Words("须有 [lodging] 或 [channel]", "give [lodging] or [channel]")]
        if "lodging" not in given:
            return []
        days = {"on": given.get("on"), "lodging.moved_in_at": in_shanghai(given["lodging"].moved_in_at).date()}
        return out_of_order({name: day for name, day in days.items() if day is not None}, ("lodging.moved_in_at", "on"))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The clauses of the text."""

    term: Term
    persons_covered: Clause
    lodging_outside_hotels: Clause
    register_within: Clause
    register_within_rural: Clause
    channels: Clause
    window_papers: Clause
    newborn_at_window: Clause
    interim_papers: Clause
    incomplete_papers: Clause
    false_statement: Clause
    valid_paper: Clause


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether a stay is registered in time and whether a channel may be used, with the deadline and the papers needed.

    Source  沪公行规〔2025〕3号 第二条 to 第十条
    Check   tests/cases/regulations/lodging_registration
    """
    rulings: list[Ruling] = []
    figures: list[Figure] = []
    deadlines: list[Deadline] = []
    notices: list[Notice] = []
    if inputs.lodging is not None:
        rulings.append(_in_time(inputs.lodging, inputs.on, terms))
        deadlines.extend(_deadlines(inputs.lodging, terms))
        figures.extend(_late(inputs.lodging, terms))
    if inputs.channel is not None:
        rulings.append(_channel_open(inputs.channel, terms))
        notices.extend(_papers_needed(inputs.channel, terms))
    return Assessment(
        regulation="lodging_registration",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(rulings),
        figures=tuple(figures),
        deadlines=tuple(deadlines),
        notices=tuple(notices),
        changes_on=earliest([terms.term.first_day_after, *(each.changes_on for each in rulings)]),
    )


def _bound(lodging: Lodging) -> bool:
    """Whether the duty of this text falls on the stay at all."""
    return lodging.person is not Person.EXEMPT and lodging.place is not Place.HOTEL


def _clauses(lodging: Lodging, terms: Terms) -> tuple[Clause, ...]:
    """The clauses on hours that may count: both where nobody can say whether the place is rural."""
    if not _bound(lodging):
        return ()
    if lodging.person is Person.FOREIGNER or lodging.place is Place.URBAN:
        return (terms.register_within,)
    if lodging.place is Place.RURAL:
        return (terms.register_within_rural,)
    return (terms.register_within, terms.register_within_rural)


def _in_time(lodging: Lodging, on: date, terms: Terms) -> Ruling:
    words = Words("住宿登记是否按时（或尚来得及）", "is the lodging registered in time, or may it still be?")
    if lodging.person is Person.EXEMPT:
        exempt = Words("依法豁免，无须登记", "exempt by law, no registration")
        return ruling("lodging", words, [Judged(clause=terms.persons_covered, verdict=Verdict.YES, found=exempt)])
    if lodging.place is Place.HOTEL:
        hotel = Words("旅馆依其规定登记并报送", "the hotel registers and reports under its own rules")
        return ruling("lodging", words, [Judged(clause=terms.lodging_outside_hotels, verdict=Verdict.YES, found=hotel)])

    def verdict_on(day: date) -> Verdict:
        return _verdict(lodging, day, terms)

    candidates = [] if lodging.registered_at else _days_around(lodging, terms)
    return Ruling(
        question="lodging",
        words=words,
        verdict=verdict_on(on),
        reasons=tuple(_reasons(lodging, on, terms)),
        changes_on=first_change(verdict_on, on, candidates, terms.term),
    )


def _days_around(lodging: Lodging, terms: Terms) -> list[date]:
    ends = [_deadline(lodging, clause).date() for clause in _clauses(lodging, terms)]
    return [day + timedelta(days=step) for day in ends for step in (0, 1)]


def _verdict(lodging: Lodging, on: date, terms: Terms) -> Verdict:
    verdicts = {judged.verdict for judged in _reasons(lodging, on, terms)}
    # where both limits may count, only what both say is sure
    return verdicts.pop() if len(verdicts) == 1 else Verdict.CANNOT_TELL


def _reasons(lodging: Lodging, on: date, terms: Terms) -> Iterable[Judged]:
    moved_in = in_shanghai(lodging.moved_in_at)
    for clause in _clauses(lodging, terms):
        if lodging.registered_at is not None:
            yield judge(clause, _hours(in_shanghai(lodging.registered_at) - moved_in))
            continue
        first = max(_hours(_midnight(on, moved_in) - moved_in), Decimal(0))
        last = _hours(_midnight(on + timedelta(days=1), moved_in) - moved_in)
        verdict = _between(clause, first, last)
        unregistered = Words("尚未登记", "not registered yet")
        yield Judged(clause=clause, verdict=verdict, found=unregistered)


def _between(clause: Clause, first_hours: Decimal, last_hours: Decimal) -> Verdict:
    """Yes where the whole day lies inside the hours, no where it lies outside, cannot tell where they end on it."""
    if clause.met_by(last_hours):
        return Verdict.YES
    return Verdict.CANNOT_TELL if clause.met_by(first_hours) else Verdict.NO


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=like.tzinfo)


def _hours(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)) / Decimal(timedelta(hours=1) // timedelta(microseconds=1))


def _deadline(lodging: Lodging, clause: Clause) -> datetime:
    return hours_after(in_shanghai(lodging.moved_in_at), clause.count)


def _deadlines(lodging: Lodging, terms: Terms) -> Iterable[Deadline]:
    for clause in _clauses(lodging, terms):
        moved_in = in_shanghai(lodging.moved_in_at).isoformat(sep=" ", timespec="minutes")
        yield Deadline(
            id=clause.id,
            name=Words("最迟登记时刻（含该时刻）", "last instant to register, itself in time"),
            at=_deadline(lodging, clause),
            clause=clause,
            how=Words(f"{moved_in} 起 {clause.count} 小时", f"{clause.count} hours from {moved_in}"),
        )


def _late(lodging: Lodging, terms: Terms) -> Iterable[Figure]:
    if lodging.registered_at is None:
        return
    for clause in _clauses(lodging, terms):
        late = in_shanghai(lodging.registered_at) - _deadline(lodging, clause)
        if late > timedelta(0):
            yield Figure(
                id=f"{clause.id}_late",
                name=Words("迟到时长", "hours late"),
                quantity=_hours(late),
                unit=Unit.HOUR,
                clause=clause,
                how=Words("登记时刻减最迟时刻", "registration less the last instant"),
            )


def _channel_open(choice: ChannelChoice, terms: Terms) -> Ruling:
    words = Words("能否通过该渠道登记", "may this channel be used?")
    reasons: list[Judged] = []
    online = choice.channel is Channel.SELF_SERVICE
    if online:
        reasons.append(judge(terms.false_statement, choice.false_statement_before))
    if choice.papers is Papers.VALID:
        reasons.append(judge(terms.valid_paper, choice.paper_on_list))
    elif choice.papers is Papers.NEWBORN:
        reasons.append(judge(terms.newborn_at_window, not online))
    if choice.papers is not Papers.VALID:
        reasons.append(_interim(choice, terms))
    return ruling("channel", words, reasons)


def _interim(choice: ChannelChoice, terms: Terms) -> Judged:
    named = f"{choice.person.value}:{choice.papers.value}" in terms.interim_papers.listed
    return Judged(
        clause=terms.interim_papers,
        verdict=Verdict.YES if named else Verdict.CANNOT_TELL,
        found=Words("属所列情形", "one of the cases named") if named else Words("未列此情形", "a case not named"),
        needed=Words(
            f"属所列 {terms.interim_papers.count} 种情形", f"one of the {terms.interim_papers.count} cases named"
        ),
    )


def _papers_needed(choice: ChannelChoice, terms: Terms) -> Iterable[Notice]:
    if choice.channel is Channel.WINDOW:
        own = Words(
            "须带本人有效身份证件（或第七条的回执、证明）",
            "bring the person's valid paper, or the receipt or proof of 第七条",
        )
        yield Notice(words=own, clause=terms.window_papers)
        if choice.through is not Through.SELF:
            other = Words("并带留宿人或代办人的身份证件", "and the identity paper of the host or agent")
            yield Notice(words=other, clause=terms.window_papers)
        first = Words(
            "材料不齐也先予登记，当场告知所缺", "registered first even if papers are missing, told at once which"
        )
        yield Notice(words=first, clause=terms.incomplete_papers)
    else:
        yield Notice(words=Words("按系统提示提交", "as the system asks"), clause=terms.window_papers)
    if choice.papers is not Papers.VALID:
        running = Words("条文未说时限因此中止", "the text does not say that the hours stop meanwhile")
        yield Notice(words=running, clause=terms.interim_papers)
