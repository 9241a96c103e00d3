"""Whether a channel may be used for the registration, and what to bring."""

from collections.abc import Iterator
from typing import Final

from regulations.lodging_registration.hours import relieved
from regulations.lodging_registration.inputs import Channel, ChannelChoice, Papers, Through
from regulations.lodging_registration.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, Notice, judge
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words

MAY_USE: Final = Question(
    key="channel",
    words=Words(
        "能否通过该渠道登记（或无须自行登记）", "may this channel be used, or is no registration of one's own due?"
    ),
)
POLICE_WINDOWS: Final = frozenset({Channel.WINDOW, Channel.COMMUNITY_WINDOW})
"""第五条 counts the police's windows in community centres among the windows of the police."""
CHANNELS: Final = {
    Channel.WINDOW: (Channel.WINDOW.value, Words("派出所窗口", "a window at a police station")),
    Channel.COMMUNITY_WINDOW: (
        Channel.WINDOW.value,
        Words("社区事务受理服务中心的公安窗口", "the police's window in a community centre"),
    ),
    Channel.SELF_SERVICE: (Channel.SELF_SERVICE.value, Words("自助申报平台", "self-service on line")),
    Channel.OTHER: (Channel.OTHER.value, Words("其他渠道", "another channel")),
}
NAMED_CASE: Final = Words("属所列情形", "one of the cases named")
OTHER_CASE: Final = Words("未列此情形", "a case not named")
CASE_OPEN: Final = Words("条文未规定此情形如何登记", "the text does not say how this case is registered")
NO_PROOF: Final = Words("尚无受理回执或报失证明", "no receipt or proof yet")
NO_CHANNEL_NAMED: Final = Words("条文未写明凭证可用于自助申报", "the text names no channel for the proof")
PROOF_UNKNOWN: Final = Words("是否持有受理回执或报失证明未给出", "whether the receipt or proof is in hand is not given")
LIST_OUTSIDE: Final = Words(
    "目录由出入境管理部门公布，不在条文中", "the list is published by the exit-entry department, not in the text"
)
COMPLETE: Final = Words("材料齐全，当场受理", "papers complete, taken on the spot")
TO_SUPPLEMENT: Final = Words("材料不齐，先予登记后补充", "papers missing: registered first, supplemented later")
NOT_SURE: Final = Words(
    "材料是否齐全未知；不齐也先予登记", "whether they are complete is not known; registered first either way"
)
AT_WINDOW: Final = Words("公安窗口", "a window of the police")

OWN_PAPER: Final = Words(
    "须带本人有效身份证件（或第七条的回执、证明）", "bring the person's valid paper, or the receipt or proof of 第七条"
)
OTHER_PAPER: Final = Words("并带留宿人或被委托人的有效身份证件", "and the valid identity paper of the host or agent")
OWN_MISSING: Final = Words("须补充：本人有效身份证件", "still to bring: a valid paper of the person")
PROOF_MISSING: Final = Words("须补充：受理回执或报失证明", "still to bring: the receipt or proof of loss")
OTHER_MISSING: Final = Words(
    "须补充：留宿人或被委托人的有效身份证件", "still to bring: a valid paper of the host or agent"
)
AS_ASKED: Final = Words("按系统提示提交", "as the system asks")
FIRST: Final = Words(
    "材料不齐也先予登记，当场告知所缺", "registered first even if papers are missing, told at once which"
)
FORM_AT_WINDOW: Final = Words(
    "当场开具登记表；遗失的经原渠道补开", "the form is issued on the spot; a lost one again through the same channel"
)
FORM_ON_LINE: Final = Words(
    "审核通过后下载电子登记表；遗失的经原渠道重新打印",
    "the form is downloaded once approved; a lost one is printed again through the same channel",
)
HOURS_RUN_ON: Final = Words("条文未说时限因此中止", "the text does not say that the hours stop meanwhile")
NO_END: Final = Words(
    "依法承担责任；不得自助申报，条文未写明期限", "legal liability; no self-service, and no end of that is stated"
)
PLATFORMS_GONE: Final = Words("社会化申报平台已由修改决定删去", "the decision removed the platforms of third parties")


def channel_part(choice: ChannelChoice, terms: Terms) -> Part:
    """Whether the channel may be used, and what to bring; yes too where no registration of one's own is due."""
    return Part(ruling=MAY_USE.ruled(_reasons(choice, terms), terms.term), notices=tuple(_notices(choice, terms)))


