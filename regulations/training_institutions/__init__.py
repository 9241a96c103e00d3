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
    Route,
    activity_words,
    department_reasons,
    or_no_verdict,
    routes_of,
    shares_of,
)
from regulations.training_institutions.terms import Terms
from tariffs.answers import Verdict
from tariffs.judging.assessment import Assessment, Figure, Judged, Notice, judge
from tariffs.judging.clauses import Clause, Unit
from tariffs.judging.parts import Part, Question, assembled, joined
from tariffs.vocabulary.errors import Words

__all__ = ["Inputs", "Terms", "assess"]

_INSTITUTION: Final = Question(
    key="institution",
    words=Words("本意见是否适用并能指明主管部门", "does the text cover the institution and name its department?"),
)
_REGISTRATION: Final = Question(
    key="registration", words=Words("登记机关是否正确", "is it registered with the right department?")
)
_FEE: Final = Question(
    key="fee", words=Words("该培训的收费是否有政府收费标准", "are there fee standards for this training?")
)
_PREPAID: Final = Question(
    key="prepaid_fees",
    words=Words(
        "就管控工具而言，预收费是否不违反本意见（工具为鼓励，非义务）",
        "as to tools, do the prepaid fees agree with the text (tools are encouraged and no duty)?",
    ),
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
_FEE_NEEDED: Final = Words("义务教育阶段学科类", "subject training of the compulsory stage")
_AMOUNTS_OPEN: Final = Words(
    "本意见未规定预收费的金额与期限", "this text says nothing on the amounts and spans of prepaid fees"
)
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
_COOPERATING: Final = Words(
    "人力资源社会保障、民政、市场监管、科技、文化旅游、体育、金融管理、住房城乡建设管理、消防、公安、网信、通信、税务、新闻出版、卫生健康",
    "human resources, civil affairs, market regulation, science, culture and tourism, sports, finance, housing, fire, "
    "police, cyberspace, telecom, tax, press, health",
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
    return assembled("training_institutions", inputs.on, terms.term, tuple(_parts(inputs, terms)))


def _parts(inputs: Inputs, terms: Terms) -> Iterable[Part]:
    if inputs.institution is not None:
        yield _institution_part(inputs.institution, terms)
    if inputs.registration is not None:
        yield _registration_part(inputs.registration, terms)
    if inputs.fee is not None:
        yield _fee_part(inputs.fee, terms)
    if inputs.prepaid_fees is not None:
        yield _prepaid_part(inputs.prepaid_fees, terms)


def _institution_part(institution: Institution, terms: Terms) -> Part:
    routes = routes_of(institution, terms)
    reasons = [
        or_no_verdict(judge(terms.in_city, institution.in_city)),
        or_no_verdict(judge(terms.open_to_public, institution.open_to_public)),
        _mode(institution.mode, terms),
    ]
    reasons.extend(reason for route in _counted(routes) for reason in route.reasons)
    if not _may_be_covered(institution, routes):
        return Part(ruling=_INSTITUTION.ruled(reasons, terms.term))
    reasons.extend(department_reasons(routes, terms))
    reasons.append(_named(*_registrar_due(institution.profit, terms)))
    reasons.append(_named(terms.enforcement_lead, _MARKET_REGULATION))
    return Part(
        ruling=_INSTITUTION.ruled(reasons, terms.term),
        figures=tuple(_shares(routes, terms)),
        notices=tuple(_institution_notices(routes, terms)),
    )


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


def _named(clause: Clause, found: Words) -> Judged:
    return Judged(clause=clause, verdict=Verdict.YES, found=found, needed=found)


def _registrar_due(profit: Profit, terms: Terms) -> tuple[Clause, Words]:
    if profit is Profit.FOR_PROFIT:
        return terms.registered_for_profit, _MARKET_REGULATION
    return terms.registered_non_profit, _CIVIL_AFFAIRS


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
        f"教育部门统筹，另有 {others} 个部门配合：{_COOPERATING.zh}",
        f"the education department co-ordinates, {others} others cooperate: {_COOPERATING.en}",
    )
    yield Notice(words=together, clause=terms.cooperating_departments)
    for route in counted:
        yield _fee_notice(route, terms)


def _fee_notice(route: Route, terms: Terms) -> Notice:
    fee = Fee(training=route.activity.training, audience=route.activity.audience)
    words, said = activity_words(fee), _FEE_SET if _fee_set(fee, terms) else _FEE_OPEN
    return Notice(
        words=Words(f"{words.zh}收费：{said.zh}", f"fees of {words.en}: {said.en}"), clause=terms.fee_standard
    )


def _fee_set(fee: Fee, terms: Terms) -> bool:
    return f"{fee.training.value}:{fee.audience.value}" in terms.fee_standard.listed


def _registration_part(registration: Registration, terms: Terms) -> Part:
    clause, due = _registrar_due(registration.profit, terms)
    right = registration.registered_with.value in clause.listed
    reason = Judged(
        clause=clause,
        verdict=Verdict.YES if right else Verdict.NO,
        found=_REGISTRAR_WORDS[registration.registered_with],
        needed=due,
    )
    return Part(ruling=_REGISTRATION.ruled([reason], terms.term))


def _fee_part(fee: Fee, terms: Terms) -> Part:
    is_set = _fee_set(fee, terms)
    reason = Judged(
        clause=terms.fee_standard,
        verdict=Verdict.YES if is_set else Verdict.CANNOT_TELL,
        found=activity_words(fee),
        needed=_FEE_NEEDED,
        because=_FEE_SET if is_set else _FEE_OPEN,
    )
    return Part(ruling=_FEE.ruled([reason], terms.term))


def _prepaid_part(prepaid: PrepaidFees, terms: Terms) -> Part:
    clause = terms.prepaid_tools
    used = [tool for tool in prepaid.tools if tool.value in clause.listed]
    named = joined(_TOOL_WORDS[tool] for tool in prepaid.tools) if prepaid.tools else Words("没有", "none")
    reason = Judged(
        clause=clause,
        verdict=Verdict.YES if used else Verdict.NO,
        found=named,
        needed=Words("所列工具之一（鼓励）", "one of the tools named (encouraged)"),
        because=_TOOLS,
    )
    return Part(ruling=_PREPAID.ruled([reason], terms.term), notices=(Notice(words=_AMOUNTS_OPEN, clause=clause),))
