"""The lines of a cash flow in their order, with their words; whoever shows or adds up lines takes them from here."""

from dataclasses import dataclass
from typing import Final

from tariffs.vocabulary.errors import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a cash flow: the name of its amounts (`<name>_fen`), its words, and whether money moves."""

    name: str
    words: Words
    moves_money: bool = True

    @property
    def column(self) -> str:
        """The field and column that hold its amounts."""
        return f"{self.name}_fen"


LINES: Final = (
    Line(name="charge", words=Words("购电", "Energy bought")),
    Line(name="discharge", words=Words("售电", "Energy sold")),
    Line(name="award", words=Words("放电奖励", "Award for discharge")),
    Line(name="capacity_support", words=Words("容量支持", "Capacity support")),
    Line(name="capacity_lease", words=Words("容量租赁", "Capacity lease")),
    Line(name="fixed_cost", words=Words("固定运维成本", "Fixed running cost")),
    Line(name="variable_cost", words=Words("变动运维成本", "Variable running cost")),
    Line(name="investment", words=Words("初始投资", "Investment")),
    Line(name="augmentation", words=Words("扩容投资", "Augmentation")),
    Line(name="residual", words=Words("残值", "Residual")),
    Line(name="depreciation", words=Words("折旧", "Depreciation"), moves_money=False),
    Line(name="profit", words=Words("税前利润", "Profit before tax"), moves_money=False),
    Line(name="loss_used", words=Words("弥补以前年度亏损", "Earlier losses used"), moves_money=False),
    Line(name="tax", words=Words("所得税", "Income tax")),
    Line(name="net", words=Words("净现金流", "Net cash flow"), moves_money=False),
    Line(name="discounted", words=Words("折现净现金流", "Net, discounted"), moves_money=False),
    Line(name="cumulative", words=Words("累计净现金流", "Net, cumulative"), moves_money=False),
    Line(
        name="discounted_cumulative", words=Words("累计折现净现金流", "Net, discounted, cumulative"), moves_money=False
    ),
)
CASH_LINES: Final = tuple(line for line in LINES if line.moves_money)
"""The lines that add up to the net cash flow."""
OPERATING_COLUMNS: Final = tuple(
    f"{name}_fen"
    for name in (
        *("charge", "discharge", "award", "capacity_support", "capacity_lease"),
        *("fixed_cost", "variable_cost"),
    )
)
"""The amounts that, with depreciation, make the profit before tax."""
