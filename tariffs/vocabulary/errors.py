"""The exceptions of the product, each printed in four parts: what, found, done, do.

HuchuError
├── InputError          a file, a row or a value that the user gave
├── SettingsError       huchu.toml
├── DocumentError       a policy document cannot be used as it stands
├── PolicyNotCovered    no version of a document is in force on a day
└── Refused             the input was checked and refused; carries the findings
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tariffs.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in Chinese and in English; printed Chinese first."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}" if self.zh != self.en else self.zh


NO_RESULT = Words("没有得出结果", "there is no result")
"""What was done where nothing else is said: true of a call from Python, which writes nothing anyway."""
NOTHING_WRITTEN = Words("未写出任何结果", "nothing was written")
"""The same said by a command."""


class HuchuError(Exception):
    """A refusal that tells what is wrong, what was found, what was done and what to do."""

    def __init__(self, what: Words, *, found: Words, do: Words, done: Words = NO_RESULT) -> None:
        super().__init__(what, found, done, do)
        self.what = what
        self.found = found
        self.done = done
        self.do = do

    def __str__(self) -> str:
        return "\n".join(
            (
                f"{type(self).__name__}: {self.what}",
                f"实际 Found: {self.found}",
                f"结果 Done: {self.done}",
                f"办法 Do: {self.do}",
            )
        )


class UsageError(HuchuError):
    """The words of a command or a call are not understood: a month, a choice, a name."""


class InputError(HuchuError):
    """A file, a row or a value that the user gave cannot be used."""


class SettingsError(HuchuError):
    """`huchu.toml` has an unknown key, a missing key or a value outside its range."""


class DocumentError(HuchuError):
    """A policy document cannot be used as it stands."""


class PolicyNotCovered(HuchuError):
    """No version of a document is in force on a day that was asked for."""


class RecordProblems(HuchuError):
    """What a record's own checks have against its fields; a reader adds where the record stands."""

    def __init__(self, problems: Sequence[Words], *, where: str = "") -> None:
        counted = Words(f"{len(problems)} 处问题", f"{len(problems)} problem(s)")
        super().__init__(
            Words(f"{where}：{counted.zh}", f"{where}: {counted.en}") if where else counted,
            found=Words("；".join(p.zh for p in problems), "; ".join(p.en for p in problems)),
            do=Words("按上述逐条改正", "mend each of them"),
        )
        self.problems = tuple(problems)


class Refused(HuchuError):
    """The input was checked as a whole and refused; `findings` says why, one by one."""

    def __init__(
        self,
        what: Words,
        *,
        findings: Sequence["Finding"],
        found: Words,
        do: Words,
        done: Words = NO_RESULT,
    ) -> None:
        super().__init__(what, found=found, do=do, done=done)
        self.findings = tuple(findings)


def nearest(word: str, choices: Sequence[str]) -> str:
    """The spelling among the choices that is nearest to the word, or an empty text."""
    matches = get_close_matches(word, choices, n=1, cutoff=0.6)
    return matches[0] if matches else ""


def shown_name(path: Path) -> str:
    """The name of a file or folder in messages, that of the folder itself for `.`; never a whole path."""
    return path.name or path.absolute().name or str(path)
