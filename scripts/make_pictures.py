"""Draws the pictures at the top of both READMEs and of the site from the shipped samples: `make pictures`.

    python scripts/make_pictures.py [FOLDER]

A page of a statement, a week's schedule, and the map of a storage project's sizes. The folder is docs/pictures unless another is named.
"""

import json
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import typst
from PIL import Image

from settlement.export import fonts
from settlement.export.pdf import FOLDER as TEMPLATES

ROOT: Final = Path(__file__).resolve().parents[1]
SAMPLES: Final = ROOT / "huchu" / "samples"
DEFAULT: Final = ROOT / "docs" / "pictures"
WIDEST: Final = 1400
"""Pixels across: three times and more what a README gives a picture of two beside each other."""
COLOURS: Final = (256, 64)
HEAVY_BYTES: Final = 200_000
"""A picture above it is kept in the fewer colours."""
UPPER: Final = 0.79
"""What is shown of a statement's page, from the top: below are blank paper and lines to sign on."""
WEEK: Final = ("2025-06-09", "2025-06-16")


def statement() -> bytes:
    """The upper part of a statement's page: one station's month, as `huchu demo` settles it."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_readme_excerpt.py"))
    record = json.dumps(fonts.printable(script["sample_record"]()), ensure_ascii=False)
    shipped = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)])
    page = typst.Compiler(root=str(TEMPLATES), font_paths=shipped).compile(
        input=b'#import "statement.typ": statement\n#statement(json(bytes(sys.inputs.record)))\n',
        format="png",
        ppi=200,
        sys_inputs={"record": record},
    )
    first = page[0] if isinstance(page, list) else page
    assert isinstance(first, bytes)
    with Image.open(BytesIO(first)) as opened:
        upper = opened.crop((0, 0, opened.width, round(opened.height * UPPER)))
    return _png(upper)


def schedule() -> bytes:
    """The picture of a week's schedule at market prices."""
    asked = ("--stations", SAMPLES / "stations.toml", "--only", "SH-LG-01", "--signals", SAMPLES / "signals.csv")
    return _drawn("dispatch", *asked, "--from", WEEK[0], "--until", WEEK[1], picture="schedule.png")


def sizing_map() -> bytes:
    """The map of the net present value over power and duration."""
    return _drawn("size", SAMPLES / "size" / "project.toml", picture="npv_map.png")


PICTURES: Final[Mapping[str, Callable[[], bytes]]] = {
    "statement.png": statement,
    "schedule.png": schedule,
    "sizing_map.png": sizing_map,
}
"""What is drawn, by file name."""


def _drawn(*words: str | Path, picture: str) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        command = [sys.executable, "-m", "huchu", *map(str, words), "--out", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=scratch)
        return (out / picture).read_bytes()


def small(png: bytes) -> bytes:
    """A picture no wider than a page shows it, with few colours."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)), Image.Resampling.LANCZOS)
    many, few = (_png(picture.quantize(count, dither=Image.Dither.NONE)) for count in COLOURS)
    return few if len(many) > HEAVY_BYTES else many


def _png(picture: Image.Image) -> bytes:
    kept = BytesIO()
    picture.save(kept, "png", optimize=True)
    return kept.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        (folder / name).write_bytes(small(draw()))
        print(folder / name)
