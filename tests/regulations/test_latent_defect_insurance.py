"""Laws of the insurance's answers, over cases that nobody wrote down."""

import tomllib
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regulations
from regulations.latent_defect_insurance.inputs import Inputs
from regulations.latent_defect_insurance.underwriting_inputs import Degree, Licence, RiskStaff
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment
from tariffs.vocabulary.errors import RecordProblems

NAME: Final = "latent_defect_insurance"
JUDGE: Final = regulations.Judge(NAME)
DAY: Final = timedelta(days=1)
END: Final = date(2030, 1, 1)
FEW: Final = settings(max_examples=50, deadline=None)
KNOWN_DAYS: Final = st.dates(date(2025, 4, 13), date(2026, 10, 31))
STEPS: Final = ("risk_body_chosen_on", "contract_on", "drawing_design_on", "policy_on", "briefed_on", "works_start_on")
UPLOADS: Final = ("policy", "briefing", "final_report", "user_documents", "household_report", "preview_report")


def assessed(on: date, **asked: Any) -> Assessment:
    return JUDGE.assess(regulations.read_case(NAME, {"on": on, **asked}, where="case"))


def changes_by_walking(on: date, days: int, **asked: Any) -> date:
    """The first day of a stretch on which the verdict differs, found by judging each; else the document's end."""
    now = assessed(on, **asked).verdict
    walked = (on + step * DAY for step in range(1, days))
    return next((day for day in walked if assessed(day, **asked).verdict is not now), END)


def working_day_after(day: date, count: int) -> date:
    while count:
        day += DAY
        count -= chinese_calendar.is_workday(day)
    return day


def test_the_example_meets_everything_that_it_asks() -> None:
    table = tomllib.loads(regulations.example(NAME), parse_float=Decimal)
    assert Verdict.YES is JUDGE.assess(regulations.read_case(NAME, table, where="example")).verdict


@FEW
@given(KNOWN_DAYS, st.sampled_from(UPLOADS))
def test_an_upload_is_due_on_the_third_working_day(happened_on: date, kind: str) -> None:
    found = assessed(happened_on, uploads={"items": [{"kind": kind, "happened_on": happened_on}]})
    assert [working_day_after(happened_on, 3)] == [each.at for each in found.deadlines]


@FEW
@given(KNOWN_DAYS, st.integers(0, 20), st.sampled_from(UPLOADS))
def test_an_upload_is_late_exactly_where_natural_days_are_reported(happened_on: date, days: int, kind: str) -> None:
    uploaded_on = happened_on + days * DAY
    item = {"kind": kind, "happened_on": happened_on, "uploaded_on": uploaded_on}
    found = assessed(uploaded_on, uploads={"items": [item]})
    late = [Decimal(each.quantity) for each in found.figures]
    natural = (uploaded_on - working_day_after(happened_on, 3)).days
    assert (found.verdict is Verdict.NO) is (natural > 0)
    assert ([natural] if natural > 0 else []) == late[:1]
    assert all(0 <= working <= natural for working in late[1:])


@FEW
@given(KNOWN_DAYS, st.integers(0, 8), st.integers(0, 8))
def test_uploads_change_on_the_day_that_walking_finds(first: date, apart: int, judged: int) -> None:
    items = [{"kind": "policy", "happened_on": first}, {"kind": "briefing", "happened_on": first + apart * DAY}]
    on = first + judged * DAY
    asked: dict[str, Any] = {"uploads": {"items": items}}
    assert changes_by_walking(on, 40, **asked) == assessed(on, **asked).changes_on


@FEW
@given(
    KNOWN_DAYS,
    st.integers(0, 12),
    st.sampled_from(["payment", "refusal"]),
    st.sampled_from(["none", "next_working_day"]),
)
def test_payment_and_refusal_change_on_the_day_that_walking_finds(
    start: date, days: int, asks: str, shift: str
) -> None:
    first = {"payment": "agreed_on", "refusal": "found_on"}[asks]
    asked: dict[str, Any] = {asks: {first: start}, "options": {"shift_end": shift}}
    assert changes_by_walking(start + days * DAY, 40, **asked) == assessed(start + days * DAY, **asked).changes_on


