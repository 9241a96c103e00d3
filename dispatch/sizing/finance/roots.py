"""All discount rates at which a cash flow is worth nothing, isolated without a guess and without a rounding error."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

LEAST_RATE: Final = Fraction("-0.999")
"""Rates are looked for above -99.9 %."""
MOST_RATE: Final = Fraction(10)
"""... and up to 1,000 %."""
FINEST: Final = 60
"""How often a stretch is halved before two roots in it count as one double root."""

Polynomial = list[int]


def sign_changes(amounts: Sequence[int]) -> int:
    """How often the sign changes along a row of amounts, zeros left out."""
    signs = [amount > 0 for amount in amounts if amount]
    return sum(1 for before, after in pairwise(signs) if before != after)


def zero_rates(net_fen: Sequence[int]) -> tuple[float, ...]:
    """Every rate above -99.9 % and up to 1,000 % at which the net present value is zero, rising.

    Shape   a double root stands once; a flow of zeros has none. With x = 1 / (1 + rate) the value is a polynomial in
            x; its roots are isolated by Descartes' rule of signs on halved stretches (Collins and Akritas, 1976) in
            whole numbers, then bisected by the exact sign
    """
    flow = list(net_fen)
    while flow and flow[0] == 0:
        flow.pop(0)
    while flow and flow[-1] == 0:
        flow.pop()
    if not sign_changes(flow):
        return ()
    low, high = 1 / (1 + MOST_RATE), 1 / (1 + LEAST_RATE)
    on_unit = _on_unit(flow, low, high - low)
    places = _isolated(on_unit, Fraction(0), Fraction(1), 0)
    found = sorted({low + (high - low) * _bisected(on_unit, *place) for place in places})
    return tuple(sorted(float(1 / discount - 1) for discount in found))


def _on_unit(flow: Sequence[int], low: Fraction, span: Fraction) -> Polynomial:
    """The polynomial in t, where x = low + span t, times a positive number that makes it whole."""
    bottom = low.denominator * span.denominator
    first, second = int(low * bottom), int(span * bottom)
    total: Polynomial = [0] * len(flow)
    power: Polynomial = [1]
    for degree, amount in enumerate(flow):
        scale = amount * bottom ** (len(flow) - 1 - degree)
        for place, coefficient in enumerate(power):
            total[place] += scale * coefficient
        power = [
            first * (power[place] if place < len(power) else 0) + second * (power[place - 1] if place else 0)
            for place in range(len(power) + 1)
        ]
    return total


def _isolated(whole: Polynomial, low: Fraction, high: Fraction, depth: int) -> list[tuple[Fraction, Fraction]]:
    """Stretches of [0, 1) that hold one root each; a stretch without length is a root itself."""
    found = [(low, low)] if whole[0] == 0 else []
    while whole and whole[0] == 0:
        whole = whole[1:]
    roots_at_most = sign_changes(_shifted(whole[::-1]))
    if roots_at_most == 0:
        return found
    if roots_at_most == 1:
        return [*found, (low, high)]
    middle = (low + high) / 2
    if depth == FINEST:
        return [*found, (middle, middle)]
    left = [coefficient << (len(whole) - 1 - place) for place, coefficient in enumerate(whole)]
    return [
        *found,
        *_isolated(left, low, middle, depth + 1),
        *_isolated(_shifted(left), middle, high, depth + 1),
    ]


def _shifted(whole: Polynomial) -> Polynomial:
    """The polynomial of t + 1."""
    moved = list(whole)
    for start in range(len(moved) - 1):
        for place in range(len(moved) - 2, start - 1, -1):
            moved[place] += moved[place + 1]
    return moved


def _bisected(whole: Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """The one root between two places."""
    if low == high:
        return low
    below = _sign_just_above(whole, low)
    for _ in range(FINEST):
        middle = (low + high) / 2
        sign = _sign_at(whole, middle)
        if sign == 0:
            return middle
        if sign == below:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _sign_at(whole: Polynomial, place: Fraction) -> int:
    top, bottom = place.numerator, place.denominator
    total, scale = 0, 1
    for coefficient in reversed(whole):
        total = total * top + coefficient * scale
        scale *= bottom
    return (total > 0) - (total < 0)


def _sign_just_above(whole: Polynomial, place: Fraction) -> int:
    """The sign right of a place, which may be a root itself."""
    moved = _at_origin(whole, place)
    first = next(coefficient for coefficient in moved if coefficient)
    return (first > 0) - (first < 0)


def _at_origin(whole: Polynomial, place: Fraction) -> Polynomial:
    """The polynomial of place + t, times a positive number."""
    return _on_unit(whole, place, Fraction(1))
