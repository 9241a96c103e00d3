"""Where settings and stations are looked for when the command does not name them."""

from collections.abc import Sequence
from pathlib import Path

from tariffs.vocabulary.errors import InputError, Words

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
