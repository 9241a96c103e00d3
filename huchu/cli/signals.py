"""`huchu signals`: convert somebody else's series into signals.csv, or say every row that stands in the way."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dispatch.arrays import Floats, Integers
from dispatch.signals.columns import PRICE_DECIMALS
from dispatch.signals.record import Signals
from huchu.cli.printing import DONE, finding_counts, print_findings, print_json, refusals, to_stdout
from huchu.cli.words import say
from huchu.convert import Converted, Wish, converted
from huchu.output import write_file
from tariffs.vocabulary.errors import InputError, Words, shown_name
from tariffs.vocabulary.money import decimal_text, round_half_away

__all__ = ["Wish", "signals"]
MEAN_DECIMALS = 2
POWER_DECIMALS = 3


def signals(wish: Wish, out: Path, *, force: bool, as_json: bool) -> None:
    """Convert and write one file, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        _refuse_target(wish.file, out, force=force)
        result = converted(wish)
        _write(out, result.text)
    _report(result, out, as_json=as_json)
    raise SystemExit(DONE)


def _refuse_target(source: Path, out: Path, *, force: bool) -> None:
    if out.is_dir():
        found = Words("是文件夹", "it is a folder")
    elif out.exists() and source.exists() and out.samefile(source):
        found = Words("就是要转换的文件", "it is the file to be converted")
    elif out.exists() and not force:
        found = Words("文件已存在", "the file exists")
    else:
        return
    raise InputError(
        Words(f"不能写入 {shown_name(out)}", f"{shown_name(out)} is not written"),
        found=found,
        do=Words("换一个 --out，或用 --force 覆盖已有结果", "choose another --out, or overwrite a result with --force"),
    )


def _write(out: Path, text: bytes) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_file(out, text)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise InputError(
            Words(f"无法写入 {shown_name(out)}", f"cannot write {shown_name(out)}"),
            found=Words(reason, reason),
            do=Words("检查磁盘空间与权限，或换一个 --out", "check space and permissions, or choose another --out"),
        ) from None


def _report(result: Converted, out: Path, *, as_json: bool) -> None:
    signals, horizon = result.signals, result.signals.horizon
    first, until = horizon.first_at.isoformat(), horizon.until_at.isoformat()
    if as_json:
        print_json(
            {
                "status": "done",
                "out": str(out),
                "rows": horizon.count,
                "minutes": horizon.minutes,
                "first_at": first,
                "until_at": until,
                "columns": dict(_summaries(signals)),
                "findings": finding_counts(signals.findings),
                "notices": [{"code": f.code, "row": f.row, "message": str(f.message)} for f in signals.findings],
            }
        )
        return
    print_findings(signals.findings)
    to_stdout(
        say(
            f"{out}：{horizon.count} 行，步长 {horizon.minutes} 分钟，自 {first} 至 {until}",
            f"{out}: {horizon.count} rows in steps of {horizon.minutes} minutes from {first} until {until}",
        )
    )
    for name, told in _summaries(signals):
        negative = say(f"，其中负值 {told['negative']} 个", f", {told['negative']} of them negative")
        to_stdout(
            say(
                f"{name}：最低 {told['least']}，平均 {told['mean']}，最高 {told['most']}",
                f"{name}: least {told['least']}, mean {told['mean']}, most {told['most']}",
            )
            + (negative if told["negative"] else "")
        )


def _summaries(signals: Signals) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a reader compares with the source: least, mean and most of each column, and how many are negative."""
    for name, prices in (
        ("price_cny_per_mwh", signals.charge_price_e6),
        ("forecast_price_cny_per_mwh", signals.forecast_charge_price_e6),
    ):
        if prices is not None:
            yield name, _of_prices(prices)
    for name, powers_mw in (("load_mw", signals.load_mw), ("wind_mw", signals.wind_mw)):
        if powers_mw is not None:
            yield name, _of_powers(powers_mw)


def _of_prices(prices: Integers) -> dict[str, Any]:
    units_of_mean = 10 ** (PRICE_DECIMALS - MEAN_DECIMALS)
    return {
        "least": decimal_text(int(prices.min()), PRICE_DECIMALS),
        "mean": decimal_text(round_half_away(int(prices.sum()), len(prices) * units_of_mean), MEAN_DECIMALS),
        "most": decimal_text(int(prices.max()), PRICE_DECIMALS),
        "negative": int((prices < 0).sum()),
    }


def _of_powers(powers_mw: Floats) -> dict[str, Any]:
    least, mean, most = (f"{each:.{POWER_DECIMALS}f}" for each in (powers_mw.min(), powers_mw.mean(), powers_mw.max()))
    return {"least": least, "mean": mean, "most": most, "negative": int((powers_mw < 0).sum())}
