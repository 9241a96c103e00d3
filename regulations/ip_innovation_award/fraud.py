"""What false papers and fraud cost: the recommender, the candidate, the expert and the winner."""

from datetime import date
from typing import Final

from regulations.ip_innovation_award.answered import Answered, Question
from regulations.ip_innovation_award.choices import Role
from regulations.ip_innovation_award.inputs import Fraud
from regulations.ip_innovation_award.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

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


def fraud(given: Fraud, on: date, terms: Terms) -> Answered:
    """Whether the standing or the award remains, and what follows if not.

    Source  第二十六条 to 第三十条
    """
    clause = _clause(given.role, terms)
    barred: bool | None = given.proven
    if given.proven and given.role is Role.RECOMMENDER:
        barred = given.serious
    reason = judge(clause, barred, because=NOT_SERIOUS if barred is None else None)
    ruled = FRAUD.ruled(lambda _: [reason], on, terms.term)
    if ruled.verdict is not Verdict.NO:
        return Answered(ruling=ruled)
    notices = (
        Notice(words=CONSEQUENCES[given.role], clause=clause),
        Notice(words=CREDIT, clause=terms.credit_record),
    )
    return Answered(ruling=ruled, figures=_prize_back(given, clause), notices=notices)


def _clause(role: Role, terms: Terms) -> Clause:
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
