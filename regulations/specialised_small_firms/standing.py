"""What a firm is recognised as, and what that brings without a rate: an AEO of two kinds, fairs, titles, clusters."""

from dataclasses import replace
from typing import Final

from regulations.specialised_small_firms.city_inputs import Cluster
from regulations.specialised_small_firms.firm_inputs import Aeo, AeoBenefit, OverseasFair, SeniorTitle, Status, Talent
from regulations.specialised_small_firms.terms import Terms
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

AEO: Final = Question(
    key="aeo", words=Words("所期待的 AEO 待遇能否享受", "does the firm have what it hopes for as an AEO?")
)
FAIR: Final = Question(
    key="overseas_fair", words=Words("参加该境外展能否获支持", "is going to this fair outside the mainland supported?")
)
CLUSTER: Final = Question(key="cluster", words=Words("该特色产业集群能否获奖励", "is this cluster rewarded?"))
TITLE: Final = Question(
    key="senior_title",
    words=Words("能否经直通车直接申报高级职称", "may a senior title be applied for by the direct route?"),
)
_STATUS: Final = {
    Status.OTHER: Words("非专精特新企业", "not a 专精特新 firm"),
    Status.SPECIALISED: Words("专精特新中小企业", "a 专精特新 firm"),
    Status.LITTLE_GIANT: Words("专精特新“小巨人”企业", "a 小巨人 firm"),
}
_TWO_KINDS: Final = Words(
    "市工业领域 AEO 与海关 AEO 为两种认定", "an AEO of the industrial field and one of customs are two things"
)
_OUTSTANDING: Final = Words("何为突出未载明", "what is outstanding is not stated")
_PERSONS: Final = Words("所列人才之一", "one of the persons named")
_TALENT: Final = Words("高层次、业绩突出未载明标准", "what is high-level or outstanding is not stated")


def specialised(status: Status | None, terms: Terms) -> Judged:
    """Whether the firm is a 专精特新 firm; a 小巨人 counts as one, which is our inference."""
    if status is Status.LITTLE_GIANT:
        return _stands(terms.little_giant_counts, status, True)
    return _stands(terms.specialised_firm, status, status is Status.SPECIALISED)


def little_giant(status: Status | None, terms: Terms) -> Judged:
    """Whether the firm is a 小巨人."""
    return _stands(terms.little_giant, status, status is Status.LITTLE_GIANT)


def aeo_part(asked: Aeo, status: Status | None, terms: Terms) -> Part:
    """Whether what is hoped for comes with the AEO that the firm is: the two kinds do not stand for each other."""
    industrial = asked.sought is AeoBenefit.FEWER_INSPECTIONS
    clause = terms.aeo_industrial if industrial else terms.aeo_customs
    held = asked.of_industrial_field if industrial else asked.of_customs
    apart = Notice(words=_TWO_KINDS, clause=clause)
    return Part(
        ruling=AEO.ruled([specialised(status, terms), judge(clause, held)], terms.term),
        notices=(apart,) if industrial else (apart, _no_amount(clause)),
    )


def fair_part(asked: OverseasFair, status: Status | None, terms: Terms) -> Part:
    """Whether a fair outside the mainland is supported."""
    reasons = [specialised(status, terms), stated(terms.overseas_fair, asked.on_list)]
    return Part(ruling=FAIR.ruled(reasons, terms.term), notices=(_no_amount(terms.overseas_fair),))


def cluster_part(asked: Cluster, terms: Terms) -> Part:
    """Whether a cluster is rewarded."""
    reasons = [stated(terms.cluster_reward, asked.results_outstanding, _OUTSTANDING)]
    return Part(ruling=CLUSTER.ruled(reasons, terms.term), notices=(_no_amount(terms.cluster_reward),))


def title_part(asked: SeniorTitle, status: Status | None, terms: Terms) -> Part:
    """Whether a person may apply for a senior title by the direct route."""
    named = asked.recognised if asked.talent is not Talent.OTHER else False
    reasons = [
        specialised(status, terms),
        judge(terms.senior_title, asked.taken_on_by_firm),
        replace(stated(terms.senior_title_persons, named, _TALENT), needed=_PERSONS),
    ]
    return Part(ruling=TITLE.ruled(reasons, terms.term))


def _stands(clause: Clause, status: Status | None, holds: bool) -> Judged:
    if status is None:
        return judge(clause, None)
    return replace(judge(clause, holds), found=_STATUS[status])


def _no_amount(clause: Clause) -> Notice:
    return Notice(
        words=Words(f"{clause.name.zh}：金额未载明", f"{clause.name.en}: the amount is not stated"), clause=clause
    )
