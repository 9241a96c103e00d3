"""Outcomes that are kept: taken up as they were, never trusted, and gone when they are told to."""

import io
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dispatch.apart import Parts, plans_apart
from dispatch.apart.part import outcome_in, part_of, task_name
from dispatch.options import PlanOptions, Rolling
from dispatch.outcome import Limits, Outcome, Rung
from dispatch.plan import planned
from dispatch.prepare import Prepared, prepared

Ready = tuple[Prepared, Outcome]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path / ".out.parts")


@pytest.fixture
def ready(stations: Any, shared_of: Any) -> Ready:
    shared = shared_of()
    task = prepared(stations[0], shared.horizon, shared.signals, shared.around, shared.options)
    return task, planned(stations[0], task, shared.options).outcome


def test_a_part_gives_back_the_outcome_to_the_last_bit(ready: Ready) -> None:
    outcome = ready[1]
    again = outcome_in(part_of(outcome, "name"), "name", outcome.charge_mw.size)
    assert again is not None
    assert outcome.charge_mw.tobytes() == again.charge_mw.tobytes()
    assert outcome.discharge_mw.tobytes() == again.discharge_mw.tobytes()
    assert outcome.stored_worth_cny_per_mwh is not None
    assert again.stored_worth_cny_per_mwh is not None
    assert outcome.stored_worth_cny_per_mwh.tobytes() == again.stored_worth_cny_per_mwh.tobytes()
    bare = {"charge_mw": np.zeros(1), "discharge_mw": np.zeros(1), "stored_worth_cny_per_mwh": None}
    assert replace(outcome, **bare) == replace(again, **bare)


def _pickled(outcome: Outcome) -> bytes:
    content = io.BytesIO()
    np.savez(content, figures=np.array([outcome], dtype=object))
    return content.getvalue()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda _: b"PK\x03\x04 and then something else",
        lambda outcome: part_of(outcome, "name")[:-40],
        lambda outcome: pickle.dumps(outcome),
        _pickled,
        lambda outcome: part_of(outcome, "another name"),
        lambda outcome: part_of(replace(outcome, charge_mw=outcome.charge_mw[1:]), "name"),
        lambda outcome: part_of(replace(outcome, charge_mw=outcome.charge_mw.astype(np.float32)), "name"),
        lambda outcome: part_of(replace(outcome, charge_mw=outcome.charge_mw * np.nan), "name"),
    ],
)
def test_a_part_that_does_not_read_or_answers_something_else_is_none(
    ready: Ready, spoil: Callable[[Outcome], bytes]
) -> None:
    assert outcome_in(spoil(ready[1]), "name", ready[1].charge_mw.size) is None


def test_whatever_decides_an_outcome_changes_the_name_of_its_task(stations: Any, shared_of: Any) -> None:
    def name(station: Any, shared: Any) -> str:
        task = prepared(station, shared.horizon, shared.signals, shared.around, shared.options).task
        return task_name(task, shared.options)

    first, usual = stations[0], shared_of()
    expected = name(first, usual)
    assert expected == name(first, shared_of())
    assert expected == name(replace(first, name="another sign on the gate"), usual)
    others = [
        name(stations[1], usual),
        name(replace(first, power_mw=Decimal(11)), usual),
        name(replace(first, initial_stored_ratio=Decimal("0.5")), usual),
        name(first, shared_of(0.01)),
        name(first, shared_of(rung=Rung.LAZY)),
        name(first, shared_of(limits=Limits(gap=0.01))),
        name(first, shared_of(wear_cost_cny_per_mwh=1.0)),
        name(first, shared_of(max_cycles_per_day=1.0)),
        name(first, shared_of(max_cycles_per_day=2.0)),
    ]
    assert len(others) + 1 == len({expected, *others})


def test_a_second_run_takes_up_what_the_first_kept_and_gives_the_same(
    stations: Any, shared_of: Any, told: Any, parts: Parts
) -> None:
    expected = [told(each) for each in plans_apart(stations, shared_of(), parts=parts)]
    assert 5 == parts.count()
    again = list(plans_apart(stations, shared_of(), parts=parts))
    assert all(each.is_resumed for each in again)
    assert expected == [told(each) for each in again]
    with ThreadPoolExecutor(2) as threads:
        again = list(plans_apart(stations, shared_of(), threads, parts=parts))
    assert all(each.is_resumed for each in again)
    assert expected == [told(each) for each in again]


def test_a_part_whose_schedule_breaks_a_limit_or_claims_too_much_is_planned_again(
    stations: Any, shared_of: Any, told: Any, parts: Parts, ready: Ready
) -> None:
    expected = [told(each) for each in plans_apart(stations, shared_of(), parts=parts)]
    task, outcome = ready
    name = task_name(task.task, PlanOptions())
    for spoilt in (
        replace(outcome, objective_cny="much"),  # type: ignore[arg-type]
        replace(outcome, discharge_mw=outcome.discharge_mw + 5.0),
        replace(outcome, objective_cny=outcome.objective_cny + 1000.0),
    ):
        parts.keep("A", part_of(spoilt, name))
        again = list(plans_apart(stations, shared_of(), parts=parts))
        assert ["A"] == [each.station_id for each in again if each.is_thrown_away]
        assert ["B", "C", "D", "E"] == [each.station_id for each in again if each.is_resumed]
        assert expected == [told(each) for each in again]


def test_after_one_station_is_mended_only_that_one_is_planned_again(
    stations: Any, shared_of: Any, parts: Parts
) -> None:
    list(plans_apart(stations, shared_of(), parts=parts))
    mended = [replace(stations[0], power_mw=Decimal(12)), *stations[1:]]
    again = list(plans_apart(mended, shared_of(), parts=parts))
    assert ["A"] == [each.station_id for each in again if not each.is_resumed]


def test_with_blocks_of_ones_own_or_a_rolling_horizon_nothing_is_kept(
    stations: Any, shared_of: Any, parts: Parts
) -> None:
    own = shared_of(own_blocks=(lambda *_: None,))
    rolling = shared_of(rolling=Rolling(look_ahead_h=24, step_h=24))
    for shared in (own, rolling):
        assert all(each.plan is not None for each in plans_apart(stations[:2], shared, parts=parts))
    assert not parts.folder.exists()


def test_clearing_removes_the_folder_but_nothing_of_somebody_else(parts: Parts) -> None:
    parts.keep("A", b"one")
    assert b"one" == parts.part("A")
    parts.clear()
    assert not parts.folder.exists()
    assert parts.part("A") is None
    parts.keep("A", b"one")
    (parts.folder / "notes.txt").write_text("mine", encoding="utf-8")
    parts.clear()
    assert ["notes.txt"] == [path.name for path in parts.folder.iterdir()]


def test_where_nothing_can_be_kept_the_run_goes_on(stations: Any, shared_of: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    parts = Parts(tmp_path / "file" / ".out.parts")
    assert not parts.keep("A", b"one")
    assert all(each.plan is not None for each in plans_apart(stations, shared_of(), parts=parts))
