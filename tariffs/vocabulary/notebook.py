"""Figures and sentences as a short HTML table, for a notebook."""

from collections.abc import Sequence
from html import escape
from typing import Final

from tariffs.vocabulary.errors import Words

SHOWN_ROWS: Final = 20
RIGHT: Final = " style='text-align:right'"


def html_table(headings: Sequence[Words], rows: Sequence[Sequence[str]]) -> str:
    """A table: the first column words, all others figures; the first rows, and how many there are in all."""
    head = "".join(f"<th>{escape(heading.zh)}<br>{escape(heading.en)}</th>" for heading in headings)
    body = "".join(_row(row) for row in rows[:SHOWN_ROWS])
    more = f"<p>共 {len(rows)} 行 rows in all</p>" if len(rows) > SHOWN_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def html_figures(figures: Sequence[tuple[Words, str]]) -> str:
    """A table of one column of figures, each with its name before it."""
    rows = "".join(f"<tr><td>{escape(str(name))}</td><td{RIGHT}>{escape(shown)}</td></tr>" for name, shown in figures)
    return f"<table><tbody>{rows}</tbody></table>"


def html_sentences(sentences: Sequence[Words]) -> str:
    """A paragraph for each sentence, Chinese above English."""
    return "".join(f"<p>{escape(each.zh)}<br>{escape(each.en)}</p>" for each in sentences)


def _row(texts: Sequence[str]) -> str:
    name, *figures = (escape(text) for text in texts)
    return f"<tr><td>{name}</td>{''.join(f'<td{RIGHT}>{figure}</td>' for figure in figures)}</tr>"
