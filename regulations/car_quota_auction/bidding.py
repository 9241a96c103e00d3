"""Whether a person or a unit may bid: article 7 or article 8, and the waiting times that run."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from regulations.car_quota_auction.bidders import Person, Unit, UnitKind
from regulations.car_quota_auction.conditions import (
    article_days,
    article_deadlines,
    article_reasons,
    barred_for_good,
)
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.waiting import (
    Ban,
    ban_days,
    ban_deadlines,
    ban_notices,
    ban_readings,
    ban_reasons,
    bans_of,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, Ruling, judge
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

PERSON: Final = Question(key="person", words=Words("能否申请参加个人客车额度拍卖", "may the person bid for a quota?"))
UNIT: Final = Question(key="unit", words=Words("能否申请参加单位客车额度拍卖", "may the unit bid for a quota?"))
KINDS: Final = {
    UnitKind.FIRM: Words("企业（含个体工商户）", "a firm or sole trader"),
    UnitKind.FOREIGN_OFFICE: Words("外国驻沪机构", "a foreign office in the city"),
    UnitKind.PUBLIC_BODY: Words("机关、事业、社会团体", "an authority, institution or social body"),
    UnitKind.OTHER: Words("其他单位", "another unit"),
}
KIND_OPEN: Final = Words("条文以“等单位”收尾，未列此类", "a kind not named, and the text ends with “and other units”")
APPROVAL_UNKNOWN: Final = Words("是否取得审批通知单未给出", "whether the approval was given is not said")
NO_OTHER_TEST: Final = Words("对单位无交通违法与社保个税条件", "no test of traffic records, insurance or tax for units")


def person_part(person: Person, on: date, terms: Terms, options: Options) -> Part:
    """Whether the person may bid, for an application on the day named or else on the day judged."""
    bans = bans_of(person.waits, terms, options)
    found = _person_ruling(person, bans, on, terms)
    deadlines = article_deadlines(person, person.applied_on or on, terms)
    if not bans:
        return Part(ruling=found, deadlines=deadlines)
    return Part(
        ruling=found,
        deadlines=(*deadlines, *ban_deadlines(bans)),
        notices=ban_notices(bans, terms),
        readings=ban_readings(bans, terms, options),
    )


def _person_ruling(person: Person, bans: Sequence[Ban], on: date, terms: Terms) -> Ruling:
    if person.applied_on is not None:
        return PERSON.ruled(_person_reasons(person, bans, person.applied_on, terms), terms.term)
    later = () if barred_for_good(person) else (*article_days(person, terms), *ban_days(bans))
    # most persons of a batch wait for nothing: their reasons are looked at once
    if not later or max(later) <= on:
        return PERSON.ruled(_person_reasons(person, bans, on, terms), terms.term)
    return PERSON.ruled_on(on, terms.term, lambda day: _person_reasons(person, bans, day, terms), later)


def _person_reasons(person: Person, bans: Sequence[Ban], day: date, terms: Terms) -> list[Judged]:
    reasons = article_reasons(person, day, terms)
    if bans:
        reasons += ban_reasons(bans, day)
    return reasons


def unit_part(unit: Unit, on: date, terms: Terms, options: Options) -> Part:
    """Whether the unit may bid on the day judged."""
    bans = bans_of(unit.waits, terms, options)
    return Part(
        ruling=UNIT.ruled_on(on, terms.term, lambda day: _unit_reasons(unit, bans, day, terms), ban_days(bans)),
        deadlines=ban_deadlines(bans),
        notices=(Notice(words=NO_OTHER_TEST, clause=terms.unit_registered), *ban_notices(bans, terms)),
        readings=ban_readings(bans, terms, options),
    )


def _unit_reasons(unit: Unit, bans: Sequence[Ban], day: date, terms: Terms) -> Iterator[Judged]:
    yield _registered(unit, terms)
    if unit.kind is UnitKind.PUBLIC_BODY:
        yield stated(terms.public_body_approval, unit.official_car_approval, APPROVAL_UNKNOWN)
    yield from ban_reasons(bans, day)


def _registered(unit: Unit, terms: Terms) -> Judged:
    clause = terms.unit_registered
    if not (unit.registered_in_city and unit.certificate_valid):
        return judge(clause, False)
    if unit.kind.value not in clause.listed:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=KINDS[unit.kind], because=KIND_OPEN)
    return Judged(clause=clause, verdict=Verdict.YES, found=KINDS[unit.kind])
