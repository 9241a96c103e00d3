"""Training institutions: whether the text covers one, and which departments answer for it.

Source  沪府规〔2024〕16号 关于进一步加强本市培训机构管理引导培训市场健康发展的意见
Check   tests/cases/regulations/training_institutions
"""

from collections.abc import Iterable, Sequence
from typing import Final

from regulations.training_institutions.inputs import (
    Fee,
    Inputs,
    Institution,
    Mode,
    PrepaidFees,
    PrepaidTool,
    Profit,
    Registrar,
    Registration,
)
from regulations.training_institutions.routing import (
    DEPARTMENT_WORDS,
    OUTSIDE,
    Route,
    activity_words,
    department_reasons,
    routes_of,
    shares_of,
)
from regulations.training_institutions.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment, Figure, Judged, Notice, Ruling, judge, ruling
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import Words

__all__ = ["Inputs", "Terms", "assess"]

_INSTITUTION: Final = Words(
    "本意见是否适用并能指明主管部门", "does the text cover the institution and name its department?"
)
_REGISTRATION: Final = Words("登记机关是否正确", "is it registered with the right department?")
_FEE: Final = Words("该培训的收费是否有政府收费标准", "are there fee standards for this training?")
_PREPAID: Final = Words(
    "预收费是否合于本意见（工具为鼓励，非义务）", "do the prepaid fees agree with the text (tools are no duty)?"
)
_MARKET_REGULATION: Final = Words("市场监管部门", "market regulation department")
_CIVIL_AFFAIRS: Final = Words("民政部门", "civil affairs department")
_NO_REGISTRATION: Final = Words("未登记", "not registered")
_REGISTRAR_WORDS: Final = {
    Registrar.MARKET_REGULATION: _MARKET_REGULATION,
    Registrar.CIVIL_AFFAIRS: _CIVIL_AFFAIRS,
    Registrar.OTHER: Words("其他部门", "another department"),
    Registrar.NONE: _NO_REGISTRATION,
}
_MODE_WORDS: Final = {
    Mode.ONLINE: Words("线上", "online"),
    Mode.OFFLINE: Words("线下", "offline"),
    Mode.BOTH: Words("线上与线下", "online and offline"),
}
_TOOL_WORDS: Final = {
    PrepaidTool.GUARANTEE_INSURANCE: Words("履约保证保险", "performance guarantee insurance"),
    PrepaidTool.SMART_CONTRACT: Words("数字人民币智能合约", "digital-yuan smart contract"),
    PrepaidTool.NOTARIAL_DEPOSIT: Words("公证提存", "notarial deposit"),
    PrepaidTool.OTHER: Words("其他方式", "another way"),
}
_FEE_SET: Final = Words(
    "市发展改革部门动态调整收费标准，金额不在本意见",
    "the development and reform body keeps the standards up to date; no amount is in this text",
)
_FEE_OPEN: Final = Words("本意见未规定该类收费", "this text says nothing on such fees")
_TOOLS: Final = Words(
    "鼓励履约保证保险、数字人民币智能合约、公证提存，非义务",
    "performance guarantee insurance, digital-yuan smart contract, notarial deposit: encouraged, no duty",
)
_NOBODY: Final = Words("未列入或无主管部门的部分", "part that no department has")
_ADDED_UP: Final = Words("所属培训占比合计", "its trainings added up")
_SECTOR: Final = Words(
    "行业主管部门负责准入、日常监管，非正常停业时牵头处置",
    "the sector department: market access, daily supervision, and the lead at an irregular closure",
)
_ALWAYS: Final = (
    ("sector_duties", _SECTOR),
    ("grid_patrol", Words("市、区、街镇网格化巡查", "grid patrol of city, district and street")),
    (
        "supervision",
        Words(
            "“互联网＋监管”、“双随机、一公开”、信用监管、重点监管",
            "internet plus supervision, random and open inspections, credit, priority supervision",
        ),
    ),
    ("prepaid_tools", _TOOLS),
    ("other_law_first", Words("法律法规另有规定的从其规定", "laws and regulations that say otherwise come first")),
)


def assess(inputs: Inputs, terms: Terms) -> Assessment:
    """Whether the text covers an institution and which departments answer for it, its registration, fees, prepaid fees.

    Source  沪府规〔2024〕16号 九 to 十四
    Check   tests/cases/regulations/training_institutions
    """
    rulings: list[Ruling] = []
    figures: tuple[Figure, ...] = ()
    notices: list[Notice] = []
    if inputs.institution is not None:
        routes = routes_of(inputs.institution, terms)
        rulings.append(_institution(inputs.institution, routes, terms))
        if _may_be_covered(inputs.institution, routes):
            figures = tuple(_shares(routes, terms))
            notices.extend(_institution_notices(routes, terms))
    if inputs.registration is not None:
        rulings.append(_registration(inputs.registration, terms))
    if inputs.fee is not None:
        rulings.append(_fee(inputs.fee, terms))
    if inputs.prepaid_fees is not None:
        rulings.append(_prepaid(inputs.prepaid_fees, terms))
    return Assessment(
        regulation="training_institutions",
        on=inputs.on,
        term=terms.term,
        rulings=tuple(rulings),
        figures=figures,
        notices=tuple(notices),
        changes_on=terms.term.first_day_after,
    )


def _settled(question: str, words: Words, reasons: Iterable[Judged], terms: Terms) -> Ruling:
    return ruling(question, words, reasons, changes_on=terms.term.first_day_after)


