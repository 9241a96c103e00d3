"""Industries covered, robots in use, levels of models, and the items under way."""

from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, pairwise

from regulations.ai_shaping_shanghai.inputs import Coverage, Industry, Items, Level, Model, Ring, Robots
from regulations.ai_shaping_shanghai.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, joined
from tariffs.vocabulary.errors import Words

COVERAGE = Question(
    key="coverage",
    words=Words(
        "行业覆盖的硬性要求是否均已满足（缺项仅供参考）",
        "are all binding requirements on coverage met (gaps only inform)?",
    ),
)
ROBOTS = Question(key="robots", words=Words("是否达到“百台以上”规模应用", "does the pilot reach the scale named?"))
MODEL = Question(key="model", words=Words("模型层级与用途是否相符", "does the level fit what the model is made for?"))
ITEMS = Question(
    key="items",
    words=Words(
        "任务推进的硬性要求是否均已满足（进度仅供参考）",
        "are all binding requirements on the items met (progress only informs)?",
    ),
)
RING_WORDS = {
    Ring.MODEL: Words("模型", "model"),
    Ring.PRACTICE: Words("实践", "practice"),
    Ring.CORPUS: Words("语料", "corpus"),
}
EACH_RING = Words("模型、实践、语料各有", "model, practice and corpus, one at least of each")
Cells = Counter[tuple[Industry, Ring]]


def coverage(asked: Coverage, terms: Terms) -> Part:
    """Which of the key industries have a model, a practice and a corpus."""
    cells: Cells = Counter((each.industry, each.ring) for each in asked.achievements)
    key = [industry for industry in Industry if industry.value in terms.industries.listed]
    by_industry = tuple(_judged_industry(industry, cells, terms) for industry in key)
    full = sum(each.verdict is Verdict.YES for each in by_industry)
    covered = sum(1 for industry in key for ring in Ring if cells[industry, ring])
    figure = Figure(
        id="cells_covered",
        name=Words("已覆盖的格数", "cells covered"),
        quantity=covered,
        unit=Unit.ITEM,
        clause=terms.three_rings,
        how=Words("有一项以上的格", "cells with one achievement at least"),
    )
    return Part(
        ruling=COVERAGE.ruled((*by_industry, judge(terms.industries, full)), terms.term),
        figures=(figure, _all_cells(terms)),
        notices=tuple(_outside(cells, terms)),
    )


def _all_cells(terms: Terms) -> Figure:
    industries, rings = terms.industries.count, terms.three_rings.count
    return Figure(
        id="cells_in_all",
        name=Words("矩阵的格数", "cells of the matrix"),
        quantity=industries * rings,
        unit=Unit.ITEM,
        clause=terms.three_rings,
        how=Words(f"{industries} × {rings}", f"{industries} × {rings}"),
    )


def _judged_industry(industry: Industry, cells: Cells, terms: Terms) -> Judged:
    clause: Clause = getattr(terms, industry.value)
    counts = {ring: cells[industry, ring] for ring in Ring}
    return Judged(
        clause=clause,
        verdict=Verdict.YES if all(counts.values()) else Verdict.NO,
        found=joined(
            Words(f"{RING_WORDS[ring].zh} {count}", f"{RING_WORDS[ring].en} {count}") for ring, count in counts.items()
        ),
        needed=EACH_RING,
    )


def _outside(cells: Cells, terms: Terms) -> Iterable[Notice]:
    count = sum(cells[Industry.OTHER, ring] for ring in Ring)
    if count:
        words = Words(f"{count} 项属其他行业，不入矩阵", f"{count} of other industries, outside the matrix")
        yield Notice(words=words, clause=terms.industries)


def robots(asked: Robots, terms: Terms) -> Part:
    """Whether a pilot use of robots reaches the scale named."""
    return Part(ruling=ROBOTS.ruled((judge(terms.robots, asked.robots),), terms.term))


def model(asked: Model, terms: Terms) -> Part:
    """Whether a model's level is the one of what it is made for."""
    levels = (terms.model_level_base, terms.model_level_industry, terms.model_level_scenario)
    clause = next(each for each in levels if asked.purpose.value in each.listed)
    level = _level(clause)
    judged = Judged(
        clause=clause,
        verdict=Verdict.YES if asked.level is level else Verdict.NO,
        found=Words(asked.level.value, asked.level.value),
        needed=Words(level.value, level.value),
    )
    return Part(ruling=MODEL.ruled((judged,), terms.term))


def _level(clause: Clause) -> Level:
    return list(Level)[clause.count]


def items(asked: Items, terms: Terms) -> Part:
    """How many items of each section are under way."""
    sections = (terms.foundation_items, terms.tool_items, terms.industry_items, terms.ecosystem_items)
    bounds = list(accumulate((each.count for each in sections), initial=0))
    in_section = [sum(first < number <= last for number in asked.under_way) for first, last in pairwise(bounds)]
    reasons = [judge(clause, count) for clause, count in zip(sections, in_section, strict=True)]
    reasons.append(judge(terms.items_in_all, sum(in_section)))
    return Part(ruling=ITEMS.ruled(reasons, terms.term), notices=tuple(_unknown_items(asked, terms.items_in_all)))


def _unknown_items(asked: Items, clause: Clause) -> Iterable[Notice]:
    unknown = [str(number) for number in asked.under_way if number > clause.count]
    if unknown:
        words = Words(
            f"共 {clause.count} 项，无第 {'、'.join(unknown)} 项",
            f"there are {clause.count} items, none is number {', '.join(unknown)}",
        )
        yield Notice(words=words, clause=clause)
