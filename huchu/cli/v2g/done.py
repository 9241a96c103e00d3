"""What a run of `huchu v2g` came to."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dispatch.arrays import Integers
from dispatch.v2g.disaggregation import Assigned
from dispatch.v2g.envelope import Envelope
from dispatch.v2g.flexibility import GivenAway
from dispatch.v2g.plain_store import PlainStore
from dispatch.v2g.planning import VirtualPlan
from huchu.cli.v2g.compared import Compared
from huchu.cli.v2g.read import Given
from tariffs.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A plain store inside an envelope, what it gives away of it, and what the envelope gives away itself."""

    plain: PlainStore
    lost: GivenAway
    by_losses_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The inputs, the envelope, the plan, every car's part of it, and where all of it lies.

    Shape   `made` is nothing where the plan was somebody else's; energies of each step in 1e-4 kWh, drawn above zero
    """

    given: Given
    envelope: Envelope
    made: VirtualPlan | None
    plan_kwh_e4: Integers
    alone_kwh_e4: Integers
    assigned: Assigned
    compared: Compared
    store: Store | None
    findings: tuple[Finding, ...]
    out: Path

    @property
    def asked_kwh_e4(self) -> int:
        """What all cars ask for."""
        return int(self.assigned.asked_kwh_e4.sum())

    @property
    def got_kwh_e4(self) -> int:
        """What all cars leave with, above what they brought."""
        return int(self.assigned.got_kwh_e4.sum())

    @property
    def short_count(self) -> int:
        """How many cars leave short of what they asked for."""
        return int(np.count_nonzero(self.assigned.short_kwh_e4))

    @property
    def short_kwh_e4(self) -> int:
        """By how much they leave short, all together."""
        return int(self.assigned.short_kwh_e4.sum())

    @property
    def most_parked(self) -> int:
        """The most cars that are there in one step."""
        return int(self.envelope.parked_count.max())
