"""`huchu dispatch` with the processes that draw beside it: they load their part while this one loads the rest."""

from contextlib import ExitStack

from huchu.cli.request import Asked, Request
from huchu.plots.painter import painters

__all__ = ["Asked", "Request", "dispatch"]


def dispatch(request: Request, *, as_json: bool) -> None:
    """Plan, draw and write; exit code 0, 1, 2 or 3."""
    with ExitStack() as stack:
        artists = stack.enter_context(painters()) if request.plot else None
        from huchu.cli import dispatch as command

        command.dispatch(request, artists, as_json=as_json)
