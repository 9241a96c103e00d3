"""`huchu rule list`: the regulations with their documents, their terms and the questions that they answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Final, get_type_hints

import regulations
from huchu.cli.printing import print_json, to_stdout, told
from huchu.cli.rule.cells import bare
from huchu.cli.rule.printed import term_words
from huchu.cli.rule.record import document_record
from huchu.cli.words import say
from tariffs.judging.clauses import Term
from tariffs.versions import Library, Version
from tariffs.vocabulary.errors import Words

OPTIONS: Final = "options"


def tell_all(library: Library, *, as_json: bool) -> None:
    """Print every regulation, or one JSON object of them.

    Raises  DocumentError if a document cannot be used
    """
    known = {name: library.versions(name) for name in regulations.names()}
    if as_json:
        print_json({"status": "done", "regulations": [_record(name, known[name]) for name in known]})
        return
    for name, versions in known.items():
        for version in versions:
            to_stdout(f"{name}  {version.header.citation.title}〔{version.header.citation.document_number}〕")
            in_force = term_words(_term(version))
            to_stdout("  " + say(f"施行：{in_force.zh}", f"in force {in_force.en}"))
        for question, words in questions_of(name).items():
            to_stdout(f"  [{question}] {told(words)}".rstrip())
    count = len(known)
    to_stdout(
        say(f"共 {count} 份；用法：huchu rule NAME --example", f"{count} in all; next: huchu rule NAME --example")
    )


def questions_of(name: str) -> Mapping[str, Words]:
    """The questions of a regulation by the table of the case that asks them; in words where its example asks them."""
    inputs = regulations.leaf(name).Inputs
    hints = get_type_hints(inputs)
    tables = [field.name for field in fields(inputs) if is_dataclass(bare(hints[field.name]))]
    asked: dict[str, Words] = {table: Words("", "") for table in tables if table != OPTIONS}
    case = tomllib.loads(regulations.example(name), parse_float=Decimal)
    assessment = regulations.assess(name, regulations.read_case(name, case, where=name))
    return asked | {ruling.question: ruling.words for ruling in assessment.rulings}


def _record(name: str, versions: tuple[Version, ...]) -> dict[str, Any]:
    return {
        "name": name,
        "documents": [document_record(_term(version)) for version in versions],
        "questions": {key: {"zh": words.zh, "en": words.en} for key, words in questions_of(name).items()},
    }


def _term(version: Version) -> Term:
    header = version.header
    return Term(
        effective_from=header.effective_from,
        effective_until=header.effective_until,
        citation=version.citation(""),
    )