@settings(max_examples=20, deadline=None)
@given(
    st.dates(date(2025, 4, 13), date(2027, 6, 1)),
    st.integers(0, 150),
    st.sampled_from(["latest", "exact", "within"]),
    st.sampled_from(["next_day", "same_day"]),
)
def test_the_way_into_liability_changes_on_the_day_that_walking_finds(
    filed_on: date, before: int, briefing: str, start: str
) -> None:
    on = filed_on + (731 - before) * DAY
    asked: dict[str, Any] = {
        "liability": {"completion_filed_on": filed_on},
        "options": {"claims_briefing": briefing, "liability_start": start},
    }
    told = assessed(on, **asked).changes_on
    assert changes_by_walking(on, 200, **asked) == told


DAYS_FROM_JUNE: Final = st.one_of(st.none(), st.integers(0, 20).map(lambda days: date(2025, 6, 1) + days * DAY))


@FEW
@given(st.fixed_dictionaries(dict.fromkeys(STEPS, DAYS_FROM_JUNE)), st.integers(0, 20), st.booleans())
def test_the_order_of_steps_changes_on_the_day_that_walking_finds(
    steps: dict[str, date | None], days: int, paid: bool
) -> None:
    contract: dict[str, Any] = {name: day for name, day in steps.items() if day is not None}
    contract |= {"premium_due_cny": 100, "premium_received_cny": 100 if paid else 50}
    on = date(2025, 6, 1) + days * DAY
    assert changes_by_walking(on, 30, contract=contract) == assessed(on, contract=contract).changes_on


@FEW
@given(st.dates(date(2025, 4, 13), date(2027, 12, 31)))
def test_the_readings_of_the_start_lie_a_day_apart(filed_on: date) -> None:
    starts = [
        next(
            each.at
            for each in assessed(
                filed_on, liability={"completion_filed_on": filed_on}, options={"liability_start": reading}
            ).deadlines
            if each.id == "liability_start"
        )
        for reading in ("same_day", "next_day")
    ]
    assert starts[0] + DAY == starts[1]


@FEW
@given(st.integers(0, 10**6), st.integers(0, 10**5))
def test_tests_are_enough_where_twenty_times_as_many_reach_the_developers(developer: int, ordered: int) -> None:
    kinds = [{"kind": "concrete", "developer_count": developer, "ordered_count": ordered}]
    found = assessed(date(2025, 6, 1), tests={"kinds": kinds, "ordered_by": "insurer"})
    assert (ordered * 20 >= developer) is (found.verdict is Verdict.YES)
    assert {-(-developer // 20)} == {each.quantity for each in found.figures}


@FEW
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12)), min_size=1, max_size=4))
def test_without_a_reading_the_share_of_tests_is_sure_only_where_both_agree(counts: list[tuple[int, int]]) -> None:
    kinds = [{"kind": "concrete", "developer_count": each, "ordered_count": ordered} for each, ordered in counts]
    asked = {"tests": {"kinds": kinds, "ordered_by": "risk_body"}}
    total, each = (
        assessed(date(2025, 6, 1), options={"test_share": share}, **asked).verdict for share in ("total", "each_kind")
    )
    open_ = assessed(date(2025, 6, 1), **asked).verdict
    assert (total if total is each else Verdict.CANNOT_TELL) is open_


@FEW
@given(st.integers(1, 10**12), st.integers(1, 10**6), st.lists(st.integers(1, 300), min_size=5, max_size=5))
def test_a_premium_is_the_product_to_the_fen(sum_fen: int, rate_e6: int, percents: list[int]) -> None:
    grounds = ("risk", "qualification", "credit", "claims_record", "design_control")
    hundredth = Decimal("0.01")
    premium = {
        "insured_sum_cny": sum_fen * hundredth,
        "base_rate": Decimal(rate_e6).scaleb(-6),
        "estimated_at_design": False,
        "area_under_measured": False,
        "decoration_left_out": False,
        "fees_siphoned": False,
        "factors": [{"ground": name, "factor": each * hundredth} for name, each in zip(grounds, percents, strict=True)],
    }
    product = sum_fen * rate_e6
    for each in percents:
        product *= each
    expected = (Decimal(product).scaleb(-6 - 2 * 5) * hundredth).quantize(hundredth, rounding=ROUND_HALF_UP)
    found = {each.id: each.quantity for each in assessed(date(2025, 6, 1), premium=premium).figures}
    assert expected == found["premium"]


