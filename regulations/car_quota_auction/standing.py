"""The reasons of a person that hang on no day, made once for all cases of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from regulations.car_quota_auction.bidders import Residence
from regulations.car_quota_auction.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Judged, judge
from tariffs.judging.clauses import Clause
from tariffs.vocabulary.errors import Words

RESIDENCE: Final = {
    Residence.HUKOU: (Words("本市户籍", "local hukou"), Verdict.YES),
    Residence.RESIDENCE_PROOF: (Words("本市居住证明", "residence proof"), Verdict.YES),
    Residence.NEITHER: (Words("两者都没有", "neither"), Verdict.NO),
}
EITHER_ONE = Words("本市户籍或本市居住证明", "local hukou or residence proof")
FREE_PLATE = Words("免费专用牌照", "a free special plate")
OTHERS_UNKNOWN = Words("是否另有经批准的条件，条文未载", "whether other conditions were approved is not in the text")
VERSIONS_KEPT: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The reasons by what was found, `no_offences` those of somebody without any record; and the years that count."""

    years_paid: int
    years_looked_back: int
    ends_before: date | None

    residence: Mapping[Residence, Judged]
    no_certificate: Mapping[bool, Judged]
    no_quota_car: Mapping[bool, Judged]
    free_plate: Judged
    licence: Mapping[bool, Judged]
    no_offences: tuple[Judged, ...]
    offence_penalty: Mapping[bool, Judged]
    other_conditions: Mapping[bool | None, Judged]


@lru_cache(maxsize=VERSIONS_KEPT)
def standing_reasons(terms: Terms) -> Standing:
    """The reasons that the clauses of one version give."""
    clean = (judge(terms.offence_points, 0), judge(terms.offence_count, 0), judge(terms.offence_penalty, False))
    unknown = judge(terms.other_conditions, None, because=OTHERS_UNKNOWN)
    return Standing(
        years_paid=terms.paid_for_a_year.count,
        years_looked_back=terms.clean_year.count,
        ends_before=terms.term.first_day_after,
        residence={
            residence: Judged(clause=terms.residence, verdict=verdict, found=found, needed=EITHER_ONE)
            for residence, (found, verdict) in RESIDENCE.items()
        },
        no_certificate=_both(terms.no_certificate),
        no_quota_car=_both(terms.no_quota_car),
        free_plate=Judged(clause=terms.free_plate_no_quota, verdict=Verdict.YES, found=FREE_PLATE),
        licence=_both(terms.licence),
        no_offences=clean,
        offence_penalty=_both(terms.offence_penalty),
        other_conditions={
            None: unknown,
            True: judge(terms.other_conditions, True),
            False: judge(terms.other_conditions, False),
        },
    )


def _both(clause: Clause) -> dict[bool, Judged]:
    return {found: judge(clause, found) for found in (True, False)}
