"""A real dask cluster on this machine: the same figures, and a station that kills its workers is named."""

import importlib.util
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from dispatch.apart import Crew, crew, plans_apart
from tariffs.vocabulary.errors import InputError, UsageError

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="the extra huchu[dask] is not installed"
)


@pytest.fixture(scope="module")
def workers() -> Iterator[Crew]:
    """Two worker processes."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.cpu_count", lambda: 2)
        with crew.cluster("local") as made:
            yield made


@needs_dask
def test_a_cluster_gives_what_is_planned_in_place(stations: Any, shared_of: Any, told: Any, workers: Crew) -> None:
    expected = [told(each) for each in plans_apart(stations, shared_of())]
    found = [told(each) for each in plans_apart(stations, shared_of(), workers.executor, width=workers.width)]
    assert expected == found


@needs_dask
def test_a_station_that_ends_the_workers_of_a_cluster_is_named_and_the_others_are_done(
    stations: Any, shared_of: Any, workers: Crew, own_block: Any
) -> None:
    deadly = shared_of(own_blocks=(own_block("os._exit(9)"),))
    found = {each.station_id: each for each in plans_apart(stations, deadly, workers.executor)}
    assert found["C"].refusal is not None
    assert "C: the process that planned it died" == found["C"].refusal.error.what.en
    assert {"A", "B", "D", "E"} == {name for name, each in found.items() if each.plan is not None}


@needs_dask
def test_a_cluster_that_does_not_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "FOUND_WITHIN_S", 0.5)
    with pytest.raises(InputError, match="does not answer"), crew.cluster("tcp://127.0.0.1:1"):
        pass


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"huchu\[dask\]"), crew.cluster("local"):
        pass
