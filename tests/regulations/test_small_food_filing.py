"""Small food shops: what holds for all cases beside those that are worked out."""

import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.small_food_filing.inputs import (
    BusinessLicence,
    Card,
    Inputs,
    LeaseBasis,
    Options,
    Penalty,
    PenaltyKind,
    Renewal,
    Standing,
    WindowEnd,
)
from regulations.small_food_filing.shop import Filing, Food, PollutionSource
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.judging.boundaries import Boundary
from tariffs.judging.periods import ShiftEnd
from tariffs.vocabulary.errors import RecordProblems, Words

NAME = "small_food_filing"
JUDGE = regulations.Judge(NAME)
EXAMPLE: Inputs = regulations.read_case(
    NAME, tomllib.loads(regulations.example(NAME), parse_float=Decimal), where="example"
)
TERMS = JUDGE.terms_of(regulations.LIBRARY.versions(NAME)[0])
FEW = settings(max_examples=50, deadline=None)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
OPEN = [field.name for field in fields(Filing) if field.default is None]
WALK = 60


def _assess(inputs: Inputs) -> Assessment:
    found: Assessment = JUDGE.assess(inputs)
    return found


def _shop() -> Filing:
    assert EXAMPLE.filing is not None
    return EXAMPLE.filing


def _standing(days: list[date], kind: PenaltyKind = PenaltyKind.FOOD_SAFETY) -> Standing:
    assert EXAMPLE.standing is not None
    return replace(EXAMPLE.standing, penalties=tuple(Penalty(imposed_on=day, kind=kind) for day in days))


def _expiry(inputs: Inputs) -> date:
    at = next(each.at for each in _assess(inputs).deadlines if each.id == "expiry")
    assert isinstance(at, date)
    return at


def _holds_until_it_changes(inputs: Inputs) -> None:
    """The days after today and those before `changes_on` have the verdict of today, that day itself has another."""
    first = _assess(inputs)
    assert first.changes_on is not None
    days = (first.changes_on - inputs.on).days
    steps = {*range(1, min(days, WALK)), *range(max(days - WALK, 1), days)}
    for step in steps:
        assert first.verdict is _assess(replace(inputs, on=inputs.on + timedelta(days=step))).verdict
    assert first.verdict is not _assess(replace(inputs, on=first.changes_on)).verdict


@st.composite
def cards(draw: st.DrawFn) -> Inputs:
    start = draw(DAYS)
    lease_end = draw(st.none() | st.integers(0, 700).map(lambda days: start + timedelta(days=days)))
    lease_start = None if lease_end is None else start - timedelta(days=draw(st.integers(0, 700)))
    changed = draw(st.none() | st.integers(0, 200).map(lambda days: start + timedelta(days=days)))
    leased = changed is not None and (lease_end is None or changed <= lease_end)
    refiled = draw(st.none() | st.just(changed)) if leased else None
    card = Card(
        valid_from=start,
        renewals_used=draw(st.integers(0, 3)),
        lease_starts_on=lease_start,
        lease_ends_on=lease_end,
        changed_on=changed,
        refiled_on=refiled,
    )
    on = (changed or start) + timedelta(days=draw(st.integers(0, 500)))
    return Inputs(on=on, card=card, options=Options(lease_basis=draw(st.sampled_from(LeaseBasis))))


@FEW
@given(cards())
def test_a_card_stands_as_it_does_today_until_the_day_of_its_change(inputs: Inputs) -> None:
    _holds_until_it_changes(inputs)


@FEW
@given(cards(), st.integers(1, 400))
def test_a_longer_lease_never_ends_a_card_earlier(inputs: Inputs, days: int) -> None:
    card = inputs.card
    assert card is not None
    if card.lease_ends_on is None:
        return
    longer = replace(card, lease_ends_on=card.lease_ends_on + timedelta(days=days))
    assert _expiry(inputs) <= _expiry(replace(inputs, card=longer))