@FEW
@given(st.decimals(0, 30, places=1), st.decimals(0, 10, places=1), st.sampled_from(["bachelor", "master", "doctor"]))
def test_more_years_of_works_never_turn_yes_into_no(years: Decimal, more: Decimal, degree: str) -> None:
    def verdict(works_years: Decimal) -> Verdict:
        person = {"licence": "first_class", "degree": degree, "works_years": works_years}
        manager = {"trade_years": 5, "passed_by_insurer": True}
        asked = {"risk_staff": [person] * 10, "managers": [manager], "real_name_listed": True, "fit_for_business": True}
        return assessed(date(2025, 6, 1), staff=asked).verdict

    assert (Verdict.YES, Verdict.NO) != (verdict(years), verdict(years + more))


@FEW
@given(KNOWN_DAYS, st.integers(0, 400))
def test_a_repair_is_under_warranty_for_its_180_days_and_no_more(repaired_on: date, days: int) -> None:
    on = repaired_on + days * DAY
    asked: dict[str, Any] = {
        "repair_warranty": {
            "reported_on": repaired_on,
            "repaired_on": repaired_on,
            "liability_ends_on": repaired_on,
            "same_part": True,
            "same_item": True,
        }
    }
    found = assessed(on, **asked)
    assert (days <= 180) is (found.verdict is Verdict.YES)
    assert (repaired_on + 181 * DAY if days <= 180 else END) == found.changes_on


@FEW
@given(st.integers(-40, 80), st.one_of(st.none(), st.integers(1, 60)))
def test_claims_given_up_free_the_insurer_only_between_event_and_repair(given_up: int, repaired: int | None) -> None:
    event, on = date(2027, 3, 1), date(2027, 6, 1)
    claim = {
        "claimant": "owner",
        "defect_on": event,
        "reported_on": event,
        "starts_on": event,
        "ends_on": date(2037, 2, 28),
        "exclusion_proved": False,
        "in_cover": True,
        "given_up_on": event + given_up * DAY,
    }
    if repaired is not None:
        claim["repaired_on"] = event + repaired * DAY
    if given_up <= 0 or given_up == repaired:
        expected = Verdict.CANNOT_TELL
    else:
        expected = Verdict.NO if repaired is None or given_up < repaired else Verdict.YES
    assert expected is assessed(on, claim=claim).verdict


def test_records_made_in_python_refuse_what_cannot_be() -> None:
    with pytest.raises(RecordProblems, match="works_years"):
        RiskStaff(licence=Licence.FIRST_CLASS, degree=Degree.MASTER, works_years=Decimal(-1))
    with pytest.raises(RecordProblems, match="staff"):
        Inputs(on=date(2025, 6, 1))


@pytest.mark.parametrize(
    ("asked", "done", "open_"),
    [
        ({"uploads": {"items": [{"kind": "policy", "happened_on": date(2025, 6, 3)}]}}, "uploaded_on", "尚未"),
        ({"payment": {"agreed_on": date(2025, 6, 3)}}, "paid_on", "尚未"),
    ],
)
def test_what_is_not_done_yet_is_said_so_and_what_is_done_by_its_day(
    asked: dict[str, Any], done: str, open_: str
) -> None:
    on = date(2025, 6, 4)
    assert open_ == assessed(on, **asked).rulings[0].reasons[0].found_words.zh
    (record,) = asked.values()
    item = record["items"][0] if "items" in record else record
    item[done] = on
    assert "2025-06-04" == assessed(on, **asked).rulings[0].reasons[0].found_words.zh


def test_a_ground_that_was_not_weighed_is_named_in_both_languages() -> None:
    factors = [{"ground": each, "factor": 1} for each in ("risk", "qualification", "claims_record", "design_control")]
    premium = {
        "insured_sum_cny": 1000000,
        "base_rate": Decimal("0.01"),
        "estimated_at_design": False,
        "area_under_measured": False,
        "decoration_left_out": False,
        "fees_siphoned": False,
        "factors": factors,
    }
    because = assessed(date(2025, 6, 4), premium=premium).rulings[0].reasons[0].because
    assert because is not None
    assert ("未考虑：诚信情况", "not weighed: credit") == (because.zh, because.en)
