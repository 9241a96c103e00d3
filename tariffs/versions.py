"""The version of a document that counts on a day, or a refusal. There is no fallback to a neighbour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from tariffs.citation import Citation, Confirmation, DocumentCitation
from tariffs.schema import load_toml, read_record
from tariffs.settings import Settings
from tariffs.vocabulary.errors import DocumentError, InputError, PolicyNotCovered, SettingsError, Words, nearest

SHIPPED: Final = Path(__file__).parent / "documents"
HEADER_KEYS: Final = ("effective_from", "effective_until", "checked_on", "confirmation", "changed", "citation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every document version says about itself."""

    effective_from: date
    checked_on: date
    confirmation: Confirmation
    citation: DocumentCitation
    changed: tuple[str, ...]
    effective_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of one document: its header and the tables that belong to it."""

    series: str
    header: Header
    body: Mapping[str, Any]

    def covers(self, day: date) -> bool:
        """Whether the document's own term includes the day."""
        until = self.header.effective_until
        return self.header.effective_from <= day and (until is None or day <= until)

    def citation(self, article: str) -> Citation:
        """The citation of one of its articles."""
        source = self.header.citation
        return Citation(
            series=self.series,
            effective_from=self.header.effective_from,
            document_number=source.document_number,
            title=source.title,
            article=article,
            checked_on=self.header.checked_on,
            confirmation=self.header.confirmation,
        )


@dataclass(frozen=True, slots=True)
class Library:
    """The folders of dated documents, the user's own before the shipped ones."""

    folders: tuple[Path, ...] = (SHIPPED,)
    known_on: date | None = None
    """Documents published after this day are ignored, so that an old statement can be made again."""

    def versions(self, series: str) -> tuple[Version, ...]:
        """All versions of a series by their start; of two with one start the user's counts."""
        by_start: dict[date, Version] = {}
        for folder in reversed(self.folders):
            for version in _read_series(folder, series):
                if self.known_on is None or version.header.citation.published_on <= self.known_on:
                    by_start[version.header.effective_from] = version
        return tuple(by_start[start] for start in sorted(by_start))

    def city(self, name: str) -> Mapping[str, Any]:
        """The names of a city and of its grid company, from its `city.toml`.

        Raises  DocumentError if no folder holds the city
        """
        paths = [folder / name / "city.toml" for folder in self.folders]
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            raise DocumentError(
                Words(f"没有城市 {name} 的文件", f"there are no documents of the city {name}"),
                found=Words("没有 city.toml", "no city.toml"),
                do=Words(f"在 documents_dir 下放入 {name}/city.toml", f"put {name}/city.toml under documents_dir"),
            )
        return load_toml(path)

    def in_force(self, series: str, on: date) -> Version:
        """The version of a series that counts on a day: the latest start that is not after it.

        Raises  PolicyNotCovered if there is none, or if that version's own term has ended
        """
        versions = self.versions(series)
        started = [version for version in versions if version.header.effective_from <= on]
        if started and started[-1].covers(on):
            return started[-1]
        raise PolicyNotCovered(
            Words(f"{series}：{on} 没有现行版本", f"{series}: no version in force on {on}"),
            found=_terms(versions),
            done=Words("未计价", "nothing was priced"),
            do=Words(
                f"在 {series}/ 下新增 <生效日>.toml，或选择其他期间",
                f"add {series}/<effective date>.toml, or choose another period",
            ),
        )


def library_of(settings: Settings) -> Library:
    """The documents that the settings search: the user's own folder before the shipped ones.

    Raises  SettingsError if the user's folder is not there
    """
    if not settings.documents_dir:
        return Library((SHIPPED,))
    own = Path(settings.documents_dir)
    if not own.is_dir():
        raise SettingsError(
            Words("documents_dir 不是文件夹", "documents_dir is no folder"),
            found=Words(own.name, own.name),
            do=Words("写出自备文件的文件夹", "name the folder of your own documents"),
        )
    return Library((own, SHIPPED))


def _terms(versions: Sequence[Version]) -> Words:
    if not versions:
        return Words("没有任何版本", "no version at all")
    zh, en = [], []
    for version in versions:
        start, until = version.header.effective_from, version.header.effective_until
        zh.append(f"{start} 至 {until or '以后'}")
        en.append(f"{start} to {until or 'open'}")
    return Words("；".join(zh), "; ".join(en))


def _read_series(folder: Path, series: str) -> tuple[Version, ...]:
    paths = sorted((folder / series).glob("*.toml"))
    stamps = ((path, path.stat()) for path in paths)
    return tuple(_read_version(path, series, stamp.st_mtime_ns, stamp.st_size) for path, stamp in stamps)


@cache
def _read_version(path: Path, series: str, _changed_at_ns: int, _size_bytes: int) -> Version:
    # the stamps are part of the key, so that a file edited inside a session is read again
    where = f"{series}/{path.name}"
    try:
        tables = load_toml(path)
    except InputError as problem:
        raise DocumentError(problem.what, found=problem.found, do=problem.do) from None
    head: dict[str, Any] = {key: tables[key] for key in HEADER_KEYS if key in tables}
    header = read_record(Header, head, where=where, error=DocumentError)
    if path.stem != header.effective_from.isoformat():
        raise DocumentError(
            Words(f"{where}：文件名与生效日不一致", f"{where}: the file name is not the effective date"),
            found=Words(str(header.effective_from), str(header.effective_from)),
            do=Words(f"改名为 {header.effective_from}.toml", f"rename it to {header.effective_from}.toml"),
        )
    body = {key: table for key, table in tables.items() if key not in HEADER_KEYS}
    stray = [key for key, table in body.items() if not isinstance(table, dict | list)]
    if stray:
        near = nearest(stray[0], HEADER_KEYS)
        raise DocumentError(
            Words(f"{where}：不认识 {stray[0]}", f"{where}: {stray[0]} is not known"),
            found=Words("、".join(stray[:5]), ", ".join(stray[:5])),
            do=Words(f"改为 {near}" if near else "删去", f"write {near}" if near else "leave it out"),
        )
    return Version(series=series, header=header, body=body)
