"""Whether a quota may leave its holder: the time without transfer, and changes of holder without an auction."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from regulations.car_quota_auction.bidders import Person
from regulations.car_quota_auction.conditions import article_days, article_deadlines, article_reasons
from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.quotas import Change, HolderChange, Tie, Transfer, Way
from regulations.car_quota_auction.terms import Terms, deadline, end_of, shift_reading
from regulations.car_quota_auction.waiting import last_day
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, Reading, all_of
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words

TRANSFER: Final = Question(
    key="transfer", words=Words("是否已不受不得转让期限的限制", "is the time without transfer no bar any more?")
)
LAST_BARRED: Final = Words("不得转让的最后一日", "last day without transfer")
COVERED_OPEN: Final = Words(
    "“转让”是否包括委托拍卖与第二十二条的流转，条文未明",
    "whether “transfer” covers entrusting and the changes of 第二十二条 is left open",
)
ONLY_WAYS: Final = Words("期满后经委托拍卖或直接流转", "afterwards by way of entrusting or a change without auction")
HOLDER_CHANGE: Final = Question(
    key="holder_change", words=Words("能否不经拍卖变更持有人", "may the holder change without an auction?")
)
CHANGES: Final = {
    Change.RENAMED: Words("更名", "a new name"),
    Change.FAMILY: Words("父母子女、配偶之间流转", "a move between parents, children or spouses"),
    Change.MERGER_OR_SPLIT: Words("单位合并、分立", "a merger or split of units"),
    Change.OTHER: Words("其他情形", "another case"),
}
TIES: Final = {
    Tie.PARENT: Words("父母", "parent"),
    Tie.CHILD: Words("子女", "child"),
    Tie.SPOUSE: Words("配偶", "spouse"),
    Tie.OTHER: Words("其他亲属", "another relative"),
}
TIE_NEEDED: Final = Words("父母、子女或配偶", "parent, child or spouse")
RECEIVER_UNKNOWN: Final = Words("转入方的情况未给出", "nothing is given on the receiver")
ALL_CONDITIONS: Final = Words("第七条各项", "all conditions of 第七条")
SEE_BELOW: Final = Words("见下列各项", "see the conditions below")
WAITS_BAR_BIDDING: Final = Words(
    "等待期限制申请拍卖，不在第七条之列，故不计入转入方条件（本工具的理解）",
    "waiting times bar bidding and are no condition of 第七条, so they do not count for the receiver (our reading)",
)
CENTRE_FIRST: Final = Words(
    "先向服务中心申请变更，再办车辆手续", "the service centre changes the holder first, the car's papers follow"
)


def transfer_part(transfer: Transfer, on: date, terms: Terms, options: Options) -> Part:
    """Whether the time without transfer is over, by the way in which the quota is to leave its holder."""
    clause = terms.no_transfer_for
    end = end_of(transfer.in_use_from_on, clause, terms, options.shift_end)

    def judged_on(day: date) -> Judged:
        verdict, because = end.over_on(day), None
        if verdict is Verdict.NO and transfer.way is not Way.TRANSFER:
            verdict, because = Verdict.CANNOT_TELL, COVERED_OPEN
        return Judged(clause=clause, verdict=verdict, found=day, needed=end.afterwards, because=because)

    return Part(
        ruling=TRANSFER.ruled_on(on, terms.term, lambda day: [judged_on(day)], [end.over_from_on]),
        deadlines=(deadline(end, clause, LAST_BARRED),),
        notices=(Notice(words=ONLY_WAYS, clause=terms.entrusting),),
        readings=(shift_reading(options.shift_end, clause),),
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
        deadlines += (last_day(end, clause),)
        readings += (shift_reading(options.shift_end, clause),)
    return Part(
        ruling=HOLDER_CHANGE.ruled_on(
            on, terms.term, lambda day: _change_reasons(change, fixed_on or day, terms), candidates
        ),
        deadlines=deadlines,
        notices=tuple(_change_notices(receiver, terms)),
        readings=readings,
    )


def _change_notices(receiver: Person | None, terms: Terms) -> Iterator[Notice]:
    yield Notice(words=CENTRE_FIRST, clause=terms.change_of_holder)
    yield Notice(words=COVERED_OPEN, clause=terms.no_transfer_for)
    if receiver is not None and receiver.waits is not None:
        yield Notice(words=WAITS_BAR_BIDDING, clause=terms.receiver_qualifies)


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
