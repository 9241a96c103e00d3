"""Prize money and its split, with floors rounded up to the fen; and what false papers and fraud cost."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import Final

from regulations.ip_innovation_award.candidates import UNIT_AWARDS
from regulations.ip_innovation_award.inputs import Fraud, Prize, Role, Split
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, stated
from tariffs.vocabulary.errors import Words
from tariffs.vocabulary.units import FEN_PER_CNY

PRIZE: Final = Question(key="prize", words=Words("奖金分配是否符合规定", "is the prize money split as the text asks?"))
NO_MONEY: Final = Words("单位奖项只有奖牌和证书，没有奖金", "awards for units are a plaque and a certificate, no money")
NO_SPLIT: Final = Words("未给出分配方案", "no split is given")
AMOUNTS_OPEN: Final = Words("奖金数额不在条文中", "the amounts of prizes are not in the text")
TO_APPLICANT: Final = Words("统一拨付申报主体", "paid to the applicant")
CO_OWNERS: Final = Words("共有专利权人之间自行协商", "co-owners settle it among themselves")
FEN: Final = Decimal(1) / FEN_PER_CNY
FRAUD: Final = Question(key="fraud", words=Words("资格或奖项能否保留", "does the standing or the award remain?"))
NOT_SERIOUS: Final = Words(
    "情节是否严重未给出，条文未定标准", "whether it is serious is not given, nor measured by the text"
)
CONSEQUENCES: Final = {
    Role.RECOMMENDER: Words("暂停或取消推荐资格", "suspended or struck off as a recommender"),
    Role.CANDIDATE: Words("取消参评资格", "out of the competition"),
    Role.EXPERT: Words("取消评审专家资格", "struck off as an expert"),
    Role.WINNER: Words(
        "撤销奖励，追回奖牌、证书和奖金", "award withdrawn; plaque, certificate and prize money taken back"
    ),
}
CREDIT: Final = Words("信息纳入本市公共信用信息目录", "entered in the city's public credit record")


def prize(given: Prize, terms: Terms) -> Part:
    """Whether a split gives inventors and helpers their shares, and what these are at least.

    Source  第二十二条, 第二十三条
    """
    ruled = PRIZE.ruled(_reasons(given, terms), terms.term)
    if given.award in UNIT_AWARDS:
        return Part(ruling=ruled)
    return Part(
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
    total, split = given.total_cny, given.split
    to_inventors = Words("发明人、设计人至少", "inventors and designers, at least")
    to_helpers = Words("实质性贡献者至少", "those who really helped, at least")
    yield from _floor(total, None if split is None else split.inventors_cny, terms.inventors_share, to_inventors)
    yield from _floor(total, None if split is None else split.helpers_cny, terms.helpers_share, to_helpers)
    yield Figure(
        id=terms.patentees_rest.id,
        name=Words("专利权人可自留最多", "free for the patentees, at most"),
        quantity=_rest_cny(total, terms),
        unit=Unit.CNY,
        clause=terms.patentees_rest,
        how=Words("总额减两项下限", "the whole less the two floors"),
    )


def _floor(total_cny: Decimal, part_cny: Decimal | None, clause: Clause, name: Words) -> Iterable[Figure]:
    """The floor of a share and, where a split is given, how far it falls short."""
    floor = _floor_cny(total_cny, clause)
    share, whole = amount_words(clause.mark, Unit.RATIO), amount_words(total_cny, Unit.CNY)
    how = Words(f"{whole.zh} × {share.zh}，进到分", f"{whole.en} × {share.en}, up to the fen")
    yield Figure(id=clause.id, name=name, quantity=floor, unit=Unit.CNY, clause=clause, how=how)
    if part_cny is not None and part_cny < floor:
        yield Figure(
            id=f"{clause.id}_short",
            name=Words(f"短少：{clause.name.zh}", f"short by: {clause.name.en}"),
            quantity=floor - part_cny,
            unit=Unit.CNY,
            clause=clause,
            how=Words("下限减所分", "the floor less what is given"),
        )


def fraud(given: Fraud, terms: Terms) -> Part:
    """Whether the standing or the award remains, and what follows if not.

    Source  第二十六条 to 第三十条
    """
    clause = _fraud_clause(given.role, terms)
    barred: bool | None = given.proven
    if given.proven and given.role is Role.RECOMMENDER:
        barred = given.serious
    ruled = FRAUD.ruled([stated(clause, barred, NOT_SERIOUS)], terms.term)
    if ruled.verdict is not Verdict.NO:
        return Part(ruling=ruled)
    notices = (
        Notice(words=CONSEQUENCES[given.role], clause=clause),
        Notice(words=CREDIT, clause=terms.credit_record),
    )
    return Part(ruling=ruled, figures=_prize_back(given, clause), notices=notices)


def _fraud_clause(role: Role, terms: Terms) -> Clause:
    return {
        Role.RECOMMENDER: terms.recommender_fraud,
        Role.CANDIDATE: terms.candidate_fraud,
        Role.EXPERT: terms.expert_fraud,
        Role.WINNER: terms.winner_fraud,
    }[role]


def _prize_back(given: Fraud, clause: Clause) -> tuple[Figure, ...]:
    if given.role is not Role.WINNER or given.prize_received_cny is None:
        return ()
    return (
        Figure(
            id="prize_back",
            name=Words("须退回的奖金", "prize money to be given back"),
            quantity=given.prize_received_cny,
            unit=Unit.CNY,
            clause=clause,
            how=Words("所得奖金全额", "all that was received"),
        ),
    )
