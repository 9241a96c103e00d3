"""The board of targets: totals and shares, gaps, the growth they need and the villages still to lift."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from regulations.rural_collective_economy.inputs import Board, Level, Organisation
from regulations.rural_collective_economy.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, figure, target_day
from tariffs.judging.shares import STEP, cut_towards
from tariffs.vocabulary.errors import Words

BOARD = Question(
    key="board",
    words=Words(
        "硬性要求是否均已满足（目标均为力争，仅列差距）",
        "are all binding requirements met (the targets are striven for and show gaps only)?",
    ),
)
PARTLY = Words("部分组织未给出该数", "some organisations do not give it")
SUM = Words("所给各数合计", "sum of what is given")
GAP = Words("目标减现值", "target less what there is")
AT_LINE = Words("年经营性收入达到收入线的村级组织", "village organisations whose yearly income reaches the line")


WHOLE_CITY = Words(
    "目标均为全市口径，所列组织之和仅供对照", "the targets are the whole city's; sums of those listed only compare"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """An amount in 元 as far as it is known, and whether that is all of it."""

    known_cny: Decimal
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Villages:
    """How many village organisations there are, stand at the income line, and do not say."""

    count: int
    at_income: int
    open: int


def board(asked: Board, terms: Terms) -> Part:
    """Where each target stands, all striven for: what is there, what is missing, and the growth that closes the gap."""
    years = terms.target_year.count - asked.figures_of
    assets, distributed, villages = _assets(asked), _distributed(asked), _villages(asked, terms)
    reasons = (
        _judged_sum(terms.assets_total, assets),
        _judged_share(terms.share_of_villages, villages),
        _judged_sum(terms.distributed_total, distributed),
    )
    figures = (
        *_sum_figures("assets", terms.assets_total, assets, years, terms),
        *_share_figures(villages, terms),
        *_sum_figures("distributed", terms.distributed_total, distributed, years, terms),
    )
    return Part(
        ruling=BOARD.ruled(reasons, terms.term),
        figures=figures,
        deadlines=(target_day(terms.target_year),),
        notices=tuple(_notices(asked, years, figures, terms)),
    )


def _sum_of(amounts: Sequence[Decimal | None]) -> Sum | None:
    known = [amount for amount in amounts if amount is not None]
    return Sum(known_cny=sum(known, Decimal(0)), whole=len(known) == len(amounts)) if known else None


def _assets(asked: Board) -> Sum | None:
    if asked.organisations is not None:
        return _sum_of([each.assets_cny for each in asked.organisations])
    return _sum_of([None if asked.totals is None else asked.totals.assets_cny])


def _distributed(asked: Board) -> Sum | None:
    if asked.organisations is not None:
        return _sum_of([each.distributed_cny for each in asked.organisations])
    return _sum_of([None if asked.totals is None else asked.totals.distributed_cny])


def _villages(asked: Board, terms: Terms) -> Villages | None:
    if asked.organisations is not None:
        return _counted([each for each in asked.organisations if each.level is Level.VILLAGE], terms.income_line)
    totals = asked.totals
    if totals is None or totals.villages is None or totals.villages_at_income is None:
        return None
    return Villages(count=totals.villages, at_income=totals.villages_at_income, open=0)


def _counted(villages: Sequence[Organisation], line: Clause) -> Villages | None:
    incomes = [each.operating_income_cny for each in villages]
    known = [income for income in incomes if income is not None]
    if not known:
        return None
    at_income = sum(line.met_by(income) for income in known)
    return Villages(count=len(villages), at_income=at_income, open=len(incomes) - len(known))


def _judged_sum(clause: Clause, total: Sum | None) -> Judged:
    if total is None:
        return judge(clause, None)
    if total.whole or clause.met_by(total.known_cny):
        return judge(clause, total.known_cny)
    known = amount_words(total.known_cny, clause.unit)
    found = Words(f"已知 {known.zh}", f"known {known.en}")
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, because=PARTLY)


def _judged_share(clause: Clause, villages: Villages | None) -> Judged:
    if villages is None:
        return judge(clause, None)
    share = cut_towards(clause, Fraction(villages.at_income, villages.count))
    if not villages.open:
        return judge(clause, share)
    least = clause.met_by(share)
    most = clause.met_by(cut_towards(clause, Fraction(villages.at_income + villages.open, villages.count)))
    at_income, count, unknown = villages.at_income, villages.count, villages.open
    found = Words(f"{count} 个中 {at_income} 个，{unknown} 个未给出", f"{at_income} of {count}, {unknown} not given")
    if least is not most:
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, because=PARTLY)
    return Judged(clause=clause, verdict=Verdict.YES if least else Verdict.NO, found=found)


def _sum_figures(figure_id: str, clause: Clause, total: Sum | None, years: int, terms: Terms) -> Iterable[Figure]:
    if total is None:
        return
    yield figure(f"{figure_id}_total", clause.name, total.known_cny, Unit.CNY, clause, SUM)
    if clause.met_by(total.known_cny) or not total.whole:
        return
    short = Words(f"{clause.name.zh}缺口", f"gap: {clause.name.en}")
    yield figure(f"{figure_id}_gap", short, clause.mark - total.known_cny, Unit.CNY, clause, GAP)
    if years > 0 and total.known_cny > 0:
        growth = (clause.mark / total.known_cny) ** (Decimal(1) / years) - 1
        name = Words(f"{clause.name.zh}所需年均增速", f"yearly growth needed: {clause.name.en}")
        how = Words(f"(目标 ÷ 现值)^(1/{years}) − 1", f"(target / base)^(1/{years}) - 1")
        rounded = growth.quantize(STEP, ROUND_HALF_UP)
        yield figure(f"{figure_id}_growth", name, rounded, Unit.RATIO, terms.growth_needed, how)


def _share_figures(villages: Villages | None, terms: Terms) -> Iterable[Figure]:
    if villages is None:
        return
    clause, count, at_income = terms.share_of_villages, villages.count, villages.at_income
    counted = Words("达到收入线的村级组织", "village organisations at the income line")
    yield figure("villages_at_income", counted, at_income, Unit.PLACE, terms.income_line, AT_LINE)
    least, most = _open_words(villages)
    how = Words(f"{at_income} ÷ {count}{least.zh}", f"{at_income} / {count}{least.en}")
    share = cut_towards(clause, Fraction(at_income, count))
    yield figure("share_of_villages", clause.name, share, Unit.RATIO, clause, how)
    # more than the share: the next whole village above it
    needed = floor(clause.mark * count) + 1
    percent = amount_words(clause.mark, Unit.RATIO)
    how = Words(
        f"须有 {needed} 个（{count} × {percent.zh} 取整加 1）{most.zh}",
        f"{needed} are needed: {count} × {percent.en} rounded down, plus 1{most.en}",
    )
    name = Words("尚须提升的村级组织", "village organisations still to lift")
    yield figure("villages_to_lift", name, max(needed - at_income, 0), Unit.PLACE, clause, how)


def _open_words(villages: Villages) -> tuple[Words, Words]:
    """What to say beside a share and beside a count still to lift where villages do not say."""
    if not villages.open:
        return Words("", ""), Words("", "")
    zh, en = f"；{villages.open} 个未给出，", f"; {villages.open} not given, so "
    return Words(f"{zh}至少如此", f"{en}at least this"), Words(f"{zh}至多如此", f"{en}at most this")


def _notices(asked: Board, years: int, figures: Iterable[Figure], terms: Terms) -> Iterable[Notice]:
    if asked.organisations is not None:
        yield Notice(words=WHOLE_CITY, clause=terms.target_year)
    if years <= 0:
        words = Words(
            f"{asked.figures_of} 年底已到目标期限", f"the end of {asked.figures_of} is the target's day or later"
        )
        yield Notice(words=words, clause=terms.target_year)
    elif any(figure.clause is terms.growth_needed for figure in figures):
        words = Words(
            f"增速自 {asked.figures_of} 年底起按 {years} 年推算",
            f"growth runs {years} year(s) from the end of {asked.figures_of}",
        )
        yield Notice(words=words, clause=terms.growth_needed)
    count = terms.measures.count
    words = Words(f"另有 {count} 项措施，除目标外无数值", f"{count} measures beside, without figures of their own")
    yield Notice(words=words, clause=terms.measures)
