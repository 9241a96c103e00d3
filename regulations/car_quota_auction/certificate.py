"""What a certificate may still be used for, and what a filing beside a new-energy car does to its time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from regulations.car_quota_auction.inputs import Options
from regulations.car_quota_auction.quotas import Cause, Certificate, Holder, NewEnergy, Use
from regulations.car_quota_auction.terms import End, Terms, deadline, end_of, shift_reading
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, Ruling, first_change, judge, ruling
from tariffs.judging.parts import Part, Question
from tariffs.vocabulary.errors import Words

MAY_BE_USED: Final = {
    Use.REGISTER: Words("能否凭额度证明办理机动车登记", "may a car be registered with the certificate?"),
    Use.ENTRUST: Words("能否委托拍卖该额度", "may the quota be entrusted for auction?"),
}
VALID_UNTIL: Final = Words("有效期末日（含）", "last day of the validity")
ENTRUST_UNTIL: Final = Words("可委托拍卖的末日（含）", "last day to entrust")
VALID_ANEW: Final = Words("重新计算的有效期末日（含）", "last day of the validity counted anew")
ENTRUST_ANEW: Final = Words("重新计算的可委托拍卖末日（含）", "last day to entrust, counted anew")
VALID: Final = Words(
    "状态 valid：有效，可登记车辆或委托拍卖", "state valid: a car may be registered or the quota entrusted"
)
AUCTION_ONLY: Final = Words(
    "状态 auction_only：已过有效期，只能委托拍卖", "state auction_only: expired, only to be entrusted"
)
LAPSED: Final = Words("状态 lapsed：期限均已过", "state lapsed: all time has passed")
CONFIRMED_FIRST: Final = Words("使用前须经服务中心审核确认", "the service centre checks and confirms before any use")
BY_AGREEMENT: Final = Words(
    "委托有资质的拍卖机构，并签订委托拍卖协议", "to a qualified auction house, under an agreement on the entrusting"
)
CAR_TOLD: Final = Words(
    "须与购车发票车主名称一致；个人额度另限车型与座位",
    "name as on the invoice; a person's car is limited in kind and seats",
)
OVER: Final = Words("期限已过，看是否经告知提示与有无特殊事由", "over: it hangs on the reminder and on special causes")
LOST: Final = {
    Cause.ACCEPTED: (Verdict.YES, Words("特殊事由已获认可", "the special cause was accepted")),
    Cause.CLAIMED: (
        Verdict.CANNOT_TELL,
        Words("何为特殊事由，条文未明", "what a special cause is, the text does not say"),
    ),
}
TOLD: Final = (Verdict.NO, Words("已告知提示，仍未委托", "told, and not entrusted"))
NOT_TOLD: Final = (
    Verdict.CANNOT_TELL,
    Words("丧失以告知提示为前提，未告知者条文未明", "the loss follows a reminder; without one it is left open"),
)
NEW_ENERGY: Final = Question(
    key="new_energy",
    words=Words("额度能否备案（或仍视为已启用）", "may the quota be filed, or does it still count as in use?"),
)
PERSON_ONLY: Final = Words("个人名下", "in a person's name")
HOLDERS: Final = {Holder.PERSON: Words("个人", "a person"), Holder.UNIT: Words("单位", "a unit")}
OWNS: Final = {
    True: Words("拥有该类新能源汽车", "owns such a car"),
    False: Words("未拥有该类新能源汽车", "owns no such car"),
}
CAR_NEEDED: Final = Words("拥有使用免费专用牌照额度的新能源汽车", "a new-energy car on a free special quota")
STILL_OWNED: Final = Words("仍拥有该车", "still owning the car")
COUNTS_IN_USE: Final = Words(
    "备案后视为已启用；不得转让的期限是否由此起算，条文未明",
    "once filed it counts as in use; whether the time without transfer starts with it is left open",
)
NOT_FILED_IN_TIME: Final = Words(
    "备案不合条件或已逾期，不发生重新计算", "not filed in time, or not by a person: nothing counts anew"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The two ends in the life of a certificate: of its validity, and of the time to entrust after it."""

    valid: End
    entrust: End

    def state_on(self, day: date) -> Words:
        """What the certificate is on a day, and what may be done with it."""
        if self.valid.holds_on(day) is Verdict.YES:
            return VALID
        return AUCTION_ONLY if self.entrust.holds_on(day) is Verdict.YES else LAPSED

    @property
    def days_of_change(self) -> tuple[date, date]:
        """The first day after each end."""
        return self.valid.over_from_on, self.entrust.over_from_on


def life_from(start: date, terms: Terms, options: Options) -> Life:
    """The ends of a certificate whose validity starts on a day."""
    valid = end_of(start, terms.valid_for, terms, options.shift_end)
    return Life(valid=valid, entrust=end_of(valid.last_on, terms.entrust_for, terms, options.shift_end))


def certificate_part(certificate: Certificate, on: date, terms: Terms, options: Options) -> Part:
    """Whether the certificate may be used on the day judged as its holder means to."""
    life = life_from(certificate.issued_on, terms, options)

    def found_on(day: date) -> Ruling:
        return _ruling(certificate, life, day, terms)

    changes_on = first_change(lambda day: found_on(day).verdict, on, life.days_of_change, terms.term)
    found = found_on(on)
    return Part(
        ruling=Ruling(
            question=found.question,
            words=found.words,
            verdict=found.verdict,
            reasons=found.reasons,
            changes_on=changes_on,
        ),
        deadlines=_deadlines(life, terms),
        notices=tuple(_notices(certificate, life, on, terms)),
        readings=(shift_reading(options.shift_end, terms.valid_for),),
    )


