"""Whatever is done to a file, it is read or refused in our words."""

import gzip
import io
import runpy
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settlement.inputs.read import InputPaths, read_inputs
from settlement.inputs.records import Inputs
from tariffs.reading.options import ReadOptions
from tariffs.stations import Station
from tariffs.vocabulary.errors import HuchuError

TABLE = runpy.run_path(str(Path(__file__).with_name("bad_inputs.py")))
GOOD = {
    "orders": TABLE["orders"](TABLE["order"](outcome="partly_done", done="5", cause="own")),
    "plan": TABLE["lines"](TABLE["PLAN"], TABLE["points"]("17.25"), TABLE["points"]("3", direction="discharge")),
    "prices": TABLE["prices"](),
    "adjust": TABLE["adjust"](),
    "incidents": TABLE["incident"](),
    "agc": TABLE["agc"](),
}
PIECES = st.sampled_from(
    [
        *(
            b",",
            b"\n",
            b'"',
            b'""',
            b"\r\n",
            b"\0",
            b"-",
            b".",
            b"24:00",
            b"Z",
            b"+08:00",
            b"nan",
            b"1e9",
            b"0",
            b"9999",
        ),
        *(
            "充电".encode("gbk"),
            "放电".encode(),
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"2025-02-30",
            b"\x1f\x8b",
            b"PAR1",
            b"1" * 40,
        ),
    ]
)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with a few places overwritten, cut out or written twice."""
    kind = draw(st.sampled_from(sorted(GOOD)))
    content = GOOD[kind].encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 12)))
        put = draw(st.one_of(PIECES, st.binary(max_size=4), st.just(content[start:end] * 2)))
        content = content[:start] + put + content[end:]
    return kind, gzip.compress(content) if draw(st.booleans()) else content


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=mutated())
def test_a_mutated_file_is_read_or_refused(
    case: tuple[str, bytes], tmp_path: Path, stations: Sequence[Station]
) -> None:
    kind, content = case
    path = tmp_path / "mutated"
    path.write_bytes(content)
    try:
        assert isinstance(read_inputs(InputPaths(**{kind: path}), stations, ReadOptions()), Inputs)
    except HuchuError as refused:
        for part in (refused.what, refused.found, refused.done, refused.do):
            assert part.zh
            assert part.en
            assert (part.zh + part.en).isprintable()


ODD_CELLS = (1, 2**62, 1.5, float("nan"), True, b"x", object(), [1], {"a": 1}, "SH-1", "charge", None)
ODD_TIMES = (date(2025, 7, 1), date(1, 1, 1), datetime(2025, 7, 1), time(1), timedelta(1), Decimal("1.25"))  # noqa: DTZ001


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(GOOD)), odd=st.sampled_from(ODD_CELLS + ODD_TIMES), picks=st.randoms())
def test_a_frame_with_an_odd_column_is_read_or_refused(
    kind: str, odd: object, picks: Random, stations: Sequence[Station]
) -> None:
    frame = pl.read_csv(io.StringIO(GOOD[kind]), infer_schema=False)
    column = picks.choice(frame.columns)
    frame = frame.with_columns(pl.Series(column, [odd] * frame.height))
    with suppress(HuchuError):
        assert isinstance(read_inputs(InputPaths(**{kind: frame}), stations, ReadOptions()), Inputs)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_file_without_stations_to_belong_to_is_refused_or_is_of_prices(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(GOOD[kind], encoding="utf-8")
    if kind == "prices":
        assert read_inputs(InputPaths(prices=path), (), ReadOptions()).prices
    else:
        with pytest.raises(HuchuError):
            read_inputs(InputPaths(**{kind: path}), (), ReadOptions())
