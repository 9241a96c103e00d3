"""What a caller may choose about reading."""

from dataclasses import dataclass, field

from tariffs.settings import NaiveInstants

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where reading stops before a hostile or mistaken file can exhaust the machine.

    Shape   sizes in bytes; the ratio of unpacked to packed size counts only from `ratio_from_bytes` on, for a short
            file of zeros packs very well
    """

    max_bytes: int = 2048 * _MEBIBYTE
    max_unpacked_bytes: int = 4096 * _MEBIBYTE
    max_unpacked_ratio: int = 300
    ratio_from_bytes: int = 32 * _MEBIBYTE
    max_rows: int = 50_000_000
    max_columns: int = 2_000
    max_cell_characters: int = 256
    max_archive_entries: int = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Choices of the user about how files are read."""

    accept_unterminated: bool = False
    naive_instants: NaiveInstants = NaiveInstants.ASIA_SHANGHAI
    limits: Limits = field(default_factory=Limits)
