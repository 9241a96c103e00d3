"""The way of a policy for firms: without application, by fast track, or sorted by no stated test; and the one click."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from regulations.ai_government_services.inputs import Confirmation, Policy, PolicyKind, Way
from regulations.ai_government_services.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, all_of, judge
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

POLICY: Final = {
    Way.WITHOUT_APPLICATION: Question(
        key="policy", words=Words("该政策是否纳入免申即享", "does the policy come without application (免申即享)?")
    ),
    Way.FAST_TRACK: Question(
        key="policy", words=Words("该政策是否实行直达快享", "does the policy come by fast track (直达快享)?")
    ),
}
CONFIRMATION: Final = Question(
    key="confirmation", words=Words("能否凭一键确认办理", "may the service be given on one click?")
)
_ANSWER: Final = {Verdict.YES: True, Verdict.NO: False, Verdict.CANNOT_TELL: None}
_EXISTING: Final = Words("存量政策", "an existing policy")
_SORTED: Final = Words("经分类梳理", "sorted")
_NO_TEST: Final = Words("分类标准未载明", "the test for sorting is not stated")
_GOES_THERE: Final = Words("三项条件均备，纳入免申即享", "all three conditions hold, so it comes without application")
_UNDEFINED: Final = Words("何为有条件未载明", "what conditions allow is not defined")
_OPEN_LIST: Final = Words("该类未在所列之中，但列举未穷尽", "the kind is not one of those named, but the list is open")
_ENTRY: Final = Words("公开申报类经全市统一入口申报", "openly applied policies have one entry for the whole city")
_NO_LAW: Final = Words("法律法规未要求依申请", "no law asks for an application")
_NO_CLICK: Final = Words("无需确认", "no click needed")
_NOT_SAID: Final = Words("当事人尚未表态", "the person has not said yet")
_VOLUNTARY: Final = Words("确认与授权均属自愿", "both confirmations are voluntary")


def policy_part(asked: Policy, terms: Terms) -> Part:
    """Whether a policy for firms comes by the way hoped for."""
    if not asked.new:
        reasons: Iterable[Judged] = (_existing(terms),)
    elif asked.sought is Way.WITHOUT_APPLICATION:
        reasons = _three(asked, terms)
    else:
        reasons = _fast(asked, terms)
    return Part(ruling=POLICY[asked.sought].ruled(reasons, terms.term), notices=tuple(_beside(asked, terms)))


def confirmation_part(asked: Confirmation, terms: Terms) -> Part:
    """Whether a service may be given on one click: only where a law asks for an application is a click needed."""
    if not asked.law_asks_application:
        clause = terms.law_asks_application
        free = Judged(clause=clause, verdict=Verdict.YES, found=_NO_LAW, needed=_NO_CLICK)
        return Part(ruling=CONFIRMATION.ruled([free], terms.term))
    reasons = (
        stated(terms.wish_confirmed, asked.wish_confirmed, _NOT_SAID),
        stated(terms.sharing_authorised, asked.sharing_authorised, _NOT_SAID),
    )
    voluntary = Notice(words=_VOLUNTARY, clause=terms.law_asks_application)
    return Part(ruling=CONFIRMATION.ruled(reasons, terms.term), notices=(voluntary,))


def _existing(terms: Terms) -> Judged:
    verdict = Verdict.CANNOT_TELL
    return Judged(clause=terms.existing_policies, verdict=verdict, found=_EXISTING, needed=_SORTED, because=_NO_TEST)


def _three(asked: Policy, terms: Terms) -> tuple[Judged, ...]:
    return (
        judge(terms.application_type, asked.application_type),
        stated(terms.universal, asked.universal),
        stated(terms.data_shareable, asked.data_shareable),
    )


def _fast(asked: Policy, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.application_type, asked.application_type)
    first = stated(terms.without_application_first, _ANSWER[all_of(each.verdict for each in _three(asked, terms))])
    yield replace(first, because=_GOES_THERE) if first.verdict is Verdict.NO else first
    yield stated(terms.fast_track, asked.conditions_allow, _UNDEFINED)


def _beside(asked: Policy, terms: Terms) -> Iterable[Notice]:
    if asked.kind is PolicyKind.OTHER:
        yield Notice(words=_OPEN_LIST, clause=terms.policy_kinds)
    if asked.application_type:
        yield Notice(words=_ENTRY, clause=terms.one_entry)
