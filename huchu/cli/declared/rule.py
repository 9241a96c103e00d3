"""`huchu rule`."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.app import LANGUAGE_NOTE, app
from huchu.cli.arguments import AsJson, Force, Settings, Unterminated
from huchu.cli.words import say


@app.command(
    epilog=LANGUAGE_NOTE,
    help=say(
        "规定：按公报中另外十三份规定评判一个或许多案例，附理由和条款",
        "rule: judge one case or many by the thirteen other gazette documents, with reasons and articles",
    ),
)
def rule(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help=say("规定的名称；list 列出全部", "name of the regulation; list shows all of them"),
        ),
    ] = None,
    case: Annotated[
        str | None,
        typer.Option(
            "--input",
            metavar="CASE.toml",
            help=say(
                "要评判的案例，- 读标准输入；与 --batch 同用时为各行共用的内容",
                "the case to be judged, - reads standard input; beside --batch what all rows share",
            ),
        ),
    ] = None,
    example: Annotated[
        bool,
        typer.Option("--example", help=say("打印带注释的案例，供 --input", "print a commented case for --input")),
    ] = False,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch",
            metavar="CASES.csv",
            help=say("许多案例，一行一个，- 读标准输入", "many cases, one a row; - reads standard input"),
        ),
    ] = None,
    example_csv: Annotated[
        bool,
        typer.Option("--example-csv", help=say("打印表头和一行，供 --batch", "print header and one row for --batch")),
    ] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="DATE",
            help=say(
                "评判日，优先于案例的 on；都没有则为今天", "day judged, before the case's on; today where neither is"
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.csv", help=say("--batch 的结果文件", "file for the results of --batch")),
    ] = None,
    skip_refused: Annotated[
        bool,
        typer.Option(
            "--skip-refused",
            help=say(
                "--batch：跳过被拒的行，其余照常（退出码 3）", "--batch: go on without refused rows (exit code 3)"
            ),
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help=say("--batch 的进程数；0 为自动", "processes of --batch; 0 chooses"))
    ] = 0,
    accept_unterminated: Unterminated = False,
    settings: Settings = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """A case in, verdicts with their reasons out."""
    from huchu.cli.rule import command

    command.rule(
        command.Request(
            name=name,
            case=case,
            example=example,
            batch=batch,
            example_csv=example_csv,
            on=on,
            out=out,
            skip_refused=skip_refused,
            jobs=jobs,
            accept_unterminated=accept_unterminated,
            settings=settings,
            force=force,
        ),
        as_json=as_json,
    )
