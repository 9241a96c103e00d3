"""What the documents say: dated policy texts, the words of the field, stations and settings."""

from tariffs.settings import Settings, read_settings
from tariffs.stations import Station, read_station, read_stations
from tariffs.versions import Library
from tariffs.vocabulary.errors import HuchuError

__all__ = ["HuchuError", "Library", "Settings", "Station", "read_settings", "read_station", "read_stations"]
