"""Our docstring headings (Shape, Raises, Source, Check) as a list of definitions, for the pages of the API.

A heading begins a line and two blanks or more part it from its text; lines under it that are set in belong to it.
mkdocs.yml names this as an extension of the reader of docstrings.
"""

import re

from griffe import Extension, GriffeLoader, Object

TITLES = {"Shape": "形状 Shape", "Raises": "拒绝 Raises", "Source": "来源 Source", "Check": "核对 Check"}
HEADING = re.compile(rf"^({'|'.join(TITLES)}) {{2,}}(\S.*)$")


class DocstringHeadings(Extension):
    """Rewrites each docstring before it is rendered."""

    def on_object(self, *, obj: Object, loader: GriffeLoader) -> None:  # type: ignore[override]  # noqa: ARG002 as griffe calls it
        """Give an object's docstring its headings as definitions."""
        if obj.docstring:
            obj.docstring.value = as_definitions(obj.docstring.value)


def as_definitions(docstring: str) -> str:
    """A docstring in Markdown: what stands under a heading is the definition of that heading."""
    lines: list[str] = []
    inside = False
    for line in docstring.splitlines():
        heading = HEADING.match(line)
        if heading:
            lines += ["", TITLES[heading[1]], f":   {heading[2]}"]
            inside = True
        elif inside and line.startswith("  "):
            lines.append(f"    {line.strip()}")
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines)
