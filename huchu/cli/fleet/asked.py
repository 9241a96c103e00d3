"""The words of `huchu dispatch` that say something about several stations behind one goal, as options of a fleet."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, TypeVar

from dispatch.fleet.options import FairCalls, FleetOptions, LossesCount, Promise, Zone
from dispatch.task import FLEET_OBJECTIVES
from huchu.cli.request import Asked, Request
from tariffs import zones
from tariffs.stations import Station
from tariffs.vocabulary.errors import RecordProblems, UsageError, Words, nearest

Word = TypeVar("Word", bound=Enum)
SAID_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "--fair-calls": FLEET_OBJECTIVES,
    "--peak-worth": ("peak_and_revenue",),
    "--promise": ("wind_following",),
    "--losses": ("wind_following",),
}
"""The objectives with which an option says something."""


def is_fleet(asked: Asked) -> bool:
    """Whether the objective asked for ties stations together."""
    return asked.objective in FLEET_OBJECTIVES


def refuse_misplaced(asked: Asked) -> None:
    """Nothing, if every option of a fleet is given with an objective that it speaks of.

    Raises  UsageError
    """
    given = {
        "--fair-calls": asked.fair_calls,
        "--peak-worth": asked.peak_worth_cny_per_mw,
        "--promise": asked.promise,
        "--losses": asked.losses,
    }
    for option, objectives in SAID_WITH.items():
        if given[option] is None or asked.objective in objectives:
            continue
        listed = ", ".join(objectives)
        found = f"--objective {asked.objective}" if asked.objective else ""
        raise UsageError(
            Words(f"{option} 只用于 {listed}", f"{option} is for {listed} only"),
            found=Words(found or "没有 --objective", found or "no --objective"),
            do=Words(
                f"去掉 {option}，或用 --objective {objectives[0]}",
                f"leave out {option}, or use --objective {objectives[0]}",
            ),
        )


def refuse_apart(request: Request) -> None:
    """Nothing, if a fleet's request asks for nothing that only stations planned each by itself have.

    Raises  UsageError
    """
    if request.cluster is None and request.jobs <= 1:
        return
    given = f"--jobs {request.jobs}" if request.cluster is None else f"--cluster {request.cluster}"
    option = given.split()[0]
    raise UsageError(
        Words(f"{option} 只用于各站独立的目标", f"{option} is for stations planned each by itself"),
        found=Words(f"{given}，目标 {request.asked.objective}", f"{given}, objective {request.asked.objective}"),
        do=Words(f"去掉 {option}", f"leave out {option}"),
    )


def fleet_options_of(asked: Asked, limits: Sequence[zones.Zone], stations: Sequence[Station]) -> FleetOptions:
    """The options of a fleet; a zone limits those of its stations that are planned.

    Raises  UsageError for a word that is not understood or a figure out of its range
    """
    readings = FleetOptions()
    fair_calls = _choice(FairCalls, asked.fair_calls, "--fair-calls")
    losses = _choice(LossesCount, asked.losses, "--losses")
    try:
        return FleetOptions(
            fair_calls=fair_calls or readings.fair_calls,
            peak_worth_cny_per_mw=asked.peak_worth_cny_per_mw,
            promise=_choice(Promise, asked.promise, "--promise"),
            losses=losses or readings.losses,
            zones=tuple(_zone(zone, stations) for zone in limits),
        )
    except RecordProblems as problems:
        raise UsageError(problems.what, found=problems.found, do=problems.do) from None


def _zone(zone: zones.Zone, stations: Sequence[Station]) -> Zone:
    return Zone(
        id=zone.id,
        members=tuple(station.id for station in stations if station.zone == zone.id),
        discharge_limit_mw=zone.discharge_limit_mw,
        charge_limit_mw=zone.charge_limit_mw,
    )


def _choice(kind: type[Word], word: str | None, option: str) -> Word | None:
    """The word of a closed set; nothing where none is given."""
    if word is None:
        return None
    choices: list[str] = [each.value for each in kind]
    if word not in choices:
        near, listed = nearest(word, choices) or choices[0], " | ".join(choices)
        raise UsageError(
            Words(f"{option} 不认识 {word}", f"{option} does not know {word}"),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"例如 {near}", f"write {near}, for example"),
        )
    return kind(word)
