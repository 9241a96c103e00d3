"""Whether a shop, a platform and those who give premises keep to the text.

Source  沪府规〔2024〕13号 第十四条, 第十七条, 第十九条, 第二十条
"""

from collections.abc import Iterable
from typing import Final

from regulations.small_food_filing.filing import items_met
from regulations.small_food_filing.shop import Duties, Platform, Role, Trade
from regulations.small_food_filing.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

_DUTIES: Final = Question(key="duties", words=Words("各项经营要求是否都做到", "are all duties in business kept?"))
_KEPT: Final = Words("已做到的要求", "duties kept")
_PLATFORM: Final = Question(key="platform", words=Words("平台是否尽到义务", "does the platform keep its duties?"))
_TRADE: Final = Question(
    key="trade",
    words=Words(
        "是否没有“无许可无备案经营，或明知而提供条件”的情形",
        "is it free of trade without licence and filing, and of knowing help for it?",
    ),
)
_NOT_SAID: Final = Words("发现违法后的这一项，案例未给出", "what was done about the breach is not said")
_SERIOUS: Final = Words("何为严重违法，条文没有标准", "the text has no measure of a serious breach")
_KNEW: Final = Words("是否明知，案例未给出", "whether it was known is not said")
_CREDIT: Final = Words(
    "依法查处，信息归集到公共信用信息平台，联合惩戒", "dealt with by law, recorded as credit data, joint discipline"
)


def duties_part(duties: Duties, terms: Terms) -> Part:
    """Whether all duties are kept, and how many of them."""
    reasons = tuple(_duty_reasons(duties, terms))
    figure = items_met(terms.duties, _KEPT, reasons)
    return Part(ruling=_DUTIES.ruled(reasons, terms.term), figures=(figure,))


def platform_part(platform: Platform, terms: Terms) -> Part:
    """Whether a platform registers, checks and, where it finds a breach, acts."""
    return Part(ruling=_PLATFORM.ruled(_platform_reasons(platform, terms), terms.term))


def trade_part(trade: Trade, terms: Terms) -> Part:
    """Whether somebody trades without licence and filing, or knowingly gives such a trader the means."""
    without_either = not trade.operator_licensed and not trade.operator_filed
    if trade.role is Role.OPERATOR:
        reason = judge(terms.trade_without_either, without_either)
    else:
        reason = stated(terms.knowing_support, trade.knew if without_either else False, _KNEW)
    notices = (Notice(words=_CREDIT, clause=reason.clause),) if reason.verdict is Verdict.NO else ()
    return Part(ruling=_TRADE.ruled([reason], terms.term), notices=notices)


def _duty_reasons(duties: Duties, terms: Terms) -> Iterable[Judged]:
    shown = duties.card_shown and duties.health_certificates_shown and duties.grade_shown
    yield judge(terms.duty_scope, duties.within_filed_scope)
    yield judge(terms.duty_shown, shown)
    yield judge(terms.duty_hygiene, duties.staff_clean)
    yield judge(terms.duty_vouchers, duties.vouchers_kept)
    yield judge(terms.duty_contamination, duties.contamination_avoided)
    yield stated(terms.duty_packaging, duties.packaging_safe)
    yield stated(terms.duty_tableware, duties.tableware_safe)
    yield judge(terms.duty_disposables, duties.unasked_disposables)
    yield stated(terms.duty_water, duties.water_and_detergents_safe)
    yield judge(terms.duty_surroundings, duties.site_kept_clean and not duties.out_of_door_trade)
    yield judge(terms.duty_waste, duties.waste_by_lawful_units and duties.waste_waybills_kept)
    yield stated(terms.duty_fumes, duties.fumes_within_limits)
    yield stated(terms.duty_fire, duties.fire_and_gas_safe)


def _platform_reasons(platform: Platform, terms: Terms) -> Iterable[Judged]:
    yield judge(terms.platform_registration, platform.registered_by_real_name)
    yield judge(terms.platform_check, platform.filing_checked)
    yield judge(terms.platform_duty, platform.duty_made_clear)
    if platform.breach_found:
        yield stated(terms.platform_stop_breach, platform.breach_stopped, _NOT_SAID)
        yield stated(terms.platform_tell_regulator, platform.regulator_told, _NOT_SAID)
        yield from _service(platform, terms)


def _service(platform: Platform, terms: Terms) -> Iterable[Judged]:
    """Whether the service stopped, where the breach is serious or nobody says that it is not."""
    if platform.breach_serious is True:
        yield stated(terms.platform_stop_service, platform.service_stopped, _NOT_SAID)
    elif platform.breach_serious is None:
        stopped = True if platform.service_stopped is True else None
        yield stated(terms.platform_stop_service, stopped, _SERIOUS)
