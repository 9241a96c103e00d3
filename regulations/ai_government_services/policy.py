"""The way of a policy for firms: without application, by fast track, or sorted by no stated test; and the one click."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from regulations.ai_government_services.inputs import Confirmation, Policy, PolicyKind, Way
from regulations.ai_government_services.terms import Terms, Told
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, all_of, judge, ruling
from tariffs.vocabulary.errors import Words


def of_policy(asked: Policy, terms: Terms) -> Told:
    """Whether a policy for firms comes by the way hoped for."""
    words = _WORDS[asked.sought]
    if not asked.new:
        reasons = [_existing(terms)]
    elif asked.sought is Way.WITHOUT_APPLICATION:
        reasons = list(_three(asked, terms))
    else:
        reasons = list(_fast(asked, terms))
    return Told(ruling=ruling("policy", words, reasons), notices=tuple(_beside(asked, terms)))


def of_confirmation(asked: Confirmation, terms: Terms) -> Told:
    """Whether a service may be given on one click: only where a law asks for an application is a click needed."""
    words = Words("能否凭一键确认办理", "may the service be given on one click?")
    if not asked.law_asks_application:
        found = Words("法律法规未要求依申请", "no law asks for an application")
        need_none = Judged(
            clause=terms.law_asks_application,
            verdict=Verdict.YES,
            found=found,
            needed=Words("无需确认", "no click needed"),
        )
        return Told(ruling=ruling("confirmation", words, [need_none]))
    reasons = [
        judge(terms.wish_confirmed, asked.wish_confirmed),
        judge(terms.sharing_authorised, asked.sharing_authorised),
    ]
    voluntary = Notice(words=_VOLUNTARY, clause=terms.law_asks_application)
    return Told(ruling=ruling("confirmation", words, reasons), notices=(voluntary,))


def _existing(terms: Terms) -> Judged:
    return Judged(
        clause=terms.existing_policies,
        verdict=Verdict.CANNOT_TELL,
        found=Words("存量政策", "an existing policy"),
        needed=Words("经分类梳理", "sorted"),
        because=Words("分类标准未载明", "the test for sorting is not stated"),
    )


def _three(asked: Policy, terms: Terms) -> tuple[Judged, ...]:
    return (
        judge(terms.application_type, asked.application_type),
        judge(terms.universal, asked.universal),
        judge(terms.data_shareable, asked.data_shareable),
    )


def _fast(asked: Policy, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.application_type, asked.application_type)
    first = judge(terms.without_application_first, _ANSWER[all_of(each.verdict for each in _three(asked, terms))])
    yield replace(first, because=_GOES_THERE) if first.verdict is Verdict.NO else first
    undefined = _UNDEFINED if asked.conditions_allow is None else None
    yield judge(terms.fast_track, asked.conditions_allow, because=undefined)


def _beside(asked: Policy, terms: Terms) -> Iterable[Notice]:
    if asked.kind is PolicyKind.OTHER:
        yield Notice(words=_OPEN_LIST, clause=terms.policy_kinds)
    if asked.application_type:
        yield Notice(words=_ENTRY, clause=terms.one_entry)
    if asked.new and all_of(each.verdict for each in _three(asked, terms)) is Verdict.YES:
        yield Notice(words=_GOES_THERE, clause=terms.without_application_first)


_WORDS: Final = {
    Way.WITHOUT_APPLICATION: Words("该政策是否纳入免申即享", "does the policy come without application (免申即享)?"),
    Way.FAST_TRACK: Words("该政策是否实行直达快享", "does the policy come by fast track (直达快享)?"),
}
_ANSWER: Final = {Verdict.YES: True, Verdict.NO: False, Verdict.CANNOT_TELL: None}
_GOES_THERE: Final = Words("三项条件均备，纳入免申即享", "all three conditions hold, so it comes without application")
_UNDEFINED: Final = Words("何为有条件未载明", "what conditions allow is not defined")
_OPEN_LIST: Final = Words("该类未在所列之中，但列举未穷尽", "the kind is not one of those named, but the list is open")
_ENTRY: Final = Words("公开申报类经全市统一入口申报", "openly applied policies have one entry for the whole city")
_VOLUNTARY: Final = Words("确认与授权均属自愿", "both confirmations are voluntary")
