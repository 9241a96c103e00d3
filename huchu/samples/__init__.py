"""Samples of our own making: three stations, two months, each meter in another format; `scripts/make_samples.py`."""

from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import UsageError, Words, nearest

FOLDER: Final = Path(__file__).resolve().parent
SHOWN_NAMES: Final = 10


def path(name: str) -> Path:
    """Where a sample lies: `path("stations.toml")`, `path("year/prices.csv.gz")`, `path("season")`.

    Raises  UsageError if there is no sample of that name, with the nearest that is
    """
    found = FOLDER / name
    if found.exists() and FOLDER in found.resolve().parents:
        return found
    names = _names()
    near = nearest(name, names)
    beside = [each for each in names if Path(each).parent == Path(name).parent] or names
    listed = beside[:SHOWN_NAMES]
    raise UsageError(
        Words(f"没有样例 {name}", f"there is no sample {name}"),
        found=Words("、".join(listed), ", ".join(listed)),
        do=Words(f"改为 {near}" if near else "用其中一个", f"write {near}" if near else "take one of them"),
    )


def _names() -> list[str]:
    """The samples at the top and in the folders below it, programs and hidden files left aside."""
    several = [each for pattern in ("*.*", "*/*.*") for each in FOLDER.glob(pattern)]
    return sorted(
        each.relative_to(FOLDER).as_posix() for each in several if each.is_file() and each.suffix not in (".py", ".pyc")
    )
