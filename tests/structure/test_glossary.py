"""One quantity, one name: every column, field and key stands in the glossary, with term, unit, sign and meaning."""

import dataclasses
import importlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GLOSSARY: dict[str, dict[str, str]] = tomllib.loads((ROOT / "tariffs" / "glossary.toml").read_text(encoding="utf-8"))
SCALE = re.compile(r"_e\d+$")
UNITS_BY_ENDING = {"_kwh": "kWh", "_mwh": "MWh", "_mw": "MW"}
RECORDS = {
    "tariffs.settings": ("CapacitySupportFigures", "Settings"),
    "tariffs.stations": ("Change", "Lease", "Outage", "Rating", "Station"),
    "tariffs.prices": ("BenchmarkTable", "NetworkTable", "TaxTable"),
    "dispatch.sizing.inputs.costs": ("Cost", "Finance"),
    "dispatch.sizing.inputs.fading": ("Augmentation", "Fade"),
    "dispatch.sizing.inputs.project": ("Plant", "SizeLimits"),
    "dispatch.sizing.inputs.scenario": ("LeaseTerms", "Scenario"),
    "dispatch.sizing.years": ("YearFigures",),
}
TERMS = ("settlement/assessment", "settlement/charges", "tariffs/eligibility")
PRESETS = ("clause", "calendar", "periods", "sharp", "step", "target")

exempt = frozenset(
    {
        # names of tables of documents and of lists of records
        "award",
        "benchmark",
        "blocks",
        "calendar",
        "calls",
        "catalogue_award",
        "change",
        "charge_item",
        "citation",
        "dispatch",
        "eligibility",
        "income_path",
        "lease",
        "market_switch",
        "network",
        "offshore",
        "outage",
        "pairing",
        "periods",
        "precondition",
        "step",
        "target",
        "user_side_definition",
        "sharp",
        "tax",
        # how a clause of a regulation binds
        "bars",
        "boundary",
        "clause",
        "inferred",
        "listed",
        "soft",
        "unit",
        # where something stands in a file or a list
        "discharge_file_no",
        "discharge_row",
        "feed",
        "file",
        "file_no",
        "line_no",
        "row",
        # words and names that are printed as they are
        "account_no",
        "action",
        "article",
        "changed",
        "code",
        "document",
        "document_number",
        "flags",
        "formula",
        "grid_company_en",
        "grid_company_zh",
        "id",
        "issuer",
        "meaning",
        "message",
        "name",
        "name_en",
        "name_zh",
        "owner",
        "tax_no",
        "title",
    }
)
"""Structural words: they hold, place or name quantities and are none."""


def _plain(name: str) -> str:
    return SCALE.sub("", name)


def _columns() -> Iterator[tuple[str, str]]:
    module = importlib.import_module("tariffs.vocabulary.columns")
    for frame, declared in vars(module).items():
        if frame.isupper() and isinstance(declared, Mapping | tuple):
            yield from ((column, f"column of {frame}") for column in declared)


def _records() -> Iterator[tuple[str, type]]:
    for module, names in RECORDS.items():
        yield from ((f"{module}.{name}", getattr(importlib.import_module(module), name)) for name in names)
    for folder in TERMS:
        for path in sorted((ROOT / folder).glob("*.py")):
            module = ".".join((*Path(folder).parts, path.stem))
            terms = getattr(importlib.import_module(module), "Terms", None)
            if terms is not None:
                yield f"{module}.Terms", terms


def _fields() -> Iterator[tuple[str, str]]:
    for name, record in _records():
        yield from ((field.name, f"field of {name}") for field in dataclasses.fields(record))


def _keys(table: Mapping[str, Any], where: str, above: str = "") -> Iterator[tuple[str, str]]:
    """Every key of a document; below tables of named presets and of clauses the keys are names, below a figure they are seasons."""
    for key, entry in table.items():
        if above not in PRESETS:
            yield key, f"key of {where}"
        inner = entry if isinstance(entry, list) else [entry]
        for each in inner:
            if isinstance(each, Mapping) and not key.endswith("_ratio"):
                yield from _keys(each, where, key)


def _document_keys() -> Iterator[tuple[str, str]]:
    for folder in (ROOT / "tariffs" / "documents", ROOT / "regulations" / "documents"):
        for path in sorted(folder.rglob("*.toml")):
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from _keys(tables, path.relative_to(folder).as_posix())


def _missing(names: Iterator[tuple[str, str]]) -> str:
    asked: dict[str, str] = {}
    for name, where in names:
        asked.setdefault(_plain(name), where)
    assert asked
    return "\n".join(f"{name}: {where}" for name, where in asked.items() if name not in GLOSSARY and name not in exempt)


def test_every_column_stands_in_the_glossary() -> None:
    assert "" == _missing(_columns())


def test_every_field_of_stations_settings_and_terms_stands_in_the_glossary() -> None:
    assert "" == _missing(_fields())


def test_every_key_of_the_documents_stands_in_the_glossary() -> None:
    assert "" == _missing(_document_keys())


def test_no_structural_word_is_explained_as_a_quantity() -> None:
    assert set() == exempt & set(GLOSSARY)


def test_every_entry_has_a_term_in_both_languages_a_unit_and_a_sign() -> None:
    wrong = [name for name, entry in GLOSSARY.items() if set(entry) != {"zh", "en", "unit", "sign", "meaning"}]
    assert "" == "\n".join(wrong)
    silent = [name for name, entry in GLOSSARY.items() if not (entry["zh"] and entry["en"] and entry["meaning"])]
    assert "" == "\n".join(silent)


def test_the_ending_of_a_name_is_the_unit_of_its_entry() -> None:
    wrong = [
        f"{name}: {entry['unit']}"
        for name, entry in GLOSSARY.items()
        for ending, unit in UNITS_BY_ENDING.items()
        if name.endswith(ending) and not name.endswith(f"_per{ending}") and entry["unit"] != unit
    ]
    assert "" == "\n".join(wrong)


def test_no_two_names_share_a_chinese_term() -> None:
    terms: dict[str, list[str]] = {}
    for name, entry in GLOSSARY.items():
        terms.setdefault(entry["zh"], []).append(name)
    assert "" == "\n".join(f"{term}: {', '.join(names)}" for term, names in terms.items() if len(names) > 1)
