"""Blocks in order, the user's own among them, and the model as a file."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from pyomo.core import Constraint, value
from random_tasks import tasks

from dispatch.blocks import final_stored_energy, season_calls
from dispatch.formulate import whole_model, write_model
from dispatch.lazy import everywhere, lazy
from dispatch.matrix import matrix
from dispatch.outcome import Limits
from dispatch.task import Task, block, own_block
from tariffs.vocabulary.errors import HuchuError

CHAIN = tuple(block(name) for name in ("power_limits", "energy_balance", "stored_energy_bounds", "exclusive_modes"))
EMPTY = block("final_stored_energy", final_stored_energy.Terms(final_stored_mwh=0.0))


@pytest.fixture
def plain(station_of: Any, task_of: Any) -> Task:
    task: Task = task_of(station_of(4), [*CHAIN, EMPTY], [10.0, 50.0, 20.0, 90.0])
    return task


def test_the_ordinary_model_has_every_step_and_what_is_stored_before(plain: Task) -> None:
    model = whole_model(plain)
    assert [1, 2, 3, 4] == list(model.steps)
    assert [0, 1, 2, 3, 4] == list(model.stored_mwh)
    assert 0.0 == value(model.stored_mwh[0])
    assert {"2026-01-01": [1, 2, 3, 4]} == {day: list(steps) for day, steps in model.steps_of_day.items()}


def test_only_the_chosen_steps_have_binaries(plain: Task) -> None:
    assert [2, 4] == list(whole_model(plain, np.array([False, True, False, True])).charging)


def test_a_block_listed_before_what_it_needs_is_refused_with_what_to_list(plain: Task) -> None:
    def late(_model: Any, _station: Any, _terms: Any) -> None:
        """A block that never runs."""

    needy = replace(own_block(late), needs=("charging",))
    with pytest.raises(HuchuError, match="list exclusive_modes before late"):
        whole_model(replace(plain, blocks=(needy, *plain.blocks)))


def test_a_block_that_would_miss_the_grid_meter_is_refused(plain: Task) -> None:
    calls = block("season_calls", season_calls.Terms(calls=0.1, in_season=np.ones(4)))
    with pytest.raises(HuchuError, match="list auxiliary_use before season_calls"):
        matrix([replace(plain, blocks=(*CHAIN, calls, block("auxiliary_use")))])


def test_a_block_listed_twice_is_refused(plain: Task) -> None:
    with pytest.raises(HuchuError, match="list power_limits once"):
        matrix([replace(plain, blocks=(*CHAIN, CHAIN[0]))])


def test_an_own_block_of_one_constraint_a_step_counts(plain: Task) -> None:
    """At most 4 MW in any hour: two cycles of 4 MWh, 40 and 70 元 each MWh."""

    def gentle(model: Any, _station: Any, _terms: Any) -> None:
        model.gentle = Constraint(model.steps, rule=lambda m, t: m.charge_mw[t] + m.discharge_mw[t] <= 4)

    outcome = lazy(replace(plain, blocks=(*plain.blocks, own_block(gentle))), Limits())
    assert pytest.approx(4 * 40 + 4 * 70) == outcome.objective_cny


def test_an_own_block_may_treat_single_steps_apart(plain: Task) -> None:
    """No discharge in the last hour: only the cycle of 40 元 a MWh is left."""

    def early(model: Any, _station: Any, _terms: Any) -> None:
        model.early = Constraint(expr=model.discharge_mw[max(model.steps)] == 0)

    outcome = lazy(replace(plain, blocks=(*plain.blocks, own_block(early))), Limits())
    assert pytest.approx(10 * 40) == outcome.objective_cny


def test_an_own_block_from_a_file_reads_the_station(plain: Task, tmp_path: Path) -> None:
    """Charging at half power: 5 MWh at 10 and 5 MWh at 20 are sold at 90."""
    file = tmp_path / "half_power.py"
    file.write_text(
        '"""Half the power."""\n'
        "from pyomo.core import Constraint\n\n\n"
        "def add(model, station, terms):\n"
        "    def half(m, t):\n"
        "        return m.charge_mw[t] <= station.charge_limit_mw[t] / 2\n\n"
        "    model.half_power = Constraint(model.steps, rule=half)\n",
        encoding="utf-8",
    )
    outcome = lazy(replace(plain, blocks=(*plain.blocks, own_block(file))), Limits())
    assert pytest.approx(10 * 90 - 5 * 10 - 5 * 20) == outcome.objective_cny


def test_an_own_block_that_fails_is_named(plain: Task) -> None:
    def broken(model: Any, _station: Any, _terms: Any) -> None:
        model.broken = model.there_is_no_such_variable

    with pytest.raises(HuchuError, match="the block broken of your own does not run"):
        matrix([replace(plain, blocks=(*plain.blocks, own_block(broken)))])


def test_an_own_block_that_is_not_linear_is_refused(plain: Task) -> None:
    def curved(model: Any, _station: Any, _terms: Any) -> None:
        model.curved = Constraint(expr=model.charge_mw[1] * model.charge_mw[2] <= 1)

    with pytest.raises(HuchuError, match="curved is not linear"):
        matrix([replace(plain, blocks=(*plain.blocks, own_block(curved)))])


@pytest.mark.parametrize("ending", [".lp", ".mps"])
def test_a_written_model_has_the_same_optimum_in_another_solver_run(
    station_of: Any, task_of: Any, tmp_path: Path, ending: str
) -> None:
    lossy = replace(station_of(4), charge_efficiency=0.9, discharge_efficiency=0.9)
    task = task_of(lossy, [*CHAIN, EMPTY], [-30.0, -30.0, -10.0, 40.0])
    path = tmp_path / f"model{ending}"
    write_model(task, path)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel(str(path))
    highs.run()
    assert pytest.approx(everywhere(task, Limits()).objective_cny) == abs(highs.getObjectiveValue())
    assert "charge_mw(1)" in path.read_text(encoding="utf-8")


def test_another_ending_is_refused(plain: Task, tmp_path: Path) -> None:
    with pytest.raises(HuchuError, match=r"\.lp or \.mps"):
        write_model(plain, tmp_path / "model.txt")


@settings(max_examples=20, deadline=None)
@given(task=tasks())
def test_every_block_adds_what_it_says(task: Task) -> None:
    """A name in ADDS that is not on the model would let a block through whose needs are not met."""
    model = whole_model(task)
    missing = [name for each in task.blocks for name in each.adds if model.component(name) is None]
    assert "" == "\n".join(missing)
