"""A table into a record: every problem at once, nearest spelling, no silent change of type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from tariffs.schema import load_toml, read_record
from tariffs.vocabulary.errors import DocumentError, InputError, RecordProblems, Words


class Colour(Enum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    power_mw: Decimal

    def __post_init__(self) -> None:
        if self.power_mw < 0:
            raise RecordProblems([Words("负", "negative")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    power_mw: Decimal
    name: str
    count: int = 1
    listed: bool = False
    since: date | None = None
    at: datetime | None = None
    colour: Colour = Colour.RED
    parts: tuple[Part, ...] = ()
    pair: tuple[str, str] = ("", "")
    shares: Mapping[str, Decimal] = field(default_factory=dict)


WHOLE: dict[str, Any] = {"power_mw": Decimal("1.5"), "name": "x"}


def refused(table: Mapping[str, Any]) -> str:
    with pytest.raises(InputError) as error:
        read_record(Thing, table, where="t")
    assert error.value.found.zh
    return error.value.found.en


def test_a_whole_table_becomes_a_record_with_nested_records() -> None:
    table = {
        **WHOLE,
        "count": 3,
        "listed": True,
        "since": date(2025, 1, 1),
        "at": datetime.fromisoformat("2025-01-01T08:00:00"),
        "colour": "green",
        "parts": [{"power_mw": 2}],
        "pair": ["a", "b"],
        "shares": {"k": 1},
    }
    expected = Thing(
        power_mw=Decimal("1.5"),
        name="x",
        count=3,
        listed=True,
        since=date(2025, 1, 1),
        at=datetime.fromisoformat("2025-01-01T08:00:00"),
        colour=Colour.GREEN,
        parts=(Part(power_mw=Decimal(2)),),
        pair=("a", "b"),
        shares={"k": Decimal(1)},
    )
    assert expected == read_record(Thing, table, where="t")


@pytest.mark.parametrize(
    ("message", "extra"),
    [
        ("t does not know powr_mw; did you mean power_mw", {"powr_mw": 1}),
        ("t does not know power_kw; did you mean power_mw", {"power_kw": 1}),
        ("t does not know Name; did you mean name", {"Name": 1}),
        ("t does not know zzzzzz", {"zzzzzz": 1}),
        ("t.parts[1] lacks power_mw", {"parts": [{}]}),
        ("t.parts[1] does not know power; did you mean power_mw", {"parts": [{"power_mw": 1, "power": 1}]}),
        ("t.parts[2]: negative", {"parts": [{"power_mw": 1}, {"power_mw": -1}]}),
        ("t.parts must be a list, not dict", {"parts": {"power_mw": 1}}),
        ("t.parts[1] must be a table, not 5", {"parts": [5]}),
        ("t.name must be text, not 1", {"name": 1}),
        ("t.count must be a whole number, not True", {"count": True}),
        ("t.count must be a whole number, not 1.0", {"count": Decimal("1.0")}),
        ("t.count must be a whole number, not 1", {"count": "1"}),
        ("t.listed must be true or false, not 1", {"listed": 1}),
        ("t.listed must be true or false, not true", {"listed": "true"}),
        ("t.power_mw must be a number, not True", {"power_mw": True}),
        ("t.power_mw must be a number, not 1.5", {"power_mw": "1.5"}),
        ("t.power_mw must be a number, not NaN", {"power_mw": Decimal("nan")}),
        ("t.power_mw must be a number, not Infinity", {"power_mw": Decimal("inf")}),
        ("t.since must be a date", {"since": "2025-01-01"}),
        ("t.since must be a date", {"since": datetime.fromisoformat("2025-01-01")}),
        ("t.at must be an instant", {"at": date(2025, 1, 1)}),
        ("t.colour is one of red | green, not 'gren'; did you mean green", {"colour": "gren"}),
        ("t.colour is one of red | green, not True", {"colour": True}),
        ("t.pair must be 2 items", {"pair": ["a"]}),
        ("t.pair[2] must be text, not 2", {"pair": ["a", 2]}),
        ("t.shares must be a table", {"shares": [1]}),
        ("t.shares.k must be a number, not x", {"shares": {"k": "x"}}),
    ],
)
def test_a_wrong_key_or_type_is_named_with_its_place(message: str, extra: dict[str, Any]) -> None:
    assert message in refused({**WHOLE, **extra})


def test_all_problems_of_a_table_are_reported_at_once() -> None:
    found = refused({"powr_mw": 1, "count": True, "colour": "blue"})
    for part in ("did you mean power_mw", "lacks power_mw", "lacks name", "t.count", "t.colour"):
        assert part in found
    assert 5 == len(found.split("; ")) - found.count("; did you mean")


def test_the_caller_chooses_the_kind_of_error() -> None:
    with pytest.raises(DocumentError):
        read_record(Thing, {}, where="t", error=DocumentError)


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("is not valid TOML", b"a ="),
        ("is not valid TOML", b"a = 1\na = 2\n"),
        ("is not valid TOML", b"a = 2025-02-30\n"),
        ("is not valid TOML", b"a = " + b"9" * 5000 + b"\n"),
        ("is not valid TOML", b"a = 1e99999999999999999999\n"),
        ("is not valid TOML", b"a = " + b"[" * 5000 + b"]" * 5000 + b"\n"),
        ("cannot read", "a = '储'".encode("gbk")),
        ("cannot read", b"\xff\xfea\x00"),
    ],
)
def test_a_file_that_is_no_toml_text_is_refused_in_four_parts(tmp_path: Path, what: str, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(InputError) as error:
        load_toml(tmp_path / "x.toml")
    assert what in error.value.what.en
    assert 4 == len(str(error.value).splitlines())


def test_a_file_or_folder_that_is_not_there_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError) as absent:
        load_toml(tmp_path / "no.toml")
    assert "huchu init" in absent.value.do.en
    with pytest.raises(InputError) as folder:
        load_toml(tmp_path)
    assert "it is a folder" == folder.value.found.en


@pytest.mark.parametrize("given", [".", "./", ""])
def test_a_folder_given_as_a_dot_is_named_and_not_by_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    (tmp_path / "沪储").mkdir()
    monkeypatch.chdir(tmp_path / "沪储")
    with pytest.raises(InputError) as refused:
        load_toml(Path(given))
    assert "cannot read 沪储" == refused.value.what.en


def test_numbers_with_a_point_are_exact_and_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes("\ufeffa = 0.1\n".encode())
    assert {"a": Decimal("0.1")} == load_toml(tmp_path / "x.toml")
