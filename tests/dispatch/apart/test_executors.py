"""Independent stations: the same figures from every executor, in the order of the stations, whoever is first."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import dispatch
from dispatch.apart import Progress, mapped, plans_apart, processes
from dispatch.apart.one import planned_chunk
from dispatch.apart.shared import opened, packed
from dispatch.options import Rolling
from dispatch.outcome import Rung
from tariffs.stations import Station
from tariffs.vocabulary.errors import InputError


class Backwards(Executor):
    """Does nothing until everything was asked of it, and then the last first."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.asked: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked.append((future, partial(fn, *args, **kwargs)))
        if len(self.asked) == self.expected:
            for each, work in reversed(self.asked):
                each.set_result(work())
        return future


def test_threads_and_processes_give_what_is_planned_in_place(stations: Any, shared_of: Any, told: Any) -> None:
    shared = shared_of()
    expected = [told(each) for each in plans_apart(stations, shared)]
    with ThreadPoolExecutor(2) as threads:
        assert expected == [told(each) for each in plans_apart(stations, shared, threads)]
    with processes(2) as crew:
        assert expected == [told(each) for each in plans_apart(stations, shared, crew.executor, width=crew.width)]
    assert ["A", "B", "C", "D", "E"] == [each["station_id"] for each in expected]


def test_a_solver_and_rolling_windows_give_the_same_in_processes(stations: Any, shared_of: Any, told: Any) -> None:
    solver, rolling = shared_of(rung=Rung.LAZY), shared_of(rolling=Rolling(look_ahead_h=24, step_h=12))
    expected = [told(each) for shared in (solver, rolling) for each in plans_apart(stations, shared)]
    with processes(2) as crew:
        found = [told(each) for shared in (solver, rolling) for each in plans_apart(stations, shared, crew.executor)]
    assert expected == found


def test_results_come_in_the_order_of_the_stations_when_the_last_is_first(
    stations: Any, shared_of: Any, told: Any
) -> None:
    expected = [told(each) for each in plans_apart(stations, shared_of())]
    seen: list[str] = []
    found = plans_apart(stations, shared_of(), Backwards(5), progress=Progress(done=seen.append))
    assert expected == [told(each) for each in found]
    assert {"A", "B", "C", "D", "E"} == set(seen)


@pytest.mark.parametrize(("width", "chunk_s"), [(1, 0.0), (1, 1e9), (64, 1e9)])
def test_the_size_of_the_chunks_changes_nothing(
    stations: Any, shared_of: Any, told: Any, monkeypatch: pytest.MonkeyPatch, width: int, chunk_s: float
) -> None:
    expected = [told(each) for each in plans_apart(stations, shared_of())]
    monkeypatch.setattr(mapped, "CHUNK_S", chunk_s)
    with ThreadPoolExecutor(2) as threads:
        assert expected == [told(each) for each in plans_apart(stations, shared_of(), threads, width=width)]


def test_every_station_is_told_once_when_it_is_done(stations: Any, shared_of: Any) -> None:
    seen: list[str] = []
    with ThreadPoolExecutor(2) as threads:
        list(plans_apart(stations, shared_of(), threads, progress=Progress(done=seen.append)))
    assert ["A", "B", "C", "D", "E"] == sorted(seen)


def test_a_block_of_a_file_is_loaded_again_by_each_process_and_is_there_in_the_plan(
    stations: Any, shared_of: Any, told: Any, own_block: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_block()
    monkeypatch.chdir(tmp_path)
    shared = shared_of(own_blocks=(Path("below_half.py"),))
    expected = [told(each) for each in plans_apart(stations[:2], shared)]
    with processes(1) as crew:
        found = list(plans_apart(stations[:2], shared, crew.executor))
    assert expected == [told(each) for each in found]
    assert found[0].plan is not None
    assert "below_half" == found[0].plan.task.blocks[-1].name
    assert found[0].plan.task.blocks[-1].add is not None


def test_equal_arrays_of_a_chunk_are_sent_once(stations: Any, shared_of: Any) -> None:
    one, other = planned_chunk(stations[:2], packed(shared_of()), (None, None), keeps=False)
    assert one.plan is not None
    assert other.plan is not None
    assert one.plan.task.prices.charge_e6 is other.plan.task.prices.charge_e6
    assert one.plan.task.station.energy_mwh is not other.plan.task.station.energy_mwh


def test_a_notebook_asks_for_all_stations_in_one_call(stations: tuple[Station, ...], shared_of: Any, told: Any) -> None:
    shared = shared_of()
    expected = [told(each) for each in plans_apart(stations, shared)]
    with ThreadPoolExecutor(2) as threads:
        assert expected == [told(each) for each in dispatch.schedule_all(stations, shared.signals, executor=threads)]
    with pytest.raises(Exception, match="there is no horizon"):
        dispatch.schedule_all(stations)


def test_a_station_that_is_given_twice_is_refused(stations: tuple[Station, ...], shared_of: Any) -> None:
    with pytest.raises(InputError, match="station A is given twice"):
        list(plans_apart([*stations, stations[0]], shared_of()))


def test_what_a_process_found_in_the_documents_does_not_outlive_the_run(shared_of: Any) -> None:
    shared = shared_of()
    first, second = packed(shared), packed(shared)
    opened(first).around.known["asked"] = "found"
    assert "found" == opened(first).around.known["asked"]
    assert {} == opened(second).around.known
    shared.around.known["asked"] = "found in place"
    assert {} == opened(packed(shared)).around.known
