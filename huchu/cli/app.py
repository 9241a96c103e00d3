"""The program of commands; each is declared in huchu/cli/declared. Only typer is loaded for them."""

import typer

from huchu.cli.words import say

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
