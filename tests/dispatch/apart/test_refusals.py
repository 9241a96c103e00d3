"""A station that cannot be planned is named with all that is known of why, and the others are done."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from dispatch.apart import StationFailed, one, plans_apart, processes
from dispatch.apart.refusal import refusal_of
from dispatch.outcome import NoSchedule
from dispatch.prepare import prepared
from dispatch.prepare.terms import CATALOGUE
from tariffs.vocabulary.errors import HuchuError, RecordProblems, Refused, UsageError, Words

WHAT, FOUND, DO, DONE = (Words(f"{word}。", f"{word}.") for word in ("what", "found", "do", "done"))


@pytest.mark.parametrize(
    "error",
    [
        UsageError(WHAT, found=FOUND, do=DO),
        NoSchedule(WHAT, found=FOUND, do=DO, done=DONE),
        RecordProblems([WHAT, FOUND]),
        Refused(WHAT, findings=[CATALOGUE.finding("stage_not_decided", station_id="A")], found=FOUND, do=DO),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_refusal_goes_through_pickling_with_all_of_its_parts(error: HuchuError) -> None:
    again = pickle.loads(pickle.dumps(refusal_of("A", error))).error
    assert type(error) is type(again)
    assert vars(error) == vars(again)
    assert str(error) == str(again)


def impossible(stations: Any) -> list[Any]:
    """C starts with more than it may hold."""
    ratios = {"initial_stored_ratio": Decimal("0.9"), "max_stored_ratio": Decimal("0.5")}
    return [replace(each, **ratios) if each.id == "C" else each for each in stations]


def untouched(_model: Any, _station: Any, _terms: Any) -> None:
    """A block that asks nothing."""


def test_the_refused_station_is_named_and_the_others_are_done_in_processes_as_in_place(
    stations: Any, shared_of: Any, told: Any
) -> None:
    with_one = impossible(stations)
    expected = [told(each) for each in plans_apart(with_one, shared_of())]
    with processes(2) as crew:
        assert expected == [told(each) for each in plans_apart(with_one, shared_of(), crew.executor)]
    assert ["C"] == [each["station_id"] for each in expected if "refused" in each]
    assert "C starts outside its stored-energy bounds" in expected[2]["refused"]


def test_a_fault_of_the_program_is_told_of_its_station_alone(
    stations: Any, shared_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(station: Any, *rest: Any) -> Any:
        return prepared(station, *rest) if station.id != "C" else 1 // 0

    monkeypatch.setattr(one, "prepared", faulty)
    refused = [each for each in plans_apart(stations, shared_of()) if each.refusal is not None]
    assert ["C"] == [each.station_id for each in refused]
    assert refused[0].refusal is not None
    error = refused[0].refusal.error
    assert isinstance(error, StationFailed)
    assert "ZeroDivisionError: integer division or modulo by zero (test_refusals.py:" in error.found.en


def test_a_station_that_ends_its_process_is_named_and_the_others_are_done(
    stations: Any, shared_of: Any, told: Any, own_block: Any
) -> None:
    sound = shared_of(own_blocks=(own_block(),))
    expected = [told(each) for each in plans_apart(stations, sound) if each.station_id != "C"]
    deadly = shared_of(own_blocks=(own_block("os._exit(9)"),))
    with processes(2) as crew:
        found = [told(each) for each in plans_apart(stations, deadly, crew.executor)]
    assert "C: the process that planned it died" in found.pop(2)["refused"]
    assert expected == found


def test_what_cannot_be_sent_to_a_process_is_refused_and_threads_do_it(stations: Any, shared_of: Any) -> None:
    def local(model: Any, station: Any, terms: Any) -> None:
        untouched(model, station, terms)

    shared = shared_of(own_blocks=(local,))
    with ThreadPoolExecutor(1) as threads:
        assert all(each.plan is not None for each in plans_apart(stations[:1], shared, threads))
    with pytest.raises(UsageError, match="cannot be given to other processes"), processes(1) as crew:
        list(plans_apart(stations, shared, crew.executor))
