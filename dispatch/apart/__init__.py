"""Many stations, each planned by itself: in place, in processes, in threads or on a cluster, with the same figures."""

from dispatch.apart.crew import Crew, cluster, processes
from dispatch.apart.folder import Parts
from dispatch.apart.mapped import Progress, plans_apart
from dispatch.apart.one import Planned
from dispatch.apart.refusal import Refusal, StationFailed
from dispatch.apart.schedules import schedule_all
from dispatch.apart.shared import Shared

__all__ = [
    "Crew",
    "Parts",
    "Planned",
    "Progress",
    "Refusal",
    "Shared",
    "StationFailed",
    "cluster",
    "plans_apart",
    "processes",
    "schedule_all",
]
