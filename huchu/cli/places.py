"""Where settings and stations are looked for when the command does not name them."""

from collections.abc import Sequence
from pathlib import Path

from tariffs.stations import Station
from tariffs.vocabulary.errors import InputError, UsageError, Words, nearest

SETTINGS_FILE = "huchu.toml"
STATIONS_FILE = "stations.toml"


def beside(name: str, inputs: Sequence[Path]) -> Path | None:
    """The file of that name beside one of the inputs, else in the working folder, else nothing."""
    folders = [*(path.parent for path in inputs), Path()]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def found_file(given: Path | None, name: str, inputs: Sequence[Path], option: str) -> Path:
    """The file given, else the one of that name beside the inputs or in the working folder.

    Raises  InputError if there is none
    """
    path = given or beside(name, inputs)
    if path is None:
        raise InputError(
            Words(f"没有找到 {name}", f"{name} is not found"),
            found=Words("输入文件旁和当前目录都没有", "neither beside the input nor in the working folder"),
            do=Words(
                f"运行 huchu init 生成一份，或用 {option} 指出", f"huchu init writes one; or name it with {option}"
            ),
        )
    return path


def chosen_stations(stations: Sequence[Station], only: Sequence[str]) -> tuple[Station, ...]:
    """The stations named, or all where none is.

    Raises  UsageError if there is no such station
    """
    if not only:
        return tuple(stations)
    known = [station.id for station in stations]
    for wanted in only:
        if wanted not in known:
            near = nearest(wanted, known)
            raise UsageError(
                Words(f"没有电站 {wanted}", f"there is no station {wanted}"),
                found=Words("、".join(known[:5]), ", ".join(known[:5])),
                do=Words(
                    f"改为 {near}" if near else "核对 stations.toml", f"write {near}" if near else "check stations.toml"
                ),
            )
    return tuple(station for station in stations if station.id in only)
