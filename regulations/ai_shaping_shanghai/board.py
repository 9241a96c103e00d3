"""The board of targets, all striven for: computing power, corpora, incubators, centres and training grounds."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from regulations.ai_shaping_shanghai.inputs import Board, Cluster, FlopsUnit, Options, Precision
from regulations.ai_shaping_shanghai.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Figure, Judged, Notice, Reading, judge
from tariffs.judging.clauses import Clause, Unit, amount_words
from tariffs.judging.parts import Part, Question, figure, growth_needed, joined, target_day
from tariffs.judging.periods import whole_months_between
from tariffs.vocabulary.errors import Words

BOARD = Question(
    key="board",
    words=Words(
        "硬性要求是否均已满足（目标均为力争，仅列差距）",
        "are all binding requirements met (the targets are striven for and show gaps only)?",
    ),
)
NO_NUMBER = Words("“一批”未定数目", "how many are several is not stated")
MIXED = Words(
    "精度口径不一，不能相加：用 options.precision 指定一种",
    "labels of precision differ and do not add up: name options.precision",
)
LABELS_ALONE = Words("未指定：所给各数口径一致方相加", "not named: added only if all have one label")
CONVERTED = Words("按单位前缀换算后相加", "converted by the prefixes of the units and added")
PRECISION_WORDS = {
    each: Words("未注明精度", "precision not stated")
    if each is Precision.NOT_STATED
    else Words(each.value.upper(), each.value.upper())
    for each in Precision
}


def board(asked: Board, on: date, options: Options, terms: Terms) -> Part:
    """Where each target stands, all striven for, with what is missing."""
    by_label = _by_label(asked.clusters or (), terms)
    counted = _counted(asked, by_label, options)
    reasons = (
        _judged_compute(asked, counted, terms.compute),
        judge(terms.corpora, asked.corpora),
        judge(terms.incubators_least, asked.incubators),
        _several(terms.enabling_centres, asked.enabling_centres),
        _several(terms.training_grounds, asked.training_grounds),
    )
    left = max(whole_months_between(on, terms.target_year.year_end), 0)
    grown = ((terms.compute, counted), (terms.corpora, asked.corpora), (terms.incubators_least, asked.incubators))
    growth = [each for clause, found in grown for each in growth_needed(clause, found, left)]
    return Part(
        ruling=BOARD.ruled(reasons, terms.term),
        figures=(*_compute_figures(by_label, counted, terms), *_gaps(asked, terms), *growth),
        deadlines=(target_day(terms.target_year),),
        notices=(*_notices(asked, by_label, options, terms), *_past(on, terms)),
        readings=() if asked.clusters is None else (_reading(options, terms),),
    )


def _by_label(clusters: Iterable[Cluster], terms: Terms) -> dict[Precision, Decimal]:
    """Computing power in EFLOPS for each label of precision."""
    totals: dict[Precision, Decimal] = {}
    for cluster in clusters:
        totals[cluster.precision] = totals.get(cluster.precision, Decimal(0)) + _eflops(cluster, terms)
    return totals


def _eflops(cluster: Cluster, terms: Terms) -> Decimal:
    steps = list(FlopsUnit).index(cluster.unit) - list(FlopsUnit).index(FlopsUnit.EFLOPS)
    return cluster.amount * terms.flops_prefix_step.mark**steps


def _counted(asked: Board, by_label: Mapping[Precision, Decimal], options: Options) -> Decimal | None:
    """Computing power in EFLOPS to hold against the target; nothing where it is not known or not of one label."""
    if asked.clusters is None:
        return None
    if options.precision is not None:
        return by_label.get(options.precision, Decimal(0))
    return sum(by_label.values(), Decimal(0)) if len(by_label) <= 1 else None


def _judged_compute(asked: Board, counted: Decimal | None, clause: Clause) -> Judged:
    return judge(clause, counted, because=MIXED if counted is None and asked.clusters is not None else None)


def _several(clause: Clause, count: int | None) -> Judged:
    if count is None:
        return judge(clause, None)
    verdict = Verdict.CANNOT_TELL if count else Verdict.NO
    found = Words(f"{count} 个", f"{count}")
    needed = Words("建成一批", "several of them")
    return Judged(clause=clause, verdict=verdict, found=found, needed=needed, because=NO_NUMBER if count else None)


def _compute_figures(by_label: Mapping[Precision, Decimal], counted: Decimal | None, terms: Terms) -> Iterable[Figure]:
    for label, eflops in by_label.items():
        named = PRECISION_WORDS[label]
        name = Words(f"智能算力（{named.zh}）", f"computing power ({named.en})")
        yield figure(f"compute_{label.value}", name, eflops, Unit.EFLOPS, terms.flops_prefix_step, CONVERTED)
    if counted is None:
        return
    each = amount_words(terms.flops_in_one_eflops.mark, Unit.NUMBER)
    name = Words("计入目标的算力（次/秒）", "computing power that counts, in FLOPS")
    how = Words(f"EFLOPS × {each.zh}", f"EFLOPS × {each.en}")
    flops = counted * terms.flops_in_one_eflops.mark
    yield figure("compute_flops", name, flops, Unit.NUMBER, terms.flops_in_one_eflops, how)
    if not terms.compute.met_by(counted):
        how = Words("突破不含该数：须超出此差距", "the mark itself does not count: more than this is needed")
        gap = terms.compute.mark - counted
        yield figure("compute_gap", Words("算力差距", "gap of computing power"), gap, Unit.EFLOPS, terms.compute, how)


def _gaps(asked: Board, terms: Terms) -> Iterable[Figure]:
    how = Words("目标减现数", "target less what there is")
    for figure_id, clause, count in (
        ("corpora_gap", terms.corpora, asked.corpora),
        ("incubators_gap", terms.incubators_least, asked.incubators),
    ):
        if count is not None and not clause.met_by(count):
            name = Words(f"{clause.name.zh}差距", f"gap: {clause.name.en}")
            yield figure(figure_id, name, clause.count - count, Unit.PLACE, clause, how)
    most = terms.incubators_most
    if asked.incubators is not None and asked.incubators > most.count:
        name, how = (
            Words("超出上限的孵化器", "incubators beyond the range"),
            Words("现数减上限", "count less the upper end"),
        )
        yield figure("incubators_beyond", name, asked.incubators - most.count, Unit.PLACE, most, how)


def _past(on: date, terms: Terms) -> Iterable[Notice]:
    target_on = terms.target_year.year_end
    if on > target_on:
        words = Words(f"目标期限 {target_on} 已过", f"the day of the targets, {target_on}, has passed")
        yield Notice(words=words, clause=terms.target_year)


def _notices(asked: Board, by_label: Mapping[Precision, Decimal], options: Options, terms: Terms) -> Iterable[Notice]:
    left_out = [label for label in by_label if options.precision not in (None, label)]
    if left_out:
        named = joined(PRECISION_WORDS[each] for each in left_out)
        yield Notice(words=Words(f"未计入：{named.zh}", f"not counted: {named.en}"), clause=terms.precision)
    if asked.incubators is not None:
        yield Notice(words=_range_words(asked.incubators, terms), clause=terms.incubators_most)


def _range_words(count: int, terms: Terms) -> Words:
    least, most = terms.incubators_least.count, terms.incubators_most.count
    if count < least:
        return Words(f"孵化器 {count} 个，低于 {least}－{most} 个", f"{count} incubators, fewer than {least} to {most}")
    if count > most:
        return Words(
            f"孵化器 {count} 个，多于 {least}－{most} 个，不算未达",
            f"{count} incubators, more than {least} to {most}: no miss",
        )
    return Words(f"孵化器 {count} 个，在 {least}－{most} 个之内", f"{count} incubators, within {least} to {most}")


def _reading(options: Options, terms: Terms) -> Reading:
    label = options.precision
    named = None if label is None else PRECISION_WORDS[label]
    words = LABELS_ALONE if named is None else Words(f"只计{named.zh}", f"only {named.en} counts")
    return Reading(
        option="precision", choice="not_named" if label is None else label.value, words=words, clause=terms.precision
    )
