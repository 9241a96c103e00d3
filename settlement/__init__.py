"""What happened, and what it costs: meter readings into statements."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from settlement.inputs.read import InputPaths
    from settlement.settling import SettleOptions, settle
    from settlement.statement.statement import Statement, StatementSet
    from settlement.statement.terms import RunKind

_HOME = {
    "InputPaths": "settlement.inputs.read",
    "RunKind": "settlement.statement.terms",
    "SettleOptions": "settlement.settling",
    "Statement": "settlement.statement.statement",
    "StatementSet": "settlement.statement.statement",
    "settle": "settlement.settling",
}
__all__ = ["InputPaths", "RunKind", "SettleOptions", "Statement", "StatementSet", "settle"]


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is asked for: who wants a font or a table does not wait for the rest."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(_HOME[name]), name)
