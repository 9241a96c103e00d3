"""What may be done with buildings and plots: reuse, idle assets, plot ratio, land price, strengthening, rent."""

from regulations.community_facilities.choices import Business, Reviewer, Stock
from regulations.community_facilities.inputs import (
    IdleAsset,
    LandPrice,
    PlotRatio,
    RentCut,
    Reuse,
    Strengthening,
)
from regulations.community_facilities.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import OPEN_LIST, Part, Question, joined, stated
from tariffs.vocabulary.errors import Words

REUSE = Question(
    key="reuse",
    words=Words(
        "能否暂不改变规划性质和土地权属、临时改变使用功能",
        "may the use change for a time, planning use and land rights kept?",
    ),
)
IDLE_ASSET = Question(
    key="idle_asset", words=Words("能否优先转型为社区嵌入式服务设施", "may the asset become a facility with priority?")
)
PLOT_RATIO = Question(
    key="plot_ratio", words=Words("能否优化容积率和建筑高度控制要求", "may floor area ratio and height be eased?")
)
LAND_PRICE = Question(key="land_price", words=Words("能否相应折减地价", "may the land price be lowered?"))
STRENGTHENING = Question(
    key="strengthening", words=Words("能否获支持结构加固和加装电梯", "are strengthening and a lift supported?")
)
RENT_CUT = Question(key="rent_cut", words=Words("能否获租金减免或运营补贴", "may a rent cut or a subsidy be given?"))

STOCK_WORDS = {
    Stock.COMMUNITY: Words("社区用房", "community building"),
    Stock.COMMERCIAL: Words("商业用房", "commercial building"),
    Stock.OFFICE: Words("办公用房", "office building"),
    Stock.INDUSTRIAL: Words("工业用房", "industrial building"),
    Stock.WAREHOUSE: Words("仓储用房", "warehouse"),
    Stock.OTHER: Words("其他用房", "another building"),
}
REVIEWER_WORDS = {
    Reviewer.DEVELOPMENT_REFORM: Words("发展改革", "development and reform"),
    Reviewer.PLANNING: Words("规划资源", "planning"),
    Reviewer.CONSTRUCTION: Words("住房建设管理", "construction"),
    Reviewer.FIRE: Words("消防", "fire"),
}
BUSINESS_WORDS = {
    Business.CONVENIENCE_STORE: Words("公益便利店", "charity convenience store"),
    Business.MEALS: Words("就餐助餐", "meals"),
    Business.HOUSEKEEPING: Words("家政服务", "housekeeping"),
    Business.REPAIRS: Words("维修服务", "repairs"),
    Business.LAUNDRY_AND_MENDING: Words("洗衣缝补", "laundry and mending"),
    Business.RECYCLING: Words("回收利用", "recycling"),
    Business.OTHER: Words("其他业态", "another business"),
}


def reuse(asked: Reuse, terms: Terms) -> Part:
    """Whether a building may serve for now without a change of planning use and land rights."""
    reviewed = [each for each in Reviewer if each in asked.reviewed_by]
    reasons = [
        _listed(terms.stock_kinds, asked.stock.value, STOCK_WORDS[asked.stock]),
        judge(terms.joint_review, sum(each.value in terms.joint_review.listed for each in reviewed)),
        stated(terms.structure_safe, asked.structure_safe),
        stated(terms.fire_safe, asked.fire_safe),
        judge(terms.no_new_building, asked.new_building_or_extension),
    ]
    missing = [REVIEWER_WORDS[each] for each in Reviewer if each not in reviewed]
    notices = []
    if missing:
        named = joined(missing)
        words = Words(f"尚未联审：{named.zh}", f"not reviewed by: {named.en}")
        notices.append(Notice(words=words, clause=terms.joint_review))
    notices += [
        Notice(words=OTHER_REVIEWERS, clause=terms.joint_review),
        Notice(words=NO_LENGTH, clause=terms.use_for_now),
    ]
    return Part(ruling=REUSE.ruled(reasons, terms.term), notices=tuple(notices))


