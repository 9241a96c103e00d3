"""Station, signals, settings and options -> the task of one station."""

from dispatch.prepare.task import Prepared, prepared
from dispatch.prepare.terms import Surroundings

__all__ = ["Prepared", "Surroundings", "prepared"]
