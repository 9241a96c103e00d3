"""Data frames of the caller, polars or pandas, as polars."""

from typing import Any

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
    if _is_pandas(frame, "DataFrame"):
        return pl.from_pandas(frame, nan_to_null=True)  # type: ignore[call-overload, no-any-return]
    kind = f"{type(frame).__module__}.{type(frame).__qualname__}"
    raise InputError(
        Words("输入须为 polars 或 pandas 的数据框", "the input must be a polars or pandas data frame"),
        found=Words(kind, kind),
        do=Words("传入数据框，或改用文件", "pass a data frame, or files instead"),
    )


def with_instants(frame: Any, column: str) -> Any:
    """A pandas frame or series whose index holds the instants, as a frame with these in a column; all else as it is.

    Shape   an index of instants, or one with the column's name, is taken where no column has that name
    Raises  InputError if a series has no name, which is that of its column
    """
    if _is_pandas(frame, "Series"):
        if frame.name is None:
            raise InputError(
                Words("序列没有名称", "the series has no name"),
                found=Words("pandas.Series，name 为空", "a pandas.Series without a name"),
                do=Words(
                    '用列名命名，例如 series.rename("load_mw")', 'name its column, as in series.rename("load_mw")'
                ),
            )
        frame = frame.to_frame()
    if not _is_pandas(frame, "DataFrame") or column in [str(name).strip().lower() for name in frame.columns]:
        return frame
    index = frame.index
    is_of_instants = type(index).__name__ == "DatetimeIndex" or index.name == column
    return frame.rename_axis(index=column).reset_index() if is_of_instants else frame


def _is_pandas(frame: object, kind: str) -> bool:
    return type(frame).__module__.partition(".")[0] == "pandas" and type(frame).__name__ == kind
