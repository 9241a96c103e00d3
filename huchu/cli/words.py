"""The language of the help and of messages: `--lang zh|en|both`, else the locale; both where that says neither."""

import os
import sys
from typing import Final

LANGUAGES: Final = ("zh", "en", "both")
OPTION: Final = "--lang"
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def split_language(arguments: list[str]) -> tuple[str, list[str]]:
    """The language that the arguments ask for (empty if none), and the arguments without that request."""
    asked, rest = "", []
    words = iter(arguments)
    for word in words:
        if word == OPTION:
            asked = next(words, "?")
        elif word.startswith(f"{OPTION}="):
            asked = word.removeprefix(f"{OPTION}=")
        else:
            rest.append(word)
    return asked, rest


def chosen_language(arguments: list[str]) -> str:
    """The language that the arguments ask for, else that of the locale, else both."""
    asked, _ = split_language(arguments)
    if asked in LANGUAGES:
        return asked
    named = next((os.environ[name] for name in LOCALE_VARIABLES if os.environ.get(name)), "")
    return named[:2] if named[:2] in ("zh", "en") else "both"


LANGUAGE: Final = chosen_language(sys.argv[1:])


def say(zh: str, en: str) -> str:
    """The text in the language chosen; Chinese first where both are."""
    return {"zh": zh, "en": en}.get(LANGUAGE, f"{zh} / {en}")