OTHER_REVIEWERS = Words("联审部门以“等”概括，可能还有其他部门", "the review may take in departments that are not named")
NO_LENGTH = Words("“暂”“临时”的期限条文未定", "the text does not say how long 暂 and 临时 last")


def idle_asset(asked: IdleAsset, terms: Terms) -> Part:
    """Whether an idle business asset may become a facility with priority."""
    reasons = (
        judge(terms.idle_cleaned_up, asked.cleaned_up_in_a_sector),
        judge(terms.idle_consent, asked.sector_authority_agrees),
        judge(terms.idle_owner, asked.owner_agrees),
    )
    return Part(ruling=IDLE_ASSET.ruled(reasons, terms.term))


def plot_ratio(asked: PlotRatio, terms: Terms) -> Part:
    """Whether floor area ratio and height may be eased."""
    reasons = (
        stated(terms.suited_to_building, asked.suited_to_building),
        stated(terms.neighbours_unaffected, asked.neighbours_unaffected),
    )
    notice = Notice(words=UNDERGROUND, clause=terms.neighbours_unaffected)
    return Part(ruling=PLOT_RATIO.ruled(reasons, terms.term), notices=(notice,))


UNDERGROUND = Words(
    "鼓励因地制宜利用地下空间；可优化多少条文未定", "underground use is encouraged; how much may be eased is not stated"
)


def land_price(asked: LandPrice, terms: Terms) -> Part:
    """Whether the land price may be lowered, and the floor area for which."""
    reasons = (
        judge(terms.mixed_land, asked.mixed_land_with_public_facilities),
        judge(terms.land_price_cut, asked.run_by_government_body),
    )
    answer = LAND_PRICE.ruled(reasons, terms.term)
    if answer.verdict is not Verdict.YES:
        return Part(ruling=answer)
    area = Figure(
        id="land_price_area",
        name=Words("可折减地价的计容面积", "counted floor area that may lower the land price"),
        quantity=asked.counted_area_m2,
        unit=Unit.SQUARE_METRE,
        clause=terms.land_price_cut,
        how=Words("交由政府相关部门管理的计容部分", "the counted part that a government body is to run"),
    )
    no_rate = Notice(words=Words("折减比例条文未定", "the text states no rate"), clause=terms.land_price_cut)
    return Part(ruling=answer, figures=(area,), notices=(no_rate,))


def strengthening(asked: Strengthening, terms: Terms) -> Part:
    """Whether strengthening and lifts are supported."""
    reasons = (judge(terms.building_papers, asked.building_papers), judge(terms.running, asked.running))
    return Part(ruling=STRENGTHENING.ruled(reasons, terms.term))


def rent_cut(asked: RentCut, terms: Terms) -> Part:
    """Whether a rent cut or a subsidy may be given to a business inside a facility."""
    reasons = (
        judge(terms.government_facility, asked.origin.value in terms.government_facility.listed),
        _listed(terms.daily_business, asked.business.value, BUSINESS_WORDS[asked.business]),
        judge(terms.micro_profit, asked.micro_profit),
    )
    may = Words("“可给予”，并非必给；标准条文未定", "it may be given, not must; no rate is stated")
    return Part(ruling=RENT_CUT.ruled(reasons, terms.term), notices=(Notice(words=may, clause=terms.micro_profit),))


def _listed(clause: Clause, choice: str, found: Words) -> Judged:
    """Yes where a choice is one of those named; cannot tell else, as the list is open."""
    named = choice in clause.listed
    return Judged(
        clause=clause,
        verdict=Verdict.YES if named else Verdict.CANNOT_TELL,
        found=found,
        needed=Words(f"属所列 {clause.count} 类", f"one of the {clause.count} kinds named"),
        because=None if named else OPEN_LIST,
    )
