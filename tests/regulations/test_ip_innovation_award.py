"""Laws of the award's answers, over cases that nobody wrote down."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.ip_innovation_award.candidates import Award
from regulations.ip_innovation_award.inputs import Inputs, Prize, Split
from regulations.ip_innovation_award.inputs import Quota as Counts
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.vocabulary.errors import RecordProblems

NAME: Final = "ip_innovation_award"
JUDGE: Final = regulations.Judge(NAME)
END: Final = date(2030, 1, 1)
FEN: Final = Decimal("0.01")
CLASSES: Final = ("creation", "protection", "use", "patent_first", "patent_second", "patent_third")
FEW: Final = settings(max_examples=50, deadline=None)
KNOWN_DAYS: Final = st.dates(date(2025, 1, 1), date(2026, 10, 31))


def assessed(on: date, **asked: Any) -> Assessment:
    return JUDGE.assess(regulations.read_case(NAME, {"on": on, **asked}, where="case"))


def changes_by_walking(on: date, days: int, **asked: Any) -> date:
    """The first day of a stretch on which the verdict differs, found by judging each; else the document's end."""
    now = assessed(on, **asked).verdict
    walked = (on + timedelta(days=step) for step in range(1, days))
    return next((day for day in walked if assessed(day, **asked).verdict is not now), END)


def test_the_example_meets_everything_that_it_asks() -> None:
    table = tomllib.loads(regulations.example(NAME), parse_float=Decimal)
    assert Verdict.YES is JUDGE.assess(regulations.read_case(NAME, table, where="example")).verdict


