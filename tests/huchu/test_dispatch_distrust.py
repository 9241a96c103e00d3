"""What a fuzzer found in the words of `huchu dispatch`."""

from pathlib import Path

import pytest

from huchu.cli import dispatch_export, dispatch_read
from huchu.cli.asked import instant
from huchu.cli.request import Asked, Request
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:00-14:00"])
def test_an_instant_beyond_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--from"):
        instant(text, "--from")


def test_a_model_is_not_written_to_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="model"):
        dispatch_export.refuse_export(tmp_path / "nowhere" / "model.lp", (), force=False)


def test_a_folder_is_not_overwritten_with_a_model(tmp_path: Path) -> None:
    (tmp_path / "model.lp").mkdir()
    with pytest.raises(InputError, match=r"model\.lp"):
        dispatch_export.refuse_export(tmp_path / "model.lp", (), force=True)


def test_a_step_of_no_minutes_is_refused() -> None:
    request = Request(from_at="2025-06-01", until_at="2025-06-02", step_minutes=0, asked=Asked())
    with pytest.raises(HuchuError, match="0"):
        dispatch_read._steps(request, None)
