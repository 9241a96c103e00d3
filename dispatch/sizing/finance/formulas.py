"""The formulas of the measures in words, as reports and the workbook show them."""

from dataclasses import dataclass
from typing import Final

from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """One formula: the name of what it gives, its title and itself."""

    name: str
    title: Words
    formula: Words


FORMULAS: Final = (
    Formula(
        name="net",
        title=Words("净现金流", "Net cash flow"),
        formula=Words(
            "净现金流 = 售电 + 奖励 + 容量支持 + 容量租赁 − 购电 − 固定成本 − 变动成本 − 投资 − 扩容 + 残值 − 所得税；"
            "第 n 年运营前的扩容记在第 n − 1 行",
            "net = energy sold + award + capacity support + lease − energy bought − fixed cost − variable cost"
            " − investment − augmentation + residual − tax; energy added before year n is paid in row n − 1",
        ),
    ),
    Formula(
        name="tax",
        title=Words("所得税", "Income tax"),
        formula=Words(
            "所得税 = 税率 × max(0, 税前利润 − 弥补的亏损)；税前利润 = 收入 − 购电 − 运维成本 − 折旧；"
            "亏损先发生者先弥补，超过结转年限作废；残值按账面净值出售，不产生损益",
            "tax = rate × max(0, profit − earlier losses used); profit = income − energy bought − running cost"
            " − depreciation; the oldest loss is used first, and lapses after its years; the residual is sold at"
            " book value, without gain or loss",
        ),
    ),
    Formula(
        name="depreciation",
        title=Words("折旧", "Depreciation"),
        formula=Words(
            "每笔投资自次年起直线折旧：(1 − 残值率) × 投资 ÷ 折旧年限；寿命期末未折完的部分在最后一年一次计入",
            "each investment from the year after it: (1 − residual ratio) × investment ÷ years; what is left at the"
            " end of the life is written off in the last year",
        ),
    ),
    Formula(
        name="npv",
        title=Words("净现值 NPV", "Net present value, NPV"),
        formula=Words(
            "NPV = Σ 净现金流ₙ ÷ (1 + 折现率)ⁿ，n = 0, 1, … N", "NPV = Σ netₙ ÷ (1 + discount rate)ⁿ, n = 0, 1, … N"
        ),
    ),
    Formula(
        name="irr",
        title=Words("内部收益率 IRR", "Internal rate of return, IRR"),
        formula=Words(
            "使 NPV = 0 的折现率；没有或多于一个时不给出",
            "the discount rate at which NPV = 0; not given where there is none or more than one",
        ),
    ),
    Formula(
        name="lcos",
        title=Words("度电成本 LCOS", "Levelised cost of storage, LCOS"),
        formula=Words(
            "LCOS = Σ (投资 + 扩容 + 固定成本 + 变动成本 + 购电 − 残值)ₙ ÷ (1 + 折现率)ⁿ"
            " ÷ Σ 放电量ₙ ÷ (1 + 折现率)ⁿ，税前；“仅储能成本”不含购电",
            "LCOS = Σ (investment + augmentation + fixed cost + variable cost + energy bought − residual)ₙ"
            " ÷ (1 + discount rate)ⁿ, over Σ dischargeₙ ÷ (1 + discount rate)ⁿ, before tax;"
            " the storage cost alone leaves energy bought out",
        ),
    ),
    Formula(
        name="payback",
        title=Words("投资回收期", "Payback"),
        formula=Words(
            "累计净现金流首次不为负的时间，年内按直线内插；动态回收期用折现净现金流",
            "when the cumulative net cash flow is first not negative, straight inside the year; the discounted payback"
            " goes by the discounted flow",
        ),
    ),
)


def formulas() -> tuple[Formula, ...]:
    """The formulas in the order in which a report shows them."""
    return FORMULAS
