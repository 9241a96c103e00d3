"""The ledger of areas: one area in the target columns of several sectors, and once in the city total."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from regulations.community_facilities.choices import Sharing
from regulations.community_facilities.inputs import Area, AreaLedger
from regulations.community_facilities.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, all_of
from tariffs.judging.clauses import Unit
from tariffs.judging.parts import Part, Question, figure, stated
from tariffs.vocabulary.errors import Words

AREA_LEDGER = Question(
    key="area_ledger",
    words=Words("各面积能否计入所列各行业指标", "may each area count in all the columns listed for it?"),
)
SHARING_WORDS = {
    Sharing.LIKE_FUNCTION: Words("功能相似", "like function"),
    Sharing.TIME_SHARED: Words("错时利用", "shared in time"),
    Sharing.NEITHER: Words("两者皆非", "neither"),
}
SUM_ONCE = Words("各面积合计，每处一次", "all areas, each once")
SUM_COLUMN = Words("可计入该列的面积合计", "sum of the areas that may count in the column")


def area_ledger(asked: AreaLedger, terms: Terms) -> Part:
    """Whether each area may count in all its columns, with what each column holds and the city total."""
    reasons = {area.name: tuple(_reasons(area, terms)) for area in asked.areas}
    several = {area.name: all_of(each.verdict for each in reasons[area.name]) for area in asked.areas}
    columns = {
        sector: sum((area.area_m2 for area in asked.areas if sector in _columns(area, several[area.name])), Decimal(0))
        for sector in asked.targets_m2
    }
    return Part(
        ruling=AREA_LEDGER.ruled((each for kept in reasons.values() for each in kept), terms.term),
        figures=(*_columns_held(asked, columns, terms), *_totals(asked, columns, terms)),
        notices=tuple(
            _once(area, several[area.name], terms) for area in asked.areas if several[area.name] is not Verdict.YES
        ),
    )


def _reasons(area: Area, terms: Terms) -> Iterable[Judged]:
    if len(area.sectors) == 1:
        alone = Words(f"{area.name}：只计一列", f"{area.name}: one column only")
        yield Judged(clause=terms.shared_area, verdict=Verdict.YES, found=alone, needed=EITHER)
        return
    shared = SHARING_WORDS[area.sharing]
    yield Judged(
        clause=terms.shared_area,
        verdict=Verdict.NO if area.sharing is Sharing.NEITHER else Verdict.YES,
        found=Words(f"{area.name}：{shared.zh}", f"{area.name}: {shared.en}"),
        needed=EITHER,
    )
    met = stated(terms.sector_needs, area.needs_met)
    found = Words(f"{area.name}：{met.found_words.zh}", f"{area.name}: {met.found_words.en}")
    yield replace(met, found=found)


EITHER = Words("功能相似或错时利用，或只计一列", "like function or shared in time, or one column only")


def _columns(area: Area, several: Verdict) -> tuple[str, ...]:
    return area.sectors if several is Verdict.YES else area.sectors[:1]


def _once(area: Area, several: Verdict, terms: Terms) -> Notice:
    first = area.sectors[0]
    words = (
        Words(f"{area.name} 只计入首列 {first}", f"{area.name} counts in its first column {first} only")
        if several is Verdict.NO
        else Words(
            f"{area.name} 能否计入多列未知，暂只计入首列 {first}",
            f"{area.name}: not known whether several columns; counted in its first column {first} for now",
        )
    )
    return Notice(words=words, clause=terms.shared_area)


def _columns_held(asked: AreaLedger, columns: dict[str, Decimal], terms: Terms) -> Iterable[Figure]:
    for sector, held in columns.items():
        name = Words(f"{sector} 列面积", f"area in column {sector}")
        yield figure("column_area", name, held, Unit.SQUARE_METRE, terms.shared_area, SUM_COLUMN)
    for sector, target in asked.targets_m2.items():
        if target > columns[sector]:
            name = Words(f"{sector} 列缺口", f"gap of column {sector}")
            how = Words("指标减已计入面积", "target less the area counted")
            yield figure("column_gap", name, target - columns[sector], Unit.SQUARE_METRE, terms.shared_area, how)


def _totals(asked: AreaLedger, columns: dict[str, Decimal], terms: Terms) -> Iterable[Figure]:
    total = sum((area.area_m2 for area in asked.areas), Decimal(0))
    more = sum(columns.values(), Decimal(0)) - total
    yield figure("city_total", Words("全市合计", "city total"), total, Unit.SQUARE_METRE, terms.counted_once, SUM_ONCE)
    name = Words("各列之和多于合计的面积", "what the columns add up to beyond the total")
    how = Words("各列之和减合计", "sum of the columns less the total")
    yield figure("counted_more_than_once", name, more, Unit.SQUARE_METRE, terms.counted_once, how)
