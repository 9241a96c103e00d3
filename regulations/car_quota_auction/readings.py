"""The reading that several questions share: whether ends that fall on a rest day move."""

from regulations.car_quota_auction.inputs import Options
from tariffs.judging.assessment import Reading
from tariffs.judging.clauses import Clause
from tariffs.judging.periods import ShiftEnd
from tariffs.vocabulary.errors import Words

SHIFTED = {
    ShiftEnd.NONE: Words(
        "有效期与禁期的末日遇休息日不顺延", "validity and waiting times end on the day counted, rest day or not"
    ),
    ShiftEnd.NEXT_WORKING_DAY: Words(
        "有效期与禁期的末日遇休息日顺延至下一工作日",
        "validity and waiting times that end on a rest day move to the next working day",
    ),
}


def shift_reading(options: Options, clause: Clause) -> Reading:
    """Whether ends that fall on a rest day move, which the text does not say."""
    choice = options.shift_end
    return Reading(option="shift_end", choice=choice.value, words=SHIFTED[choice], clause=clause)