@FEW
@given(cards())
def test_a_card_never_outlives_the_year_and_the_whole_term_never_shortens_it(inputs: Inputs) -> None:
    card = inputs.card
    assert card is not None
    start = card.valid_from
    assert (_expiry(inputs).year, _expiry(inputs).month, _expiry(inputs).day) <= (
        start.year + 1,
        start.month,
        start.day,
    )
    remaining = replace(inputs, options=Options(lease_basis=LeaseBasis.REMAINING))
    whole = replace(inputs, options=Options(lease_basis=LeaseBasis.WHOLE_TERM))
    assert _expiry(remaining) <= _expiry(whole)


@FEW
@given(DAYS, st.integers(-60, 400))
def test_a_renewal_not_applied_for_stands_until_the_day_of_its_change(on: date, days: int) -> None:
    _holds_until_it_changes(Inputs(on=on, renewal=Renewal(expires_on=on + timedelta(days=days), renewals_used=0)))


@FEW
@given(DAYS, st.integers(0, 400))
def test_applying_earlier_is_never_worse(applied_on: date, days: int) -> None:
    expires_on, on = date(2027, 6, 30), date(2028, 12, 31)
    late = Inputs(on=on, renewal=Renewal(expires_on=expires_on, renewals_used=0, applied_on=applied_on))
    early = replace(
        late,
        renewal=Renewal(expires_on=expires_on, renewals_used=0, applied_on=applied_on - timedelta(days=days)),
    )
    if _assess(late).verdict is Verdict.YES:
        assert Verdict.YES is _assess(early).verdict


@FEW
@given(st.lists(DAYS, max_size=7))
def test_three_penalties_of_which_the_last_comes_by_the_same_day_a_year_later_cancel(days: list[date]) -> None:
    """Against a comparison of day numbers, without any counting of windows."""
    within = any(
        (last.year, last.month, last.day) <= (first.year + 1, first.month, first.day)
        for first, _, last in combinations(sorted(days), 3)
    )
    found = _assess(Inputs(on=date(2028, 1, 1), standing=_standing(days)))
    assert (Verdict.NO if within else Verdict.YES) is found.verdict


@FEW
@given(st.lists(DAYS, max_size=6), DAYS, st.sampled_from(WindowEnd))
def test_one_more_penalty_never_saves_a_filing(days: list[date], more: date, window_end: WindowEnd) -> None:
    inputs = Inputs(on=date(2028, 1, 1), standing=_standing(days), options=Options(window_end=window_end))
    if _assess(inputs).verdict is Verdict.NO:
        assert Verdict.NO is _assess(replace(inputs, standing=_standing([*days, more]))).verdict


@FEW
@given(st.lists(DAYS, max_size=6))
def test_leaving_the_last_day_out_never_counts_more(days: list[date]) -> None:
    inputs = Inputs(on=date(2028, 1, 1), standing=_standing(days))
    excluded = replace(inputs, options=Options(window_end=WindowEnd.EXCLUDED))
    for more, less in zip(_assess(inputs).figures, _assess(excluded).figures, strict=True):
        assert more.quantity >= less.quantity


@FEW
@given(st.lists(DAYS, min_size=2, max_size=2))
def test_the_warning_holds_to_its_day_and_not_a_day_longer(days: list[date]) -> None:
    until = next((each.at for each in _assess(Inputs(on=max(days), standing=_standing(days))).deadlines), None)
    if until is None:
        assert max(days) - min(days) > timedelta(days=365)
        return
    assert isinstance(until, date)
    after = until + timedelta(days=1)
    assert Verdict.NO is _assess(Inputs(on=until, standing=_standing([*days, until]))).verdict
    assert Verdict.YES is _assess(Inputs(on=after, standing=_standing([*days, after]))).verdict


def test_no_warning_is_given_where_the_filing_is_lost_already() -> None:
    lost = _assess(Inputs(on=date(2026, 1, 1), standing=_standing([date(2025, 6, 1)] * 3)))
    assert Verdict.NO is lost.verdict
    assert () == lost.deadlines
    assert "penalties" not in {each.clause.id for each in lost.notices if each.clause}


@pytest.mark.parametrize("kind", [kind for kind in PenaltyKind if kind is not PenaltyKind.FOOD_SAFETY])
def test_penalties_of_another_kind_do_not_count(kind: PenaltyKind) -> None:
    found = _assess(Inputs(on=date(2026, 1, 1), standing=_standing([date(2025, 6, 1)] * 5, kind)))
    assert Verdict.YES is found.verdict


