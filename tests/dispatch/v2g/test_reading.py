"""Files of sessions: what is read, and one fault each, refused with its row."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dispatch.v2g.sessions import AskedEnergy, Chargers, read_sessions
from tariffs.settings import NaiveInstants
from tariffs.vocabulary.errors import InputError, RecordProblems, Refused
from tariffs.vocabulary.timegrid import ZONE

HEADER = "session_id,arrival_at,departure_at,energy_kwh,charge_power_kw"
CAR = "A,2026-01-01T08:00+08:00,2026-01-01T17:00+08:00,20,7"
LOG = "arrival,departure,requested_energy (kWh),delivered_energy (kWh),station_id,estimated_departure,claimed"
STAY = (
    "2019-05-01 06:33:14-07:00,2019-05-01 11:50:55-07:00,21.84,17.666000000000004,CA-314,2019-05-01 11:27:14-07:00,True"
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(*lines: str, end: str = "\n") -> Path:
        path = tmp_path / "sessions.csv"
        path.write_bytes(("\n".join(lines) + end).encode())
        return path

    return written


def refusals(path: Path, chargers: Chargers | None = None) -> list[tuple[str, int]]:
    with pytest.raises(Refused) as caught:
        read_sessions(path, chargers or Chargers())
    return [(finding.code, finding.row) for finding in caught.value.findings]


def test_a_row_becomes_a_session(write: Write) -> None:
    (session,) = read_sessions(write(HEADER, CAR), Chargers()).sessions
    assert ("A", Decimal(20), Decimal(7)) == (session.session_id, session.energy_kwh, session.charge_power_kw)
    assert datetime(2026, 1, 1, 17, tzinfo=ZONE) == session.departure_at
    assert (Decimal(0), Decimal(0), None) == (session.discharge_power_kw, session.spare_kwh, session.room_kwh)


def test_what_the_file_says_counts_before_what_holds_for_all(write: Write) -> None:
    chargers = Chargers(charge_power_kw=Decimal(11), discharge_power_kw=Decimal(5), spare_kwh=Decimal(3))
    path = write(HEADER + ",discharge_power_kw", CAR + ",4", CAR.replace("A", "B").replace(",7", ",") + ",")
    own, general = read_sessions(path, chargers).sessions
    assert (Decimal(7), Decimal(4), Decimal(3)) == (own.charge_power_kw, own.discharge_power_kw, own.spare_kwh)
    assert (Decimal(11), Decimal(5)) == (general.charge_power_kw, general.discharge_power_kw)


def test_a_charging_log_is_known_by_its_columns_and_named_by_its_rows(write: Write) -> None:
    (session,) = read_sessions(write(LOG, STAY), Chargers(charge_power_kw=Decimal("6.6"))).sessions
    assert ("row-2", Decimal("21.84"), Decimal("6.6")) == (
        session.session_id,
        session.energy_kwh,
        session.charge_power_kw,
    )
    assert datetime(2019, 5, 1, 21, 33, 14, tzinfo=ZONE) == session.arrival_at


def test_a_charging_log_may_ask_for_what_was_delivered(write: Write) -> None:
    chargers = Chargers(charge_power_kw=Decimal("6.6"), energy=AskedEnergy.DELIVERED)
    (session,) = read_sessions(write(LOG, STAY), chargers).sessions
    assert Decimal("17.666") == session.energy_kwh


def test_packed_files_and_byte_order_marks_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sessions.csv.gz"
    path.write_bytes(gzip.compress(f"\ufeff{HEADER}\r\n{CAR}\r\n".encode()))
    assert 1 == len(read_sessions(path, Chargers()).sessions)


def test_instants_without_an_offset_are_told_of_or_refused_as_the_settings_say(write: Write) -> None:
    path = write(HEADER, CAR.replace("+08:00", ""))
    assert {"naive_instants"} == {finding.code for finding in read_sessions(path, Chargers()).findings}
    with pytest.raises(Refused):
        read_sessions(path, Chargers(), NaiveInstants.REFUSE)


@pytest.mark.parametrize(
    ("cell", "other", "code"),
    [
        (",20,", ",,", "session_missing"),
        (",20,", ",20kWh,", "session_malformed"),
        (",20,", ",20.00001,", "session_too_fine"),
        (",20,", ",100001,", "session_too_large"),
        (",20,", ",-1,", "session_negative"),
        (",20,", ",1e3,", "session_malformed"),
        (",7", ",", "session_missing"),
        (",7", ",0", "session_power_zero"),
        ("A,", ",", "session_id_missing"),
        ("A,", "A B,", "session_id_malformed"),
        ("T17:00", "T08:00", "session_departure_early"),
        ("T17:00", "T07:00", "session_departure_early"),
        ("T17:00", "T25:00", "instant_malformed"),
        ("2026-01-01T17", "2026-02-30T17", "instant_impossible"),
        ("2026-01-01T08:00+08:00", "", "instant_missing"),
    ],
)
def test_one_fault_in_a_row_is_refused_with_its_row(write: Write, cell: str, other: str, code: str) -> None:
    path = write(HEADER, CAR.replace("A,", "Z,", 1), CAR.replace(cell, other, 1))
    assert [(code, 3)] == refusals(path)


def test_an_id_that_stands_twice_is_refused_with_both_rows(write: Write) -> None:
    assert [("session_repeated", 3)] == refusals(write(HEADER, CAR, CAR))


def test_more_asked_for_than_there_is_room_for_is_refused(write: Write) -> None:
    assert [("session_room_small", 2)] == refusals(write(HEADER + ",room_kwh", CAR + ",19"))
    assert [("session_room_small", 2)] == refusals(write(HEADER, CAR), Chargers(room_kwh=Decimal(10)))


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ((HEADER + ",colour", CAR + ",red"), ["session_column_unknown"]),
        ((HEADER.replace("energy_kwh", "energy"), CAR), ["session_column_unknown", "column_missing"]),
        ((HEADER + ",energy_kwh", CAR + ",1"), ["column_duplicate"]),
        ((HEADER,), ["file_no_rows"]),
        ((HEADER, CAR, CAR + ",1"), ["row_width"]),
        ((HEADER.replace(",charge_power_kw", ""), CAR.replace(",7", "")), ["session_power_missing"]),
        ((LOG, STAY), ["session_power_missing"]),
        ((LOG, STAY.replace("21.84", "many")), ["session_malformed", "session_power_missing"]),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(write: Write, lines: tuple[str, ...], codes: list[str]) -> None:
    assert codes == [code for code, _ in refusals(write(*lines))]


def test_a_file_cut_in_its_last_row_is_refused_unless_allowed(write: Write) -> None:
    path = write(HEADER, CAR, end="")
    assert [("file_unterminated", 2)] == refusals(path)
    assert 1 == len(read_sessions(path, Chargers(), accept_unterminated=True).sessions)


def test_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sessions.xlsx"
    path.write_bytes(b"PK\x03\x04 and more")
    assert [("session_format_unknown", 0)] == refusals(path)


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_sessions(tmp_path / "none.csv", Chargers())


def test_the_refusal_has_four_parts_in_both_languages(write: Write) -> None:
    with pytest.raises(Refused) as caught:
        read_sessions(write(HEADER, CAR.replace("T17", "T07")), Chargers())
    told = str(caught.value)
    assert "sessions.csv 第 2 行" in told
    assert "sessions.csv row 2" in told
    assert "办法 Do" in told


@pytest.mark.parametrize(
    ("name", "figure"),
    [("energy_kwh", "-1"), ("charge_power_kw", "0"), ("spare_kwh", "-2"), ("room_kwh", "19"), ("departure_at", "")],
)
def test_a_session_made_in_python_is_checked_too(write: Write, name: str, figure: str) -> None:
    (session,) = read_sessions(write(HEADER, CAR), Chargers()).sessions
    wrong = session.arrival_at if name == "departure_at" else Decimal(figure)
    with pytest.raises(RecordProblems) as caught:
        replace(session, **{name: wrong})
    assert 1 == len(caught.value.problems)
