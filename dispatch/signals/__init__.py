"""Prices, load and wind of each step of a plan, read from `signals.csv`, Parquet or a data frame."""

from dispatch.signals.intake import read_signals, signals_from_frame, signals_of
from dispatch.signals.record import Signals

__all__ = ["Signals", "read_signals", "signals_from_frame", "signals_of"]
