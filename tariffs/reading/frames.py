"""Data frames of the caller, polars or pandas, as polars."""

import polars as pl

from tariffs.vocabulary.errors import InputError, Words


def as_polars(frame: object) -> pl.DataFrame:
    """The frame as a polars frame; pandas is recognised by its name, so that it need not be installed.

    Raises  InputError if it is neither
    """
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if type(frame).__module__.partition(".")[0] == "pandas" and type(frame).__name__ == "DataFrame":
        return pl.from_pandas(frame, nan_to_null=True)  # type: ignore[call-overload, no-any-return]
    kind = f"{type(frame).__module__}.{type(frame).__qualname__}"
    raise InputError(
        Words("输入须为 polars 或 pandas 的数据框", "the input must be a polars or pandas data frame"),
        found=Words(kind, kind),
        do=Words("传入数据框，或改用文件", "pass a data frame, or files instead"),
    )
