"""Walking coverage: which homes have a facility within a quarter of an hour on foot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from regulations.community_facilities.choices import FUNCTION_WORDS, Distance, Function
from regulations.community_facilities.inputs import Options
from regulations.community_facilities.mapped import Coverage, Facility, Home, straight_m
from regulations.community_facilities.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, all_of, any_of
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, figure
from tariffs.judging.shares import cut_down
from tariffs.vocabulary.errors import Words

COVERAGE = Question(
    key="coverage", words=Words("所列住处是否都在步行生活圈内", "is every home listed within the walking circle?")
)
SHOWN_HOMES = 5
NO_DUTY = Words(
    "条文以生活圈统筹布局，未规定逐户必须达到",
    "the text plans with the circle and sets no duty for single homes",
)
BY_COMMUNITY = Words(
    "基本建设单元为城市综合网格（社区），宜逐社区计算",
    "the unit of planning is the city's grid cell (community): best worked out for one community at a time",
)
DISTANCE_OPEN = Words(
    "直线与路网结果不一或未给出：用 options.distance 指定一种",
    "line and way differ or are not given: name options.distance",
)
NOT_GIVEN = Words("所需的坐标或步行距离未给出", "the coordinates or ways that it takes are not given")
DISTANCE_WORDS = {
    Distance.STRAIGHT_LINE: Words("按直线距离", "straight line"),
    Distance.NETWORK: Words("按步行路网距离", "way on foot"),
}
BOTH = Words("未指定：直线与路网结果一致方下结论", "not named: only what line and way agree on is told")
COUNTED = Words("逐处判断后计数，占比舍尾", "judged one by one and counted, shares rounded down")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far a walk of the circle reaches, and how it is measured."""

    reach_m: Decimal
    boundary: Boundary
    distance: Distance | None

    def holds(self, metres: Decimal) -> bool:
        """Whether a distance is within the walk."""
        return self.boundary.holds(metres, self.reach_m)