def _institution(institution: Institution, routes: Sequence[Route], terms: Terms) -> Ruling:
    reasons = [
        _or_outside(terms.in_city, institution.in_city),
        _or_outside(terms.open_to_public, institution.open_to_public),
        _mode(institution.mode, terms),
    ]
    reasons.extend(reason for route in _counted(routes) for reason in route.reasons)
    if _may_be_covered(institution, routes):
        reasons.extend(department_reasons(routes, terms))
        reasons.append(_registrar(institution.profit, terms))
        reasons.append(_named(terms.enforcement_lead, _MARKET_REGULATION))
    return _settled("institution", _INSTITUTION, reasons, terms)


def _mode(mode: Mode, terms: Terms) -> Judged:
    verdict = Verdict.YES if mode.value in terms.modes.listed else Verdict.CANNOT_TELL
    return Judged(clause=terms.modes, verdict=verdict, found=_MODE_WORDS[mode], needed=terms.modes.name)


def _may_be_covered(institution: Institution, routes: Sequence[Route]) -> bool:
    """Whether the text covers the institution, or would if an open fact turned out so."""
    named = any(route.covered is not Verdict.NO for route in routes)
    return institution.in_city and institution.open_to_public and named


def _counted(routes: Sequence[Route]) -> Sequence[Route]:
    """The activities that bring the institution under the text; all where none surely does."""
    covered = [route for route in routes if route.covered is Verdict.YES]
    return covered or routes


def _or_outside(clause: Clause, found: bool) -> Judged:
    if found:
        return judge(clause, found)
    return Judged(clause=clause, verdict=Verdict.CANNOT_TELL, found=found, because=OUTSIDE)


def _named(clause: Clause, found: Words) -> Judged:
    return Judged(clause=clause, verdict=Verdict.YES, found=found, needed=found)


def _registrar_due(profit: Profit, terms: Terms) -> tuple[Clause, Words]:
    if profit is Profit.FOR_PROFIT:
        return terms.registered_for_profit, _MARKET_REGULATION
    return terms.registered_non_profit, _CIVIL_AFFAIRS


def _registrar(profit: Profit, terms: Terms) -> Judged:
    return _named(*_registrar_due(profit, terms))


def _shares(routes: Sequence[Route], terms: Terms) -> Iterable[Figure]:
    for department, share in shares_of(routes).items():
        yield Figure(
            id="outside_share" if department is None else f"{department.value}_share",
            name=_NOBODY if department is None else DEPARTMENT_WORDS[department],
            quantity=share,
            unit=Unit.RATIO,
            clause=terms.mainly_does,
            how=_ADDED_UP,
        )


def _institution_notices(routes: Sequence[Route], terms: Terms) -> Iterable[Notice]:
    counted = _counted(routes)
    for route in routes:
        if route not in counted:
            words = activity_words(route.activity)
            why = next(reason.because for reason in route.reasons if reason.because is not None)
            yield Notice(words=Words(f"{words.zh}：{why.zh}", f"{words.en}: {why.en}"), clause=terms.scope)
    for name, words in _ALWAYS:
        yield Notice(words=words, clause=getattr(terms, name))
    others = terms.cooperating_departments.count
    together = Words(
        f"教育部门统筹，另有 {others} 个部门配合", f"the education department co-ordinates, {others} others cooperate"
    )
    yield Notice(words=together, clause=terms.cooperating_departments)
    for route in counted:
        yield _fee_notice(route, terms)


def _fee_notice(route: Route, terms: Terms) -> Notice:
    words = activity_words(route.activity)
    said = (
        _FEE_SET
        if _fee_set(Fee(training=route.activity.training, audience=route.activity.audience), terms)
        else _FEE_OPEN
    )
    return Notice(
        words=Words(f"{words.zh}收费：{said.zh}", f"fees of {words.en}: {said.en}"), clause=terms.fee_standard
    )


def _fee_set(fee: Fee, terms: Terms) -> bool:
    return f"{fee.training.value}:{fee.audience.value}" in terms.fee_standard.listed


def _registration(registration: Registration, terms: Terms) -> Ruling:
    clause, due = _registrar_due(registration.profit, terms)
    right = registration.registered_with.value in clause.listed
    reason = Judged(
        clause=clause,
        verdict=Verdict.YES if right else Verdict.NO,
        found=_REGISTRAR_WORDS[registration.registered_with],
        needed=due,
    )
    return _settled("registration", _REGISTRATION, [reason], terms)


def _fee(fee: Fee, terms: Terms) -> Ruling:
    is_set = _fee_set(fee, terms)
    reason = Judged(
        clause=terms.fee_standard,
        verdict=Verdict.YES if is_set else Verdict.CANNOT_TELL,
        found=is_set,
        because=_FEE_SET if is_set else _FEE_OPEN,
    )
    return _settled("fee", _FEE, [reason], terms)


def _prepaid(prepaid: PrepaidFees, terms: Terms) -> Ruling:
    clause = terms.prepaid_tools
    used = [tool for tool in prepaid.tools if tool.value in clause.listed]
    named = Words(
        "、".join(_TOOL_WORDS[tool].zh for tool in prepaid.tools) or "没有",
        ", ".join(_TOOL_WORDS[tool].en for tool in prepaid.tools) or "none",
    )
    reason = Judged(
        clause=clause,
        verdict=Verdict.YES if used else Verdict.NO,
        found=named,
        needed=Words("所列工具之一（鼓励）", "one of the tools named (encouraged)"),
        because=_TOOLS,
    )
    return _settled("prepaid_fees", _PREPAID, [reason], terms)
