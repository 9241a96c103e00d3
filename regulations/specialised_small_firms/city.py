"""Where the city stands: its targets, which bind no firm, and the circle of services."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from regulations.specialised_small_firms.city_inputs import ServiceCircle, Targets
from regulations.specialised_small_firms.terms import Terms
from tariffs.judging.assessment import Deadline, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, figure, gaps
from tariffs.judging.shares import cut_down
from tariffs.vocabulary.errors import Words

CIRCLE: Final = Question(
    key="service_circle",
    words=Words("各处是否均在中小企业服务圈内", "does every place lie within the circle of a station?"),
)
TARGETS: Final = Question(
    key="targets",
    words=Words(
        "硬性要求是否均已满足（全市目标仅列差距）",
        "are all binding requirements met (the city's targets show gaps only)?",
    ),
)
_DISTANCE: Final = Words(
    "距离如何量取未载明；建成期限为目标",
    "how the distance is measured is not stated; the day by which the circle stands is a target",
)
_GAP: Final = Words("目标与现状之差", "the target less where the city stands")


def circle_part(asked: ServiceCircle, terms: Terms) -> Part:
    """Whether every place lies within the circle of a station, and how many do."""
    clause, far = terms.service_circle, asked.nearest_station_km
    covered = sum(clause.met_by(km) for km in far)
    share = cut_down(Fraction(covered, len(far)))
    how = Words(f"{len(far)} 处中的 {covered} 处", f"{covered} of {len(far)}")
    within, ratio = Words("圈内处数", "places within the circle"), Words("覆盖率", "share covered")
    listed = terms.service_system.listed
    return Part(
        ruling=CIRCLE.ruled([judge(clause, max(far))], terms.term),
        figures=(
            figure("places_covered", within, covered, Unit.PLACE, clause, how),
            figure("covered_ratio", ratio, share, Unit.RATIO, clause, how),
        ),
        deadlines=(_by(terms.services_by),),
        notices=(
            Notice(words=_DISTANCE, clause=clause),
            Notice(
                words=Words(
                    f"服务圈为“{'＋'.join(listed)}”体系的一部分",
                    f"the circle is part of the services {'+'.join(listed)}",
                ),
                clause=terms.service_system,
            ),
        ),
    )


def targets_part(asked: Targets, terms: Terms) -> Part:
    """How far the city is from the targets whose figures are given; they bind nobody."""
    reasons = tuple(_against(asked, terms))
    judged = {each.clause.id for each in reasons}
    due = [terms.firms_by] if "firms" in judged else []
    due += [terms.services_by] if judged & {"stations", "star_partners"} else []
    return Part(
        ruling=TARGETS.ruled(reasons, terms.term),
        figures=tuple(gaps(reasons, _GAP)),
        deadlines=tuple(_by(clause) for clause in due),
    )


def _against(asked: Targets, terms: Terms) -> Iterable[Judged]:
    found: tuple[tuple[Clause, Decimal | int | None], ...] = (
        (terms.firms, asked.specialised_firms),
        (terms.fund_group, asked.fund_group_cny),
        (terms.listing_pool, asked.listing_pool),
        (terms.roadshow, asked.roadshows_in_month),
        (terms.loans_total, asked.loans_total_cny),
        (terms.credit_loans_total, asked.credit_loans_total_cny),
        (terms.guarantees_total, asked.guarantees_total_cny),
        (terms.stations, asked.stations),
        (terms.star_partners, asked.star_partners),
    )
    return (judge(clause, each) for clause, each in found if each is not None)


def _by(clause: Clause) -> Deadline:
    last = clause.year_end
    how = Words(f"{last.year} 年底", f"the end of {last.year}")
    return Deadline(id=clause.id, name=clause.name, at=last, clause=clause, how=how)
