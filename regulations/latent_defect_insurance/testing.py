"""Tests for risk control: how many at least, the confirmed plan, and the hours in which results are told."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from regulations.latent_defect_insurance.inputs import Options, ShareOfTests
from regulations.latent_defect_insurance.order import NOT_YET, days_around, in_order
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.works_inputs import OrderedTests, ResultOfTest, ResultsOfTests
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Figure, Judged, Reading, all_of, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, chosen
from tariffs.judging.periods import hours_after
from tariffs.judging.plausible import in_shanghai
from tariffs.vocabulary.errors import Words

TESTS: Final = Question(key="tests", words=Words("检测数量和计划是否合规", "are number and plan of tests as asked?"))
TEST_RESULTS: Final = Question(
    key="test_results",
    words=Words("检测结果是否按时（或尚来得及）通知", "are results told in time, or may they still be?"),
)
HANGS: Final = Words(
    "按总数与按各类分别计结论不同，条文未说", "in total and for each kind differ, and the text does not say which"
)
IN_ALL: Final = Words("合计", "in all")
NOT_COUNTED: Final = Words(
    "并非保险公司或风险管理机构委托，不计入", "not ordered by the insurer or the risk body: not counted"
)
BY_OTHER: Final = Words("计划未经委托方确认", "the plan was not confirmed by whoever ordered")
SHARE_WORDS: Final = {
    ShareOfTests.TOTAL: Words("按总数计", "in total"),
    ShareOfTests.EACH_KIND: Words("按各类分别计", "for each kind"),
}
SHOWN: Final = Decimal("0.0001")
"""Shares are shown to the hundredth of a per cent, cut off so that one below the mark never looks like it."""
HUNDREDTH: Final = Decimal("0.01")
"""Hours are told to the hundredth, rounded up so that a late one never looks like one in time."""
LAST_DAY: Final = Words(
    "时限在评判日当天届满，须按时刻判断", "the hours end on the day judged: it hangs on the instant"
)


def tests(given: OrderedTests, options: Options, on: date, terms: Terms) -> Part:
    """Whether enough tests were ordered and their plan confirmed first, with the least number of each kind and in all.

    Source  第九条（五）1
    """

    def reasons_on(day: date) -> Iterable[Judged]:
        yield from _shares(given, options, terms.tests_share)
        yield _plan(given, day, terms.plan_confirmed)

    readings: tuple[Reading, ...] = ()
    if options.test_share is not None:
        readings = (chosen("test_share", options.test_share, SHARE_WORDS, terms.tests_share),)
    return Part(
        ruling=TESTS.ruled_on(on, terms.term, reasons_on, days_around(given.testing_began_on)),
        figures=tuple(_figures(given, options, terms.tests_share)),
        readings=readings,
    )


def _shares(given: OrderedTests, options: Options, clause: Clause) -> Sequence[Judged]:
    """The share in total, or that of each kind; where no reading is chosen both must agree."""
    because = None if given.ordered_by.value in clause.listed else NOT_COUNTED
    counted = [(kind.kind, kind.developer_count, 0 if because else kind.ordered_count) for kind in given.kinds]
    total = _share(IN_ALL, sum(each[1] for each in counted), sum(each[2] for each in counted), clause, because)
    kinds = [_share(Words(name, name), of, ordered, clause, because) for name, of, ordered in counted]
    if options.test_share is not None:
        return [total] if options.test_share is ShareOfTests.TOTAL else kinds
    if total.verdict is all_of(judged.verdict for judged in kinds):
        return [total]
    return [Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=total.found, needed=total.needed, because=HANGS)]


def _share(name: Words, developer_count: int, ordered_count: int, clause: Clause, because: Words | None) -> Judged:
    least = _needed(developer_count, clause)
    percent = ""
    if developer_count:
        share = (Decimal(ordered_count) / developer_count).quantize(SHOWN, rounding=ROUND_FLOOR)
        percent = f" ({amount_words(share, Unit.RATIO).en})"
    return Judged(
        clause=clause,
        verdict=Verdict.YES if ordered_count >= developer_count * clause.mark else Verdict.NO,
        found=Words(
            f"{name.zh}：{developer_count} 项中 {ordered_count} 项{percent}",
            f"{name.en}: {ordered_count} of {developer_count}{percent}",
        ),
        needed=Words(f"不少于 {least} 项", f"at least {least}"),
        because=because,
    )


def _needed(count: int, clause: Clause) -> int:
    return int((count * clause.mark).to_integral_value(rounding=ROUND_CEILING))


def _plan(given: OrderedTests, on: date, clause: Clause) -> Judged:
    if given.plan_confirmed_by not in (None, given.ordered_by):
        return judge(clause, False, because=BY_OTHER)
    return in_order(clause, given.plan_confirmed_on, given.testing_began_on, on)


def _figures(given: OrderedTests, options: Options, clause: Clause) -> Iterable[Figure]:
    if options.test_share is not ShareOfTests.TOTAL:
        for kind in given.kinds:
            name = Words(f"{kind.kind}：最少检测数量", f"{kind.kind}: least number of tests")
            yield _least("tests_needed_of_kind", name, kind.developer_count, clause)
    if options.test_share is not ShareOfTests.EACH_KIND:
        yield _least(
            "tests_needed",
            Words("最少检测数量", "least number of tests"),
            sum(kind.developer_count for kind in given.kinds),
            clause,
        )


def _least(id_: str, name: Words, developer_count: int, clause: Clause) -> Figure:
    share = amount_words(clause.mark, Unit.RATIO)
    return Figure(
        id=id_,
        name=name,
        quantity=_needed(developer_count, clause),
        unit=Unit.ITEM,
        clause=clause,
        how=Words(f"{developer_count} × {share.zh}，进到整数", f"{developer_count} × {share.en}, up to a whole number"),
    )


def test_results(given: ResultsOfTests, on: date, terms: Terms) -> Part:
    """Whether results were told within their hours, the shorter ones for a fail.

    Source  第九条（五）2
    """
    items = [(item, *_tell_by(item, terms)) for item in given.items]
    days = [last.date() for item, _, last in items if item.told_at is None]
    return Part(
        ruling=TEST_RESULTS.ruled_on(
            on,
            terms.term,
            lambda day: (_told(item, clause, last, day) for item, clause, last in items),
            days_around(*days),
        ),
        figures=tuple(
            _late(in_shanghai(item.told_at), last, clause)
            for item, clause, last in items
            if item.told_at is not None and in_shanghai(item.told_at) > last
        ),
        deadlines=tuple(_deadline(item, clause, last) for item, clause, last in items),
    )


def _tell_by(item: ResultOfTest, terms: Terms) -> tuple[Clause, datetime]:
    clause = terms.pass_told if item.passed else terms.fail_told
    return clause, hours_after(in_shanghai(item.got_at), clause.count)


def _hours(span: timedelta) -> Decimal:
    exact = Decimal(span // timedelta(microseconds=1)) / (timedelta(hours=1) // timedelta(microseconds=1))
    return exact.quantize(HUNDREDTH, rounding=ROUND_CEILING)


def _told(item: ResultOfTest, clause: Clause, last: datetime, on: date) -> Judged:
    if item.told_at is not None:
        return judge(clause, _hours(in_shanghai(item.told_at) - in_shanghai(item.got_at)))
    # a day is judged as a whole: on the day on which the hours end it cannot be told
    day_ends_at = datetime.combine(on + timedelta(days=1), time(), tzinfo=last.tzinfo)
    if day_ends_at <= last:
        return Judged(clause=clause, verdict=Verdict.YES, found=NOT_YET)
    if on <= last.date():
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=NOT_YET, because=LAST_DAY)
    return Judged(clause=clause, verdict=Verdict.NO, found=NOT_YET)


def _late(told_at: datetime, last: datetime, clause: Clause) -> Figure:
    return Figure(
        id=f"{clause.id}_late",
        name=Words(f"迟到小时：{clause.name.zh}", f"hours late: {clause.name.en}"),
        quantity=_hours(told_at - last),
        unit=Unit.HOUR,
        clause=clause,
        how=Words("通知时刻减最迟时刻", "the telling less the last instant"),
    )


def _deadline(item: ResultOfTest, clause: Clause, last: datetime) -> Deadline:
    got = f"{in_shanghai(item.got_at):%Y-%m-%d %H:%M}"
    return Deadline(
        id=clause.id,
        name=Words(f"最迟时刻（含该时刻）：{clause.name.zh}", f"last instant, itself in time: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(f"{got} 起 {clause.count} 小时", f"{clause.count} hours from {got}"),
    )
