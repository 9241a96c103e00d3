"""The runs that are made up: long ones with chosen mixtures, short ones with everything drawn by lot."""

from datetime import date
from fractions import Fraction
from random import Random

from mixed_years import COALS, NETWORK, TAXES, Mix
from oracle import VAT, Choices

F = Fraction
CAP = {"factor": F("0.8"), "hours": F(35)}
DISCIPLINE = {
    "factor": F("0.8"),
    "late_cny_per_case": F("10000.5"),
    "link_hours_per_hour": F("0.3"),
    "link_max_hours": F(5),
    "remote_cny_per_10_mw_month": F(5000),
    "trip_hours_per_case": F("0.75"),
}
ASSESSMENT = {
    "order_shortfall": {"factor": F("0.7")},
    "unplanned_outage": {"factor": F("0.3"), "max_hours": F(30), "peak_factor": F("1.7")},
    "plan_deviation": {"factor": F("1.1"), "plan_tolerance_ratio": F("0.03"), "power_tolerance_ratio": F("0.013")},
    "discipline": DISCIPLINE,
    "availability": {"factor": F("0.8"), "hours": F(10), "required_ratio": F("0.98")},
    "agc_availability": {"factor": F("0.8"), "hours": F(7), "required_ratio": F("0.98")},
    "agc_performance": {"factor": F("0.8"), "hours": F(3)},
    "primary_frequency": {"factor": F("0.8"), "hours": F(3), "required_ratio": F("0.7")},
}
TAXED = {"assessment": F("0.13"), "capacity_subsidy": F("0.06"), "discharge_award": F("0.06")}
PRESETS = (
    "jul_aug_dec_jan",
    "jul_sep_dec_jan",
    "jul_sep_dec_feb",
    "jun_sep_dec_feb",
    "jun_aug_dec_feb",
    "mid_jun_mid_sep_mid_dec_mid_mar",
)
RULES = ("equivalent_discharge", "full_power_hours", "paired_cycles", "event_depth", "dispatch_orders")


def _figures(*names: str) -> dict[str, dict[str, Fraction]]:
    return {name: ASSESSMENT[name] for name in names}


LONG = (
    Mix(
        seed=201,
        first=(2025, 6),
        count=10,
        minutes=60,
        choices=Choices(
            season="jun_sep_dec_feb",
            year_from=(6, 1),
            market_from=date(2026, 2, 16),
            support="local",
            subsidy=F("99.5"),
            assessment={**_figures("order_shortfall", "unplanned_outage", "discipline"), "month_cap": CAP},
            taxed=TAXED,
        ),
    ),
    Mix(
        seed=207,
        first=(2025, 4),
        count=3,
        minutes=30,
        choices=Choices(
            season="mid_jun_mid_sep_mid_dec_mid_mar",
            year_from=(6, 15),
            counting="paired_cycles",
            mean_of_legs=True,
            market_from=date(2025, 6, 21),
            support="local",
            subsidy=F("0.01"),
        ),
    ),
    Mix(
        seed=202,
        first=(2025, 12),
        count=7,
        minutes=30,
        choices=Choices(
            season="jul_sep_dec_feb",
            year_from=(1, 1),
            counting="event_depth",
            depth=F("0.9"),
            returned_only=True,
            network=NETWORK,
            vat=TAXES,
            coal=COALS,
            support="national",
            net_load_peak_h=F(6),
            award_by_calendar=True,
            assessment={**_figures("plan_deviation"), "month_cap": CAP, "returned": {"ratio": F("0.35")}},
        ),
    ),
    Mix(
        seed=203,
        first=(2025, 7),
        count=11,
        minutes=60,
        choices=Choices(
            season="mid_jun_mid_sep_mid_dec_mid_mar",
            year_from=(6, 15),
            counting="full_power_hours",
            hours_per_call=F("1.5"),
            market_from=date(2026, 3, 5),
            exempt_in_market=False,
            by_plan=False,
            price_floor=F(0),
            price_cap=F("1200.5"),
            returned_only=True,
            network=NETWORK,
            vat=TAXES,
            support="local",
            subsidy=F(120),
            free_part=True,
            taxed={"capacity_subsidy": F("0.06"), "discharge_award": F("0.06")},
        ),
    ),
    Mix(
        seed=204,
        outages_a_month=20,
        first=(2026, 3),
        count=12,
        minutes=60,
        choices=Choices(
            season="own",
            own_ranges=(("03-20", "04-05"), ("06-15", "09-15"), ("12-01", "02-28")),
            year_from=(3, 16),
            counting="paired_cycles",
            refund_prices=True,
            network=NETWORK,
            coal=COALS,
            support="national",
            coal_capacity=F("147.25"),
            net_load_peak_h=F(4),
            free_part=True,
            assessment={
                **_figures("agc_availability", "agc_performance", "primary_frequency", "availability"),
                "call_shortfall": {"factor": F("0.9")},
            },
            taxed={"assessment": F("0.13")},
        ),
    ),
    Mix(
        seed=206,
        first=(2026, 11),
        count=7,
        minutes=60,
        choices=Choices(
            season="jun_sep_dec_feb",
            year_from=(6, 1),
            counting="dispatch_orders",
            depth=F("0.8"),
            own_call_energy=True,
            commissioning_settled=True,
            by_season_days=False,
            award_by_calendar=True,
            assessment={**_figures(*ASSESSMENT), "month_cap": CAP, "returned": {"ratio": F("0.5")}},
            assess_all_days=True,
        ),
    ),
)


def _drawn(seed: int) -> Mix:
    """A short run with everything drawn by lot, over an edge of a season or of a year."""
    random = Random(seed)
    year = random.choice((2026, 2027))
    first = random.choice(((year, 5), (year, 6), (year, 9), (year, 11), (year, 12), (year, 2)))
    documents = random.random() < 0.5
    edge = date(first[0], first[1], random.randrange(2, 28))
    return Mix(
        seed=seed,
        first=first,
        count=2,
        minutes=(15, 15, 5, 30)[seed % 4],
        choices=Choices(
            season=random.choice(PRESETS),
            year_from=random.choice(((6, 1), (1, 1), (6, 15), (12, 11))),
            counting=RULES[seed % 5],
            depth=F(random.randrange(1, 20), 20),
            pairing_efficiency=F(random.randrange(70, 100), 100) if random.random() < 0.5 else None,
            mean_of_legs=random.random() < 0.5,
            returned_only=documents,
            network=NETWORK,
            vat=TAXES if seed % 2 else VAT,
            market_from=edge if random.random() < 0.5 else None,
            exempt_in_market=random.random() < 0.5,
            by_plan=random.random() < 0.6,
            price_floor=random.choice((None, F(-50))),
            price_cap=random.choice((None, F("999.999"))),
            refund_prices=random.random() < 0.5,
            support=random.choice(("none", "local", "national")),
            subsidy=F("88.123456"),
            net_load_peak_h=F(random.choice((2, 3, 6))),
            free_part=random.random() < 0.5,
            assessment={
                **_figures(*random.sample(sorted(ASSESSMENT), 4)),
                **({"month_cap": CAP} if random.random() < 0.5 else {}),
            },
            assess_all_days=random.random() < 0.5,
            taxed=TAXED if random.random() < 0.5 else {},
        ),
    )


SHORT = tuple(_drawn(seed) for seed in range(301, 311))
