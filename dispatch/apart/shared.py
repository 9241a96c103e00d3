"""What all stations of a run have in common, packed once and unpacked once by each process."""

import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from uuid import uuid4

from dispatch.horizon import Horizon
from dispatch.options import PlanOptions
from dispatch.prepare import Surroundings
from dispatch.signals import Signals
from dispatch.task import Block, own_block


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Steps, signals, settings with their documents, and options."""

    horizon: Horizon
    signals: Signals | None
    around: Surroundings
    options: PlanOptions

    @property
    def is_kept(self) -> bool:
        """Whether an outcome may be taken up again later.

        Shape   not with a block of the user's own, of which nobody knows what it reads; not with a rolling horizon,
                whose windows are no single outcome
        """
        return not self.options.own_blocks and self.options.rolling is None

    @property
    def own_blocks(self) -> tuple[Block, ...]:
        """The user's own blocks, loaded: functions of files that no other process can be sent."""
        return tuple(own_block(source) for source in self.options.own_blocks)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is shared, as bytes; or as it is where it cannot be turned into bytes, which threads do not mind."""

    name: str
    content: bytes | Shared


_opened: Final[dict[str, Shared]] = {}


def packed(shared: Shared) -> Parcel:
    """What is shared, ready to be sent: files under their whole path, for a worker may stand elsewhere."""
    blocks = tuple(each.resolve() if isinstance(each, Path) else each for each in shared.options.own_blocks)
    # what was found in the documents is found again by each process, and is more to send than to find
    around = replace(shared.around, known={})
    sent = replace(shared, around=around, options=replace(shared.options, own_blocks=blocks))
    try:
        content = pickle.dumps(sent, protocol=pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return Parcel("", sent)
    # a name of its own each time: what a process found in the documents must not outlive the run
    return Parcel(uuid4().hex, content)


def opened(parcel: Parcel) -> Shared:
    """What is shared; a process opens a parcel once, and keeps the last one only."""
    if isinstance(parcel.content, Shared):
        return parcel.content
    known = _opened.get(parcel.name)
    if known is None:
        known = pickle.loads(parcel.content)
        _opened.clear()
        _opened[parcel.name] = known
    return known
