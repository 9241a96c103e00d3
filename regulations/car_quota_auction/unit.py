"""Whether a unit may bid: its registration, the approval of official cars, and the waiting times that run."""

from collections.abc import Iterator, Sequence
from datetime import date

from regulations.car_quota_auction.bidders import Unit, UnitKind
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.waiting import Ban, ban_days, ban_deadlines, ban_readings, ban_reasons, bans_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

MAY_BID = Question(key="unit", words=Words("能否申请参加单位客车额度拍卖", "may the unit bid for a quota?"))
KINDS = {
    UnitKind.FIRM: Words("企业（含个体工商户）", "a firm or sole trader"),
    UnitKind.FOREIGN_OFFICE: Words("外国驻沪机构", "a foreign office in the city"),
    UnitKind.PUBLIC_BODY: Words("机关、事业、社会团体", "an authority, institution or social body"),
    UnitKind.OTHER: Words("其他单位", "another unit"),
}
KIND_OPEN = Words("条文以“等单位”收尾，未列此类", "a kind not named, and the text ends with “and other units”")
APPROVAL_UNKNOWN = Words("是否取得审批通知单未给出", "whether the approval was given is not said")
NO_OTHER_TEST = Words("对单位无交通违法与社保个税条件", "no test of traffic records, insurance or tax for units")


def unit_part(unit: Unit, on: date, terms: Terms, options: Options) -> Part:
    """Whether the unit may bid on the day judged."""
    bans = [] if unit.waits is None else bans_of(unit.waits, terms, options)
    return Part(
        ruling=MAY_BID.ruled_on(on, terms.term, lambda day: _reasons(unit, bans, day, terms), ban_days(bans)),
        deadlines=ban_deadlines(bans),
        notices=(Notice(words=NO_OTHER_TEST, clause=terms.unit_registered),),
        readings=ban_readings(bans, terms, options),
    )


def _reasons(unit: Unit, bans: Sequence[Ban], day: date, terms: Terms) -> Iterator[Judged]:
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
