"""What the storage plan says of a kind of station: where it is filed, its land, its market, and the steps on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tariffs.answers import Answer, Reason, Verdict
from tariffs.citation import Citation
from tariffs.schema import read_record
from tariffs.versions import Version
from tariffs.vocabulary.errors import DocumentError, Words

SERIES: Final = "station_filing"
QUESTIONS: Final = ("filing_level", "land_path", "market_path")
CANNOT_TELL: Final = "cannot_tell"
PATH_WORDS: Final = {
    "city": Words("报市级部门备案", "filed with the city"),
    "city_with_power_project": Words("报市级部门备案，随电源项目管理", "filed with the city, with the power project"),
    "district": Words("报区级部门备案，随用户项目管理", "filed with the district, with the user's project"),
    "public_utility_priority": Words(
        "独立占地的，按公用设施优先供地", "land of its own as for public utilities, with priority"
    ),
    "host_land": Words("原则上不另外征地，用主体项目用地", "no new land in principle: on the land of its host"),
    "independent_actor": Words(
        "列入年度计划的作为独立主体进入市场，现货正式启动后进入现货",
        "once in the yearly plan, a market actor of its own, on the spot market when that has formally started",
    ),
    "with_generator": Words("随所属发电项目进入市场", "in the markets with its generator"),
    "with_user": Words("随所属用户进入市场", "in the markets with its user"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTable:
    """One of the tables that give a word for each kind of station."""

    article: str
    meaning: str
    independent: str
    thermal_paired: str
    user_side: str

    def of(self, kind: str) -> str:
        """The word for a kind of station; `cannot_tell` for a kind that the table does not know."""
        return {
            "independent": self.independent,
            "thermal_paired": self.thermal_paired,
            "user_side": self.user_side,
        }.get(kind, CANNOT_TELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTable:
    """One step on the way of a project: who decides, and for which kinds of station."""

    article: str
    kinds: tuple[str, ...]
    name_zh: str
    name_en: str
    meaning: str
    meaning_zh: str
    decided_by_zh: str
    decided_by_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a checklist, with its article."""

    id: str
    name: Words
    meaning: Words
    decided_by: Words
    citation: Citation


def paths_of(kind: str, version: Version) -> tuple[Answer, ...]:
    """Filing level, land path and market path of a kind of station, `cannot_tell` where the plan names none.

    Raises  DocumentError if a table is missing or gives a word that is not known
    Source  沪府办发〔2024〕28号 五（二）, 五（三）, 六（一）
    Check   tests/cases/classify/kinds.toml
    """
    return tuple(_path(question, kind, version) for question in QUESTIONS)


def steps_of(kind: str, version: Version) -> tuple[Step, ...]:
    """The steps on the way of a kind of station, in the order of the articles; none for a kind not told.

    Raises  DocumentError if a step cannot be read
    Source  沪府办发〔2024〕28号 五
    Check   tests/cases/classify/steps.toml
    """
    tables: Any = version.body.get("step", {})
    steps = ((name, _read(StepTable, table, version, f"step.{name}")) for name, table in tables.items())
    return tuple(_step(name, table, version) for name, table in steps if kind in table.kinds)


def _read(record: type[Any], table: Any, version: Version, name: str) -> Any:
    return read_record(record, table, where=f"{version.series} {name}", error=DocumentError)


def _path(question: str, kind: str, version: Version) -> Answer:
    table: KindTable = _read(KindTable, version.body.get(question, {}), version, question)
    choice = table.of(kind)
    if choice == CANNOT_TELL:
        words = Words("方案没有写这类电站", "the plan does not speak of such a station")
        verdict = Verdict.CANNOT_TELL
    elif choice in PATH_WORDS:
        words, verdict = PATH_WORDS[choice], Verdict.YES
    else:
        raise _unknown(choice, version, sorted(PATH_WORDS))
    reason = Reason(words=words, citation=version.citation(table.article))
    return Answer(question=question, choice=choice, verdict=verdict, reasons=(reason,))


def _unknown(choice: str, version: Version, choices: Sequence[str]) -> DocumentError:
    listed = " | ".join(choices)
    return DocumentError(
        Words(f"{version.series} 不认识 {choice}", f"{version.series} does not know {choice}"),
        found=Words(f"可选 {listed}", f"choices {listed}"),
        do=Words("改用其中之一", "use one of them"),
    )


def _step(name: str, table: StepTable, version: Version) -> Step:
    return Step(
        id=name,
        name=Words(table.name_zh, table.name_en),
        meaning=Words(table.meaning_zh, table.meaning),
        decided_by=Words(table.decided_by_zh, table.decided_by_en),
        citation=version.citation(table.article),
    )
