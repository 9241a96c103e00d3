"""The chosen size as a `stations.toml`, with which `huchu dispatch` and `huchu settle` go on."""

import json
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

from dispatch.sizing.inputs.project import Project, Size
from huchu.output import STATIONS_HEADING
from huchu.sizes.exact import plain_text
from tariffs.stations import Station

DELETE: Final = "\x7f"
"""The one control letter that a TOML text may not hold and JSON leaves as it is."""


def stations_text(project: Project, size: Size) -> str:
    """The text of a `stations.toml` with the one station of a size, every key that is not at its default."""
    station = project.project.station(size)
    kept = {
        each.name: getattr(station, each.name)
        for each in fields(Station)
        if each.default is MISSING or getattr(station, each.name) != each.default
    }
    return f"{STATIONS_HEADING}\n[[station]]\n" + "".join(
        f"{name} = {_toml(figure)}\n" for name, figure in kept.items()
    )


def _toml(figure: object) -> str:
    """A figure, word or day as TOML writes it."""
    if isinstance(figure, bool):
        return str(figure).lower()
    if isinstance(figure, Decimal):
        return plain_text(figure)
    if isinstance(figure, date):
        return figure.isoformat()
    if isinstance(figure, Enum):
        return json.dumps(figure.value)
    return json.dumps(str(figure), ensure_ascii=False).replace(DELETE, "\\u007f")
