"""The terms of the field: Chinese and English for every name that files and statements use."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tariffs.vocabulary.errors import Words


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """Every entry of the glossary by its name."""
    path = Path(__file__).with_name("glossary.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def term(name: str) -> Words:
    """The Chinese and English term of a name; an empty name has empty words.

    Raises  KeyError if the glossary has no such entry, which the structure tests rule out
    """
    if not name:
        return Words("", "")
    entry = terms()[name]
    return Words(entry["zh"], entry["en"])