@FEW
@given(st.integers(min_value=5, max_value=10**12))
def test_floors_and_rest_make_up_the_whole_prize(total_fen: int) -> None:
    total = total_fen * FEN
    found = {each.id: Decimal(each.quantity) for each in assessed(date(2025, 6, 1), prize=prize(total)).figures}
    assert -(-total_fen * 40 // 100) == found["inventors_share"] / FEN
    assert -(-total_fen * 20 // 100) == found["helpers_share"] / FEN
    assert total == found["inventors_share"] + found["helpers_share"] + found["patentees_rest"]


@FEW
@given(st.integers(min_value=5, max_value=10**12))
def test_a_split_at_the_floors_stands_and_one_with_a_fen_less_for_inventors_falls(total_fen: int) -> None:
    inventors, helpers = -(-total_fen * 40 // 100), -(-total_fen * 20 // 100)
    assert Verdict.YES is _split(total_fen, inventors, helpers).verdict
    assert Verdict.NO is _split(total_fen, inventors - 1, helpers).verdict
    assert Verdict.NO is _split(total_fen, inventors, helpers - 1).verdict


def prize(total: Decimal) -> dict[str, Any]:
    return {"award": "patent_first", "total_cny": total}


def _split(total_fen: int, inventors_fen: int, helpers_fen: int) -> Assessment:
    parts = (inventors_fen, helpers_fen, total_fen - inventors_fen - helpers_fen)
    names = ("inventors_cny", "helpers_cny", "patentees_cny")
    split = {name: part * FEN for name, part in zip(names, parts, strict=True)}
    return assessed(date(2025, 6, 1), prize={**prize(total_fen * FEN), "split": split})


@FEW
@given(st.tuples(*(st.integers(0, 30) for _ in CLASSES)), st.sampled_from(range(len(CLASSES))))
def test_one_award_more_never_turns_no_into_yes(counts: tuple[int, ...], more: int) -> None:
    now = assessed(date(2025, 6, 1), quota=dict(zip(CLASSES, counts, strict=True))).verdict
    raised = [count + (place == more) for place, count in enumerate(counts)]
    after = assessed(date(2025, 6, 1), quota=dict(zip(CLASSES, raised, strict=True))).verdict
    assert (now, after) != (Verdict.NO, Verdict.YES)


@FEW
@given(st.tuples(*(st.integers(0, 30) for _ in CLASSES)))
def test_the_numbers_are_kept_exactly_where_every_class_keeps_its_own(counts: tuple[int, ...]) -> None:
    within = all(count <= most for count, most in zip(counts, (3, 3, 3, 5, 15, 25), strict=True))
    found = assessed(date(2025, 6, 1), quota=dict(zip(CLASSES, counts, strict=True))).verdict
    assert within is (found is Verdict.YES)


@FEW
@given(KNOWN_DAYS, st.integers(0, 20))
def test_a_notice_that_runs_becomes_long_enough_on_the_day_that_is_told(started_on: date, day: int) -> None:
    on = started_on + timedelta(days=day)
    asked = {"public_notice": {"started_on": started_on}}
    assert changes_by_walking(on, 20, **asked) == assessed(on, **asked).changes_on


@FEW
@given(KNOWN_DAYS, st.integers(-5, 20), st.integers(0, 20), st.one_of(st.none(), st.integers(0, 20)))
def test_an_internal_notice_changes_on_the_day_that_walking_finds(
    started_on: date, judged: int, applied: int, lasts: int | None
) -> None:
    on = max(started_on + timedelta(days=judged), date(2025, 1, 1))
    notice = {"started_on": started_on, "applied_on": started_on + timedelta(days=applied)}
    if lasts is not None:
        notice["until_on"] = started_on + timedelta(days=lasts)
    assert changes_by_walking(on, 30, internal_notice=notice) == assessed(on, internal_notice=notice).changes_on


@FEW
@given(KNOWN_DAYS, st.integers(0, 20))
def test_a_day_more_of_notice_never_turns_yes_into_no(started_on: date, days: int) -> None:
    verdicts = [
        assessed(started_on, public_notice={"started_on": started_on, "until_on": started_on + timedelta(days=length)})
        for length in (days, days + 1)
    ]
    assert (Verdict.YES, Verdict.NO) != tuple(each.verdict for each in verdicts)


@FEW
@given(KNOWN_DAYS, st.integers(0, 25), st.sampled_from(["next_working_day", "none"]))
def test_a_decision_not_told_turns_late_on_the_day_that_is_told(decided_on: date, day: int, shift: str) -> None:
    asked = {
        "objection": {"received_on": decided_on, "in_public_notice": True, "decided_on": decided_on},
        "options": {"shift_end": shift},
    }
    on = decided_on + timedelta(days=day)
    assert changes_by_walking(on, 40, **asked) == assessed(on, **asked).changes_on


@FEW
@given(KNOWN_DAYS)
def test_a_shifted_last_day_is_never_before_the_unshifted_one(decided_on: date) -> None:
    objection = {"received_on": decided_on, "in_public_notice": True, "decided_on": decided_on}
    plain, moved = (
        assessed(decided_on, objection=objection, options={"shift_end": shift}).deadlines[0].at
        for shift in ("none", "next_working_day")
    )
    assert decided_on + timedelta(days=15) == plain
    assert moved >= plain


@FEW
@given(st.booleans(), st.booleans(), st.integers(1, 3))
def test_what_is_not_known_never_makes_a_yes(in_city: bool, awarded: bool, awards: int) -> None:
    entry = {
        "awards": ["creation", "protection", "use"][:awards],
        "in_city_unit": in_city,
        "awarded_before": awarded,
    }
    assert Verdict.YES is not assessed(date(2025, 6, 1), unit_entry=entry).verdict


@pytest.mark.parametrize("last", [2022, 2025, 2026, 2028, 2029])
def test_a_year_of_review_changes_where_walking_the_days_says(last: int) -> None:
    on = date(max(last, 2025), 6, 1)
    asked = {"next_round": {"last_round_year": last}}
    assert changes_by_walking(on, (END - on).days, **asked) == assessed(on, **asked).changes_on


def test_records_made_in_python_refuse_what_cannot_be() -> None:
    with pytest.raises(RecordProblems, match="inventors_cny"):
        Split(inventors_cny=Decimal(-1), helpers_cny=Decimal(0), patentees_cny=Decimal(1))
    with pytest.raises(RecordProblems, match="creation"):
        Counts(creation=-1, protection=0, use=0, patent_first=0, patent_second=0, patent_third=0)
    with pytest.raises(RecordProblems, match="unit_entry"):
        Inputs(on=date(2025, 6, 1))


def test_a_few_fen_leave_nothing_to_the_patentees() -> None:
    found = {each.id: each.quantity for each in assessed(date(2025, 6, 1), prize=prize(FEN)).figures}
    assert {"inventors_share": FEN, "helpers_share": FEN, "patentees_rest": Decimal(0)} == found


def test_a_prize_may_be_given_in_python() -> None:
    split = Split(inventors_cny=Decimal(40), helpers_cny=Decimal(20), patentees_cny=Decimal(40))
    case = Inputs(on=date(2025, 6, 1), prize=Prize(award=Award.PATENT_FIRST, total_cny=Decimal(100), split=split))
    assert Verdict.YES is JUDGE.assess(case).verdict


@pytest.mark.parametrize(
    ("on", "until_on", "said"),
    [
        (date(2025, 6, 1), None, "公示尚未开始"),
        (date(2025, 6, 3), None, "公示仍在进行"),
        (date(2025, 6, 3), date(2025, 6, 10), "公示末日未到，按计划日计"),
        (date(2025, 6, 10), date(2025, 6, 10), ""),
    ],
)
def test_a_notice_says_how_far_it_has_come(on: date, until_on: date | None, said: str) -> None:
    notice = {"started_on": date(2025, 6, 3)} | ({} if until_on is None else {"until_on": until_on})
    because = assessed(on, public_notice=notice).rulings[0].reasons[0].because
    assert said == ("" if because is None else because.zh)
