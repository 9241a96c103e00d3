"""The example record of a month and its intervals."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest


@pytest.fixture
def record() -> dict[str, Any]:
    path = Path(__file__).parent / "example_record.json"
    example: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return example


@pytest.fixture
def detail() -> pl.DataFrame:
    rows = [
        {
            "day": date(2025, 7, 1) + timedelta(days=day),
            "direction": direction,
            **{f"p{point:02d}": f"{day}{point}.{point:04d}" for point in range(1, 97)},
        }
        for day in range(31)
        for direction in ("charge", "discharge")
    ]
    return pl.DataFrame(rows)
