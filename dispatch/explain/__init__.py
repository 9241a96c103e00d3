"""Why a schedule is as it is, or why there is none: prices of the limits, and the figure that would do."""

from dispatch.explain.binding import Binding, Explanation, Limit, explained
from dispatch.explain.refusal import why_infeasible

__all__ = ["Binding", "Explanation", "Limit", "explained", "why_infeasible"]
