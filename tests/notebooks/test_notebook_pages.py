"""Notebooks into pages: run when something changed, with their outputs, and never half written."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[2]
SOURCE = '''# %% [markdown]
# # 07 六乘七 / Six times seven

# %%
from IPython.display import Image
from matplotlib.figure import Figure

from huchu.plots.page import png_of


def draw(figure: Figure) -> None:
    """One line."""
    figure.set_size_inches(2, 1)
    figure.subplots().plot([1, 2])


Image(png_of(draw))

# %%
print("六七", 6 * 7)
print("product", 6 * 7)
'''


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with a folder of one small notebook instead of ours."""
    spec = importlib.util.spec_from_file_location("pages", ROOT / "scripts" / "write_notebook_pages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(module, "PAGES", tmp_path / "docs" / "notebooks")
    monkeypatch.setattr(module, "packages_sha256", lambda: "as it is")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "07_six.py").write_text(SOURCE, encoding="utf-8")
    return module


def test_a_notebook_becomes_a_page_with_its_picture_and_its_answer_on_the_index(script: ModuleType) -> None:
    script.main([])
    page = (script.PAGES / "07_six.md").read_text(encoding="utf-8")
    assert page.startswith("# 07 六乘七 / Six times seven\n")
    assert "    product 42\n" in page
    (picture,) = (script.PAGES / "07_six_files").iterdir()
    assert b"\x89PNG" == picture.read_bytes()[:4]
    assert f"(07_six_files/{picture.name})" in page
    index = (script.PAGES / "index.md").read_text(encoding="utf-8")
    assert "[07 六乘七 / Six times seven](07_six.md)" in index
    assert index.endswith("六七 42\n\nproduct 42\n")


def test_a_notebook_is_run_again_when_its_source_changed_or_when_asked_and_not_else(script: ModuleType) -> None:
    """What is kept is marked by hand, so that a run is seen by the mark's going."""
    source, kept = script.NOTEBOOKS / "07_six.py", script.NOTEBOOKS / "07_six.ipynb"

    def answers(*options: str) -> str:
        script.main(list(options))
        return str((script.PAGES / "index.md").read_text(encoding="utf-8").splitlines()[-1])

    def mark() -> None:
        kept.write_text(kept.read_text(encoding="utf-8").replace("product 42", "product kept"), encoding="utf-8")

    assert "product 42" == answers()
    mark()
    assert "product kept" == answers()
    assert "product 42" == answers("--fresh")
    mark()
    source.write_text(SOURCE.replace("6 * 7", "6 * 8"), encoding="utf-8")
    assert "product 48" == answers()


def test_a_notebook_that_fails_leaves_no_notebook_and_the_pages_as_they_were(script: ModuleType) -> None:
    script.main([])
    before = sorted(path.name for path in script.PAGES.iterdir())
    (script.NOTEBOOKS / "08_fails.py").write_text("# %%\nassert 6 * 7 == 41\n", encoding="utf-8")
    with pytest.raises(CellExecutionError):
        script.main([])
    assert not (script.NOTEBOOKS / "08_fails.ipynb").exists()
    assert before == sorted(path.name for path in script.PAGES.iterdir())
