"""`huchu v2g`: sessions as one store, its plan, every car's part of it; written to a folder and told."""

from pathlib import Path

from dispatch.arrays import Floats
from dispatch.v2g.disaggregation import disaggregate
from dispatch.v2g.envelope import Envelope, aggregate, plan_kwh_e4
from dispatch.v2g.flexibility import given_away, given_away_by_losses
from dispatch.v2g.plain_store import plain_store
from dispatch.v2g.planning import VirtualPlan, plan
from huchu.cli.printing import DONE, refusals, with_findings_written
from huchu.cli.stages import Stages
from huchu.cli.v2g.asked import asked_of
from huchu.cli.v2g.by_itself import uncontrolled_kwh_e4
from huchu.cli.v2g.compared import Compared, side_of
from huchu.cli.v2g.done import Done, Store
from huchu.cli.v2g.horizon import refuse_without_cars
from huchu.cli.v2g.read import Given, read
from huchu.cli.v2g.report import report
from huchu.cli.v2g.request import Request
from huchu.cli.v2g.written import write
from huchu.cli.words import say
from huchu.output import refuse_existing
from tariffs.vocabulary.errors import HuchuError, Refused, UsageError
from tariffs.vocabulary.findings import Finding


def v2g(request: Request, *, as_json: bool) -> None:
    """Plan, share out and write, or refuse in four parts; exit code 0, 1 or 2."""
    with refusals(as_json=as_json):
        done = run(request)
    report(done, as_json=as_json)
    raise SystemExit(DONE)


def run(request: Request) -> Done:
    """The envelope, the plan and every car's part of it, written to the folder of the request.

    Raises  HuchuError if anything is refused; then nothing but findings.csv was written
    """
    asked = asked_of(request.typed)
    out = request.out or Path(f"v2g-{request.sessions.name.split('.')[0]}")
    refuse_existing(out, force=request.force)
    stages = Stages()
    try:
        with stages.stage("read", say("读取", "reading")):
            given = read(request, asked)
    except Refused as refused:
        raise with_findings_written(refused, refused.findings, out) from None
    found = given.findings
    try:
        with stages.stage("aggregate", say("聚合", "aggregating")):
            envelope = aggregate(given.sessions, given.horizon, asked.losses)
            refuse_without_cars(int(envelope.parked_count.sum()), given.horizon)
        found = tuple(sorted((*given.findings, *envelope.findings), key=Finding.sort_key))
        store = _store(envelope, stages) if request.store else None
        with stages.stage("plan", say("求解", "planning")):
            made, power_kw = _planned(given, envelope)
        with stages.stage("share_out", say("分解", "sharing out")):
            assigned = disaggregate(envelope, power_kw)
    except UsageError:
        raise
    except HuchuError as refused:
        raise with_findings_written(refused, found, out) from None
    planned = plan_kwh_e4(given.horizon, power_kw)
    alone = uncontrolled_kwh_e4(envelope.clusters, given.horizon.count)
    done = Done(
        given=given,
        envelope=envelope,
        made=made,
        plan_kwh_e4=planned,
        alone_kwh_e4=alone,
        assigned=assigned,
        compared=Compared(
            before=side_of(alone, given.horizon, given.signals), after=side_of(planned, given.horizon, given.signals)
        ),
        store=store,
        findings=found,
        out=out,
    )
    with stages.stage("write", say("写出", "writing")):
        write(done, stages.seconds, plot=request.plot, force=request.force)
    return done


def _store(envelope: Envelope, stages: Stages) -> Store:
    with stages.stage("store", say("求普通储能", "finding a plain store")):
        plain = plain_store(envelope)
        return Store(plain=plain, lost=given_away(envelope, plain), by_losses_ratio=given_away_by_losses(envelope))


def _planned(given: Given, envelope: Envelope) -> tuple[VirtualPlan | None, Floats]:
    """The plan that is made, if any is, and the power of each step."""
    if given.plan_kw is not None:
        return None, given.plan_kw
    made = plan(envelope, given.goal, given.signals)
    return made, made.power_kw
