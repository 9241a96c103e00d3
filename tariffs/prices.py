"""Dated prices: the coal benchmark, the exempted network prices, the tax rate; and what a season price comes to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tariffs.calendar import Season
from tariffs.citation import Citation, Confirmation
from tariffs.schema import read_record
from tariffs.settings import Settings
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import DocumentError, RecordProblems, Words
from tariffs.vocabulary.money import price_text, scaled
from tariffs.vocabulary.units import PRICE_UNITS_PER_CNY, RATIO_UNITS

LARGEST_PRICE_CNY_PER_KWH = Decimal(10)
"""Far above any tariff in 元/kWh; a figure in 元/MWh lies above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchmarkTable:
    """The `[benchmark]` table of a coal benchmark document."""

    article: str
    meaning: str
    price_cny_per_kwh: Decimal

    def __post_init__(self) -> None:
        _check_prices(self, ("price_cny_per_kwh",))


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkTable:
    """The `[network]` table of a network price document."""

    article: str
    meaning: str
    transmission_price_cny_per_kwh: Decimal
    surcharge_price_cny_per_kwh: Decimal

    def __post_init__(self) -> None:
        _check_prices(self, ("transmission_price_cny_per_kwh", "surcharge_price_cny_per_kwh"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxTable:
    """The `[tax]` table of a tax document."""

    article: str
    meaning: str
    electricity_rate_ratio: Decimal

    def __post_init__(self) -> None:
        rate = self.electricity_rate_ratio
        if not 0 <= rate < 1:
            raise RecordProblems(
                [
                    Words(
                        f"electricity_rate_ratio 须在 0 与 1 之间，不是 {rate}",
                        f"electricity_rate_ratio lies between 0 and 1, not {rate}",
                    )
                ]
            )


def _check_prices(table: object, names: tuple[str, ...]) -> None:
    problems = [
        Words(
            f"{name} 须在 0 与 {LARGEST_PRICE_CNY_PER_KWH} 元/千瓦时之间，不是 {getattr(table, name)}",
            f"{name} lies between 0 and {LARGEST_PRICE_CNY_PER_KWH} 元/kWh, not {getattr(table, name)}",
        )
        for name in names
        if not 0 <= getattr(table, name) <= LARGEST_PRICE_CNY_PER_KWH
    ]
    if problems:
        raise RecordProblems(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price with tax, in 1e-6 元 a unit (kWh unless its line says another), with how it came about and its documents."""

    cny_per_unit_e6: int
    formula: Words
    sources: tuple[Citation, ...]

    @property
    def placeholder(self) -> bool:
        """Whether it rests on a plainly artificial figure."""
        return any(source.confirmation is Confirmation.PLACEHOLDER for source in self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPrices:
    """What counts on one day: the version of the storage plan, the benchmark, network prices and the tax rate."""

    plan: Version
    benchmark: Price
    network: Price
    tax_rate_e6: int
    tax: Citation


def day_prices(settings: Settings, library: Library, on: date) -> DayPrices:
    """Everything that has a dated price on a day.

    Raises  PolicyNotCovered if one of the documents has no version in force; DocumentError if a table is wrong
    """
    tax_version = library.in_force("national/vat", on)
    tax = read_record(TaxTable, _table(tax_version, "tax"), where=tax_version.series, error=DocumentError)
    return DayPrices(
        plan=library.in_force(f"{settings.city}/storage_pricing", on),
        benchmark=_benchmark(library.in_force(f"{settings.city}/coal_benchmark", on)),
        network=_network(library.in_force(f"{settings.city}/network_prices", on)),
        tax_rate_e6=scaled(tax.electricity_rate_ratio, RATIO_UNITS),
        tax=tax_version.citation(tax.article),
    )


def _benchmark(version: Version) -> Price:
    table = read_record(BenchmarkTable, _table(version, "benchmark"), where=version.series, error=DocumentError)
    price = _price_e6(table.price_cny_per_kwh, version)
    text = price_text(price)
    return Price(
        cny_per_unit_e6=price,
        formula=Words(f"煤电基准价 {text}", f"coal benchmark {text}"),
        sources=(version.citation(table.article),),
    )


def _network(version: Version) -> Price:
    table = read_record(NetworkTable, _table(version, "network"), where=version.series, error=DocumentError)
    transmission = _price_e6(table.transmission_price_cny_per_kwh, version)
    surcharge = _price_e6(table.surcharge_price_cny_per_kwh, version)
    return Price(
        cny_per_unit_e6=transmission + surcharge,
        formula=Words(
            f"输配电价 {price_text(transmission)} + 附加 {price_text(surcharge)}",
            f"T&D {price_text(transmission)} + surcharges {price_text(surcharge)}",
        ),
        sources=(version.citation(table.article),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRatios:
    """Share of the coal benchmark price in the peak seasons and in other times."""

    peak: Decimal
    other: Decimal

    def __post_init__(self) -> None:
        problems = [
            Words(f"{name} 须在 0 与 10 之间，不是 {ratio}", f"{name} lies between 0 and 10, not {ratio}")
            for name, ratio in (("peak", self.peak), ("other", self.other))
            if not 0 <= ratio <= 10
        ]
        if problems:
            raise RecordProblems(problems)

    def of(self, season: Season) -> Decimal:
        """The share in a season.

        Raises  DocumentError in the market stage, which has no such share
        """
        if season is Season.PEAK:
            return self.peak
        if season is Season.OTHER:
            return self.other
        raise DocumentError(
            Words("市场阶段没有季节比例", "the market stage has no season share"),
            found=Words(season.value, season.value),
            do=Words("市场阶段按市场电价结算", "the market stage is settled by market prices"),
        )


def season_price(benchmark: Price, price_ratio: Decimal, clause: Citation) -> Price:
    """The benchmark times a season's ratio, exact.

    Raises  DocumentError if the product needs more than six decimals
    """
    product = Decimal(benchmark.cny_per_unit_e6) * price_ratio / PRICE_UNITS_PER_CNY
    try:
        price = scaled(product, PRICE_UNITS_PER_CNY)
    except ValueError:
        raise DocumentError(
            Words("季节电价超过六位小数", "a season price needs more than six decimals"),
            found=Words(f"{benchmark.formula.zh} × {price_ratio}", f"{benchmark.formula.en} × {price_ratio}"),
            do=Words("核对比例与基准价", "check the ratio and the benchmark"),
        ) from None
    difference = (price_ratio - 1) * 100
    sign = "+" if difference > 0 else "−"
    share = "" if difference == 0 else f" × (1 {sign} {abs(difference).normalize():f}%)"
    base = price_text(benchmark.cny_per_unit_e6)
    return Price(
        cny_per_unit_e6=price,
        formula=Words(f"煤电基准价 {base}{share}", f"coal benchmark {base}{share}"),
        sources=(clause, *benchmark.sources),
    )


def _table(version: Version, name: str) -> dict[str, object]:
    table = version.body.get(name)
    if not isinstance(table, dict):
        raise DocumentError(
            Words(f"{version.series} 缺少 [{name}]", f"{version.series} lacks [{name}]"),
            found=Words("、".join(version.body) or "空", ", ".join(version.body) or "nothing"),
            do=Words("补上该表", "add the table"),
        )
    return table


def _price_e6(price_cny_per_kwh: Decimal, version: Version) -> int:
    try:
        return scaled(price_cny_per_kwh, PRICE_UNITS_PER_CNY)
    except ValueError:
        raise DocumentError(
            Words(f"{version.series} 的价格超过六位小数", f"a price of {version.series} has more than six decimals"),
            found=Words(str(price_cny_per_kwh), str(price_cny_per_kwh)),
            do=Words("改为元/千瓦时，最多六位小数", "give 元/kWh with at most six decimals"),
        ) from None