@FEW
@given(DAYS, st.lists(DAYS, max_size=4), st.none() | st.integers(0, 1200), st.integers(0, 1000))
def test_the_clean_years_stand_until_the_day_of_their_change(
    filed_on: date, penalised_on: list[date], lasts: int | None, later: int
) -> None:
    ended = None if lasts is None else filed_on + timedelta(days=lasts)
    on = max([filed_on, *penalised_on, *([] if ended is None else [ended])])
    on = min(on + timedelta(days=later), date(2029, 12, 31))
    if ended is not None and ended > on:
        return
    asked = BusinessLicence(
        filed_because_of_building=True,
        filed_on=filed_on,
        filing_ended_on=ended,
        penalised_on=tuple(penalised_on),
        neighbours_object=False,
    )
    _holds_until_it_changes(Inputs(on=on, business_licence=asked))


@FEW
@given(st.decimals(0, 60, places=2), st.decimals(0, 60, places=2))
def test_a_source_further_away_is_never_worse(near_m: Decimal, more_m: Decimal) -> None:
    def verdict(distance_m: Decimal) -> Verdict:
        (first, *_) = _shop().pollution_sources
        source = PollutionSource(kind=first.kind, distance_m=distance_m)
        return _assess(Inputs(on=EXAMPLE.on, filing=replace(_shop(), pollution_sources=(source,)))).verdict

    assert (Verdict.YES if near_m >= Decimal(25) else Verdict.NO) is verdict(near_m)
    if verdict(near_m) is Verdict.YES:
        assert Verdict.YES is verdict(near_m + more_m)


@FEW
@given(st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in OPEN}), st.sampled_from(OPEN))
def test_a_fact_more_never_undoes_a_no_or_a_yes(facts: dict[str, bool | None], name: str) -> None:
    before = _assess(Inputs(on=EXAMPLE.on, filing=replace(_shop(), **facts)))
    if facts[name] is not None or before.verdict is Verdict.CANNOT_TELL:
        return
    for fact in (True, False):
        told = _assess(Inputs(on=EXAMPLE.on, filing=replace(_shop(), **{**facts, name: fact})))
        assert before.verdict is told.verdict


def _cited(inputs: Inputs) -> set[str]:
    return {each.clause.id for each in _assess(inputs).notices if each.clause is not None}


def test_trade_after_the_end_is_told_of_after_it_and_not_on_the_last_day() -> None:
    card = Card(valid_from=date(2025, 3, 3), renewals_used=0)
    assert "operating_after_expiry" not in _cited(Inputs(on=date(2026, 3, 3), card=card))
    assert "operating_after_expiry" in _cited(Inputs(on=date(2026, 3, 4), card=card))


def test_days_beyond_the_text_are_told_of_and_its_last_day_is_none_of_them() -> None:
    """Two renewals used: the latest end is the end of the year itself, 30 or 31 December 2029, or New Year's Day."""
    for start, beyond in ((30, False), (31, False), (32, True)):
        first = date(2028, 12, 1) + timedelta(days=start - 1)
        inputs = Inputs(on=first, card=Card(valid_from=first, renewals_used=2))
        assert beyond is ("valid_for" in _cited(inputs))


def test_late_is_told_of_from_the_first_day_on_which_it_is_late() -> None:
    for applied_on, late in ((date(2026, 2, 1), False), (date(2026, 2, 2), True)):
        renewal = Renewal(expires_on=date(2026, 3, 3), renewals_used=0, applied_on=applied_on)
        found = _assess(Inputs(on=date(2026, 2, 20), renewal=renewal))
        assert late is bool(found.figures)
        assert late is ("renew_before" in _cited(Inputs(on=date(2026, 2, 20), renewal=renewal)))


