"""The findings of a file as one refusal."""

from collections.abc import Sequence
from typing import Final

from tariffs.vocabulary.errors import Refused, Words
from tariffs.vocabulary.findings import Finding, Severity

_SHOWN: Final = 5
_MORE: Final = "more_in_file"


def refused(findings: Sequence[Finding], what: Words) -> Refused:
    """The refusal of findings of which at least one is a refusal.

    Shape   carries all findings, shows the first five refusals and what to do about the first
    """
    refusals = sorted((f for f in findings if f.severity is Severity.REFUSAL), key=_rank)
    told = [_placed(finding) for finding in refusals[:_SHOWN]]
    more = sum(_count(finding) for finding in refusals[_SHOWN:])
    if more:
        told.append(Words(f"另有 {more} 处", f"{more} more"))
    found = Words("；".join(words.zh for words in told), "; ".join(words.en for words in told))
    return Refused(what, findings=findings, found=found, do=refusals[0].action)


def _count(finding: Finding) -> int:
    return int(finding.evidence["count"]) if finding.code == _MORE else 1


def _rank(finding: Finding) -> tuple[bool, tuple[int, str, str, str, str, int, str]]:
    return finding.code == _MORE, finding.sort_key()


def _placed(finding: Finding) -> Words:
    if not finding.row:
        return Words(f"{finding.file}：{finding.message.zh}", f"{finding.file}: {finding.message.en}")
    return Words(
        f"{finding.file} 第 {finding.row} 行：{finding.message.zh}",
        f"{finding.file} row {finding.row}: {finding.message.en}",
    )
