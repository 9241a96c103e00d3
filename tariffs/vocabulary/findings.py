"""A finding: what a check saw, where, and what to do about it. A value that is collected, never raised.

The texts stand in catalogues (TOML, one table a code) beside the code that finds them:

    [interval_missing]
    severity = "refusal"
    zh = "缺少 {count} 个时段，自 {first} 起"
    en = "{count} intervals missing from {first} on"
    do_zh = "补齐读数，或使用 --estimate"
    do_en = "add the readings, or allow estimates with --estimate"

A code is never given a second meaning, not even after its check has gone.
"""

import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from tariffs.vocabulary.errors import Words


class Severity(Enum):
    """How much a finding weighs: a refusal stops the station, a warning may be right, a notice is to be known."""

    REFUSAL = "refusal"
    WARNING = "warning"
    NOTICE = "notice"


SEVERITY_WORDS: Final = {
    Severity.REFUSAL: Words("拒绝", "refusal"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.NOTICE: Words("提示", "notice"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check saw at one place.

    Shape   `row` counts physical lines of the file from 1, the header included; 0 where no row is meant;
            `interval_start` is the Asia/Shanghai start of the interval; `evidence` names the figures
    """

    severity: Severity
    code: str
    message: Words
    action: Words
    file: str = ""
    row: int = 0
    station_id: str = ""
    interval_start: datetime | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)

    def sort_key(self) -> tuple[int, str, str, str, str, int, str]:
        """Refusals first, then by station, instant, code and row, so that equal inputs print equally."""
        order = list(Severity).index(self.severity)
        instant = self.interval_start.isoformat() if self.interval_start else ""
        return (order, self.station_id, instant, self.code, self.file, self.row, self.message.en)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The texts and severities of the findings of one part of the product, by code."""

    entries: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, path: Path) -> "Catalogue":
        """The catalogue of a TOML file; every entry has severity, zh, en, do_zh, do_en."""
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        wanted = {"severity", "zh", "en", "do_zh", "do_en"}
        for code, entry in entries.items():
            if set(entry) != wanted:
                raise ValueError(f"{path.name}: {code} must have exactly the keys {sorted(wanted)}")
            Severity(entry["severity"])
        return cls(entries)

    def finding(
        self,
        code: str,
        *,
        file: str = "",
        row: int = 0,
        station_id: str = "",
        interval_start: datetime | None = None,
        severity: Severity | None = None,
        **evidence: object,
    ) -> Finding:
        """The finding of a code; the evidence fills the braces of its texts."""
        entry = self.entries[code]
        figures = {name: str(figure) for name, figure in evidence.items()}
        return Finding(
            severity=severity or Severity(entry["severity"]),
            code=code,
            message=Words(entry["zh"].format(**figures), entry["en"].format(**figures)),
            action=Words(entry["do_zh"].format(**figures), entry["do_en"].format(**figures)),
            file=file,
            row=row,
            station_id=station_id,
            interval_start=interval_start,
            evidence=figures,
        )


def said_once(findings: Iterable[Finding], station_ids: Sequence[str]) -> tuple[Finding, ...]:
    """The findings, equal ones of several stations side by side; those that every station has stand once, for no station."""
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.sort_key()[2:], tuple(sorted(finding.evidence.items()))), []).append(finding)
    several = set(station_ids) if len(station_ids) > 1 else None
    return tuple(
        each
        for group in groups.values()
        for each in (
            [replace(group[0], station_id="")] if {finding.station_id for finding in group} == several else group
        )
    )


def has_refusal(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is a refusal."""
    return any(finding.severity is Severity.REFUSAL for finding in findings)
