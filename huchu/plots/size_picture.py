"""What the pictures of a sized project show: plain numbers and texts, so that another process can draw them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tariffs.vocabulary.errors import Words

MILLION: Final = 10**6
THOUSAND: Final = 10**3
MINUS: Final = "−"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyUnit:
    """The unit in which a picture counts money: its words, and how many 元 it is."""

    words: Words
    cny: int

    def text(self, amount_cny: float) -> str:
        """An amount in this unit with one decimal, without its name."""
        return figure_text(amount_cny / self.cny, 1)


MILLIONS: Final = MoneyUnit(words=Words("百万元", "million CNY"), cny=MILLION)
THOUSANDS: Final = MoneyUnit(words=Words("千元", "thousand CNY"), cny=THOUSAND)


def unit_of(amounts_cny: Iterable[float | None]) -> MoneyUnit:
    """Millions, or thousands where all amounts are small."""
    largest = max((abs(amount) for amount in amounts_cny if amount is not None), default=0.0)
    return MILLIONS if largest >= MILLION else THOUSANDS


def figure_text(figure: float, decimals: int) -> str:
    """A figure with thousands apart and a real minus sign; nothing below zero is shown as minus nothing."""
    shown = f"{figure:,.{decimals}f}"
    return shown.replace("-", MINUS) if float(shown.replace(",", "")) else shown.removeprefix("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A limit of the size: above the line a size is not allowed.

    Shape   `duration_h` has one figure for each of `power_mw`
    """

    words: Words
    power_mw: tuple[float, ...]
    duration_h: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPicture:
    """Net present value by size, 元.

    Shape   `npv_cny[duration][power]`, nothing where a size cannot be
    """

    finding: Words
    scenario: Words
    power_mw: tuple[float, ...]
    duration_h: tuple[float, ...]
    npv_cny: tuple[tuple[float | None, ...], ...]
    limits: tuple[LimitLine, ...]
    chosen_power_mw: float
    chosen_duration_h: float
    chosen_npv_cny: float
    chosen_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverBar:
    """One driver of a tornado: its figures as text, and the net present value at each, 元."""

    words: Words
    low: str
    high: str
    npv_low_cny: float | None
    npv_high_cny: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TornadoPicture:
    """The drivers of a net present value, those that move most first."""

    finding: Words
    scenario: Words
    npv_cny: float
    drivers: tuple[DriverBar, ...]
    not_shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowPart:
    """One stack of a cash flow: its name, its words, and an amount a row, 元."""

    name: str
    words: Words
    amounts_cny: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashFlowPicture:
    """The yearly cash flow of a size, 元, and the energy that it has left.

    Shape   row 0 is the investment; `energy_ratio` and `added_ratio` have one figure a year of operation;
            `discounted_payback_years` is the discounted payback, nothing where money never comes back
    """

    finding: Words
    scenario: Words
    first_year: int
    parts: tuple[FlowPart, ...]
    net_cny: tuple[float, ...]
    discounted_sum_cny: tuple[float, ...]
    discounted_payback_years: float | None
    energy_ratio: tuple[float, ...]
    added_ratio: tuple[float, ...]

    @property
    def life_years(self) -> int:
        """Years of operation."""
        return len(self.energy_ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioBar:
    """One scenario: the net present value of the chosen size, and texts beside it.

    Shape   `npv_cny` is nothing where the size cannot be operated, and `refusal` says why
    """

    title: Words
    is_base: bool
    npv_cny: float | None
    irr: str
    payback: str
    best: str
    refusal: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenariosPicture:
    """All scenarios side by side, in the order of the project."""

    finding: Words
    size_text: str
    bars: tuple[ScenarioBar, ...]
    not_shown: int = 0


SizePicture = MapPicture | TornadoPicture | CashFlowPicture | ScenariosPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class SizePictures:
    """The four pictures of a sized project."""

    npv_map: MapPicture
    tornado: TornadoPicture
    cash_flow: CashFlowPicture
    scenarios: ScenariosPicture

    def by_file(self) -> dict[str, SizePicture]:
        """Each picture by the name of its file."""
        return {
            "npv_map.png": self.npv_map,
            "tornado.png": self.tornado,
            "cash_flow.png": self.cash_flow,
            "scenarios.png": self.scenarios,
        }
