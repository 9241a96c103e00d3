"""The program `huchu`: its language, its commands, its refusals and its faults."""

import os
import sys
from importlib import import_module

from huchu.cli.app import app
from huchu.cli.words import LANGUAGES, OPTION, say, split_language

for declared in (
    "start",
    "settle",
    "meter",
    "dispatch",
    "calls",
    "signals",
    "classify",
    "targets",
    "pairing",
    "v2g",
    "size",
    "rule",
):
    import_module(f"huchu.cli.declared.{declared}")


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
