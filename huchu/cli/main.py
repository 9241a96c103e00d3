"""The commands of `huchu`. Only typer is imported here: what a command needs is loaded when it runs."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.words import LANGUAGES, OPTION, say, split_language

LANGUAGE_NOTE = say("任何命令都可加 --lang zh|en|both", "--lang zh|en|both goes with every command")

app = typer.Typer(
    name="huchu",
    help=say(
        "沪储：电网侧储能的结算与调度（沪府办发〔2024〕28号）",
        "huchu: settlement and dispatch of grid-scale storage under Shanghai's storage plan",
    ),
    epilog=LANGUAGE_NOTE,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
meter_app = typer.Typer(help=say("表计文件", "meter files"), no_args_is_help=True)
app.add_typer(meter_app, name="meter")

Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help=say(
            "设置文件；缺省为输入旁或当前目录的 huchu.toml", "settings; default huchu.toml beside the input, else here"
        ),
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help=say("标准输出只打印一个 JSON 对象", "print one JSON object and nothing else"))
]
Force = Annotated[bool, typer.Option("--force", help=say("覆盖已有结果", "overwrite an existing result"))]
Unterminated = Annotated[
    bool,
    typer.Option(
        "--accept-unterminated",
        help=say("接受末行没有换行符的文件", "accept a file whose last row has no line end"),
    ),
]


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say("生成带注释的设置、电站和抄表样例", "write commented settings, stations and a small meter file"),
)
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=say("目标文件夹", "target folder"))] = Path(),
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write what a user starts from."""
    from huchu.cli import start

    start.init(folder, force=force, as_json=as_json)


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say("用自带样例演示：三座电站、两个月的结算单", "the main job on shipped samples: three stations, two months"),
)
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("结果文件夹", "folder of the results"))] = Path(
        "huchu-demo"
    ),
    as_json: AsJson = False,
) -> None:
    """Run the main job on shipped samples; an earlier demo is replaced."""
    from huchu.cli import start

    start.demo(out, as_json=as_json)


@app.command(epilog=LANGUAGE_NOTE, help=say("结算：表计文件 -> 结算单", "settle: meter files into statements"))
def settle(
    meter: Annotated[list[Path], typer.Argument(metavar="METER...", help=say("表计文件", "meter files"))],
    month: Annotated[
        str, typer.Option("--month", metavar="YYYY-MM[..YYYY-MM]", help=say("结算月份", "month or months"))
    ],
    stations: Annotated[
        Path | None,
        typer.Option(
            "--stations",
            metavar="FILE",
            help=say(
                "电站文件；缺省为输入旁或当前目录的 stations.toml",
                "stations; default stations.toml beside the input, else here",
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=say("结果文件夹；缺省 settled-<月份>", "results; default settled-<month>")
        ),
    ] = None,
    settled: Annotated[
        list[Path] | None,
        typer.Option(
            "--settled",
            metavar="DIR",
            help=say("以前各月的结果，用于累计次数；可重复", "earlier results, for calls to date; repeatable"),
        ),
    ] = None,
    run: Annotated[
        str,
        typer.Option("--run", metavar="prelim|final|revision", help=say("预结算、正式、清算", "kind of run")),
    ] = "final",
    estimate: Annotated[
        bool,
        typer.Option(
            "--estimate", help=say("允许按规则补算缺口，补算行有标记", "fill gaps by named rules, each row marked")
        ),
    ] = False,
    statements: Annotated[
        bool,
        typer.Option("--statements/--no-statements", help=say("是否写出结算单", "whether statements are written")),
    ] = True,
    formats: Annotated[
        str,
        typer.Option(
            "--formats", metavar="LIST", help=say("结算单格式，逗号分隔", "formats of the statements, by commas")
        ),
    ] = "pdf,xlsx,json",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="ID", help=say("只结算这些电站；可重复", "settle these stations only; repeatable")
        ),
    ] = None,
    skip_refused: Annotated[
        bool,
        typer.Option(
            "--skip-refused",
            help=say("跳过被拒电站，其余照常（退出码 3）", "go on without refused stations (exit code 3)"),
        ),
    ] = False,
    accept_unterminated: Unterminated = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help=say("出单进程数；0 为自动", "processes for the statements; 0 chooses"))
    ] = 0,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Meter files in, statements out."""
    from huchu.cli import settle as command

    command.settle(
        command.Request(
            meter=tuple(meter),
            month=month,
            stations=stations,
            out=out,
            settled=tuple(settled or ()),
            run=run,
            estimate=estimate,
            formats=tuple(part.strip() for part in formats.split(",") if part.strip()) if statements else (),
            only=tuple(only or ()),
            skip_refused=skip_refused,
            accept_unterminated=accept_unterminated,
            jobs=jobs,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )


@meter_app.command(
    epilog=LANGUAGE_NOTE, help=say("检查表计文件，只给出发现的问题", "check meter files; nothing but findings")
)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=say("表计文件", "meter files"))],
    stations: Annotated[
        Path | None,
        typer.Option(
            "--stations",
            metavar="FILE",
            help=say(
                "电站文件；缺省为输入旁或当前目录的 stations.toml",
                "stations; default stations.toml beside the input, else here",
            ),
        ),
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help=say("应覆盖的月份", "month that must be covered"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help=say("写出 findings.csv 的文件夹", "folder for findings.csv")),
    ] = None,
    accept_unterminated: Unterminated = False,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """All checks of the intake, nothing but findings."""
    from huchu.cli import meter_check as command

    command.check(
        command.Request(
            files=tuple(files),
            stations=stations,
            month=month,
            out=out,
            accept_unterminated=accept_unterminated,
            settings=settings,
        ),
        as_json=as_json,
    )


def main() -> None:
    """Run the program; a refusal is printed in its four parts and sets the exit code, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    asked, sys.argv[1:] = split_language(sys.argv[1:])
    if asked and asked not in LANGUAGES:
        choices = " | ".join(LANGUAGES)
        sys.stderr.write(
            say(f"{OPTION} 须为 {choices}，不是 {asked}\n", f"{OPTION} is one of {choices}, not {asked}\n")
        )
        raise SystemExit(2)
    try:
        app()
    except Exception as fault:
        if os.environ.get("HUCHU_TRACEBACK"):
            raise
        _tell_fault(fault)
        raise SystemExit(1) from None


def _tell_fault(fault: Exception) -> None:
    kind = type(fault).__name__
    for line in (
        say(f"程序缺陷：{kind}", f"a fault of the program: {kind}"),
        say(f"实际：{fault}", f"Found: {fault}"),
        say("结果：未写出任何结果", "Done: nothing was written"),
        say(
            "办法：设 HUCHU_TRACEBACK=1 重试，并附输出报告",
            "Do: try again with HUCHU_TRACEBACK=1 and report what it prints",
        ),
    ):
        sys.stderr.write(line + "\n")


if __name__ == "__main__":
    main()
