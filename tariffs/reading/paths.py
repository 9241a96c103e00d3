"""Whether a path that the user gave can be read."""

from pathlib import Path

from tariffs.vocabulary.errors import InputError, Words


def refuse_no_file(path: Path) -> None:
    """Nothing, if the path is a file.

    Raises  InputError if it is not there or is something else
    """
    if path.is_file():
        return
    raise InputError(
        Words(f"无法读取 {path}", f"{path} cannot be read"),
        found=Words("不是文件", "not a file") if path.exists() else Words("文件不存在", "no such file"),
        do=Words("检查路径", "check the path"),
    )
