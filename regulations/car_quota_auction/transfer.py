"""Whether a quota may leave its holder: the time without transfer, and changes of holder without an auction."""

from collections.abc import Iterator
from datetime import date, timedelta

from regulations.car_quota_auction.bidders import Person
from regulations.car_quota_auction.ends import deadline, end_of
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.person import article_days, article_deadlines, article_reasons
from regulations.car_quota_auction.quotas import Change, HolderChange, Tie, Transfer, Way
from regulations.car_quota_auction.readings import shift_reading
from regulations.car_quota_auction.terms import Terms
from regulations.car_quota_auction.waiting import last_day_of
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, Reading, all_of
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words

FREE_TO_GO = Question(
    key="transfer", words=Words("不得转让的期限是否不再妨碍", "is the time without transfer no bar any more?")
)
LAST_BARRED = Words("不得转让的最后一日", "last day without transfer")
COVERED_OPEN = Words(
    "“转让”是否包括委托拍卖与第二十二条的流转，条文未明",
    "whether it covers entrusting and the moves of 第二十二条 is left open",
)
ONLY_WAYS = Words("期满后经委托拍卖或直接流转", "afterwards by way of entrusting or a change without auction")
MAY_CHANGE = Question(
    key="holder_change", words=Words("能否不经拍卖变更持有人", "may the holder change without an auction?")
)
CHANGES = {
    Change.RENAMED: Words("更名", "a new name"),
    Change.FAMILY: Words("父母子女、配偶之间流转", "a move between parents, children or spouses"),
    Change.MERGER_OR_SPLIT: Words("单位合并、分立", "a merger or split of units"),
    Change.OTHER: Words("其他情形", "another case"),
}
TIES = {
    Tie.PARENT: Words("父母", "parent"),
    Tie.CHILD: Words("子女", "child"),
    Tie.SPOUSE: Words("配偶", "spouse"),
    Tie.OTHER: Words("其他亲属", "another relative"),
}
TIE_NEEDED = Words("父母、子女或配偶", "parent, child or spouse")
RECEIVER_UNKNOWN = Words("转入方的情况未给出", "nothing is given on the receiver")
ALL_CONDITIONS = Words("第七条各项", "all conditions of 第七条")
SEE_BELOW = Words("见下列各项", "see the conditions below")
CENTRE_FIRST = Words(
    "先向服务中心申请变更，再办车辆手续", "the service centre changes the holder first, the car's papers follow"
)


def transfer_part(transfer: Transfer, on: date, terms: Terms, options: Options) -> Part:
    """Whether the time without transfer is over, by the way in which the quota is to leave its holder."""
    clause = terms.no_transfer_for
    end = end_of(transfer.in_use_from_on, clause, terms, options.shift_end)
    needed = Words(f"{end.last_on} 之后", f"after {end.last_on}")

    def judged_on(day: date) -> Judged:
        over = end.over_on(day)
        if over is not Verdict.NO or transfer.way is Way.TRANSFER:
            return Judged(clause=clause, verdict=over, found=day, needed=needed)
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=day, needed=needed, because=COVERED_OPEN)

    free_on = end.last_on + timedelta(days=1)
    return Part(
        ruling=FREE_TO_GO.ruled_on(on, terms.term, lambda day: [judged_on(day)], [free_on]),
        deadlines=(deadline(end, clause, LAST_BARRED),),
        notices=(Notice(words=ONLY_WAYS, clause=terms.entrusting),),
        readings=(shift_reading(options, clause),),
    )


def holder_change_part(change: HolderChange, on: date, terms: Terms, options: Options) -> Part:
    """Whether the holder may change without an auction, and how long the giver in a family may not apply."""
    receiver = change.receiver if change.change is Change.FAMILY else None
    # the receiver is looked at on the day of the change, or of the application where that is told
    fixed_on = change.changed_on or (None if receiver is None else receiver.applied_on)

    candidates = article_days(receiver, terms) if receiver is not None and fixed_on is None else ()
    deadlines = () if receiver is None else article_deadlines(receiver, fixed_on or on, terms)
    readings: tuple[Reading, ...] = ()
    if change.change is Change.FAMILY and change.changed_on is not None:
        clause = terms.wait_after_family_transfer
        end = end_of(change.changed_on, clause, terms, options.shift_end)
        deadlines += (deadline(end, clause, last_day_of(clause)),)
        readings += (shift_reading(options, clause),)
    return Part(
        ruling=MAY_CHANGE.ruled_on(
            on, terms.term, lambda day: _change_reasons(change, fixed_on or day, terms), candidates
        ),
        deadlines=deadlines,
        notices=(
            Notice(words=CENTRE_FIRST, clause=terms.change_of_holder),
            Notice(words=COVERED_OPEN, clause=terms.no_transfer_for),
        ),
        readings=readings,
    )


def _change_reasons(change: HolderChange, day: date, terms: Terms) -> Iterator[Judged]:
    clause = terms.change_of_holder
    listed = Verdict.YES if change.change.value in clause.listed else Verdict.NO
    needed = Words(f"所列 {clause.count} 种情形之一", f"one of the {clause.count} cases listed")
    yield Judged(clause=clause, verdict=listed, found=CHANGES[change.change], needed=needed)
    if change.change is Change.FAMILY and change.tie is not None:
        tied = Verdict.YES if change.tie.value in terms.family_tie.listed else Verdict.NO
        yield Judged(clause=terms.family_tie, verdict=tied, found=TIES[change.tie], needed=TIE_NEEDED)
        yield from _receiver_reasons(change.receiver, day, terms)


def _receiver_reasons(receiver: Person | None, day: date, terms: Terms) -> Iterator[Judged]:
    if receiver is None:
        yield Judged(
            clause=terms.receiver_qualifies,
            verdict=Verdict.CANNOT_TELL,
            needed=ALL_CONDITIONS,
            because=RECEIVER_UNKNOWN,
        )
        return
    reasons = article_reasons(receiver, day, terms)
    verdict = all_of(reason.verdict for reason in reasons)
    yield Judged(clause=terms.receiver_qualifies, verdict=verdict, found=SEE_BELOW, needed=ALL_CONDITIONS)
    yield from reasons
