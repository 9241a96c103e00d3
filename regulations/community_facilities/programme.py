"""The programme as a whole: functions present, the three lists, money, the pilot, and who is responsible."""

from collections.abc import Iterable
from fractions import Fraction

from regulations.community_facilities.choices import (
    FUNCTION_WORDS,
    LIST_WORDS,
    SOURCE_WORDS,
    Function,
    Measure,
    WorkList,
)
from regulations.community_facilities.inputs import Funding, Lists, Pilot, Responsible
from regulations.community_facilities.mapped import Functions
from regulations.community_facilities.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, joined, stated
from tariffs.judging.shares import cut_down
from tariffs.vocabulary.errors import Words, nearest

FUNCTIONS = Question(
    key="functions",
    words=Words(
        "功能配置是否满足硬性要求（缺项仅供参考）", "are the binding requirements on functions met (gaps only inform)?"
    ),
)
FUNDING = Question(
    key="funding",
    words=Words("能否争取中央预算内投资等资金支持", "may the project apply for central budget money and the like?"),
)
PILOT = Question(
    key="pilot",
    words=Words(
        "先行先试的硬性要求是否均已满足（数量为软目标）",
        "are all binding requirements on the pilot met (its number is soft)?",
    ),
)
LISTS = Question(key="lists", words=Words("三张清单是否齐备", "are the three lists there?"))
RESPONSIBLE = Question(
    key="responsible", words=Words("该部门是否为该项举措的责任单位", "is the body responsible for the measure?")
)
CONDITIONS_ELSEWHERE = Words("“符合条件”的条件另见资金规定", "the conditions stand in the rules of each fund")
ALL_DEPARTMENTS, ALL_DISTRICTS = "各有关部门", "各区政府"
DISTRICT_ENDINGS = ("", "政府", "人民政府")


def functions(asked: Functions, terms: Terms) -> Part:
    """Which functions are there and which are not; one at least is needed, the nine only inform."""
    present = {function for facility in asked.facilities for function in facility.functions}
    named = [function for function in Function if function.value in terms.function_groups.listed]
    missing = [function for function in named if function not in present]
    reasons = (judge(terms.one_function, len(present)), judge(terms.function_groups, len(named) - len(missing)))
    counted = Figure(
        id="functions_present",
        name=Words("所列功能中已有", "functions named that are there"),
        quantity=len(named) - len(missing),
        unit=Unit.ITEM,
        clause=terms.function_groups,
        how=Words(f"共 {len(named)} 类", f"of {len(named)}"),
    )
    return Part(
        ruling=FUNCTIONS.ruled(reasons, terms.term), figures=(counted,), notices=tuple(_missing(missing, terms))
    )


def _missing(missing: list[Function], terms: Terms) -> Iterable[Notice]:
    if missing:
        named = joined(FUNCTION_WORDS[each] for each in missing)
        words = Words(f"尚无：{named.zh}（按需配置，不作缺失论）", f"not there: {named.en} (by need; no failure)")
        yield Notice(words=words, clause=terms.function_groups)


def funding(asked: Funding, terms: Terms) -> Part:
    """Whether a project may apply for the money named; the conditions stand elsewhere."""
    reasons = (stated(terms.fundable, asked.meets_conditions, CONDITIONS_ELSEWHERE),)
    sources = joined(SOURCE_WORDS[source] for source in terms.fundable.listed)
    notice = Notice(words=Words(f"可争取：{sources.zh}", f"to apply for: {sources.en}"), clause=terms.fundable)
    return Part(ruling=FUNDING.ruled(reasons, terms.term), notices=(notice,))


def pilot(asked: Pilot, terms: Terms) -> Part:
    """How far the pilot has come on its way to about 120 communities."""
    goal = terms.pilot_communities
    progress = Figure(
        id="pilot_progress",
        name=Words("先行先试进度", "progress of the pilot"),
        quantity=cut_down(Fraction(asked.communities, goal.count)),
        unit=Unit.RATIO,
        clause=goal,
        how=Words(f"{asked.communities} ÷ {goal.count}（左右）", f"{asked.communities} of about {goal.count}"),
    )
    return Part(ruling=PILOT.ruled((judge(goal, asked.communities),), terms.term), figures=(progress,))


