"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from huchu.cli.words import say

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
Stations = Annotated[
    Path | None,
    typer.Option(
        "--stations",
        metavar="FILE",
        help=say(
            "电站文件；缺省为输入旁或当前目录的 stations.toml",
            "stations; default stations.toml beside the input, else here",
        ),
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="ID", help=say("只处理这些电站；可重复", "these stations only; repeatable")),
]
SkipRefused = Annotated[
    bool,
    typer.Option(
        "--skip-refused",
        help=say("跳过被拒电站，其余照常（退出码 3）", "go on without refused stations (exit code 3)"),
    ),
]
Plot = Annotated[bool, typer.Option("--plot/--no-plot", help=say("是否画图", "whether pictures are drawn"))]
Unterminated = Annotated[
    bool,
    typer.Option(
        "--accept-unterminated",
        help=say("接受末行没有换行符的文件", "accept a file whose last row has no line end"),
    ),
]
