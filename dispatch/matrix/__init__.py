"""The model as the matrix that a solver takes."""

from dispatch.matrix.choice import matrix
from dispatch.matrix.layout import Matrix

__all__ = ["Matrix", "matrix"]
