"""The language of the help and of messages: `--lang zh|en|both`, else the locale; both where that says neither."""

import os
import sys
from typing import Final

LANGUAGES: Final = ("zh", "en", "both")
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def chosen_language(arguments: list[str]) -> str:
    """The language that the arguments ask for, else that of the locale, else both."""
    for position, argument in enumerate(arguments):
        asked = argument.removeprefix("--lang=")
        if asked == argument and argument == "--lang" and position + 1 < len(arguments):
            asked = arguments[position + 1]
        if asked in LANGUAGES and argument.startswith("--lang"):
            return asked
    named = next((os.environ[name] for name in LOCALE_VARIABLES if os.environ.get(name)), "")
    return named[:2] if named[:2] in ("zh", "en") else "both"


LANGUAGE: Final = chosen_language(sys.argv[1:])


def say(zh: str, en: str) -> str:
    """The text in the language chosen; Chinese first where both are."""
    return {"zh": zh, "en": en}.get(LANGUAGE, f"{zh} / {en}")
