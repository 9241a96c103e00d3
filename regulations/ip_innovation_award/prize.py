"""Prize money and how it is split: floors for inventors and helpers, rounded up to the fen, and the rest."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Final

from regulations.ip_innovation_award.answered import Answered, Question
from regulations.ip_innovation_award.choices import UNIT_AWARDS
from regulations.ip_innovation_award.inputs import Prize, Split
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

PRIZE: Final = Question(key="prize", words=Words("奖金分配是否符合规定", "is the prize money split as the text asks?"))
NO_MONEY: Final = Words("单位奖项只有奖牌和证书，没有奖金", "awards for units are a plaque and a certificate, no money")
NO_SPLIT: Final = Words("未给出分配方案", "no split is given")
AMOUNTS_OPEN: Final = Words("奖金数额不在条文中", "the amounts of prizes are not in the text")
TO_APPLICANT: Final = Words("统一拨付申报主体", "paid to the applicant")
CO_OWNERS: Final = Words("共有专利权人之间自行协商", "co-owners settle it among themselves")
FEN: Final = Decimal(1) / FEN_PER_CNY


def prize(given: Prize, on: date, terms: Terms) -> Answered:
    """Whether a split gives inventors and helpers their shares, and what these are at least.

    Source  第二十二条, 第二十三条
    """
    reasons = tuple(_reasons(given, terms))
    ruled = PRIZE.ruled(lambda _: reasons, on, terms.term)
    if given.award in UNIT_AWARDS:
        return Answered(ruling=ruled)
    return Answered(
        ruling=ruled,
        figures=tuple(_figures(given, terms)),
        notices=(
            Notice(words=AMOUNTS_OPEN, clause=terms.honours),
            Notice(words=TO_APPLICANT, clause=terms.prize_to_applicant),
            Notice(words=CO_OWNERS, clause=terms.co_owners_settle),
        ),
    )


def _floor_cny(total_cny: Decimal, clause: Clause) -> Decimal:
    return (total_cny * clause.mark).quantize(FEN, rounding=ROUND_CEILING)


def _reasons(given: Prize, terms: Terms) -> Iterable[Judged]:
    if given.award in UNIT_AWARDS:
        yield Judged(clause=terms.honours, verdict=Verdict.NO, found=NO_MONEY)
    elif given.split is None:
        for clause in (terms.inventors_share, terms.helpers_share):
            yield Judged(clause=clause, verdict=Verdict.CANNOT_TELL, because=NO_SPLIT)
    else:
        yield _share(given.split.inventors_cny, given.total_cny, terms.inventors_share)
        yield _share(given.split.helpers_cny, given.total_cny, terms.helpers_share)
        yield _rest(given, given.split, terms)


def _share(part_cny: Decimal, total_cny: Decimal, clause: Clause) -> Judged:
    """Judged on the amounts, since a share of an amount seldom has an end."""
    floor = amount_words(_floor_cny(total_cny, clause), Unit.CNY)
    return Judged(
        clause=clause,
        verdict=Verdict.YES if part_cny >= total_cny * clause.mark else Verdict.NO,
        found=amount_words(part_cny, Unit.CNY),
        needed=Words(f"不少于 {floor.zh}", f"at least {floor.en}"),
    )


def _rest(given: Prize, split: Split, terms: Terms) -> Judged:
    most = amount_words(_rest_cny(given.total_cny, terms), Unit.CNY)
    within = split.patentees_cny <= _rest_cny(given.total_cny, terms)
    return Judged(
        clause=terms.patentees_rest,
        verdict=Verdict.YES if within else Verdict.NO,
        found=amount_words(split.patentees_cny, Unit.CNY),
        needed=Words(f"不超过 {most.zh}", f"at most {most.en}"),
    )


def _rest_cny(total_cny: Decimal, terms: Terms) -> Decimal:
    """In fen, so a hair below its share where the floors are rounded up; nothing where a few fen do not reach."""
    floors = _floor_cny(total_cny, terms.inventors_share) + _floor_cny(total_cny, terms.helpers_share)
    return max(total_cny - floors, Decimal(0))


def _figures(given: Prize, terms: Terms) -> Iterable[Figure]:
    split, total = given.split, given.total_cny
    parts = (
        (terms.inventors_share, Words("发明人、设计人至少", "inventors and designers, at least"), "inventors_cny"),
        (terms.helpers_share, Words("实质性贡献者至少", "those who really helped, at least"), "helpers_cny"),
    )
    for clause, name, part in parts:
        floor = _floor_cny(total, clause)
        share, whole = amount_words(clause.mark, Unit.RATIO), amount_words(total, Unit.CNY)
        how = Words(f"{whole.zh} × {share.zh}，进到分", f"{whole.en} × {share.en}, up to the fen")
        yield Figure(id=clause.id, name=name, quantity=floor, unit=Unit.CNY, clause=clause, how=how)
        if split is not None and getattr(split, part) < floor:
            yield Figure(
                id=f"{clause.id}_short",
                name=Words(f"短少：{clause.name.zh}", f"short by: {clause.name.en}"),
                quantity=floor - getattr(split, part),
                unit=Unit.CNY,
                clause=clause,
                how=Words("下限减所分", "the floor less what is given"),
            )
    yield Figure(
        id=terms.patentees_rest.id,
        name=Words("专利权人可自留最多", "free for the patentees, at most"),
        quantity=_rest_cny(total, terms),
        unit=Unit.CNY,
        clause=terms.patentees_rest,
        how=Words("总额减两项下限", "the whole less the two floors"),
    )
