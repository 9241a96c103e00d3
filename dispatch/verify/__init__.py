"""A schedule counted again in integers, apart from every solver: what it earns, or why it is none."""

from dispatch.verify.asked import HELD_BY_PHYSICS
from dispatch.verify.bill import BillLine, Leg
from dispatch.verify.broken import BrokenSchedule, instant_text
from dispatch.verify.rounded import schedule_of
from dispatch.verify.verified import BILLED, Verified, verified, verify

__all__ = [
    "BILLED",
    "HELD_BY_PHYSICS",
    "BillLine",
    "BrokenSchedule",
    "Leg",
    "Verified",
    "instant_text",
    "schedule_of",
    "verified",
    "verify",
]
