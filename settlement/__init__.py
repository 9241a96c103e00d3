"""What happened, and what it costs: meter readings into statements."""

from settlement.settle import SettleOptions, settle
from settlement.statement.statement import Statement, StatementSet
from settlement.statement.terms import RunKind

__all__ = ["RunKind", "SettleOptions", "Statement", "StatementSet", "settle"]
