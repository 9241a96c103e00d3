"""Whether a shop may be filed, and whether its papers are complete.

Source  沪府规〔2024〕13号 第二条, 第九条 to 第十三条
"""

from collections.abc import Iterable
from typing import Final

from regulations.small_food_filing.shop import Filing, Food, Materials, PollutionSource, PremisesProof, SourceKind
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, all_of, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, joined, stated
from tariffs.vocabulary.errors import Words

_FILING: Final = Question(key="filing", words=Words("能否办理临时备案", "may the shop be filed?"))
_MATERIALS: Final = Question(key="materials", words=Words("申请材料是否齐全", "are the papers complete?"))
_MET: Final = Words("已符合的备案条件", "conditions met")
_KEPT: Final = Words("未触犯的禁止行为", "bans kept")
_AT_HAND: Final = Words("已备齐的材料", "papers at hand")
_LIST_OPEN: Final = Words("条文只写“包括”，未说是否仅限所列", "the text says 包括 and not whether the list is closed")
_FUMES: Final = Words(
    "有油烟、异味、废气但不扰民的，条文未说是否禁止（第十四条（十）又允许达标排放）",
    "whether food with fumes is banned where it disturbs nobody is not said; 第十四条（十） allows fumes within limits",
)
_OTHER_CAUSE: Final = Words(
    "扰民而无油烟、异味、废气的，是否由食品所致，案例未给出",
    "neighbours are disturbed without fumes: whether by the food is not said",
)
_NO_MEASURE: Final = Words("条文没有标准，案例未给出", "the text has no measure, and the case does not say")
_DISTRICT: Final = Words("该证明是否为区政府认可，案例未说明", "whether the district accepts that proof is not said")
_OFFICE: Final = Words(
    "备案向所在地乡镇政府或街道办事处办理", "it is filed with the town government or sub-district office of the place"
)
_OPINIONS: Final = Words(
    "备案前结合实际征求部门、居民、物业意见；条文未写一票否决",
    "departments, neighbours and the manager are asked first, as fits the case; no veto is stated",
)
_FOOD_WORDS: Final = {
    Food.HOT: Words("热食", "hot food"),
    Food.COLD_SIMPLE: Words("简单制售的冷食", "simple cold food"),
    Food.COLD_OTHER: Words("其他冷食", "other cold food"),
    Food.RAW: Words("生食", "raw food"),
    Food.DRINKS: Words("自制饮品", "self-made drinks"),
    Food.OTHER: Words("其他食品", "other food"),
}
_SOURCE_WORDS: Final = {
    SourceKind.PUBLIC_TOILET: Words("公共厕所", "public toilet"),
    SourceKind.NIGHT_SOIL_TANK: Words("倒粪池", "night-soil tank"),
    SourceKind.SEPTIC_TANK: Words("化粪池", "septic tank"),
    SourceKind.SEWAGE_POND: Words("污水池", "sewage pond"),
    SourceKind.REFUSE_SITE: Words("垃圾场", "refuse site"),
    SourceKind.OTHER: Words("其他污染源", "other source of pollution"),
}
_NO_SOURCE: Final = Words("附近没有污染源", "no source of pollution nearby")


def filing_part(shop: Filing, terms: Terms) -> Part:
    """Whether the shop lies in the scope, meets all conditions and does nothing that is banned."""
    scope, conditions, bans = tuple(_scope(shop, terms)), tuple(_conditions(shop, terms)), tuple(_bans(shop, terms))
    figures = (items_met(terms.conditions, _MET, conditions), items_met(terms.bans, _KEPT, bans))
    notices = (
        Notice(words=_OFFICE, clause=terms.filing_office),
        Notice(words=_OPINIONS, clause=terms.opinions_first),
        Notice(words=_issued(terms), clause=terms.card_issued),
    )
    return Part(ruling=_FILING.ruled((*scope, *conditions, *bans), terms.term), figures=figures, notices=notices)


def materials_part(papers: Materials, terms: Terms) -> Part:
    """Whether all papers are there, and how many of them."""
    reasons = tuple(_papers(papers, terms))
    figure = items_met(terms.materials, _AT_HAND, reasons)
    return Part(ruling=_MATERIALS.ruled(reasons, terms.term), figures=(figure,))