def _notices(choice: ChannelChoice, terms: Terms) -> Iterator[Notice]:
    if relieved(choice.person, choice.place, terms) is not None:
        return
    if choice.channel in POLICE_WINDOWS:
        yield from _at_window(choice, terms)
    elif choice.channel is Channel.SELF_SERVICE:
        yield Notice(words=AS_ASKED, clause=terms.self_service_papers)
        yield Notice(words=FORM_ON_LINE, clause=terms.registration_form)
    else:
        yield Notice(words=PLATFORMS_GONE, clause=terms.changes_of_decision)
    if choice.false_statement_before:
        yield Notice(words=NO_END, clause=terms.false_statement)
    if choice.papers is not Papers.VALID:
        yield Notice(words=HOURS_RUN_ON, clause=terms.interim_papers)


def _reasons(choice: ChannelChoice, terms: Terms) -> Iterator[Judged]:
    free = relieved(choice.person, choice.place, terms)
    if free is not None:
        yield free
        return
    yield _listed(choice, terms)
    if choice.papers is Papers.NEWBORN and _named(choice, terms):
        at_window = choice.channel in POLICE_WINDOWS
        found = CHANNELS[choice.channel][1]
        verdict = Verdict.YES if at_window else Verdict.NO
        yield Judged(clause=terms.newborn_at_window, verdict=verdict, found=found, needed=AT_WINDOW)
    if choice.channel is Channel.SELF_SERVICE:
        yield judge(terms.false_statement, choice.false_statement_before)
        yield _on_line(choice, terms)
    elif choice.channel in POLICE_WINDOWS:
        if _named(choice, terms):
            yield Judged(
                clause=terms.interim_papers, verdict=Verdict.YES, found=NAMED_CASE, needed=_one_of_the_cases(terms)
            )
        # a window registers first and asks for papers later, so what is missing does not close it
        found = _completeness(choice, terms)
        yield Judged(clause=terms.incomplete_papers, verdict=Verdict.YES, found=found)


def _listed(choice: ChannelChoice, terms: Terms) -> Judged:
    clause = terms.channels
    kind, found = CHANNELS[choice.channel]
    needed = Words(f"所列 {clause.count} 类渠道之一", f"one of the {clause.count} channels listed")
    verdict = Verdict.YES if kind in clause.listed else Verdict.NO
    return Judged(clause=clause, verdict=verdict, found=found, needed=needed)


def _on_line(choice: ChannelChoice, terms: Terms) -> Judged:
    """The papers at self-service: a valid one on the list, else a proof for which no channel is named."""
    if choice.papers is Papers.VALID:
        return stated(terms.valid_paper, choice.paper_on_list, LIST_OUTSIDE)
    clause = terms.interim_papers
    needed = _one_of_the_cases(terms)
    if not _named(choice, terms):
        return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=OTHER_CASE, needed=needed, because=CASE_OPEN)
    if choice.proof_in_hand is False:
        return Judged(clause=clause, verdict=Verdict.NO, found=NO_PROOF, needed=needed)
    because = PROOF_UNKNOWN if choice.proof_in_hand is None else NO_CHANNEL_NAMED
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=NAMED_CASE, needed=needed, because=because)


def _one_of_the_cases(terms: Terms) -> Words:
    count = terms.interim_papers.count
    return Words(f"所列 {count} 种情形之一", f"one of the {count} cases named")


def _named(choice: ChannelChoice, terms: Terms) -> bool:
    return f"{choice.person.value}:{choice.papers.value}" in terms.interim_papers.listed


def _checks(choice: ChannelChoice, terms: Terms) -> Iterator[tuple[bool | None, Words]]:
    """Each paper that a window asks for: whether it is there, and what to say where it is not."""
    if choice.papers is Papers.VALID:
        yield choice.paper_on_list, OWN_MISSING
    elif _named(choice, terms):
        yield choice.proof_in_hand, PROOF_MISSING
    else:
        yield False, OWN_MISSING
    if choice.through is not Through.SELF:
        yield choice.other_paper_valid, OTHER_MISSING


def _completeness(choice: ChannelChoice, terms: Terms) -> Words:
    there = {is_there for is_there, _ in _checks(choice, terms)}
    if False in there:
        return TO_SUPPLEMENT
    return NOT_SURE if None in there else COMPLETE


def _at_window(choice: ChannelChoice, terms: Terms) -> Iterator[Notice]:
    yield Notice(words=OWN_PAPER, clause=terms.window_papers)
    if choice.through is not Through.SELF:
        yield Notice(words=OTHER_PAPER, clause=terms.window_papers)
    for is_there, missing in _checks(choice, terms):
        if is_there is False:
            yield Notice(words=missing, clause=terms.incomplete_papers)
    if choice.papers is Papers.VALID and choice.paper_on_list is None:
        yield Notice(words=LIST_OUTSIDE, clause=terms.valid_paper)
    yield Notice(words=FIRST, clause=terms.incomplete_papers)
    yield Notice(words=FORM_AT_WINDOW, clause=terms.registration_form)
