"""What is asked about AI in Shanghai: the case, its questions and its closed sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tariffs.judging.plausible import by_place, outside, read_of, refuse_impossible, refuse_silence, twice
from tariffs.vocabulary.errors import Words

MOST_COUNTED: Final = 100_000_000


class FlopsUnit(Enum):
    """A unit of computing power, each a step of prefix above the one before."""

    FLOPS = "flops"
    KFLOPS = "kflops"
    MFLOPS = "mflops"
    GFLOPS = "gflops"
    TFLOPS = "tflops"
    PFLOPS = "pflops"
    EFLOPS = "eflops"
    ZFLOPS = "zflops"


class Precision(Enum):
    """At which precision computing power is counted."""

    FP64 = "fp64"
    FP32 = "fp32"
    TF32 = "tf32"
    BF16 = "bf16"
    FP16 = "fp16"
    FP8 = "fp8"
    FP4 = "fp4"
    INT8 = "int8"
    INT4 = "int4"
    NOT_STATED = "not_stated"


class Industry(Enum):
    """A key industry, or another one."""

    FINANCE = "finance"
    MANUFACTURING = "manufacturing"
    EDUCATION = "education"
    MEDICAL = "medical"
    CULTURE_TOURISM = "culture_tourism"
    CITY_GOVERNANCE = "city_governance"
    OTHER = "other"


class Ring(Enum):
    """What an achievement is."""

    MODEL = "model"
    PRACTICE = "practice"
    CORPUS = "corpus"


class Level(Enum):
    """The level of a model."""

    BASE = "L0"
    INDUSTRY = "L1"
    SCENARIO = "L2"


class Purpose(Enum):
    """What a model is made for."""

    GENERAL = "general"
    INDUSTRY = "industry"
    SCENARIO = "scenario"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A cluster of computers and its computing power, with the precision at which it is counted.

    Raises  RecordProblems if the power is below nothing
    """

    name: str
    amount: Decimal
    unit: FlopsUnit
    precision: Precision

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Power below nothing."""
        return outside(given, 0, None, "amount")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Where the city stands; counts that are not known are left out.

    Raises  RecordProblems if a count is below nothing or a cluster stands twice
    """

    clusters: tuple[Cluster, ...] | None = None
    corpora: int | None = None
    incubators: int | None = None
    enabling_centres: int | None = None
    training_grounds: int | None = None

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Counts below nothing or beyond all measure, clusters that stand twice."""
        counts = ("corpora", "incubators", "enabling_centres", "training_grounds")
        names = [each.name for each in read_of(given, "clusters")]
        return outside(given, 0, MOST_COUNTED, *counts) + twice("clusters", names)

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """A model, a practice or a corpus of an industry."""

    name: str
    industry: Industry
    ring: Ring


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What there is in the industries.

    Raises  RecordProblems if something stands twice in one place
    """

    achievements: tuple[Achievement, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Achievements that stand twice in one place."""
        listed = read_of(given, "achievements")
        return twice("achievements", [f"{each.name} ({each.industry.value}, {each.ring.value})" for each in listed])

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A pilot use of robots.

    Raises  RecordProblems if the count is below nothing
    """

    robots: int

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """A count below nothing, or beyond all measure."""
        return outside(given, 0, MOST_COUNTED, "robots")

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model, the level that it is given, and what it is made for."""

    level: Level
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The numbers of the items that are under way.

    Raises  RecordProblems if a number is below one or stands twice
    """

    under_way: tuple[int, ...]

    @staticmethod
    def impossible(given: Mapping[str, Any]) -> list[Words]:
        """Numbers below one, or that stand twice."""
        numbers = by_place(given, "under_way")
        return outside(numbers, 1, None, *numbers) + twice("under_way", map(str, numbers.values()))

    def __post_init__(self) -> None:
        refuse_impossible(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the text leaves open: the precision at which computing power counts."""

    precision: Precision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A case: the day judged, the questions asked, and the options.

    Raises  RecordProblems if it asks nothing
    """

    on: date
    board: Board | None = None
    coverage: Coverage | None = None
    robots: Robots | None = None
    model: Model | None = None
    items: Items | None = None
    options: Options = field(default_factory=Options)

    def __post_init__(self) -> None:
        refuse_silence(self)
