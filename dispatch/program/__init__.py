"""One station solved exactly without a solver: the value of stored energy is piecewise linear and computed backwards."""

from dispatch.program.entry import program
from dispatch.program.largest import LargestCalls, largest_calls

__all__ = ["LargestCalls", "largest_calls", "program"]