def coverage(asked: Coverage, options: Options, terms: Terms) -> Part:
    """Whether every home has a facility within the walk, and how many homes and persons have."""
    speed = options.walking_speed_m_per_s or terms.walking_speed.mark
    seconds = terms.life_circle.count * (timedelta(minutes=1) // timedelta(seconds=1))
    within = terms.life_circle.boundary or Boundary.AT_MOST
    walk = Walk(reach_m=seconds * speed, boundary=within, distance=options.distance)
    verdicts = {home.name: _reached(home, asked.facilities, walk) for home in asked.homes}
    judged = _judged(verdicts, walk, terms.life_circle)
    return Part(
        ruling=COVERAGE.ruled((judged,), terms.term),
        figures=tuple(_figures(asked, verdicts, walk, terms)),
        notices=tuple(_notices(verdicts, terms)),
        readings=_readings(options, speed, terms),
    )


def _reached(home: Home, facilities: Iterable[Facility], walk: Walk) -> Verdict:
    each = [(_by_line(home, facility, walk), _by_way(home, facility, walk)) for facility in facilities]
    by_line, by_way = any_of(line for line, _ in each), any_of(way for _, way in each)
    match walk.distance:
        case Distance.STRAIGHT_LINE:
            return by_line
        case Distance.NETWORK:
            return by_way
    return by_line if by_line is by_way else Verdict.CANNOT_TELL


def _by_line(home: Home, facility: Facility, walk: Walk) -> Verdict:
    straight, way = straight_m(home, facility), (home.walk_m or {}).get(facility.name)
    if straight is not None:
        return Verdict.YES if walk.holds(straight) else Verdict.NO
    # no way is shorter than the straight line
    return Verdict.YES if way is not None and walk.holds(way) else Verdict.CANNOT_TELL


def _by_way(home: Home, facility: Facility, walk: Walk) -> Verdict:
    straight, way = straight_m(home, facility), (home.walk_m or {}).get(facility.name)
    if way is not None:
        return Verdict.YES if walk.holds(way) else Verdict.NO
    return Verdict.NO if straight is not None and not walk.holds(straight) else Verdict.CANNOT_TELL


def _judged(verdicts: Mapping[str, Verdict], walk: Walk, clause: Clause) -> Judged:
    inside, homes = sum(each is Verdict.YES for each in verdicts.values()), len(verdicts)
    reach = amount_words(walk.reach_m, Unit.METRE)
    verdict = all_of(verdicts.values())
    because = NOT_GIVEN if walk.distance else DISTANCE_OPEN
    return Judged(
        clause=clause,
        verdict=verdict,
        found=Words(f"{homes} 处住处中 {inside} 处", f"{inside} of {homes} homes"),
        needed=Words(f"全部 {homes} 处在 {reach.zh} 以内", f"all {homes} within {reach.en}"),
        because=because if verdict is Verdict.CANNOT_TELL else None,
    )


def _figures(asked: Coverage, verdicts: Mapping[str, Verdict], walk: Walk, terms: Terms) -> Iterable[Figure]:
    inside = [home for home in asked.homes if verdicts[home.name] is Verdict.YES]
    minutes, reach = terms.life_circle.count, Words("步行可达距离", "distance that the walk reaches")
    how = Words(f"{minutes} 分钟 × 步行速度", f"{minutes} min × walking speed")
    yield figure("reach_m", reach, walk.reach_m, Unit.METRE, terms.walking_speed, how)
    circle = terms.life_circle
    covered, share = Words("范围内住处", "homes inside"), Words("范围内住处占比", "share of homes inside")
    yield figure("homes_covered", covered, len(inside), Unit.PLACE, circle, COUNTED)
    yield figure("homes_share", share, cut_down(Fraction(len(inside), len(asked.homes))), Unit.RATIO, circle, COUNTED)
    counts = [home.persons for home in asked.homes if home.persons is not None]
    if len(counts) == len(asked.homes) and sum(counts) > 0:
        persons = sum(home.persons for home in inside if home.persons is not None)
        covered, share = Words("范围内居民", "persons inside"), Words("范围内居民占比", "share of persons inside")
        yield figure("persons_covered", covered, persons, Unit.PERSON, circle, COUNTED)
        yield figure("persons_share", share, cut_down(Fraction(persons, sum(counts))), Unit.RATIO, circle, COUNTED)
    yield from _by_function(asked, walk, terms)


def _by_function(asked: Coverage, walk: Walk, terms: Terms) -> Iterable[Figure]:
    for function in Function:
        offering = [facility for facility in asked.facilities if function in facility.functions]
        if offering:
            inside = sum(_reached(home, offering, walk) is Verdict.YES for home in asked.homes)
            named = FUNCTION_WORDS[function]
            name = Words(f"{named.zh}范围内住处", f"homes inside: {named.en}")
            yield figure(f"homes_covered_{function.value}", name, inside, Unit.PLACE, terms.function_groups, COUNTED)


def _notices(verdicts: Mapping[str, Verdict], terms: Terms) -> Iterable[Notice]:
    for verdict, zh, en in (
        (Verdict.NO, "不在范围内", "outside"),
        (Verdict.CANNOT_TELL, "无法判断", "cannot tell"),
    ):
        homes = [name for name, each in verdicts.items() if each is verdict]
        if homes:
            yield Notice(words=_first_names(homes, zh, en), clause=terms.life_circle)
    yield Notice(words=NO_DUTY, clause=terms.life_circle)
    yield Notice(words=BY_COMMUNITY, clause=terms.building_unit)


def _first_names(homes: Sequence[str], zh: str, en: str) -> Words:
    more = len(homes) - SHOWN_HOMES
    zh_more, en_more = (f" 等，另有 {more} 处", f" and {more} more") if more > 0 else ("", "")
    shown = homes[:SHOWN_HOMES]
    return Words(f"{zh}：{'、'.join(shown)}{zh_more}", f"{en}: {', '.join(shown)}{en_more}")


def _readings(options: Options, speed: Decimal, terms: Terms) -> tuple[Reading, ...]:
    measured = BOTH if options.distance is None else DISTANCE_WORDS[options.distance]
    chosen = "not_named" if options.distance is None else options.distance.value
    pace = amount_words(speed, Unit.METRE_PER_SECOND)
    own = options.walking_speed_m_per_s is not None
    words = (
        Words(f"用户指定 {pace.zh}", f"named by the user: {pace.en}")
        if own
        else Words(f"默认 {pace.zh}", f"default: {pace.en}")
    )
    return (
        Reading(option="distance", choice=chosen, words=measured, clause=terms.way_measured),
        Reading(option="walking_speed_m_per_s", choice=f"{speed:f}", words=words, clause=terms.walking_speed),
    )
