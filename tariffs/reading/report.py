"""Findings of one file, at most twenty of a kind written out in full."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from tariffs.vocabulary.findings import Catalogue, Finding, Severity

GENERAL: Final = Catalogue.load(Path(__file__).parent / "findings.toml")
"""What can be found in any file: its bytes, lines, columns and instants."""
MOST_OF_A_KIND: Final = 20
_SHOWN_CHARACTERS: Final = 40
_NOTHING: Final[Mapping[str, Any]] = {}


class FileRefusedError(Exception):
    """The report holds a finding after which the rest of the file cannot be read."""


def shown(text: str | None) -> str:
    """A cell as a message may print it: one line, no control characters, cut after forty characters."""
    if text is None:
        return ""
    printable = "".join(
        letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text[:_SHOWN_CHARACTERS]
    )
    return f"{printable}…" if len(text) > _SHOWN_CHARACTERS else printable


class FileReport:
    """Collects the findings of one file in the order they are seen.

    Shape   a code stands in the catalogue of what any file can hold, or in the caller's own
    """

    def __init__(self, file: str, own: Catalogue) -> None:
        self.file = file
        self._catalogue = Catalogue({**GENERAL.entries, **own.entries})
        self.file_format = ""
        self._findings: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, code: str, *, row: int = 0, station_id: str = "", evidence: Mapping[str, Any] = _NOTHING) -> None:
        """Note a finding; from the twenty-first of its code on only the count grows."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_KIND:
            found = self._catalogue.finding(code, file=self.file, row=row, station_id=station_id, **evidence)
            self._findings.append(found)

    def add_uncounted(self, code: str, count: int) -> None:
        """Count further findings of a code that are not worth writing out."""
        self._counts[code] += count

    def full(self, code: str) -> bool:
        """Whether a further finding of this code would only be counted."""
        return self._counts[code] >= MOST_OF_A_KIND

    def stop(self, code: str, *, row: int = 0, evidence: Mapping[str, Any] = _NOTHING) -> NoReturn:
        """Note a finding and give up on the rest of the file.

        Raises  FileRefusedError, always
        """
        self.add(code, row=row, evidence=evidence)
        raise FileRefusedError(code)

    def findings(self) -> tuple[Finding, ...]:
        """The findings, and for each code that was cut off one that says how many more there are."""
        surplus = tuple(
            self._catalogue.finding(
                "more_in_file",
                file=self.file,
                severity=Severity(self._catalogue.entries[code]["severity"]),
                repeated=code,
                count=count - MOST_OF_A_KIND,
            )
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        )
        return (*self._findings, *surplus)
