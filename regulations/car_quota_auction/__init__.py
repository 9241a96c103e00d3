"""Auction of quotas for passenger cars of private use: who may bid, when, and what may be done with a quota.

Source  沪府规〔2024〕14号 上海市非营业性客车额度拍卖管理规定
Check   tests/cases/regulations/car_quota_auction
"""

from collections.abc import Callable
from typing import Any, Final

from regulations.car_quota_auction.auction import auction_part, reserve_part
from regulations.car_quota_auction.bidding import person_part, unit_part
from regulations.car_quota_auction.certificate import certificate_part, new_energy_part
from regulations.car_quota_auction.inputs import Inputs
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.transfer import holder_change_part, transfer_part
from regulations.car_quota_auction.waiting import fraud_part, waiting_part
from tariffs.judging.assessment import Assessment
from tariffs.judging.parts import Part, assembled

__all__ = ["Inputs", "Terms", "assess"]

PARTS: Final[tuple[tuple[str, Callable[..., Part]], ...]] = (
    ("person", person_part),
    ("unit", unit_part),
    ("waiting", waiting_part),
    ("auction", auction_part),
    ("certificate", certificate_part),
    ("new_energy", new_energy_part),
    ("reserve_price", reserve_part),
    ("transfer", transfer_part),
    ("holder_change", holder_change_part),
    ("fraud", fraud_part),
)
"""What answers the question that each table of a case asks."""


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether one may bid, transfer, register or entrust, with the deadlines, the reserve price and the waiting times.

    Raises  PolicyNotCovered if working days of a year are needed whose holidays are not known
    Source  沪府规〔2024〕14号 第四条 to 第二十八条
    Check   tests/cases/regulations/car_quota_auction
    """
    asked: list[tuple[Callable[..., Part], Any]] = [
        (part_of, given) for name, part_of in PARTS if (given := getattr(inputs, name)) is not None
    ]
    parts = [part_of(given, inputs.on, terms, inputs.options) for part_of, given in asked]
    return assembled("car_quota_auction", inputs.on, terms.term, parts)
