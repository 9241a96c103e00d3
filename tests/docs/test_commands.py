"""Whatever a page tells a reader to type runs as it stands: commands, settings and files between them, Python.

A page's blocks are run in their order in one folder, as a newcomer works through them at the top of the repository:

- a block without a language, or `sh`: each line is a command. `# exit N` at its end is the exit code that the page promises, else 0;
- a block of Python is a script; one with a `title` is also a file, and so is any block with a `title`;
- a block of TOML that begins with `# FILE.toml` gives keys of that file their figures;
- a block that begins with `# 式样 form: REASON` shows how a command is put together and is not run: it needs what we do not ship.

docs/reference.md tells readers the same.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r'^```(\w*)(?: title="([^"]+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"(\.venv/bin/)?(huchu|python3?) ")
FORM = re.compile(r"# 式样 form: (.+)\n")
EXIT = re.compile(r"# exit (\d)$")
SETTINGS = re.compile(r"# (\S+\.toml)\n")
TARGETS_OF_MAKE = re.compile(r"make [a-z]+\b")
FROM_ELSEWHERE = {
    "README.zh.md": "tests/structure/test_pages.py",  # holds that its commands are those of README.md
    "docs/settlement.md": "tests/huchu/test_season.py",  # walks the page and holds every figure on it
}
FORMS = {
    "docs/dispatch.md": ["集群地址 / the address of a cluster"],
    "docs/earnings.md": ["真实序列不随附 / the real series are not shipped"],
    "docs/signals.md": ["真实序列不随附 / the real series are not shipped"],
    "docs/v2g.md": ["真实充电记录不随附 / the real charging log is not shipped"],
}
"""Every block that is shown and not run, by its page, with the reason that it gives its reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    kind: str
    text: str
    file: str = ""
    exit_code: int = 0


def pages() -> list[str]:
    found = [
        ROOT / "README.md",
        ROOT / "README.zh.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]
    return [path.relative_to(ROOT).as_posix() for path in found if "notebooks" not in path.parts]


def steps(text: str) -> Iterator[Step]:
    """What a reader does, block by block."""
    for language, title, body in BLOCK.findall(text):
        if FORM.match(body):
            continue
        if title:
            yield Step(kind="file", text=body, file=title)
        if language == "python":
            yield Step(kind="script", text=body)
        elif language == "toml" and (named := SETTINGS.match(body)):
            yield Step(kind="settings", text=body, file=named[1])
        elif language in ("", "sh") and COMMAND.search(body):
            yield from _commands(body)


def _commands(body: str) -> Iterator[Step]:
    for line in body.replace("\\\n", " ").splitlines():
        if TARGETS_OF_MAKE.match(line) or not line.strip():
            continue
        promised = EXIT.search(line)
        yield Step(kind="command", text=line, exit_code=int(promised[1]) if promised else 0)


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in pages()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that looks to a reader of our pages like the top of the repository, and holds no results yet."""
    (tmp_path / "huchu").mkdir()
    (tmp_path / "huchu" / "samples").symlink_to(ROOT / "huchu" / "samples")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return tmp_path


def done(step: Step, folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["sh", "-c", step.text]
    if step.kind == "script":
        (folder / "pasted.py").write_text(step.text, encoding="utf-8")
        words = [sys.executable, "pasted.py"]
    env = os.environ | {"PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    return subprocess.run(
        words,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def chosen(path: Path, body: str) -> None:
    """Write each `key = ...` of a block over the line of that key."""
    text = path.read_text(encoding="utf-8")
    for line in body.splitlines()[1:]:
        key = line.partition("=")[0].strip()
        text, found = re.subn(rf"(?m)^{key}\b.*$", line, text)
        assert 1 == found, f"{key} stands {found} times in {path.name}"
    path.write_text(text, encoding="utf-8")


def _typed(name: str) -> bool:
    return name not in FROM_ELSEWHERE and any(steps((ROOT / name).read_text(encoding="utf-8")))


@pytest.mark.skipif(shutil.which("sh") is None, reason="the pages' commands are typed into a shell")
@pytest.mark.parametrize("name", [name for name in pages() if _typed(name)])
def test_everything_that_a_page_tells_its_reader_to_type_runs(name: str, folder: Path, shown: dict[str, str]) -> None:
    for step in steps(shown[name]):
        if step.kind == "file":
            (folder / step.file).write_text(step.text, encoding="utf-8")
        elif step.kind == "settings":
            chosen(folder / step.file, step.text)
        else:
            ran = done(step, folder)
            assert step.exit_code == ran.returncode, f"{step.text}\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}"


def test_every_line_of_a_block_of_commands_is_a_command(shown: dict[str, str]) -> None:
    strange = [
        f"{name}: {step.text}"
        for name, text in shown.items()
        for step in steps(text)
        if step.kind == "command" and not COMMAND.match(step.text)
    ]
    assert "" == "\n".join(strange)


def test_what_is_shown_and_not_run_is_listed_with_its_reason(shown: dict[str, str]) -> None:
    forms = {
        name: reasons
        for name, text in shown.items()
        if (reasons := [form[1] for _, _, body in BLOCK.findall(text) if (form := FORM.match(body))])
    }
    assert FORMS == forms


def test_a_page_that_is_run_elsewhere_is_named_there() -> None:
    for name, test in FROM_ELSEWHERE.items():
        assert Path(name).name in (ROOT / test).read_text(encoding="utf-8")


def test_the_page_of_reference_says_how_a_form_is_marked(shown: dict[str, str]) -> None:
    assert "# 式样 form:" in shown["docs/reference.md"]
