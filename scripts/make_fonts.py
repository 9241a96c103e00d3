"""Makes the two fonts that the statements ship with; run once, by hand, when the set of characters changes.

The source is Noto Sans CJK (SIL Open Font License 1.1) as Debian packs it. In a throw-away environment:

    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb unpacked
    python3 -m venv subset && subset/bin/pip install fonttools
    subset/bin/python scripts/make_fonts.py unpacked/usr/share/fonts/opentype/noto settlement/export/fonts

What is kept: every character of GB2312, Latin letters, punctuation, full-width forms and the signs that
statements use, and some characters that are common in names of people and firms but not in GB2312.
Hints are dropped (a statement is printed or zoomed, hardly ever read at ten pixels) and so are features for
vertical text, which halves the files. The time stamp of the source is kept, so the same source gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

WEIGHTS = ("Regular", "Bold")
FAMILY = "Noto Sans CJK SC"
KEPT_RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin with accents
    (0x02C7, 0x02D9),  # tone marks
    (0x0391, 0x03C9),  # Greek
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency signs
    (0x2100, 0x214F),  # letterlike signs, Celsius
    (0x2150, 0x218B),  # number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x2460, 0x24FF),  # circled and bracketed numbers
    (0x2500, 0x257F),  # box drawing
    (0x25A0, 0x25FF),  # geometric shapes
    (0x2600, 0x2642),  # a few signs
    (0x2713, 0x2717),  # ticks and crosses
    (0x3000, 0x303F),  # CJK punctuation
    (0x3220, 0x3243),  # bracketed ideographs
    (0x32A3, 0x32B0),  # circled ideographs
    (0x3380, 0x33DF),  # squared units
    (0xFE30, 0xFE4F),  # vertical punctuation
    (0xFF01, 0xFFEE),  # full-width forms
)
NAME_CHARACTERS = (
    "喆堃珺玥祎翀炘昇镕甡頔瑄玙珅琎璠赟赪韡彧婳媖嫄峣崟晞曈栐梽棽淏渼湉潽炆烜焜煐燚玭珒琤瑀璿畑禤窣翾衎袆譞贇逴镠馡驎骉骎鑙鹍"
    "麐𫖯𬱖𬍛𬀩𬘭𫍯𬭎𬸣𫟹𬭶𬭳𬭛"
)


def gb2312_characters() -> set[int]:
    """The code points of every character of GB2312."""
    characters = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                characters.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return characters


def kept_characters() -> set[int]:
    """The code points that the shipped fonts hold, as far as the source has them."""
    ranges = {point for first, last in KEPT_RANGES for point in range(first, last + 1)}
    return gb2312_characters() | ranges | {ord(character) for character in NAME_CHARACTERS}


def make_weight(source: Path, target: Path, weight: str) -> None:
    """Writes the subset of one weight to the target folder."""
    collection = TTCollection(source / f"NotoSansCJK-{weight}.ttc")
    font = next(font for font in collection if font["name"].getBestFamilyName() == FAMILY)
    options = subset.Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = ["kern", "mark", "mkmk", "locl", "ccmp"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "STAT"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept_characters())
    subsetter.subset(font)
    path = target / f"NotoSansCJKsc-{weight}.otf"
    subset.save_font(font, path, options)
    print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size} bytes")


def main() -> None:
    """Makes both weights; the arguments are the folder of the source and the target folder."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for weight in WEIGHTS:
        make_weight(source, target, weight)


if __name__ == "__main__":
    main()
