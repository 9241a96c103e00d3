"""The pictures of the READMEs are there, of a size that a page bears, and drawn from the shipped samples by the script."""

import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

ROOT = Path(__file__).resolve().parents[2]
IMAGE = re.compile(r'<img src="([^"]+)" alt="[^"]+" width="(\d+)%">')
MOST_BYTES = 300_000


def named(page: str) -> dict[str, int]:
    """The pictures of a README and the share of its width that each takes, in per cent."""
    return {path: int(width) for path, width in IMAGE.findall((ROOT / page).read_text(encoding="utf-8"))}


def size_of(path: Path) -> tuple[int, int]:
    """Width and height that the head of a PNG tells, in pixels."""
    head = path.read_bytes()[:24]
    assert b"\x89PNG\r\n\x1a\n" == head[:8]
    width, height = struct.unpack(">II", head[16:24])
    return width, height


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, ROOT / "scripts" / "make_pictures.py", folder], check=True, capture_output=True)
    return folder


def test_both_readmes_open_with_the_same_pictures_in_one_row() -> None:
    assert named("README.md") == named("README.zh.md")
    assert 2 <= len(named("README.md"))
    assert 100 >= sum(named("README.md").values())


@pytest.mark.parametrize("name", named("README.md"))
def test_a_picture_is_neither_heavy_nor_too_small_to_read(name: str) -> None:
    width, height = size_of(ROOT / name)
    assert MOST_BYTES >= (ROOT / name).stat().st_size
    assert 1200 <= width <= 2000
    assert 600 <= height <= 2000


def test_the_script_draws_every_picture_of_the_readmes(drawn: Path) -> None:
    assert {Path(name).name for name in named("README.md")} <= {path.name for path in drawn.iterdir()}


@pytest.mark.parametrize("name", named("README.md"))
def test_a_picture_is_what_the_samples_give_now(name: str, drawn: Path) -> None:
    """Run `make pictures` when this fails; letters may be set a little differently elsewhere."""
    kept, now = imread(ROOT / name), imread(drawn / Path(name).name)
    assert kept.shape[:2] == now.shape[:2]
    differing = np.abs(kept[..., :3] - now[..., :3]).max(axis=-1) > 0.25
    assert 0.03 > float(differing.mean())
