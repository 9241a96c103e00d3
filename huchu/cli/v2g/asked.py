"""The words of `huchu v2g` as figures and choices."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, TypeVar

from dispatch.v2g.losses import Losses
from dispatch.v2g.planning import Goal
from dispatch.v2g.sessions import AskedEnergy, Chargers
from huchu.cli.typed import typed_figure
from huchu.cli.v2g.request import Typed
from tariffs.vocabulary.errors import UsageError, Words, nearest

ZERO, ONE = Decimal(0), Decimal(1)
LEAST: Final = Decimal("0.0001")
MOST_KW: Final = Decimal(100_000)
MOST_KWH: Final = Decimal(100_000)
Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, checked; nothing where a default follows from the files."""

    goal: Goal | None
    chargers: Chargers
    losses: Losses


def asked_of(typed: Typed) -> Asked:
    """The options of a command.

    Raises  UsageError for a word that is not understood or a figure out of its range
    """
    chargers = Chargers(
        charge_power_kw=_figure(typed.power_kw, "--power-kw", LEAST, MOST_KW),
        discharge_power_kw=_figure(typed.discharge_power_kw, "--discharge-power-kw", ZERO, MOST_KW) or ZERO,
        spare_kwh=_figure(typed.spare_kwh, "--spare-kwh", ZERO, MOST_KWH) or ZERO,
        room_kwh=_figure(typed.room_kwh, "--room-kwh", ZERO, MOST_KWH),
        energy=chosen(AskedEnergy, typed.energy, "--energy"),
    )
    losses = Losses(
        charge_efficiency=_figure(typed.charge_efficiency, "--charge-efficiency", LEAST, ONE) or ONE,
        discharge_efficiency=_figure(typed.discharge_efficiency, "--discharge-efficiency", LEAST, ONE) or ONE,
    )
    return Asked(
        goal=None if typed.objective is None else chosen(Goal, typed.objective, "--objective"),
        chargers=chargers,
        losses=losses,
    )


def chosen(choices: type[Choice], word: str, option: str) -> Choice:
    """The choice of a word.

    Raises  UsageError if there is no such choice
    """
    words = [choice.value for choice in choices]
    if word not in words:
        near, listed = nearest(word, words) or words[0], " | ".join(words)
        raise UsageError(
            Words(f"{option} 不认识 {word}", f"{option} does not know {word}"),
            found=Words(f"可选 {listed}", f"choices {listed}"),
            do=Words(f"例如 {near}", f"write {near}, for example"),
        )
    return choices(word)


def _figure(text: str | None, option: str, least: Decimal, most: Decimal) -> Decimal | None:
    return None if text is None else typed_figure(text, option, least, most)
