"""`huchu signals`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Unterminated
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "把别处的电价、负荷、风电序列转换为 signals.csv", "convert prices, load and wind of others into signals.csv"
    ),
)
def signals(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("CSV、csv.gz 或 Parquet", "CSV, csv.gz or Parquet"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("写出的文件", "the file to write"))] = Path(
        "signals.csv"
    ),
    time_column: Annotated[
        str, typer.Option("--time-column", metavar="COLUMN", help=say("时刻所在的列", "column of the stamps"))
    ] = "",
    date_column: Annotated[
        str, typer.Option("--date-column", metavar="COLUMN", help=say("日期所在的列", "column of the days"))
    ] = "",
    time_of_day_column: Annotated[
        str,
        typer.Option("--time-of-day-column", metavar="COLUMN", help=say("钟点所在的列", "column of the times of day")),
    ] = "",
    price_column: Annotated[
        str, typer.Option("--price-column", metavar="COLUMN", help=say("电价，每 MWh", "prices, per MWh"))
    ] = "",
    forecast_column: Annotated[
        str,
        typer.Option("--forecast-column", metavar="COLUMN", help=say("预测电价，每 MWh", "forecast prices, per MWh")),
    ] = "",
    load_column: Annotated[str, typer.Option("--load-column", metavar="COLUMN", help=say("负荷，MW", "load, MW"))] = "",
    wind_column: Annotated[
        str, typer.Option("--wind-column", metavar="COLUMN", help=say("风电，MW", "wind power, MW"))
    ] = "",
    stamp: Annotated[
        str,
        typer.Option(
            "--stamp", metavar="start|end", help=say("时刻是时段的起点还是终点", "whether stamps are starts or ends")
        ),
    ] = "start",
    zone: Annotated[
        str,
        typer.Option(
            "--zone",
            metavar="NAME",
            help=say(
                "不带时差的时刻属于哪个时区，例如 Europe/Prague；缺省北京时间",
                "zone of stamps without an offset, such as Europe/Prague; default Shanghai time",
            ),
        ),
    ] = "",
    hours: Annotated[
        str,
        typer.Option(
            "--hours",
            metavar="clock|counted",
            help=say(
                "钟点是时钟所示，还是自零点起数的小时（拨钟日为 23 或 25 个）",
                "times of day as the clock shows, or hours counted from midnight (23 or 25 when clocks change)",
            ),
        ),
    ] = "clock",
    date_order: Annotated[
        str,
        typer.Option(
            "--date-order", metavar="ymd|dmy|mdy", help=say("年月日的顺序", "the order of day, month and year")
        ),
    ] = "ymd",
    repeated_column: Annotated[
        str,
        typer.Option(
            "--repeated-column",
            metavar="COLUMN",
            help=say(
                "标明重复小时的列；不给则按行的先后区分",
                "column that flags the repeated hour; without it the order of rows decides",
            ),
        ),
    ] = "",
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter", metavar="COLUMN=TEXT", help=say("只取该列为该文字的行；可重复", "rows to take; repeatable")
        ),
    ] = None,
    minutes: Annotated[
        int, typer.Option("--minutes", help=say("步长；缺省由数据得出", "the step; found from the rows by default"))
    ] = 0,
    from_text: Annotated[
        str, typer.Option("--from", metavar="T", help=say("自该日或时刻起", "from this day or instant on"))
    ] = "",
    until_text: Annotated[
        str, typer.Option("--until", metavar="T", help=say("至该日或时刻止（不含）", "up to but not including it"))
    ] = "",
    currency_note: Annotated[
        str,
        typer.Option(
            "--currency-note",
            metavar="CODE",
            help=say(
                "原币种，只写入提示，不换算", "the currency of the source, for a notice only; nothing is converted"
            ),
        ),
    ] = "",
    accept_unterminated: Unterminated = False,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Series of others in, signals.csv out."""
    from huchu.cli import signals as command

    command.signals(
        command.Wish(
            file=file,
            time_column=time_column,
            date_column=date_column,
            time_of_day_column=time_of_day_column,
            price_column=price_column,
            forecast_column=forecast_column,
            load_column=load_column,
            wind_column=wind_column,
            stamp=stamp,
            zone=zone,
            hours=hours,
            date_order=date_order,
            repeated_column=repeated_column,
            filters=tuple(filters or ()),
            minutes=minutes,
            from_text=from_text,
            until_text=until_text,
            currency_note=currency_note,
            accept_unterminated=accept_unterminated,
        ),
        out,
        force=force,
        as_json=as_json,
    )
