"""`huchu dispatch` with the process that draws beside it: that one loads its part while this one loads the rest."""

from contextlib import ExitStack

from huchu.cli.request import Asked, Request
from huchu.plots.painter import painter

__all__ = ["Asked", "Request", "dispatch"]


def dispatch(request: Request, *, as_json: bool) -> None:
    """Plan, draw and write; exit code 0, 1, 2 or 3."""
    with ExitStack() as stack:
        artist = stack.enter_context(painter()) if request.plot else None
        from huchu.cli import dispatch as command

        command.dispatch(request, artist, as_json=as_json)
