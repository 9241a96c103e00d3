"""Whether the model of a plan may be written where `--export` says."""

from collections.abc import Sequence
from pathlib import Path

from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError, InputError, UsageError, Words


def refuse_export(path: Path, stations: Sequence[Station], *, force: bool) -> None:
    """Nothing, if the model of one station may be written to the path.

    Raises  UsageError if there are several stations; InputError as `refuse_model_path`
    """
    if len(stations) > 1:
        raise UsageError(
            Words("--export 只写一座电站的模型", "--export writes the model of one station"),
            found=Words(f"{len(stations)} 座", f"{len(stations)} stations"),
            do=Words("用 --only 选一座", "choose one with --only"),
        )
    refuse_model_path(path, force=force)


def refuse_model_path(path: Path, *, force: bool) -> None:
    """Nothing, if a model may be written to the path.

    Raises  InputError if the path cannot be a file, or is one that is not to be overwritten
    """
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(
            Words(f"模型不能写到 {path.name}", f"the model cannot be written to {path.name}"),
            found=Words(f"{path} 是文件夹，或所在文件夹不存在", f"{path} is a folder, or its folder does not exist"),
            do=Words("换一个 --export，或先建文件夹", "choose another --export, or make the folder first"),
        )
    if path.exists() and not force:
        raise InputError(
            Words(f"{path.name} 已存在", f"{path.name} exists"),
            found=Words(path.name, path.name),
            do=Words("换一个文件名，或用 --force 覆盖", "choose another name, or overwrite with --force"),
        )


def with_model(refused: HuchuError, model: Path | None) -> HuchuError:
    """The refusal, with word of the model that was written before: what has no schedule is worth looking at."""
    if model is not None and model.is_file():
        refused.done = Words(
            f"{refused.done.zh}，以及 {model.name}", f"{refused.done.en}, and {model.name} was written before"
        )
    return refused
