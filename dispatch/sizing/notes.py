"""What there is to know of a project that was sized: assumptions that were ours, support that is not paid, doubtful rates."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dispatch.sizing.evaluated import Evaluated
from dispatch.sizing.ground import Ground
from dispatch.sizing.inputs.scenario import Regime, Scenario
from dispatch.sizing.settled import storage_plan
from dispatch.sizing.supports import claim_in
from tariffs.support_claims import CLAIM_WORDS, Claim
from tariffs.vocabulary.findings import Catalogue, Finding
from tariffs.vocabulary.money import cny_text
from tariffs.vocabulary.units import FEN_PER_CNY

if TYPE_CHECKING:
    from dispatch.sizing.best import Best
    from dispatch.sizing.report import Judged

CATALOGUE: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
SAME_RATIO: Final = 0.001
"""Present values and sizes that differ by less are the same for a reader."""


def notes_of(ground: Ground, base: Scenario, best: "Best | None", judged: "Sequence[Judged]") -> tuple[Finding, ...]:
    """All findings, each once: of the choice, then scenario by scenario in the order of the project."""
    found = list(_of_choice(base, best))
    for each in judged:
        if each.refusal is not None:
            shown = "" if best is None else str(best.size)
            why = each.refusal
            found.append(
                CATALOGUE.finding(
                    "scenario_not_judged", scenario=each.scenario.name, size=shown, why_zh=why.zh, why_en=why.en
                )
            )
        if each.at_size is not None:
            found += [*_of_term(ground, each.at_size), *_of_life(ground, each.at_size), *_of_plan(each.at_size)]
    return tuple({each.message: each for each in found}.values())


def _of_choice(base: Scenario, best: "Best | None") -> Iterator[Finding]:
    if best is None:
        return
    npv = cny_text(round(best.npv_cny * FEN_PER_CNY))
    if not best.is_worth_building:
        yield CATALOGUE.finding("size_not_worth_building", scenario=base.name, size=best.size, npv=npv)
    linear = best.linear
    if linear is None or not linear.is_worth_building or not best.is_worth_building:
        return
    apart = abs(linear.energy_mwh - float(best.size.energy_mwh)) > SAME_RATIO * float(best.size.energy_mwh)
    worth_apart = abs(linear.present_value_cny - best.npv_cny) > SAME_RATIO * abs(best.npv_cny)
    if apart or worth_apart:
        yield CATALOGUE.finding(
            "linear_program_differs",
            linear_size=f"{linear.power_mw:.2f} MW / {linear.energy_mwh:.2f} MWh",
            linear_npv=cny_text(round(linear.present_value_cny * FEN_PER_CNY)),
            size=best.size,
            npv=npv,
        )


def _of_term(ground: Ground, known: Evaluated) -> Iterator[Finding]:
    scenario, plant = known.scenario, ground.project.project
    if Regime.REGULATED in scenario.regimes:
        last_year = (scenario.market_from_year or plant.life_years + 1) - 1
        last = plant.year(min(last_year, plant.life_years))[1] - timedelta(days=1)
        until = storage_plan(ground).header.effective_until
        if until is not None and last > until:
            yield CATALOGUE.finding("regulated_prices_go_on", scenario=scenario.name, until=until)
    short = next((plan for plan in known.operated.planned if plan.typical.share != 1), None)
    if short is not None:
        yield CATALOGUE.finding(
            "year_made_whole", scenario=scenario.name, days=len(short.typical.billed.station.horizon.dates)
        )


def _of_life(ground: Ground, known: Evaluated) -> Iterator[Finding]:
    scenario, life = known.scenario, known.operated
    unpaid: dict[Claim, list[int]] = {}
    asked = min(scenario.capacity_support_years or len(life.years), len(life.years))
    for year in life.years[:asked]:
        claim = claim_in(ground, scenario, life.size, year.year_no)
        if claim is not None and not year.capacity_support_fen:
            unpaid.setdefault(claim, []).append(year.year_no)
    for claim, years in unpaid.items():
        shown = f"{years[0]}" if len(years) == 1 else f"{years[0]}-{years[-1]}"
        words = CLAIM_WORDS[claim]
        yield CATALOGUE.finding(
            "support_not_paid", scenario=scenario.name, years=shown, why_zh=words.zh, why_en=words.en
        )
    doubt = known.measures.irr_words
    if doubt is not None:
        yield CATALOGUE.finding("rate_of_return_doubtful", scenario=scenario.name, why_zh=doubt.zh, why_en=doubt.en)
    idle = next((each.year_no for each in life.health if not each.in_use), None)
    if idle is not None:
        yield CATALOGUE.finding("store_out_of_use", scenario=scenario.name, year=idle)
    table = ground.project.fade.cycle_life
    deepest = max((float(plan.count.depth_ratio.max(initial=0.0)) for plan in life.planned[:1]), default=0.0)
    if table and deepest > float(table[-1][0]) + SAME_RATIO:
        yield CATALOGUE.finding("cycle_life_too_short", depth=f"{deepest:.0%}", deepest=f"{float(table[-1][0]):.0%}")


def _of_plan(known: Evaluated) -> Iterator[Finding]:
    """What was to know of the plan of each kind of year, once."""
    kinds = {plan.kind.regime: plan for plan in reversed(known.operated.planned)}
    for plan in kinds.values():
        yield from plan.typical.findings
