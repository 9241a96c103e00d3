"""Unit conversions: the only factors in the product.

A factor is named `<small>_PER_<large>`; multiply a large-unit figure by it to get the small unit.
"""

from typing import Final

KWH_PER_MWH: Final = 1_000
KW_PER_MW: Final = 1_000
MINUTES_PER_HOUR: Final = 60
HOURS_PER_DAY: Final = 24
MONTHS_PER_YEAR: Final = 12
MINUTES_PER_DAY: Final = MINUTES_PER_HOUR * HOURS_PER_DAY
MS_PER_MINUTE: Final = 60_000
MS_PER_DAY: Final = MINUTES_PER_DAY * MS_PER_MINUTE

ENERGY_UNITS_PER_KWH: Final = 10_000
"""Energy is held as an integer number of 1e-4 kWh (column suffix `_kwh_e4`)."""
PRICE_UNITS_PER_CNY: Final = 1_000_000
"""A price is held as an integer number of 1e-6 元 (suffix `_e6`)."""
PRICE_UNITS_PER_CNY_PER_MWH: Final = PRICE_UNITS_PER_CNY // KWH_PER_MWH
"""A price of 1 元/MWh in the integers of a price, 1e-6 元/kWh."""
FEN_PER_CNY: Final = 100
RATIO_UNITS: Final = 1_000_000
"""A ratio or rate is held as an integer number of millionths."""