def lists(asked: Lists, terms: Terms) -> Part:
    """Whether all three lists are drawn up, and which are not."""
    missing = [each for each in WorkList if each not in asked.drawn_up]
    there = sum(each.value in terms.three_lists.listed for each in set(asked.drawn_up))
    notices: tuple[Notice, ...] = ()
    if missing:
        named = joined(LIST_WORDS[each] for each in missing)
        notices = (Notice(words=Words(f"尚缺：{named.zh}", f"missing: {named.en}"), clause=terms.three_lists),)
    return Part(ruling=LISTS.ruled((judge(terms.three_lists, there),), terms.term), notices=notices)


def responsible(asked: Responsible, terms: Terms) -> Part:
    """Whether a body is responsible for a measure, and which bodies are."""
    clause, body = _measure(asked.measure, terms), asked.body.removeprefix("上海")
    verdict, because = _named(body, clause, terms)
    judged = Judged(
        clause=clause,
        verdict=verdict,
        found=Words(asked.body, asked.body),
        needed=Words("责任单位之一", "one of the bodies responsible"),
        because=because,
    )
    return Part(ruling=RESPONSIBLE.ruled((judged,), terms.term), notices=tuple(_bodies(asked, clause, terms)))


def _measure(measure: Measure, terms: Terms) -> Clause:
    clause: Clause = getattr(terms, measure.value)
    return clause


def _named(body: str, clause: Clause, terms: Terms) -> tuple[Verdict, Words | None]:
    if body in clause.listed or (ALL_DISTRICTS in clause.listed and _is_district(body, terms)):
        return Verdict.YES, None
    if ALL_DEPARTMENTS in clause.listed:
        return Verdict.CANNOT_TELL, Words(
            "“各有关部门”未逐一列名", "the departments concerned are not named one by one"
        )
    known = sorted({each for measure in Measure for each in _measure(measure, terms).listed})
    if body in known or _is_district(body, terms):
        return Verdict.NO, None
    near = nearest(body, known)
    hint = Words(f"，是否为 {near}", f"; did you mean {near}") if near else Words("", "")
    return Verdict.CANNOT_TELL, Words(f"条文中无此名称{hint.zh}", f"the text has no such name{hint.en}")


def _is_district(body: str, terms: Terms) -> bool:
    return body.removeprefix("市") in {
        f"{district}{ending}" for district in terms.districts.listed for ending in DISTRICT_ENDINGS
    }


def _bodies(asked: Responsible, clause: Clause, terms: Terms) -> Iterable[Notice]:
    listed = "、".join(clause.listed)
    place = list(Measure).index(asked.measure) + 1
    words = Words(
        f"{clause.citation.article} {clause.name.zh}（第 {place} 项）：{listed}",
        f"{clause.citation.article} {clause.name.en} (measure {place}): {listed}",
    )
    yield Notice(words=words, clause=clause)
    measures, parts = terms.measures.count, terms.parts.count
    yield Notice(
        words=Words(f"编号举措共 {measures} 项", f"{measures} measures, numbered through"), clause=terms.measures
    )
    yield Notice(words=Words(f"分为 {parts} 部分", f"in {parts} parts"), clause=terms.parts)
    leading = "、".join(terms.leading_bodies.listed)
    yield Notice(words=Words(f"总牵头：{leading}", f"leading the whole: {leading}"), clause=terms.leading_bodies)
    body = asked.body.removeprefix("上海")
    mine = [_measure(each, terms) for each in Measure]
    articles = "、".join(each.citation.article for each in mine if _named(body, each, terms)[0] is Verdict.YES)
    if articles:
        words = Words(f"{asked.body} 所列举措：{articles}", f"measures that name {asked.body}: {articles}")
        yield Notice(words=words, clause=terms.measures)
