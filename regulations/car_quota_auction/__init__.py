"""Auction of quotas for passenger cars of private use: who may bid, when, and what may be done with a quota.

Source  沪府规〔2024〕14号 上海市非营业性客车额度拍卖管理规定
Check   tests/cases/regulations/car_quota_auction
"""

from regulations.car_quota_auction.assessing import assess
from regulations.car_quota_auction.inputs import Inputs
from regulations.car_quota_auction.terms import Terms

__all__ = ["Inputs", "Terms", "assess"]
