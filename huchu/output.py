"""Results as folders: written whole or not at all, and never over an earlier result without being told to."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from polars.exceptions import PolarsError

from tariffs.vocabulary.errors import InputError, Words, shown_name

FINDINGS_FILE = "findings.csv"
SHOWN_NAMES = 5
RESULT_PATH = re.compile(
    r"""(demo_schedule/)?(
        findings\.csv | calls\.csv | award\.csv | lines\.(csv|parquet) | run\.json
        | schedule\.(csv|parquet|png) | heat_map\.png | stored_worth\.csv | orders\.csv | plan\.csv | summary\.json
        | calls_(progress|comparison)\.csv | calls\.png | pictures/[A-Za-z0-9_-]+-[0-9]{4}-[0-9]{2}-[0-9]{2}-calls\.png
        | classification\.(csv|json) | targets\.(json|png) | peak_cut\.png
        | pairing\.(csv|json|png) | pairing_ways\.csv
        | envelope\.(csv|png) | v2g_plan\.csv | session_energies\.csv | session_schedule\.(csv|parquet) | busiest_day\.png
        | (scenarios|cash_flow|npv_map)\.(csv|png) | (years|sensitivity|break_even|sweep)\.csv | tornado\.png
        | sizing\.(xlsx|pdf) | stations\.toml
        | fleet\.(csv|png) | fleet_heat_map\.png | fleet_calls\.(csv|png)
        | statements/[A-Za-z0-9_-]+-[0-9]{4}-[0-9]{2}\.(pdf|xlsx|json)
        | pictures/[A-Za-z0-9_-]+-(schedule|heat_map)\.png
    )""",
    re.VERBOSE,
)
RESULT_FOLDER = re.compile("demo_schedule|(demo_schedule/)?(statements|pictures)")
"""What a result folder may hold; anything else in it is somebody's own and is never deleted."""
STATIONS_FILE = "stations.toml"
STATIONS_HEADING = "# 选定规模的电站，由 huchu size 写出 / the station of the chosen size, written by huchu size\n"
"""How a file of stations begins that is a result; one that does not is somebody's own."""


def refuse_existing(folder: Path, *, force: bool) -> None:
    """Nothing, if a result may be written to the folder; a folder that holds only findings.csv is no result.

    Raises  InputError if there is a result already and it is not to be overwritten, or if the path is a file
    """
    if folder.is_dir():
        held = sorted(path.name for path in folder.iterdir() if path.name != FINDINGS_FILE)
        foreign = _foreign(folder)
        if not held or (force and not foreign):
            return
        shown = foreign or held
        found = Words(f"其中有 {'、'.join(shown[:SHOWN_NAMES])}", f"it holds {', '.join(shown[:SHOWN_NAMES])}")
        do = Words("换一个 --out，或用 --force 覆盖", "choose another --out, or overwrite with --force")
        if foreign:
            do = Words(
                "换一个 --out；其中有别的文件，不会覆盖",
                "choose another --out; what is not a result is not overwritten",
            )
    elif folder.exists():
        found, do = Words("是一个文件", "it is a file"), Words("换一个 --out", "choose another --out")
    else:
        return
    raise InputError(
        Words(f"结果文件夹 {shown_name(folder)} 已存在", f"the result folder {shown_name(folder)} exists"),
        found=found,
        do=do,
    )


@contextmanager
def whole_folder(folder: Path, *, force: bool) -> Iterator[Path]:
    """A temporary folder beside the target that becomes the target when all went well, and vanishes otherwise.

    Raises  InputError if the target may not be written
    """
    refuse_existing(folder, force=force)
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as problem:
        raise _cannot_write(folder, problem) from None
    try:
        yield draft
        draft.chmod(0o777 & ~_umask())
        _replace(draft, target, force=force)
    except (OSError, PolarsError) as problem:
        raise _cannot_write(folder, problem) from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_findings(folder: Path, content: bytes) -> bool:
    """Whether findings.csv could be put into a folder that holds no result; a result is left as it is."""
    try:
        refuse_existing(folder, force=False)
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / FINDINGS_FILE, content)
    except (InputError, OSError):
        return False
    return True


def write_file(path: Path, content: bytes) -> None:
    """A file whose whole content reached the disk before its name did."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The mask of this process for new files; there is no way to read it but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _foreign(folder: Path) -> list[str]:
    """What the folder holds that no command of ours wrote; no more of it than is shown, for it may be a whole disk."""
    found: list[str] = []
    try:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            pattern = RESULT_FOLDER if path.is_dir() and not path.is_symlink() else RESULT_PATH
            if path.is_symlink() or not pattern.fullmatch(name) or _is_own_stations(path):
                found.append(name)
            if len(found) > SHOWN_NAMES:
                break
    except OSError as problem:
        raise _cannot_write(folder, problem) from None
    return sorted(found)


def _is_own_stations(path: Path) -> bool:
    """Whether a file of stations is a user's: those are named like a result."""
    if path.name != STATIONS_FILE:
        return False
    heading = STATIONS_HEADING.encode("utf-8")
    with path.open("rb") as stream:
        return stream.read(len(heading)) != heading


def _replace(draft: Path, target: Path, *, force: bool) -> None:
    # another run may have written here since the first look
    refuse_existing(target, force=force)
    if not target.exists():
        draft.rename(target)
        return
    if not force:
        (target / FINDINGS_FILE).unlink(missing_ok=True)
        target.rmdir()
        draft.rename(target)
        return
    old = Path(mkdtemp(prefix=f".{target.name}.old.", dir=target.parent))
    target.rename(old / target.name)
    try:
        draft.rename(target)
    except OSError:
        (old / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _cannot_write(folder: Path, problem: Exception) -> InputError:
    reason = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return InputError(
        Words(f"无法写入 {shown_name(folder)}", f"cannot write {shown_name(folder)}"),
        found=Words(reason, reason),
        do=Words("检查磁盘空间与权限，或换一个 --out", "check space and permissions, or choose another --out"),
    )
