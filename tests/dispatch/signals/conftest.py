"""Small files of signals, and what reading them refuses."""

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dispatch.signals import read_signals
from tariffs.vocabulary.errors import Refused

DAY = "2025-07-01T"


def stamps(minutes: int, count: int, first_minute: int) -> list[str]:
    starts = range(first_minute, first_minute + count * minutes, minutes)
    return [f"{DAY}{start // 60:02d}:{start % 60:02d}+08:00" for start in starts]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """A file of the lines given, in a coding, packed or not."""

    def write(lines: Sequence[str], coding: str = "utf-8", packed: bool = False, end: str = "\n") -> Path:
        path = tmp_path / "signals.csv"
        raw = ("\n".join(lines) + end).encode(coding)
        path.write_bytes(gzip.compress(raw) if packed else raw)
        return path

    return write


@pytest.fixture
def priced(written: Callable[..., Path]) -> Callable[..., Path]:
    """A file of prices in steps of so many minutes from a minute of the day on."""

    def write(prices: Sequence[object], minutes: int = 60, first_minute: int = 0) -> Path:
        instants = stamps(minutes, len(prices), first_minute)
        rows = [f"{at},{price}" for at, price in zip(instants, prices, strict=True)]
        return written(["interval_start,price_cny_per_mwh", *rows])

    return write


@pytest.fixture
def refusals(written: Callable[..., Path]) -> Callable[..., list[tuple[str, int]]]:
    """Code and row of each refusal that the lines of a file give."""

    def read(lines: Sequence[str]) -> list[tuple[str, int]]:
        with pytest.raises(Refused) as caught:
            read_signals(written(lines))
        return [(f.code, f.row) for f in caught.value.findings if f.severity.value == "refusal"]

    return read