def items_met(clause: Clause, name: Words, reasons: Iterable[Judged]) -> Figure:
    """How many items of an article are met; an item with several reasons needs all of them."""
    by_item: dict[str, list[Verdict]] = {}
    for reason in reasons:
        by_item.setdefault(reason.clause.citation.article, []).append(reason.verdict)
    return Figure(
        id=clause.id,
        name=name,
        quantity=sum(all_of(verdicts) is Verdict.YES for verdicts in by_item.values()),
        unit=Unit.ITEM,
        clause=clause,
        how=Words(f"共 {clause.count} 项", f"of {clause.count}"),
    )


def _issued(terms: Terms) -> Words:
    told = terms.card_issued.count
    return Words(
        f"备案后发放公示卡，并通报 {told} 个部门", f"once filed the card is issued and {told} departments are told"
    )


def _scope(shop: Filing, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.in_city, shop.in_city)
    yield judge(terms.fixed_site, shop.fixed_site)
    yield stated(terms.small_scale, shop.small, _NO_MEASURE)
    yield stated(terms.food_safety_needs, shop.food_safety_met)
    yield judge(terms.no_food_licence, shop.holds_food_licence)
    yield stated(terms.demanded, shop.demanded, _NO_MEASURE)
    yield stated(terms.no_disturbance, shop.disturbs_neighbours, _NO_MEASURE)


def _conditions(shop: Filing, terms: Terms) -> Iterable[Judged]:
    yield from _foods_allowed(shop, terms)
    yield judge(terms.fixed_building, shop.in_fixed_building)
    yield from _distances(shop.pollution_sources, terms)
    yield judge(terms.no_live_animals, shop.live_animals_area)
    yield judge(terms.not_lived_in, shop.lived_in)
    yield stated(terms.sound_layout, shop.layout_sound, _NO_MEASURE)
    yield stated(terms.waste_rules, shop.waste_rules_met)
    yield stated(terms.equipment_fit, shop.equipment_fit)
    yield judge(terms.staff_trained, shop.staff_trained and shop.staff_passed)
    yield stated(terms.environment_law, shop.environment_law_met)
    yield stated(terms.fire_law, shop.fire_law_met)
    yield stated(terms.appearance_law, shop.appearance_law_met)


def _foods_allowed(shop: Filing, terms: Terms) -> Iterable[Judged]:
    for food in shop.foods:
        if food.value in terms.risky_food.listed:
            continue
        named = food.value in terms.allowed_foods.listed
        yield Judged(
            clause=terms.allowed_foods,
            verdict=Verdict.YES if named else Verdict.CANNOT_TELL,
            found=_FOOD_WORDS[food],
            needed=Words("所列品种之一", "one of the foods named"),
            because=None if named else _LIST_OPEN,
        )


def _distances(sources: tuple[PollutionSource, ...], terms: Terms) -> Iterable[Judged]:
    clause = terms.source_distance
    if not sources:
        yield Judged(clause=clause, verdict=Verdict.YES, found=_NO_SOURCE)
    for source in sources:
        met = clause.met_by(source.distance_m)
        yield Judged(
            clause=clause,
            verdict=Verdict.YES if met else Verdict.NO,
            found=source.distance_m,
            because=_SOURCE_WORDS[source.kind],
        )


def _bans(shop: Filing, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.unlawful_food, shop.sells_unlawful_food)
    risky = [food for food in shop.foods if food.value in terms.risky_food.listed]
    named = joined(_FOOD_WORDS[food] for food in risky) if risky else None
    yield judge(terms.risky_food, bool(risky), because=named)
    yield _disturbing(shop, terms)


def _disturbing(shop: Filing, terms: Terms) -> Judged:
    """Banned where fumes disturb; open where there is the one without the other, or nobody can say."""
    clause, disturbs = terms.disturbing_food, shop.disturbs_neighbours
    if disturbs is None:
        return stated(clause, None, _NO_MEASURE)
    if disturbs is shop.gives_off_fumes:
        return judge(clause, disturbs)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, because=_OTHER_CAUSE if disturbs else _FUMES)


def _papers(papers: Materials, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.material_form, papers.form)
    agent = papers.agent_identity is True or not papers.through_agent
    yield judge(terms.material_identity, papers.manager_identity and agent)
    yield judge(terms.material_health, papers.health_certificates)
    yield _premises(papers, terms)
    yield judge(terms.material_undertaking, papers.undertaking)


def _premises(papers: Materials, terms: Terms) -> Judged:
    leased = papers.lease_agreement is True or not papers.rented
    if not leased or papers.premises_proof is PremisesProof.NONE:
        return judge(terms.material_premises, False)
    if papers.premises_proof is PremisesProof.OTHER:
        return stated(terms.material_premises, None, _DISTRICT)
    return judge(terms.material_premises, True)
