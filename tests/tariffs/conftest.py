"""Settings, a library and folders of documents that the tests of this folder share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tariffs.settings import CallCounting, Settings
from tariffs.versions import Library

HEADER = """effective_from = {start}
{until}
checked_on = 2025-01-01
confirmation = "user"
changed = []
[citation]
document_number = "own {start}"
title = "own"
issuer = "own"
published_on = {published}
"""


@pytest.fixture
def settings() -> Settings:
    return Settings(
        season_calendar="jun_sep_dec_feb",
        obligation_year_from="06-01",
        call_counting=CallCounting.EQUIVALENT_DISCHARGE,
    )


@pytest.fixture
def shipped() -> Library:
    return Library()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Writes one document version and gives the folder of documents."""

    def written(series: str, start: str, body: str = "", *, until: str = "", published: str = "2024-01-01") -> Path:
        folder = tmp_path / "documents" / series
        folder.mkdir(parents=True, exist_ok=True)
        end = f"effective_until = {until}" if until else ""
        text = HEADER.format(start=start, until=end, published=published) + body
        (folder / f"{start}.toml").write_text(text, encoding="utf-8")
        return tmp_path / "documents"

    return written
