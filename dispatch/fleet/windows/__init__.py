"""The least peak of a fleet from short runs of steps, where that is proven to be the optimum of the whole."""

from dispatch.fleet.windows.search import windows

__all__ = ["windows"]
