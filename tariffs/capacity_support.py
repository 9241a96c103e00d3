"""Capacity support: on which days a station has a claim, to how much of its power, and at which yearly price."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tariffs.citation import Citation
from tariffs.prices import Price
from tariffs.schema import read_record
from tariffs.settings import CapacitySupport, Settings, WhenPartlyLeased
from tariffs.stations import Station
from tariffs.support_claims import (
    NATIONAL,
    Claim,
    national_claim,
    national_version,
    new_energy_leased_mw,
    subsidy_claim,
)
from tariffs.versions import Library
from tariffs.vocabulary.errors import DocumentError, SettingsError, Words
from tariffs.vocabulary.money import price_text, scaled
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalTerms:
    """The `[capacity_price]` table of the national document."""

    article: str
    meaning: str
    largest_ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalCapacityTable:
    """The `[coal_capacity_price]` table of a city's document."""

    article: str
    meaning: str
    price_cny_per_kw_year: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPrice:
    """A yearly price for each kW, the share of it that a station gets, and how both came about."""

    price: Price
    share: Fraction
    share_formula: Words | None
    clause: Citation


def claim_on(station: Station, on: date, mode: CapacitySupport, library: Library) -> Claim:
    """Whether a station has the support of a mode on a day."""
    national = national_version(library, on) is not None
    if mode is CapacitySupport.LOCAL_SUBSIDY:
        return subsidy_claim(station, on, national_price_in_force=national)
    return national_claim(station, on, national_price_in_force=national)


def supported_mw(station: Station, on: date, claim: Claim, when_partly_leased: WhenPartlyLeased) -> Decimal:
    """The power that is paid for on a day, MW: all, nothing, or the part that no new-energy developer leases."""
    rated = station.rating_on(on).power_mw
    if claim is Claim.ELIGIBLE:
        return rated
    if claim is Claim.PARTLY_LEASED and when_partly_leased is WhenPartlyLeased.FREE_PART:
        return rated - new_energy_leased_mw(station, on)
    return Decimal(0)


def support_price(station: Station, on: date, settings: Settings, library: Library, clause: Citation) -> SupportPrice:
    """The yearly price for each kW on a day, by the mode that the settings choose; `clause` is the plan's article.

    Raises  SettingsError if a figure that the mode needs is not given; DocumentError or PolicyNotCovered
    """
    if settings.capacity_support is CapacitySupport.LOCAL_SUBSIDY:
        return _subsidy_price(settings, clause)
    return _national_price(station, on, settings, library)


def _subsidy_price(settings: Settings, clause: Citation) -> SupportPrice:
    rate = _needed(settings.capacity_support_figures.subsidy_cny_per_kw_year, "subsidy_cny_per_kw_year")
    price = _price(rate, Words("自定补贴标准", "own rate of subsidy"), ())
    return SupportPrice(price=price, share=Fraction(1), share_formula=None, clause=clause)


def _national_price(station: Station, on: date, settings: Settings, library: Library) -> SupportPrice:
    figures = settings.capacity_support_figures
    national = library.in_force(NATIONAL, on)
    table = national.body.get("capacity_price", {})
    terms = read_record(NationalTerms, table, where=national.series, error=DocumentError)
    peak_h = _needed(figures.net_load_peak_h, "net_load_peak_h")
    own = figures.coal_capacity_price_cny_per_kw_year
    price = (
        _coal_price(settings, library, on)
        if own is None
        else _price(own, Words("煤电容量电价", "coal capacity price"), ())
    )
    rating = station.rating_on(on)
    duration_h = Fraction(rating.energy_mwh) / Fraction(rating.power_mw)
    share = min(Fraction(terms.largest_ratio), duration_h / Fraction(peak_h))
    told = f"min({terms.largest_ratio}, {rating.energy_mwh:f} ÷ {rating.power_mw:f} ÷ {peak_h:f})"
    return SupportPrice(
        price=price,
        share=share,
        share_formula=Words(f"时长折算 {told}", f"share by duration {told}"),
        clause=national.citation(terms.article),
    )


def _coal_price(settings: Settings, library: Library, on: date) -> Price:
    version = library.in_force(f"{settings.city}/coal_capacity_price", on)
    table = version.body.get("coal_capacity_price", {})
    found = read_record(CoalCapacityTable, table, where=version.series, error=DocumentError)
    source = version.citation(found.article)
    return _price(found.price_cny_per_kw_year, Words("煤电容量电价", "coal capacity price"), (source,))


def _price(rate_cny_per_kw_year: Decimal, name: Words, sources: tuple[Citation, ...]) -> Price:
    try:
        price_e6 = scaled(rate_cny_per_kw_year, PRICE_UNITS_PER_CNY)
    except ValueError:
        raise SettingsError(
            Words("容量价格超过六位小数", "a capacity price has more than six decimals"),
            found=Words(str(rate_cny_per_kw_year), str(rate_cny_per_kw_year)),
            do=Words("改为至多六位小数的元/千瓦·年", "give 元/kW and year with at most six decimals"),
        ) from None
    text = price_text(price_e6)
    return Price(cny_per_unit_e6=price_e6, formula=Words(f"{name.zh} {text}", f"{name.en} {text}"), sources=sources)


def _needed(figure: Decimal | None, key: str) -> Decimal:
    if figure is not None:
        return figure
    raise SettingsError(
        Words(f"capacity_support_figures 缺少 {key}", f"capacity_support_figures lacks {key}"),
        found=Words("所选容量支持方式需要该数值", "the chosen capacity support needs it"),
        do=Words(
            f"在 huchu.toml 的 [capacity_support_figures] 中给出 {key}",
            f"give {key} under [capacity_support_figures] in huchu.toml",
        ),
    )
