"""Whatever a page calculates in a block of sums comes out as it is written, to the last digit that is shown."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import add, mul, sub, truediv
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[2] / "docs"
SUMS = re.compile(r"^```sums\n(.*?)^```", re.DOTALL | re.MULTILINE)


def sums() -> Iterator[tuple[str, str]]:
    for page in sorted(PAGES.glob("*.md")):
        for block in SUMS.findall(page.read_text(encoding="utf-8")):
            yield from ((page.name, line) for line in block.splitlines())


SIGNS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
}


def exact(term: ast.expr, text: str) -> Fraction:
    """The figure of a term, in fractions: no digit is lost before the result is compared."""
    if isinstance(term, ast.BinOp):
        return SIGNS[type(term.op)](exact(term.left, text), exact(term.right, text))
    if isinstance(term, ast.UnaryOp):
        return -exact(term.operand, text)
    return Fraction(ast.get_source_segment(text, term) or "")


@pytest.mark.parametrize(("page", "line"), list(sums()))
def test_a_sum_comes_out_as_it_is_written(page: str, line: str) -> None:
    term, _, told = line.rpartition("=")
    text = term.strip().replace("×", "*").replace("÷", "/").replace("−", "-")
    decimals = len(told.strip().partition(".")[2])
    assert abs(exact(ast.parse(text, mode="eval").body, text) - Fraction(told.strip())) <= Fraction(
        1, 2 * 10**decimals
    ), page


def test_the_page_of_the_policy_has_sums() -> None:
    assert 20 <= sum(page == "policy.md" for page, _ in sums())
