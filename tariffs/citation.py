"""Where a figure comes from: document, article, version; and how that is printed."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from tariffs.vocabulary.errors import Words


class Confirmation(Enum):
    """How surely a document's figures are known."""

    GAZETTE = "gazette"
    """read in the gazette's own text"""
    PUBLIC_COPY = "public_copy"
    """read in a public copy of the document, not in the official text"""
    USER = "user"
    """given and answered for by the user"""
    READING = "reading"
    """one reading of a text that leaves the point open"""
    NOT_CONFIRMED = "not_confirmed"
    """general knowledge; no official page was found"""
    PLACEHOLDER = "placeholder"
    """a plainly artificial figure; never makes a charge"""

    @property
    def sure(self) -> bool:
        """Whether the figures were read in a document, or are chosen or answered for by the user."""
        return self not in (Confirmation.NOT_CONFIRMED, Confirmation.PLACEHOLDER)


CONFIRMATION_WORDS = {
    Confirmation.GAZETTE: Words("公报原文", "gazette text"),
    Confirmation.PUBLIC_COPY: Words("公开转载文本", "a public copy of the text"),
    Confirmation.USER: Words("用户提供", "given by the user"),
    Confirmation.READING: Words("对文件的一种理解，由用户选定", "a reading of the text, chosen by the user"),
    Confirmation.NOT_CONFIRMED: Words("未经官方页面确认", "not confirmed by an official page"),
    Confirmation.PLACEHOLDER: Words("示例值，未确认", "placeholder, not confirmed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCitation:
    """A published document."""

    document_number: str
    title: str
    issuer: str
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article of one version of a document, as a statement line cites it."""

    series: str
    effective_from: date
    document_number: str
    title: str
    article: str
    checked_on: date
    confirmation: Confirmation

    def __str__(self) -> str:
        return f"{self.document_number} {self.article}"
