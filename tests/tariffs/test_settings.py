"""huchu.toml: required choices, the day of the market, the user's documents, what applied as text."""

from datetime import date
from pathlib import Path

import pytest

from tariffs.settings import (
    REQUIRED,
    CallCounting,
    ExemptionBase,
    NaiveInstants,
    Settings,
    read_settings,
    settings_from_table,
)
from tariffs.versions import library_of
from tariffs.vocabulary.errors import SettingsError

CHOSEN = {
    "season_calendar": "jun_sep_dec_feb",
    "obligation_year_from": "06-01",
    "call_counting": "equivalent_discharge",
}


def settings_of(**more: object) -> Settings:
    return settings_from_table({**CHOSEN, **more}, where="huchu.toml")


def test_what_is_left_out_has_the_value_of_the_contract() -> None:
    settings = settings_of()
    assert (CallCounting.EQUIVALENT_DISCHARGE, ExemptionBase.ALL_CHARGING, NaiveInstants.ASIA_SHANGHAI) == (
        settings.call_counting,
        settings.exemption_base,
        settings.naive_instants,
    )
    assert settings.market_from is None


def test_all_empty_required_settings_are_named_at_once_and_the_comments_are_pointed_at() -> None:
    with pytest.raises(SettingsError) as refused:
        settings_from_table(dict.fromkeys(REQUIRED, ""), where="huchu.toml")
    assert ", ".join(REQUIRED) == refused.value.found.en
    assert "comments" in refused.value.do.en
    with pytest.raises(SettingsError):
        settings_from_table({}, where="huchu.toml")


@pytest.mark.parametrize(
    ("expected", "given"), [(None, ""), (date(2026, 1, 1), "2026-01-01"), (date(2026, 1, 1), date(2026, 1, 1))]
)
def test_the_day_of_the_market_is_empty_a_text_or_a_date(expected: date | None, given: object) -> None:
    assert expected == settings_of(market_from=given).market_from


def test_the_counting_rules_of_later_versions_are_known_words() -> None:
    assert "dispatch_orders" == settings_of(call_counting="dispatch_orders").call_counting.value


def test_own_ranges_are_taken_with_own_and_shown_as_text() -> None:
    settings = settings_of(season_calendar="own", season_ranges=[["06-15", "09-15"], ["12-01", "02-29"]])
    assert (("06-15", "09-15"), ("12-01", "02-29")) == settings.season_ranges
    assert "06-15..09-15, 12-01..02-29" == dict(settings.applied())["season_ranges"]


def test_what_applied_is_text_in_order_without_empty_ones() -> None:
    applied = settings_of(market_from="2026-01-01", exemption_in_market=False).applied()
    assert ["season_calendar", "obligation_year_from", "call_counting", "city"] == [key for key, _ in applied[:4]]
    assert ("2026-01-01", "false") == (dict(applied)["market_from"], dict(applied)["exemption_in_market"])
    assert all(shown and type(shown) is str for _, shown in applied)
    assert {"season_ranges", "documents_dir", "assessment"}.isdisjoint(key for key, _ in applied)


def test_a_folder_of_documents_is_relative_to_the_settings_and_searched_before_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own/documents").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    lines = [f'{key} = "{entry}"' for key, entry in {**CHOSEN, "documents_dir": "documents"}.items()]
    (tmp_path / "own/huchu.toml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    settings = read_settings(Path("../own/huchu.toml"))
    first, _ = library_of(settings).folders
    assert (tmp_path / "own/documents").resolve() == first.resolve()
    assert "documents" == dict(settings.applied())["documents_dir"]
