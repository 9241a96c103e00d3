"""Rates of service and the ways of policies obey what holds for every case."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.ai_government_services.inputs import (
    CaseRecord,
    Inputs,
    Options,
    Policy,
    PolicyKind,
    ReturnRateOf,
    Scope,
    ServiceQuality,
    Way,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.vocabulary.errors import RecordProblems

JUDGE = regulations.Judge("ai_government_services")
ON = date(2025, 11, 20)
FACTS = (True, False, None)

records = st.builds(
    CaseRecord,
    frequent_item=st.booleans(),
    filed=st.just(True),
    times_sent_back=st.integers(0, 3),
    application_minutes=st.none() | st.decimals(0, 60, places=2),
    promised_on=st.none() | st.dates(ON - timedelta(days=10), ON + timedelta(days=10)),
    done_on=st.none() | st.dates(ON - timedelta(days=10), ON),
    first_response_seconds=st.none() | st.decimals(0, 70, places=2),
    bot_solved=st.sampled_from(FACTS),
)


def _assessed(cases: list[CaseRecord], on: date = ON, options: Options | None = None) -> Assessment:
    asked = ServiceQuality(cases=tuple(cases))
    return JUDGE.assess(Inputs(on=on, service_quality=asked, options=options or Options()))


def _reasons(assessment: Assessment) -> dict[str, Verdict]:
    return {each.clause.id: each.verdict for each in assessment.rulings[0].reasons}


def _way(sought: Way, universal: bool | None, shareable: bool | None, allow: bool | None, new: bool = True) -> Verdict:
    policy = Policy(
        new=new,
        kind=PolicyKind.FUNDING,
        application_type=True,
        sought=sought,
        universal=universal,
        data_shareable=shareable,
        conditions_allow=allow,
    )
    return JUDGE.assess(Inputs(on=ON, policy=policy)).verdict


@given(again=st.integers(0, 30), others=st.integers(0, 300))
@settings(max_examples=50, deadline=None)
def test_the_rate_sent_back_is_met_below_a_tenth_and_nowhere_else(again: int, others: int) -> None:
    record = {times: CaseRecord(frequent_item=True, filed=True, times_sent_back=times) for times in (0, 2)}
    cases = [record[2]] * again + [record[0]] * others
    if cases:
        met = Fraction(again, len(cases)) < Fraction(1, 10)
        assert (Verdict.YES if met else Verdict.NO) is _reasons(_assessed(cases))["return_rate"]


@given(solved=st.integers(0, 300), not_solved=st.integers(1, 60))
@settings(max_examples=50, deadline=None)
def test_the_share_of_the_bot_is_compared_exactly(solved: int, not_solved: int) -> None:
    record = {
        done: CaseRecord(frequent_item=True, filed=False, times_sent_back=0, bot_solved=done) for done in (True, False)
    }
    met = Fraction(solved, solved + not_solved) >= Fraction(4, 5)
    found = _reasons(_assessed([record[True]] * solved + [record[False]] * not_solved))["bot_solves"]
    assert (Verdict.YES if met else Verdict.NO) is found


@given(minutes=st.lists(st.decimals(10, 30, places=3), min_size=1, max_size=7))
@settings(max_examples=50, deadline=None)
def test_the_mean_minutes_are_compared_exactly(minutes: list[Decimal]) -> None:
    cases = [
        CaseRecord(frequent_item=True, filed=True, times_sent_back=0, application_minutes=each) for each in minutes
    ]
    met = Fraction(sum(minutes)) <= 20 * len(minutes)
    assert (Verdict.YES if met else Verdict.NO) is _reasons(_assessed(cases))["application_minutes"]


@given(cases=st.lists(records, min_size=1, max_size=5), minutes=st.decimals(0, 500, places=1))
@settings(max_examples=50, deadline=None)
def test_the_minutes_never_change_the_verdict(cases: list[CaseRecord], minutes: Decimal) -> None:
    slow = CaseRecord(frequent_item=True, filed=True, times_sent_back=0, application_minutes=minutes)
    plain = CaseRecord(frequent_item=True, filed=True, times_sent_back=0)
    assert _assessed([*cases, plain]).verdict is _assessed([*cases, slow]).verdict


@given(
    cases=st.lists(records, min_size=1, max_size=5), scope=st.sampled_from(Scope), rate=st.sampled_from(ReturnRateOf)
)
@settings(max_examples=50, deadline=None)
def test_the_day_of_change_is_the_first_on_which_the_answer_differs(
    cases: list[CaseRecord], scope: Scope, rate: ReturnRateOf
) -> None:
    options = Options(scope=scope, return_rate_of=rate)
    assessment = _assessed(cases, ON, options)
    days = [ON + timedelta(days=n) for n in range(1, 15)]
    first = next((day for day in days if _assessed(cases, day, options).verdict is not assessment.verdict), None)
    assert first == assessment.changes_on


@given(cases=st.lists(records, min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_the_rate_of_cases_sent_back_is_never_below_that_of_cases_filed(cases: list[CaseRecord]) -> None:
    rates = [
        {each.id: each.quantity for each in _assessed(cases, ON, Options(return_rate_of=of)).figures}["return_rate"]
        for of in (ReturnRateOf.CASES_FILED, ReturnRateOf.CASES_SENT_BACK)
    ]
    assert rates[0] <= rates[1]


@pytest.mark.parametrize(("universal", "shareable", "allow"), list(product(FACTS, repeat=3)))
def test_no_policy_comes_both_without_application_and_by_fast_track(
    universal: bool | None, shareable: bool | None, allow: bool | None
) -> None:
    ways = [_way(way, universal, shareable, allow) for way in Way]
    assert [Verdict.YES, Verdict.YES] != ways


@pytest.mark.parametrize(("universal", "shareable", "allow"), list(product(FACTS, repeat=3)))
def test_an_existing_policy_is_open_whatever_else_is_known(
    universal: bool | None, shareable: bool | None, allow: bool | None
) -> None:
    assert {Verdict.CANNOT_TELL} == {_way(way, universal, shareable, allow, new=False) for way in Way}


def test_a_case_done_after_the_day_judged_is_refused() -> None:
    done = CaseRecord(frequent_item=True, filed=True, times_sent_back=0, done_on=ON + timedelta(days=1))
    with pytest.raises(RecordProblems, match="done_on"):
        _assessed([done])


@pytest.mark.parametrize(
    ("clause", "figure"),
    [
        ("smart_version", "4.0"),
        ("virtual_window_cities", "4"),
        ("frequent_items", "520"),
        ("policy_kinds", "6"),
        ("existing_policies", "3"),
        ("label_799", "799"),
        ("zero_distance", "0"),
        ("hotline", "12345"),
    ],
)
def test_a_figure_that_only_informs_is_that_of_the_text(clause: str, figure: str) -> None:
    """Source  沪府办发〔2025〕7号 序言, （四）（九）（十）（十三）（十七）（十九）."""
    assert figure == str(getattr(regulations.terms_on("ai_government_services", ON), clause).quantity)


def test_the_label_the_hotline_and_the_version_are_told_as_they_are_written() -> None:
    words = [each.words for each in _assessed([CaseRecord(frequent_item=True, filed=True, times_sent_back=0)]).notices]
    for number, text in enumerate(("799", "12345", "4.0")):
        assert text in words[number].zh
        assert text in words[number].en


def test_a_policy_that_meets_all_three_is_told_why_it_does_not_come_by_fast_track() -> None:
    def why(universal: bool) -> str | None:
        policy = Policy(
            new=True,
            kind=PolicyKind.TALENT,
            application_type=True,
            sought=Way.FAST_TRACK,
            universal=universal,
            data_shareable=True,
            conditions_allow=True,
        )
        told = JUDGE.assess(Inputs(on=ON, policy=policy)).rulings[0].reasons[1].because
        return None if told is None else told.en

    assert "all three conditions hold, so it comes without application" == why(True)
    assert why(False) is None


def test_each_rate_says_of_how_many_cases_it_is() -> None:
    record = CaseRecord(
        frequent_item=True,
        filed=True,
        times_sent_back=2,
        application_minutes=Decimal(10),
        promised_on=ON,
        done_on=ON,
        first_response_seconds=Decimal(5),
        bot_solved=True,
    )
    plain = CaseRecord(frequent_item=False, filed=True, times_sent_back=0)
    figures = {each.id: each.how.en for each in _assessed([record, plain]).figures}
    assert "1 of 2 cases" == figures["return_rate"]
    assert "the mean of 1 case" == figures["application_minutes"]
    assert "1 of 1 case" == figures["on_time"]
    assert "the slowest of 1 case" == figures["first_response"]
    assert "1 of 1 case" == figures["bot_solves"]