def test_a_day_that_moved_off_a_rest_day_says_so() -> None:
    """3 March 2026 less 30 days is 1 February, a Sunday."""
    renewal = Renewal(expires_on=date(2026, 3, 3), renewals_used=0, applied_on=date(2026, 2, 2))
    for shift_end, moved in ((ShiftEnd.NONE, False), (ShiftEnd.NEXT_WORKING_DAY, True)):
        found = _assess(Inputs(on=date(2026, 2, 20), renewal=renewal, options=Options(shift_end=shift_end)))
        assert moved is ("moved from 2026-02-01" in found.deadlines[0].how.en)
        assert moved is (found.rulings[0].reasons[0].because is not None)


def test_a_risky_food_is_named() -> None:
    shop = replace(_shop(), foods=(Food.DRINKS, Food.RAW, Food.COLD_OTHER))
    (ruling,) = _assess(Inputs(on=EXAMPLE.on, filing=shop)).rulings
    reason = next(each for each in ruling.reasons if each.clause.id == "risky_food")
    assert Words("生食、其他冷食", "raw food, other cold food") == reason.because


@pytest.mark.parametrize(
    ("gives_off_fumes", "disturbs", "because"),
    [
        (True, False, "第十四条（十）"),
        (False, True, "whether by the food is not said"),
        (True, True, ""),
        (False, False, ""),
    ],
)
def test_fumes_and_disturbance_without_each_other_say_what_is_open(
    gives_off_fumes: bool, disturbs: bool, because: str
) -> None:
    shop = replace(_shop(), gives_off_fumes=gives_off_fumes, disturbs_neighbours=disturbs)
    (ruling,) = _assess(Inputs(on=EXAMPLE.on, filing=shop)).rulings
    reason = next(each for each in ruling.reasons if each.clause.id == "disturbing_food")
    assert bool(because) is (reason.because is not None)
    assert reason.because is None or because in reason.because.en


def test_a_card_between_two_last_days_says_why_it_is_open() -> None:
    card = Card(valid_from=date(2025, 3, 3), renewals_used=0, changed_on=date(2025, 9, 1), refiled_on=date(2025, 10, 1))
    for on, verdict in ((date(2026, 3, 3), Verdict.YES), (date(2026, 3, 4), Verdict.CANNOT_TELL)):
        reason = _assess(Inputs(on=on, card=card)).rulings[0].reasons[0]
        assert verdict is reason.verdict
        assert (verdict is Verdict.CANNOT_TELL) is (reason.because is not None)


def test_each_boundary_is_the_word_of_the_text() -> None:
    """25 米以上, 不满一年, 前 30 日, 不超过 2 次, 12 个月内, 累计 3 次, 连续 2 年."""
    assert {
        "source_distance": Boundary.AT_LEAST,
        "lease_term": Boundary.BELOW,
        "renew_before": Boundary.AT_LEAST,
        "renewals": Boundary.AT_MOST,
        "penalty_window": Boundary.AT_MOST,
        "penalties": Boundary.AT_LEAST,
        "clean_years": Boundary.AT_LEAST,
    } == {each.name: getattr(TERMS, each.name).boundary for each in fields(TERMS) if _bounded(each.name)}


def _bounded(name: str) -> bool:
    return getattr(getattr(TERMS, name), "boundary", None) is not None


def test_each_count_of_the_text_is_that_of_its_clauses() -> None:
    """Six groups, three bans, five papers, eleven duties, six departments: counted over the items of the articles."""
    articles = [getattr(TERMS, field.name) for field in fields(TERMS)]
    items = {each.citation.article for each in articles if hasattr(each, "citation")}
    counts = {"conditions": "第十条（", "bans": "第十三条（", "materials": "第十一条（", "duties": "第十四条（"}
    assert {"conditions": 6, "bans": 3, "materials": 5, "duties": 11} == {
        name: getattr(TERMS, name).count for name in counts
    }
    for name, beginning in counts.items():
        assert getattr(TERMS, name).count == sum(item.startswith(beginning) for item in items)
    assert 6 == TERMS.card_issued.count == len(TERMS.card_issued.listed)


def test_records_made_in_python_are_checked_as_well() -> None:
    with pytest.raises(RecordProblems):
        Card(valid_from=date(2025, 3, 3), renewals_used=0, lease_ends_on=date(2025, 3, 2))
    with pytest.raises(RecordProblems):
        Inputs(on=date(2025, 3, 3))