def _ruling(certificate: Certificate, life: Life, day: date, terms: Terms) -> Ruling:
    words, valid = MAY_BE_USED[certificate.use], life.valid.holds_on(day)
    within = Judged(clause=terms.valid_for, verdict=valid, found=day, needed=life.valid.by_then)
    if certificate.use is Use.REGISTER:
        return ruling("certificate", words, [within, *_car_reasons(certificate, terms)])
    if valid is Verdict.YES:
        return ruling("certificate", words, [within])
    held = life.entrust.holds_on(day)
    needed = life.entrust.by_then
    if held is not Verdict.NO:
        return ruling("certificate", words, [Judged(clause=terms.entrust_for, verdict=held, found=day, needed=needed)])
    passed = Judged(clause=terms.entrust_for, verdict=Verdict.NO, found=day, needed=needed, because=OVER)
    lost = _lost(certificate, terms)
    # a right that was not lost outlives the two years, so the last word is not with the figure
    return Ruling(question="certificate", words=words, verdict=lost.verdict, reasons=(passed, lost))


def _lost(certificate: Certificate, terms: Terms) -> Judged:
    told = TOLD if certificate.told else NOT_TOLD
    verdict, because = LOST.get(certificate.special_cause, told)
    return Judged(clause=terms.right_lost, verdict=verdict, found=certificate.told, because=because)


def _car_reasons(certificate: Certificate, terms: Terms) -> Iterator[Judged]:
    car = certificate.car
    if car is None:
        return
    yield judge(terms.invoice_name, car.invoice_names_holder)
    if certificate.holder is Holder.PERSON:
        yield judge(terms.seats, car.seats)
        yield judge(terms.private_small_car, car.small_and_private)


def _deadlines(life: Life, terms: Terms, *, anew: bool = False) -> tuple[Deadline, Deadline]:
    valid_until, entrust_until = (VALID_ANEW, ENTRUST_ANEW) if anew else (VALID_UNTIL, ENTRUST_UNTIL)
    ending = "_anew" if anew else ""
    return (
        deadline(life.valid, terms.valid_for, valid_until, named=f"{terms.valid_for.id}{ending}"),
        deadline(life.entrust, terms.entrust_for, entrust_until, named=f"{terms.entrust_for.id}{ending}"),
    )


def _notices(certificate: Certificate, life: Life, on: date, terms: Terms) -> Iterator[Notice]:
    state = life.state_on(on)
    yield Notice(words=state, clause=terms.valid_for if state is VALID else terms.entrust_for)
    if state is VALID:
        yield Notice(words=CONFIRMED_FIRST, clause=terms.valid_for)
    if state is AUCTION_ONLY or certificate.use is Use.ENTRUST:
        yield Notice(words=BY_AGREEMENT, clause=terms.entrusting)
    if certificate.use is Use.REGISTER and certificate.car is None:
        yield Notice(words=CAR_TOLD, clause=terms.invoice_name)


def new_energy_part(filing: NewEnergy, on: date, terms: Terms, options: Options) -> Part:
    """Whether the quota may be filed beside a new-energy car, or still counts as in use; and the time counted anew."""
    life = life_from(filing.certificate_issued_on, terms, options)
    candidates = life.days_of_change if filing.filed_on is None else ()
    notices = [Notice(words=COUNTS_IN_USE, clause=terms.no_transfer_for)]
    deadlines: tuple[Deadline, ...] = _deadlines(life, terms)
    if filing.car_gone_on is not None and _was_filed(filing, life):
        anew = life_from(filing.car_gone_on, terms, options)
        deadlines = _deadlines(anew, terms, anew=True)
        notices.append(Notice(words=anew.state_on(on), clause=terms.counts_anew))
    elif filing.car_gone_on is not None:
        notices.append(Notice(words=NOT_FILED_IN_TIME, clause=terms.counts_anew))
    return Part(
        ruling=NEW_ENERGY.ruled_on(on, terms.term, lambda day: _filing_reasons(filing, life, day, terms), candidates),
        deadlines=deadlines,
        notices=tuple(notices),
        readings=(shift_reading(options.shift_end, terms.valid_for),),
    )


def _was_filed(filing: NewEnergy, life: Life) -> bool:
    in_time = filing.filed_on is not None and life.valid.holds_on(filing.filed_on) is Verdict.YES
    return in_time and filing.holder is Holder.PERSON


def _filing_reasons(filing: NewEnergy, life: Life, day: date, terms: Terms) -> Iterator[Judged]:
    person = Verdict.YES if filing.holder is Holder.PERSON else Verdict.NO
    yield Judged(clause=terms.filing, verdict=person, found=HOLDERS[filing.holder], needed=PERSON_ONLY)
    filed_on = filing.filed_on or day
    yield Judged(
        clause=terms.valid_for, verdict=life.valid.holds_on(filed_on), found=filed_on, needed=life.valid.by_then
    )
    if filing.car_gone_on is not None:
        yield Judged(clause=terms.counts_anew, verdict=Verdict.NO, found=filing.car_gone_on, needed=STILL_OWNED)
        return
    owns = Verdict.YES if filing.owns_new_energy_car else Verdict.NO
    yield Judged(clause=terms.filing, verdict=owns, found=OWNS[filing.owns_new_energy_car], needed=CAR_NEEDED)
