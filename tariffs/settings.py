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


class CapacitySupport(Enum):
    """Which capacity support is paid."""

    NONE = "none"
    LOCAL_SUBSIDY = "local_subsidy"
    NATIONAL_CAPACITY_PRICE = "national_capacity_price"


class PairingUpgradeBase(Enum):
    """What the wind-pairing share of an upgrade is taken of."""

    NOT_SET = ""
    WHOLE = "whole"
    ADDED = "added capacity"


class NaiveInstants(Enum):
    """What happens to instants without an offset."""

    ASIA_SHANGHAI = "asia_shanghai"
    REFUSE = "refuse"


REQUIRED = ("season_calendar", "obligation_year_from", "call_counting")
DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LEAP_YEAR = 2024
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
    auxiliary_use: AuxiliaryUse = AuxiliaryUse.OWN_METER
    commissioning_energy: CommissioningEnergy = CommissioningEnergy.EXCLUDED
    market_from: date | None = None
    adjustment_price: AdjustmentPrice = AdjustmentPrice.ORIGINAL_MONTH
    assessment_profile: AssessmentProfile = AssessmentProfile.NONE
    capacity_support: CapacitySupport = CapacitySupport.NONE
    pairing_enforced: bool = False
    pairing_upgrade_base: PairingUpgradeBase = PairingUpgradeBase.NOT_SET
    naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI
    documents_dir: str = ""
    assessment: Mapping[str, Decimal] = field(default_factory=dict)

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
        for pair in self.season_ranges:
            if not all(is_day_of_year(end) for end in pair):
                problems.append(Words(f"season_ranges 的 {pair} 须为 MM-DD", f"season_ranges {pair} must be MM-DD"))
        if problems:
            raise RecordProblems(problems)

    def applied(self) -> tuple[tuple[str, str], ...]:
        """Every setting and its value as text, in the order of the record; empty ones and the folders above the user's
        documents left out."""
        shown = []
        for declared in fields(self):
            setting = getattr(self, declared.name)
            if declared.name == "documents_dir":
                # where the folder lies says nothing about the result
                setting = Path(setting).name
            if isinstance(setting, Enum):
                setting = setting.value
            elif isinstance(setting, bool):
                setting = str(setting).lower()
            elif isinstance(setting, tuple):
                setting = ", ".join(f"{first}..{last}" for first, last in setting)
            elif isinstance(setting, Mapping):
                setting = ", ".join(f"{key}={number}" for key, number in sorted(setting.items()))
            elif declared.name == "documents_dir":
                setting = Path(str(setting)).name
            if setting not in (None, ""):
                shown.append((declared.name, str(setting)))
        return tuple(shown)


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
