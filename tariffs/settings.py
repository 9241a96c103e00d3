"""`huchu.toml`: what the texts leave open, as a frozen record."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from tariffs.schema import load_toml, read_record
from tariffs.vocabulary.errors import RecordProblems, SettingsError, Words
from tariffs.vocabulary.money import decimals_of


class CallCounting(Enum):
    """What counts as a full-capacity call."""

    EQUIVALENT_DISCHARGE = "equivalent_discharge"
    FULL_POWER_HOURS = "full_power_hours"
    PAIRED_CYCLES = "paired_cycles"
    EVENT_DEPTH = "event_depth"
    DISPATCH_ORDERS = "dispatch_orders"


class EnergyBasis(Enum):
    """Which energy of a station one full call is measured against."""

    RATED_AT_GRID_METER = "rated_at_grid_meter"
    NAMEPLATE_DC = "nameplate_dc"
    TESTED = "tested"


class Proration(Enum):
    """How the requirement shrinks for a station that starts inside an obligation year."""

    BY_SEASON_DAYS = "by_season_days"
    NONE = "none"


class ExemptionBase(Enum):
    """Which charging energy is exempt from network prices and surcharges."""

    ALL_CHARGING = "all_charging"
    RETURNED_ONLY = "returned_only"


class AuxiliaryUse(Enum):
    """Where the station's own use is metered."""

    OWN_METER = "own_meter"
    IN_CHARGING = "in_charging"


class CommissioningEnergy(Enum):
    """Whether energy before commercial operation is settled."""

    EXCLUDED = "excluded"
    SETTLED = "settled"


class AdjustmentPrice(Enum):
    """At whose price an error of an earlier month is corrected."""

    ORIGINAL_MONTH = "original_month"
    REFUND_MONTH = "refund_month"


class AssessmentProfile(Enum):
    """Which set of assessment coefficients applies."""

    NONE = "none"
    SHANXI = "shanxi_2023"
    JIANGSU = "jiangsu_2022"
    OWN = "own"


class AssessedDays(Enum):
    """On which days a station is assessed: the plan speaks of its peak seasons only."""

    SEASON = "season"
    ALL = "all"


class CapacitySupport(Enum):
    """Which capacity support is paid."""

    NONE = "none"
    LOCAL_SUBSIDY = "local_subsidy"
    NATIONAL_CAPACITY_PRICE = "national_capacity_price"


class WhenPartlyLeased(Enum):
    """What a station gets whose capacity is leased to a new-energy developer in part: the plan does not say."""

    NOTHING = "nothing"
    FREE_PART = "free_part"


class PairedCyclesForm(Enum):
    """How two legs make a cycle."""

    SMALLER_LEG = "smaller_leg"
    MEAN_OF_LEGS = "mean_of_legs"


class MarketSettlement(Enum):
    """How energy is priced once stations trade freely."""

    DAY_AHEAD_AND_DEVIATION = "day_ahead_and_deviation"
    REAL_TIME = "real_time"


class BeyondPriceLimits(Enum):
    """What happens to a market price outside the limits of the settings."""

    REFUSE = "refuse"
    LIMIT = "limit"


class AwardYear(Enum):
    """When a year of the award's yearly cap begins."""

    AWARD_START = "award_start"
    CALENDAR = "calendar"


class PairingUpgradeBase(Enum):
    """What the wind-pairing share of an upgrade is taken of."""

    NOT_SET = ""
    WHOLE = "whole"
    ADDED = "added capacity"


class NaiveInstants(Enum):
    """What happens to instants without an offset."""

    ASIA_SHANGHAI = "asia_shanghai"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacitySupportFigures:
    """`[capacity_support_figures]`: what the chosen mode needs and no official page gives.

    Shape   yearly prices in 元/kW; `net_load_peak_h` is the longest net-load peak of the year, the denominator of
            发改价格〔2026〕114号; the coal capacity price is that of the shipped document where it is left out
    """

    subsidy_cny_per_kw_year: Decimal | None = None
    coal_capacity_price_cny_per_kw_year: Decimal | None = None
    net_load_peak_h: Decimal | None = None
    when_partly_leased: WhenPartlyLeased = WhenPartlyLeased.NOTHING

    def __post_init__(self) -> None:
        problems = []
        for name in ("subsidy_cny_per_kw_year", "coal_capacity_price_cny_per_kw_year", "net_load_peak_h"):
            figure = getattr(self, name)
            if figure is not None and not (0 < figure <= LARGEST_FIGURE and decimals_of(figure) <= RATE_DECIMALS):
                problems.append(
                    Words(
                        f"{name} 须大于 0、至多 {LARGEST_FIGURE}，至多 {RATE_DECIMALS} 位小数，不是 {figure}",
                        f"{name} is above 0 and at most {LARGEST_FIGURE}, with at most {RATE_DECIMALS} decimals, not {figure}",
                    )
                )
        if problems:
            raise RecordProblems(problems)


