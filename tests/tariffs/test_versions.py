"""Which version of a document counts on a day, and what happens where none does."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tariffs.versions import SHIPPED, Library
from tariffs.vocabulary.errors import DocumentError, PolicyNotCovered

Put = Callable[..., Path]
SERIES = sorted({path.parent.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("[0-9]*.toml")})
WALK_END = date(2030, 12, 31)


def start_on(library: Library, series: str, on: date) -> str:
    return library.in_force(series, on).header.effective_from.isoformat()


def test_a_day_before_every_version_raises_and_says_what_to_add(put: Put) -> None:
    library = Library((put("city/prices", "2025-01-01"),))
    with pytest.raises(PolicyNotCovered) as refused:
        library.in_force("city/prices", date(2024, 12, 31))
    expected = (
        "city/prices: no version in force on 2024-12-31",
        "2025-01-01 to open",
        "nothing was priced",
        "add city/prices/<effective date>.toml, or choose another period",
    )
    error = refused.value
    assert expected == (error.what.en, error.found.en, error.done.en, error.do.en)


def test_a_series_without_any_version_says_so() -> None:
    with pytest.raises(PolicyNotCovered) as refused:
        Library().in_force("shanghai/no_such_series", date(2025, 1, 1))
    assert "no version at all" == refused.value.found.en


def test_a_later_start_ends_the_earlier_version_on_the_day_before(put: Put) -> None:
    put("city/prices", "2025-01-01")
    library = Library((put("city/prices", "2025-07-15"),))
    assert "2025-01-01" == start_on(library, "city/prices", date(2025, 7, 14))
    assert "2025-07-15" == start_on(library, "city/prices", date(2025, 7, 15))


def test_an_own_end_is_included_and_leaves_a_gap_that_no_neighbour_fills(put: Put) -> None:
    put("city/prices", "2025-01-01", until="2025-03-31")
    library = Library((put("city/prices", "2025-06-01"),))
    assert "2025-01-01" == start_on(library, "city/prices", date(2025, 3, 31))
    for day in (date(2025, 4, 1), date(2025, 5, 31)):
        with pytest.raises(PolicyNotCovered, match="2025-01-01 to 2025-03-31; 2025-06-01 to open"):
            library.in_force("city/prices", day)


def test_an_ended_later_version_does_not_bring_the_earlier_one_back(put: Put) -> None:
    put("city/prices", "2025-01-01")
    library = Library((put("city/prices", "2025-06-01", until="2025-06-30"),))
    with pytest.raises(PolicyNotCovered):
        library.in_force("city/prices", date(2025, 7, 1))


def test_a_document_published_later_is_not_known_to_an_earlier_settlement(put: Put) -> None:
    put("city/prices", "2025-01-01", published="2024-12-01")
    folder = put("city/prices", "2025-03-01", published="2025-09-10")
    assert "2025-03-01" == start_on(Library((folder,)), "city/prices", date(2025, 4, 1))
    assert "2025-01-01" == start_on(Library((folder,), known_on=date(2025, 9, 9)), "city/prices", date(2025, 4, 1))
    assert "2025-03-01" == start_on(Library((folder,), known_on=date(2025, 9, 10)), "city/prices", date(2025, 4, 1))


def test_the_users_document_counts_where_two_start_on_one_day(put: Put) -> None:
    own = put("shanghai/coal_benchmark", "2020-01-01", "[benchmark]\nprice_cny_per_kwh = 0.5\n")
    library = Library((own, SHIPPED))
    assert (
        "own 2020-01-01" == library.in_force("shanghai/coal_benchmark", date(2025, 1, 1)).citation("").document_number
    )
    assert "2017-07-01" == start_on(library, "shanghai/coal_benchmark", date(2019, 12, 31))


def test_a_file_name_that_is_not_the_effective_date_is_refused(put: Put) -> None:
    folder = put("city/prices", "2025-01-01")
    (folder / "city/prices/2025-01-01.toml").rename(folder / "city/prices/2025-02-01.toml")
    with pytest.raises(DocumentError, match=r"rename it to 2025-01-01\.toml"):
        Library((folder,)).versions("city/prices")


def test_a_misspelt_key_of_the_header_is_no_table_and_is_refused(put: Put) -> None:
    folder = put("city/prices", "2025-01-01")
    path = folder / "city/prices/2025-01-01.toml"
    path.write_text("effective_untill = 2025-12-31\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DocumentError, match="write effective_until"):
        Library((folder,)).versions("city/prices")


def test_what_a_version_holds_beside_its_header_is_its_body_and_its_citation(put: Put) -> None:
    library = Library((put("city/prices", "2025-01-01", "[tax]\nrate_ratio = 0.13\n"),))
    version = library.in_force("city/prices", date(2025, 1, 1))
    assert ["tax"] == list(version.body)
    cited = version.citation("六（二）")
    assert ("own 2025-01-01 六（二）", "city/prices") == (str(cited), cited.series)


@pytest.mark.parametrize("series", SERIES)
def test_every_day_from_the_first_version_on_is_covered_to_the_end_of_the_plan(series: str) -> None:
    library = Library()
    first = day = library.versions(series)[0].header.effective_from
    days = 0
    while day <= WALK_END:
        version = library.in_force(series, day)
        assert version.header.effective_from <= day
        days += 1
        day += timedelta(days=1)
    assert (WALK_END - first).days + 1 == days > 1_000


def test_the_plan_ends_with_2030_and_the_day_after_is_refused() -> None:
    library = Library()
    assert "2025-01-01" == start_on(library, "shanghai/storage_pricing", WALK_END)
    with pytest.raises(PolicyNotCovered, match="2025-01-01 to 2030-12-31"):
        library.in_force("shanghai/storage_pricing", WALK_END + timedelta(days=1))
