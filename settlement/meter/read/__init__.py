"""Meter files of every known format as raw readings: exact, traced to file and row, nothing checked between rows."""

from settlement.meter.read.files import Intake, MeterFile
from settlement.meter.read.intake import read_frame, read_meter_files
from tariffs.reading.options import Limits, ReadOptions

__all__ = ["Intake", "Limits", "MeterFile", "ReadOptions", "read_frame", "read_meter_files"]