LARGEST_FIGURE = Decimal(100_000)
REQUIRED = ("season_calendar", "obligation_year_from", "call_counting")
DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LEAP_YEAR = 2024
PRICE_DECIMALS = 3
LARGEST_PRICE = Decimal(1_000_000)
"""元/MWh, either way; the files of market prices have the same limit."""
RATE_DECIMALS = 6
LONGEST_CALL_H = Decimal(100)
TAXED_ON_REQUEST = ("assessment", "capacity_subsidy", "discharge_award")
"""Items that are untaxed unless the settings give a rate."""
CITY_NAME = re.compile(r"[a-z0-9_]{1,64}")


def is_day_of_year(text: str) -> bool:
    """Whether a text is the MM-DD of a day that a year can have, 29 February included."""
    if not DAY_OF_YEAR.fullmatch(text):
        return False
    month, day = int(text[:2]), int(text[3:])
    return day <= monthrange(LEAP_YEAR, month)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The open points of the policy as the user decided them; `interfaces.md` has the meaning of each key.

    Raises  RecordProblems with every value that is out of its range
    """

    season_calendar: str
    obligation_year_from: str
    call_counting: CallCounting
    city: str = "shanghai"
    season_ranges: tuple[tuple[str, str], ...] = ()
    energy_basis: EnergyBasis = EnergyBasis.RATED_AT_GRID_METER
    prorate_new_station: Proration = Proration.BY_SEASON_DAYS
    exemption_base: ExemptionBase = ExemptionBase.ALL_CHARGING
    exemption_in_market: bool = True
    event_depth_ratio: Decimal | None = None
    hours_per_call: Decimal | None = None
    pairing_efficiency_ratio: Decimal | None = None
    paired_cycles_form: PairedCyclesForm = PairedCyclesForm.SMALLER_LEG
    auxiliary_use: AuxiliaryUse = AuxiliaryUse.OWN_METER
    commissioning_energy: CommissioningEnergy = CommissioningEnergy.EXCLUDED
    market_from: date | None = None
    market_settlement: MarketSettlement = MarketSettlement.DAY_AHEAD_AND_DEVIATION
    price_floor_cny_per_mwh: Decimal | None = None
    price_cap_cny_per_mwh: Decimal | None = None
    beyond_price_limits: BeyondPriceLimits = BeyondPriceLimits.REFUSE
    adjustment_price: AdjustmentPrice = AdjustmentPrice.ORIGINAL_MONTH
    assessment_profile: AssessmentProfile = AssessmentProfile.NONE
    assessed_days: AssessedDays = AssessedDays.SEASON
    capacity_support: CapacitySupport = CapacitySupport.NONE
    capacity_support_figures: CapacitySupportFigures = field(default_factory=CapacitySupportFigures)
    award_year: AwardYear = AwardYear.AWARD_START
    pairing_enforced: bool = False
    pairing_upgrade_base: PairingUpgradeBase = PairingUpgradeBase.NOT_SET
    naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI
    documents_dir: str = ""
    assessment: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    tax_ratios: Mapping[str, Decimal] = field(default_factory=dict)
    """Rates of tax by item, for those that are untaxed without one: assessment, capacity_subsidy, discharge_award."""

    def __post_init__(self) -> None:
        problems = []
        if not CITY_NAME.fullmatch(self.city):
            problems.append(Words(f"city {self.city!r} 不是城市名", f"city {self.city!r} is no name of a city"))
        if not is_day_of_year(self.obligation_year_from) or self.obligation_year_from == "02-29":
            problems.append(
                Words(
                    f"obligation_year_from 须为 MM-DD，不是 {self.obligation_year_from!r}",
                    f"obligation_year_from is MM-DD, not {self.obligation_year_from!r}",
                )
            )
        if (self.season_calendar == "own") != bool(self.season_ranges):
            problems.append(
                Words(
                    'season_ranges 与 season_calendar = "own" 须同时使用',
                    'season_ranges goes with season_calendar = "own"',
                )
            )
        problems.extend(self._figure_problems())
        for pair in self.season_ranges:
            if not all(is_day_of_year(end) for end in pair):
                problems.append(Words(f"season_ranges 的 {pair} 须为 MM-DD", f"season_ranges {pair} must be MM-DD"))
        if problems:
            raise RecordProblems(problems)

    def _figure_problems(self) -> list[Words]:
        found = []
        for name, least in (("event_depth_ratio", 0), ("pairing_efficiency_ratio", 0)):
            figure = getattr(self, name)
            if figure is not None and not least < figure <= 1:
                found.append(
                    Words(f"{name} 须大于 0、至多 1，不是 {figure}", f"{name} is above 0 and at most 1, not {figure}")
                )
        if self.hours_per_call is not None and not 0 < self.hours_per_call <= LONGEST_CALL_H:
            found.append(
                Words(
                    f"hours_per_call 须大于 0、至多 {LONGEST_CALL_H}，不是 {self.hours_per_call}",
                    f"hours_per_call is above 0 and at most {LONGEST_CALL_H}, not {self.hours_per_call}",
                )
            )
        for name in ("price_floor_cny_per_mwh", "price_cap_cny_per_mwh"):
            limit = getattr(self, name)
            if limit is not None and (decimals_of(limit) > PRICE_DECIMALS or abs(limit) > LARGEST_PRICE):
                found.append(
                    Words(
                        f"{name} 至多 {PRICE_DECIMALS} 位小数、绝对值至多 {LARGEST_PRICE}，不是 {limit}",
                        f"{name} has at most {PRICE_DECIMALS} decimals and lies within {LARGEST_PRICE}, not {limit}",
                    )
                )
        floor, cap = self.price_floor_cny_per_mwh, self.price_cap_cny_per_mwh
        if floor is not None and cap is not None and floor > cap:
            found.append(
                Words(
                    f"price_floor_cny_per_mwh {floor} 高于 price_cap_cny_per_mwh {cap}",
                    f"price_floor_cny_per_mwh {floor} lies above price_cap_cny_per_mwh {cap}",
                )
            )
        for item, rate in self.tax_ratios.items():
            if item not in TAXED_ON_REQUEST:
                listed = " | ".join(TAXED_ON_REQUEST)
                found.append(
                    Words(f"tax_ratios 不认识 {item}（{listed}）", f"tax_ratios does not know {item} ({listed})")
                )
            elif not 0 <= rate < 1 or decimals_of(rate) > RATE_DECIMALS:
                found.append(
                    Words(
                        f"tax_ratios.{item} 须在 0 与 1 之间，至多 {RATE_DECIMALS} 位小数，不是 {rate}",
                        f"tax_ratios.{item} lies between 0 and 1, with at most {RATE_DECIMALS} decimals, not {rate}",
                    )
                )
        return found

    def applied(self) -> tuple[tuple[str, str], ...]:
        """Every setting and its value as text, in the order of the record; empty ones and the folders above the user's
        documents left out."""
        shown = []
        for declared in fields(self):
            setting = getattr(self, declared.name)
            # where the folder lies says nothing about the result
            text = Path(setting).name if declared.name == "documents_dir" else _text(setting)
            if text:
                shown.append((declared.name, text))
        return tuple(shown)


def _text(setting: Any) -> str:
    """A setting as text; empty where it says nothing."""
    if setting is None:
        return ""
    if isinstance(setting, Enum):
        return str(setting.value)
    if isinstance(setting, bool):
        return str(setting).lower()
    if isinstance(setting, tuple):
        return ", ".join(f"{first}..{last}" for first, last in setting)
    if isinstance(setting, CapacitySupportFigures):
        named = {each.name: getattr(setting, each.name) for each in fields(setting)}
        figures = {name: figure for name, figure in named.items() if isinstance(figure, Decimal)}
        return _text({**figures, "when_partly_leased": setting.when_partly_leased} if figures else {})
    if isinstance(setting, Mapping):
        return ", ".join(
            ", ".join(f"{key}.{name}={figure}" for name, figure in sorted(each.items()))
            if isinstance(each, Mapping)
            else f"{key}={_text(each)}"
            for key, each in sorted(setting.items())
        )
    return str(setting)


def read_settings(path: Path | str) -> Settings:
    """The settings of a `huchu.toml`; `documents_dir`, given relative to the file, is resolved.

    Raises  InputError if the file cannot be read; SettingsError with every problem of its keys and values
    """
    file = Path(path)
    settings = settings_from_table(load_toml(file), where=file.name)
    if not settings.documents_dir:
        return settings
    folder = (file.parent / settings.documents_dir).resolve()
    if not folder.is_dir():
        raise SettingsError(
            Words("documents_dir 不是文件夹", "documents_dir is no folder"),
            found=Words(settings.documents_dir, settings.documents_dir),
            do=Words("写出相对 huchu.toml 的文件夹", "name a folder, relative to huchu.toml"),
        )
    return replace(settings, documents_dir=str(folder))


def settings_from_table(table: Mapping[str, Any], *, where: str) -> Settings:
    """The settings of an already parsed `huchu.toml`; a required key left empty counts as missing.

    Raises  SettingsError with every problem
    """
    given = {key: entry for key, entry in table.items() if key != "market_from" or entry != ""}
    empty = [key for key in REQUIRED if table.get(key, "") == ""]
    if empty:
        named = "、".join(empty), ", ".join(empty)
        raise SettingsError(
            Words(f"{where}：必填项未填", f"{where}: required settings are empty"),
            found=Words(*named),
            do=Words(
                "在 huchu.toml 中选定；文件中的注释列出可选值",
                "choose them in huchu.toml; the comments in the file list the choices",
            ),
        )
    market = given.get("market_from")
    if isinstance(market, str):
        given["market_from"] = _day(market, where)
    return read_record(Settings, given, where=where, error=SettingsError)


def _day(text: str, where: str) -> date:
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(
            Words(f"{where}：market_from 不是日期", f"{where}: market_from is no date"),
            found=Words(text, text),
            do=Words("写作 2026-01-01", "write it as 2026-01-01"),
        ) from None
