"""What the site has beside docs/: pages of the top folder, pages of files that are linked, and folders in the navigation.

Our pages link files of the repository as they lie, so that the links work in any viewer of it. In the site each such file
is a page of its own that shows its text; mkdocs.yml names this as a hook.
"""

import logging
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import jieba  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
PROJECT = {name: f"project/{name}" for name in ("CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md")}
"""Pages of the top folder, by their place in the site."""
NOTEBOOKS = "notebooks/index.md"
NO_NOTEBOOKS = (
    "# 笔记本 / Notebooks\n\n`make notebooks` 运行笔记本并写出这些页 / runs the notebooks and writes these pages.\n"
)
STARTS = {"README.md": "en/index.md", "README.zh.md": "index.md"}
LINK = re.compile(r"(\]\()(?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?(\))")
CODE = re.compile(r"^( *)(```+|~~~+).*?^\1\2[ \t]*$", re.DOTALL | re.MULTILINE)
BETWEEN_LANGUAGES = re.compile(r"(?<=[。：；])\n(?=[A-Za-z`])|(?<=[.:])\n(?=[\u4e00-\u9fff])")
WITHIN_CHINESE = re.compile(r"(?<=[，。：；、])\n(?=[\u4e00-\u9fff《“])")
COMMANDS = re.compile(r"^```(?=\n(?:# 式样|make |(?:\.venv/bin/)?(?:huchu|python) ))", re.MULTILINE)
LEXERS = {".md": "markdown", ".py": "python", ".sh": "sh", ".toml": "toml", ".yml": "yaml"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The configuration with every folder of the navigation spelled out; the parser of Chinese words goes about its work silently."""
    jieba.setLogLevel(logging.WARNING)
    config.nav = list(_spelled_out(config.nav or (), Path(config.docs_dir)))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of docs/ with the pages of the top folder and of every file that a page links."""
    for name, place in PROJECT.items():
        files.append(File.generated(config, place, content=(ROOT / name).read_text(encoding="utf-8")))
    if files.get_file_from_path(NOTEBOOKS) is None:
        files.append(File.generated(config, NOTEBOOKS, content=NO_NOTEBOOKS))
    linked = {target for file in files.documentation_pages() for target in _targets(file)}
    for target in sorted(linked):
        place = _place(target)
        if place.startswith("source/") and (ROOT / target).exists():
            files.append(File.generated(config, place, content=_shown(target)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 as mkdocs calls it
    """The text of a page, its links to files of the repository led to their pages in the site."""
    here = posixpath.dirname(page.file.src_uri)
    folder = _folder(page.file.src_uri)

    def led(link: re.Match[str]) -> str:
        target = _resolved(folder, link[2])
        place = _place(target)
        there = posixpath.relpath(place, here or ".") if place else link[2]
        return f"{link[1]}{there}{link[3] or ''}{link[4]}"

    return COMMANDS.sub("```sh", _outside_code(markdown, lambda text: _apart(LINK.sub(led, text))))


def _spelled_out(entries: Iterable[Any], docs: Path) -> Iterator[Any]:
    for entry in entries:
        if not isinstance(entry, Mapping):
            yield entry
            continue
        ((title, target),) = entry.items()
        if isinstance(target, list):
            yield {title: list(_spelled_out(target, docs))}
        elif target.endswith("/"):
            pages = sorted(
                (docs / target).glob("*.md"), key=lambda path: (path.stem not in ("README", "index"), path.name)
            )
            yield {title: [path.relative_to(docs).as_posix() for path in pages] or [f"{target}index.md"]}
        else:
            yield entry


def _targets(file: File) -> Iterator[str]:
    text = CODE.sub("", file.content_string)
    return (_resolved(_folder(file.src_uri), link[2]) for link in LINK.finditer(text))


def _folder(src_uri: str) -> str:
    """The folder of the repository in which a page of the site has its file."""
    origin = next((name for name, place in PROJECT.items() if place == src_uri), f"docs/{src_uri}")
    return posixpath.dirname(origin)


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target))


def _place(target: str) -> str:
    """Where in the site a file of the repository is shown."""
    if target in STARTS or target in PROJECT:
        return (STARTS | PROJECT)[target]
    if target.startswith("docs/"):
        return target.removeprefix("docs/")
    return f"source/{target}.md" if (ROOT / target).exists() else ""


def _shown(target: str) -> str:
    path = ROOT / target
    head = f"---\nsearch:\n  exclude: true\nhide: [toc]\n---\n\n# {target}\n\n"
    if path.is_dir():
        return head + "\n".join(
            f"- `{each.name}`" for each in sorted(path.iterdir()) if not each.name.startswith((".", "_"))
        )
    fence = "`````"
    lexer = LEXERS.get(path.suffix, "text")
    return f'{head}{fence}{lexer} linenums="1"\n{path.read_text(encoding="utf-8")}\n{fence}\n'


def _apart(text: str) -> str:
    """Chinese and English of one paragraph in lines of their own, which Markdown would run together; no blank inside Chinese."""
    return BETWEEN_LANGUAGES.sub("  \n", WITHIN_CHINESE.sub("", text))


def _outside_code(markdown: str, changed: Any) -> str:
    parts, end = [], 0
    for code in CODE.finditer(markdown):
        parts += [changed(markdown[end : code.start()]), code[0]]
        end = code.end()
    return "".join((*parts, changed(markdown[end:])))
