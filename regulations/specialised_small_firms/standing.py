"""What a firm is recognised as, and what that brings without a rate: an AEO of two kinds, fairs, titles, clusters."""

from dataclasses import replace
from typing import Final

from regulations.specialised_small_firms.city_inputs import Cluster
from regulations.specialised_small_firms.firm_inputs import Aeo, AeoBenefit, OverseasFair, SeniorTitle, Status, Talent
from regulations.specialised_small_firms.terms import Terms, Told
from tariffs.judging.assessment import Judged, Notice, judge, ruling
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

_STATUS: Final = {
    Status.OTHER: Words("非专精特新企业", "not a 专精特新 firm"),
    Status.SPECIALISED: Words("专精特新中小企业", "a 专精特新 firm"),
    Status.LITTLE_GIANT: Words("专精特新“小巨人”企业", "a 小巨人 firm"),
}


def specialised(status: Status | None, terms: Terms) -> tuple[Judged, ...]:
    """Whether the firm is a 专精特新 firm; a 小巨人 counts as one, which is our inference."""
    if status is None:
        return (judge(terms.specialised_firm, None),)
    if status is Status.LITTLE_GIANT:
        return (_stands(terms.little_giant_counts, status, True),)
    return (_stands(terms.specialised_firm, status, status is Status.SPECIALISED),)


def little_giant(status: Status | None, terms: Terms) -> Judged:
    """Whether the firm is a 小巨人."""
    if status is None:
        return judge(terms.little_giant, None)
    return _stands(terms.little_giant, status, status is Status.LITTLE_GIANT)


def of_aeo(asked: Aeo, status: Status | None, terms: Terms) -> Told:
    """Whether what is hoped for comes with the AEO that the firm is: the two kinds do not stand for each other."""
    words = Words("所期待的 AEO 待遇能否享受", "does the firm have what it hopes for as an AEO?")
    industrial = asked.sought is AeoBenefit.FEWER_INSPECTIONS
    clause = terms.aeo_industrial if industrial else terms.aeo_customs
    held = asked.of_industrial_field if industrial else asked.of_customs
    apart = Words(
        "市工业领域 AEO 与海关 AEO 为两种认定", "an AEO of the industrial field and one of customs are two things"
    )
    told = [Notice(words=apart, clause=clause)]
    if not industrial:
        told.append(_no_amount(clause))
    return Told(
        ruling=ruling("aeo", words, [*specialised(status, terms), judge(clause, held)]),
        notices=tuple(told),
    )


def of_fair(asked: OverseasFair, status: Status | None, terms: Terms) -> Told:
    """Whether a fair outside the mainland is supported."""
    words = Words("参加该境外展能否获支持", "is going to this fair supported?")
    reasons = [*specialised(status, terms), judge(terms.overseas_fair, asked.on_list)]
    return Told(ruling=ruling("overseas_fair", words, reasons), notices=(_no_amount(terms.overseas_fair),))


def of_cluster(asked: Cluster, terms: Terms) -> Told:
    """Whether a cluster is rewarded."""
    words = Words("该特色产业集群能否获奖励", "is this cluster rewarded?")
    reasons = [open_to(terms.cluster_reward, asked.results_outstanding, _OUTSTANDING)]
    return Told(ruling=ruling("cluster", words, reasons), notices=(_no_amount(terms.cluster_reward),))


def of_title(asked: SeniorTitle, status: Status | None, terms: Terms) -> Told:
    """Whether a person may apply for a senior title by the direct route."""
    words = Words("能否经直通车直接申报高级职称", "may a senior title be applied for by the direct route?")
    named = asked.recognised if asked.talent is not Talent.OTHER else False
    reasons = [
        *specialised(status, terms),
        judge(terms.senior_title, asked.taken_on_by_firm),
        replace(open_to(terms.senior_title_persons, named, _TALENT), needed=_PERSONS),
    ]
    return Told(ruling=ruling("senior_title", words, reasons))


_OUTSTANDING: Final = Words("何为突出未载明", "what is outstanding is not stated")
_PERSONS: Final = Words("所列人才之一", "one of the persons named")
_TALENT: Final = Words("高层次、业绩突出未载明标准", "what is high-level or outstanding is not stated")


def open_to(clause: Clause, fact: bool | None, test: Words) -> Judged:
    """A fact whose test is not in the text: where it is left out, that is why nobody can tell."""
    return judge(clause, fact, because=test if fact is None else None)


def _stands(clause: Clause, status: Status, holds: bool) -> Judged:
    verdict = judge(clause, holds).verdict
    return Judged(clause=clause, verdict=verdict, found=_STATUS[status])


def _no_amount(clause: Clause) -> Notice:
    return Notice(
        words=Words(f"{clause.name.zh}：金额未载明", f"{clause.name.en}: the amount is not stated"), clause=clause
    )
