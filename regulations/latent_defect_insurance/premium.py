"""The premium: insured sum times base rate times the factors, all of them inputs, and what the text forbids."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import prod
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.underwriting_inputs import Premium
from tariffs.judging.assessment import Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit, plain
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

PREMIUM: Final = Question(key="premium", words=Words("承保和保险费是否合规", "are cover and premium as the text asks?"))
NOT_IN_TEXT: Final = Words(
    "基准费率和浮动系数均不在条文中，由使用者给出；四舍五入到分也是我们的做法",
    "neither the base rate nor the factors are in the text, they are given; rounding to the fen is ours too",
)
ESTIMATED: Final = Words(
    "按预估金额计，实际造价确定后须调整", "worked out from an estimate, to be adjusted when the real cost is known"
)
NO_MEASURE: Final = Words("条文未定标准", "the text sets no measure")
FEN: Final = Decimal(1) / FEN_PER_CNY


def premium(given: Premium, on: date, terms: Terms) -> Answered:
    """The premium in 元 from what is given, and whether the rate floats by all that the text names and nothing is cut short.

    Source  第三条
    """
    reasons = tuple(_reasons(given, terms))
    notices = [Notice(words=NOT_IN_TEXT, clause=terms.floating_rate)]
    if given.estimated_at_design and given.real_sum_cny is None:
        notices.append(Notice(words=ESTIMATED, clause=terms.sum_estimate))
    return Answered(
        ruling=PREMIUM.ruled(lambda _: reasons, on, terms.term),
        figures=tuple(_figures(given, terms)),
        notices=tuple(notices),
    )


def _reasons(given: Premium, terms: Terms) -> Iterable[Judged]:
    weighed = {factor.ground.value for factor in given.factors}
    missing = [name for name in terms.floating_rate.listed if name not in weighed]
    lacking = Words(f"未考虑 {'、'.join(missing)}", f"not weighed: {', '.join(missing)}") if missing else None
    yield judge(terms.floating_rate, not missing, because=lacking)
    yield judge(terms.area_under_measured, given.area_under_measured)
    yield judge(terms.decoration_left_out, given.decoration_left_out)
    yield judge(
        terms.price_clearly_low,
        given.price_clearly_low,
        because=NO_MEASURE if given.price_clearly_low is None else None,
    )
    yield judge(terms.fees_siphoned, given.fees_siphoned)
    if given.estimated_at_design and given.real_sum_cny is not None:
        yield judge(terms.sum_adjusted, given.adjusted)


def _figures(given: Premium, terms: Terms) -> Iterable[Figure]:
    factor = prod((each.factor for each in given.factors), start=Decimal(1))
    first = _premium_cny(given.insured_sum_cny, given.base_rate, factor)
    yield Figure(
        id="factors",
        name=Words("浮动系数之积", "product of the factors"),
        quantity=factor,
        unit=Unit.MULTIPLE,
        clause=terms.floating_rate,
        how=Words(f"{len(given.factors)} 项相乘", f"{len(given.factors)} multiplied"),
    )
    clause = terms.sum_estimate if given.estimated_at_design else terms.floating_rate
    yield _amount("premium", Words("保险费", "premium"), first, clause, _product(given.insured_sum_cny, given, factor))
    if given.real_sum_cny is None:
        return
    real = _premium_cny(given.real_sum_cny, given.base_rate, factor)
    how = _product(given.real_sum_cny, given, factor)
    yield _amount(
        "premium_real", Words("按实际造价的保险费", "premium by the real cost"), real, terms.sum_adjusted, how
    )
    yield _amount(
        "premium_adjustment",
        Words("调整（正为补缴，负为退还）", "adjustment (positive: to be paid, negative: to be given back)"),
        real - first,
        terms.sum_adjusted,
        Words("按实际造价的减原保险费", "premium by the real cost less the first"),
    )


def _premium_cny(sum_cny: Decimal, base_rate: Decimal, factor: Decimal) -> Decimal:
    return (sum_cny * base_rate * factor).quantize(FEN, rounding=ROUND_HALF_UP)


def _product(sum_cny: Decimal, given: Premium, factor: Decimal) -> Words:
    text = f"{plain(sum_cny)} × {plain(given.base_rate)} × {plain(factor)}"
    return Words(text, text)


def _amount(id_: str, name: Words, amount_cny: Decimal, clause: Clause, how: Words) -> Figure:
    return Figure(id=id_, name=name, quantity=amount_cny, unit=Unit.CNY, clause=clause, how=how)
