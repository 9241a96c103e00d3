"""The site as `make docs` builds it: no warning, nothing asked from outside, every picture and link there, Chinese found."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOADED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "script": "src",
    "source": "src",
    "video": "src",
}
LINKS_LOADED = {"stylesheet", "preload", "preconnect", "icon", "modulepreload", "dns-prefetch"}
IN_STYLE = re.compile(r"url\(\s*['\"]?(?!data:)([^'\")]+)|@import\s+['\"]([^'\"]+)")


class Page(HTMLParser):
    """What one page loads, and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: text or "" for name, text in attrs}
        if tag in LOADED and LOADED[tag] in known:
            self.loaded.append(known[LOADED[tag]])
        elif tag == "link" and LINKS_LOADED & set(known.get("rel", "").split()):
            self.loaded.append(known["href"])
        elif tag == "a" and "href" in known:
            self.links.append(known["href"])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a site built strictly, and what was said on the way."""
    site = tmp_path_factory.mktemp("built") / "site"
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
    ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert 0 == ran.returncode, ran.stdout + ran.stderr
    return site, ran.stdout + ran.stderr


def html(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Page(path.read_text(encoding="utf-8"))


Built = tuple[Path, str]


def test_the_site_is_built_without_a_word(built: Built) -> None:
    assert "" == built[1]


def test_no_page_loads_anything_from_outside(built: Built) -> None:
    outside = [f"{path.name}: {each}" for path, page in html(built[0]) for each in page.loaded if urlsplit(each).netloc]
    assert "" == "\n".join(outside)


def test_no_style_loads_anything_from_outside(built: Built) -> None:
    outside = [
        f"{path.name}: {each}"
        for path in built[0].rglob("*.css")
        for found in IN_STYLE.findall(path.read_text(encoding="utf-8"))
        if urlsplit(each := "".join(found)).netloc
    ]
    assert "" == "\n".join(outside)


def test_whatever_a_page_loads_or_leads_to_inside_the_site_is_there(built: Built) -> None:
    site = built[0]
    dead = []
    for path, page in html(site):
        if path.name == "404.html":
            continue  # it speaks of a site at the top of its address
        for each in (*page.loaded, *page.links):
            parts = urlsplit(each)
            if (
                not parts.scheme
                and not parts.netloc
                and parts.path
                and not (path.parent / unquote(parts.path)).exists()
            ):
                dead.append(f"{path.relative_to(site)}: {each}")
    assert "" == "\n".join(dead)


def test_both_start_pages_lead_to_each_other_and_to_all_three_readers(built: Built) -> None:
    for name, other in (("index.html", "en/index.html"), ("en/index.html", "index.html")):
        page = Page((built[0] / name).read_text(encoding="utf-8"))
        led = {(built[0] / name).parent.joinpath(urlsplit(each).path).resolve() for each in page.links}
        wanted = {
            built[0] / each for each in (other, "settlement.html", "dispatch.html", "api/index.html", "policy.html")
        }
        assert set() == {each.resolve() for each in wanted} - led


def test_a_chinese_word_is_a_word_of_its_own_to_the_search(built: Built) -> None:
    index = json.loads((built[0] / "search" / "search_index.json").read_text(encoding="utf-8"))
    texts = {entry["location"]: entry["text"] for entry in index["docs"]}
    words = {word for text in texts.values() for word in re.split(r"[\s\u200b]+", text)}
    assert {"结算", "电站", "迎峰"} <= words


def test_a_docstring_shows_its_headings_as_a_list_of_definitions(built: Built) -> None:
    text = (built[0] / "api" / "settlement.html").read_text(encoding="utf-8")
    assert {"<dt>形状 Shape</dt>", "<dt>拒绝 Raises</dt>", "<dt>来源 Source</dt>", "<dt>核对 Check</dt>"} <= set(
        re.findall(r"<dt>[^<]*</dt>", text)
    )


def test_a_file_that_a_page_links_is_shown_whole(built: Built) -> None:
    text = (built[0] / "source" / "tests" / "cases" / "charge_energy.toml.html").read_text(encoding="utf-8")
    assert "charge_energy" in text
    assert "六（二）" in text
