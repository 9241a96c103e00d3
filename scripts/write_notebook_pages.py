"""Runs the notebooks and turns each into a page of the site: docs/notebooks/NN_name.md with its pictures beside it.

    python scripts/write_notebook_pages.py [--fresh]

`notebooks/*.py` are the source. Each is run by a kernel in a scratch folder into `notebooks/NN_name.ipynb`, with its outputs, which
is what readers open. A notebook that was run with the same source and the same packages is not run again; `--fresh` runs all.
What it writes is not committed.
"""

import argparse
import asyncio
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from nbconvert import MarkdownExporter
from nbformat import NotebookNode
from traitlets.config import Config

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS, PAGES = ROOT / "notebooks", ROOT / "docs" / "notebooks"
PACKAGES = ("tariffs", "settlement", "dispatch", "regulations", "huchu")
READ_SUFFIXES = {".py", ".toml", ".csv", ".gz", ".otf", ".typ"}
DIGEST = "source_sha256"
LONGEST_S = 300
"""A cell that takes longer hangs."""
STYLE = re.compile(r"<style scoped>.*?</style>\n?", re.DOTALL)
TABLE = re.compile(r'<table border="1" class="dataframe">')
"""The looks that pandas gives its tables; without them they look like every other table of the site."""


def packages_sha256() -> str:
    """Digest of everything in the packages that a notebook could read."""
    digest = sha256()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in READ_SUFFIXES and path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def executed(source: Path) -> NotebookNode:
    """A notebook with the outputs of a run in a scratch folder.

    Raises  CellExecutionError with the cell that failed
    """
    notebook = jupytext.read(source, fmt="py:percent")
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    with tempfile.TemporaryDirectory() as folder:
        # sockets of files where there are any: a kernel on the network says at every start that it is not encrypted
        sockets = {"transport": "ipc", "ip": str(Path(folder) / "kernel")} if os.name == "posix" else {}
        client = NotebookClient(
            notebook,
            config=Config({"KernelManager": sockets}),
            kernel_name="python3",
            timeout=LONGEST_S,
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        client.execute()
    return notebook


def run_if_needed(source: Path, packages: str, *, fresh: bool) -> NotebookNode:
    """The notebook with its outputs: that of the last run where nothing changed since."""
    target = source.with_suffix(".ipynb")
    digest = sha256(f"{packages}{source.read_text(encoding='utf-8')}".encode()).hexdigest()
    if target.exists() and not fresh:
        kept = nbformat.read(target, as_version=4)
        if kept.metadata.get("huchu", {}).get(DIGEST) == digest:
            return kept
    print(f"{source.name} ...", file=sys.stderr)
    notebook = executed(source)
    notebook.metadata["huchu"] = {DIGEST: digest}
    nbformat.write(notebook, target)
    return notebook


def title_of(notebook: NotebookNode) -> str:
    """The first heading."""
    return str(notebook.cells[0].source).splitlines()[0].removeprefix("# ")


def answer_of(notebook: NotebookNode) -> list[str]:
    """What the last cell printed: the answer in Chinese, then in English."""
    printed = [each.text for each in notebook.cells[-1].outputs if each.output_type == "stream"]
    return "".join(printed).strip().splitlines()


def write_page(name: str, notebook: NotebookNode) -> None:
    """Write the page of a notebook, its pictures and the notebook itself to download."""
    exporter = MarkdownExporter()
    resources: dict[str, Any] = {"output_files_dir": f"{name}_files"}
    body, resources = exporter.from_notebook_node(notebook, resources)
    heading, rest = TABLE.sub("<table>", STYLE.sub("", body)).lstrip().split("\n", 1)
    links = f"[notebooks/{name}.ipynb]({name}.ipynb)"
    told = f"由 `notebooks/{name}.py` 运行得到 / made by running it: {links}"
    pictured = rest.replace("![png](", f"![{title_of(notebook)}](")
    (PAGES / f"{name}.md").write_text(f"{heading}\n\n{told}\n{pictured}", encoding="utf-8")
    for path, content in resources.get("outputs", {}).items():
        target = PAGES / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    shutil.copyfile(NOTEBOOKS / f"{name}.ipynb", PAGES / f"{name}.ipynb")


def index_text(notebooks: Sequence[tuple[str, NotebookNode]]) -> str:
    """The page that lists the notebooks, each with its answer."""
    parts = [
        "# 笔记本 / Notebooks",
        "样例均为虚构 / every sample is invented. `make notebooks` 逐一运行 / runs them all.",
    ]
    for name, notebook in notebooks:
        parts.append(f"## [{title_of(notebook)}]({name}.md)")
        parts.extend(answer_of(notebook))
    return "\n\n".join(parts) + "\n"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--fresh", action="store_true", help="run every notebook, changed or not")
    asked = parser.parse_args(arguments)
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    packages = packages_sha256()
    sources = sorted(NOTEBOOKS.glob("[0-9]*.py"))
    notebooks = [(source.stem, run_if_needed(source, packages, fresh=asked.fresh)) for source in sources]
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    for name, notebook in notebooks:
        write_page(name, notebook)
    (PAGES / "index.md").write_text(index_text(notebooks), encoding="utf-8")
    print(f"docs/notebooks: {len(notebooks)}")


if __name__ == "__main__":
    main(sys.argv[1:])
