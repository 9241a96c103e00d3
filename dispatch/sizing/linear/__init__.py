"""The best power and energy of a station: one linear program with both as decisions.

Every figure of a station that grows with power or with energy is that of 1 MW or 1 MWh times a variable, so the blocks of
dispatch/blocks stay linear and are used as they are; those that would not be have counterparts in dispatch/size_blocks. Without
fixed amounts the model is homogeneous: a size of twice the power and energy earns twice as much, and present value is power
times a function of the duration, concave as long as nothing needs a binary.
"""

from dispatch.sizing.linear.best import best_of, best_size
from dispatch.sizing.linear.case import Investment, SizeCase, Worth, Year
from dispatch.sizing.linear.formulate import write_sizing
from dispatch.sizing.linear.found import Binding, Found, LeastLoss, SizeLimit
from dispatch.sizing.linear.unit import task_at

__all__ = [
    "Binding",
    "Found",
    "Investment",
    "LeastLoss",
    "SizeCase",
    "SizeLimit",
    "Worth",
    "Year",
    "best_of",
    "best_size",
    "task_at",
    "write_sizing",
]
