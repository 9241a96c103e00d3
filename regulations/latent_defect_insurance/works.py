"""Uploads, design files, notices ahead and barred steps: the last day of each, whether it is kept, and how late it is."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from regulations.latent_defect_insurance.order import by_day, days_around, in_order, late_figures
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.works_inputs import (
    Acceptance,
    AheadKind,
    DesignFile,
    DesignFiles,
    NoticeAhead,
    NoticesAhead,
    Step,
    Upload,
    UploadKind,
    Uploads,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice, judge
from tariffs.judging.clauses import Clause
from tariffs.judging.parts import Part, Question
from tariffs.judging.periods import working_days_after, working_days_before
from tariffs.vocabulary.errors import Words

UPLOADS: Final = Question(
    key="uploads", words=Words("各项上传是否按时（或尚来得及）", "are the uploads in time, or may they still be?")
)
DESIGN_FILES: Final = Question(
    key="design_files",
    words=Words("设计文件上传是否合规（或尚可合规）", "are the design files uploaded in time, or may they still be?"),
)
NOTICES_AHEAD: Final = Question(
    key="notices_ahead",
    words=Words("是否按时提前通知（或尚来得及）", "was notice given in time, or may it still be?"),
)
PROMPTLY: Final = Words("“及时”未定天数", "promptly is not measured in days")
START_INFERRED: Final = Words(
    "起算日条文未明说：按出具日、交付日计", "the text does not name the first day: taken from issue, or from hand-over"
)
INFERRED_STARTS: Final = (UploadKind.FINAL_REPORT, UploadKind.USER_DOCUMENTS)
ACCEPTANCE: Final = Question(key="acceptance", words=Words("能否进行这一步", "may this step be taken?"))
OBJECTION: Final = Words(
    "对严重技术风险有异议的，提请建设行政管理部门处置", "who objects asks the construction authority"
)


def uploads(given: Uploads, on: date, terms: Terms) -> Part:
    """Whether papers are uploaded within working days of their event.

    Source  第六条, 第七条（二）（四）（五）, 第八条（三）
    """
    items = [(item, *_upload_by(item, terms)) for item in given.items]

    def reasons_on(day: date) -> Iterable[Judged]:
        return (by_day(clause, item.uploaded_on, last, day) for item, clause, last in items)

    inferred = {clause.id: clause for item, clause, _ in items if item.kind in INFERRED_STARTS}
    return Part(
        ruling=UPLOADS.ruled_on(on, terms.term, reasons_on, days_around(*(last for _, _, last in items))),
        figures=tuple(
            figure
            for item, clause, last in items
            for figure in late_figures(clause, item.uploaded_on, last, on, terms.working_days)
        ),
        deadlines=tuple(_upload_deadline(item.happened_on, clause, last) for item, clause, last in items),
        notices=tuple(Notice(words=START_INFERRED, clause=clause) for clause in inferred.values()),
    )


def _upload_by(item: Upload, terms: Terms) -> tuple[Clause, date]:
    clause = {
        UploadKind.POLICY: terms.contract_uploaded,
        UploadKind.BRIEFING: terms.briefing_uploaded,
        UploadKind.FINAL_REPORT: terms.final_report_uploaded,
        UploadKind.USER_DOCUMENTS: terms.documents_uploaded,
        UploadKind.HOUSEHOLD_REPORT: terms.household_report_uploaded,
        UploadKind.PREVIEW_REPORT: terms.preview_report_uploaded,
    }[item.kind]
    return clause, working_days_after(item.happened_on, clause.count, terms.working_days)


def _upload_deadline(happened_on: date, clause: Clause, last: date) -> Deadline:
    return Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(
            f"{happened_on} 起 {clause.count} 个工作日，首日不计",
            f"{clause.count} working days from {happened_on}, that day not counted",
        ),
    )


def design_files(given: DesignFiles, on: date, terms: Terms) -> Part:
    """Whether design files are uploaded promptly after their review, or before their part of the works.

    Source  第九条（一）3
    """
    ruled = DESIGN_FILES.ruled_on(
        on,
        terms.term,
        lambda day: (_file(item, day, terms) for item in given.items),
        days_around(*(item.works_start_on for item in given.items)),
    )
    return Part(ruling=ruled)


def _file(item: DesignFile, on: date, terms: Terms) -> Judged:
    if not item.needs_review:
        return in_order(terms.design_files_before_works, item.uploaded_on, item.works_start_on, on)
    days = ((item.uploaded_on or on) - item.ready_on).days
    found = Words(f"审查通过后第 {days} 日", f"day {days} after the review")
    return Judged(clause=terms.design_files_prompt, verdict=Verdict.CANNOT_TELL, found=found, because=PROMPTLY)


def notices_ahead(given: NoticesAhead, on: date, terms: Terms) -> Part:
    """Whether household acceptance and pre-view were notified working days ahead, counted back from the day.

    Source  第九条（一）4
    """
    items = [(item, *_notice_by(item, terms)) for item in given.items]

    def reasons_on(day: date) -> Iterable[Judged]:
        return (by_day(clause, item.notified_on, last, day) for item, clause, last in items)

    return Part(
        ruling=NOTICES_AHEAD.ruled_on(on, terms.term, reasons_on, days_around(*(last for _, _, last in items))),
        figures=tuple(
            figure
            for item, clause, last in items
            for figure in late_figures(clause, item.notified_on, last, on, terms.working_days)
        ),
        deadlines=tuple(_notice_deadline(item.planned_on, clause, last) for item, clause, last in items),
    )


def _notice_by(item: NoticeAhead, terms: Terms) -> tuple[Clause, date]:
    clause = terms.preview_notice if item.kind is AheadKind.PREVIEW else terms.household_notice
    return clause, working_days_before(item.planned_on, clause.count, terms.working_days)


def _notice_deadline(planned_on: date, clause: Clause, last: date) -> Deadline:
    return Deadline(
        id=clause.id,
        name=Words(f"最迟日：{clause.name.zh}", f"last day: {clause.name.en}"),
        at=last,
        clause=clause,
        how=Words(
            f"自 {planned_on} 倒数 {clause.count} 个工作日，当日不计",
            f"{clause.count} working days back from {planned_on}, that day not counted",
        ),
    )


def acceptance(given: Acceptance, terms: Terms) -> Part:
    """Whether open risks, failed acceptance, open defects or a missing report bar a step.

    Source  第七条（四）, 第九条（一）4, 第九条（二）3, 第十条（三）
    """
    open_design = given.step is Step.DRAWING_REVIEW and given.serious_design_risk_open
    notices = (Notice(words=OBJECTION, clause=terms.design_risk),) if open_design else ()
    return Part(
        ruling=ACCEPTANCE.ruled((judge(clause, found) for clause, found in _bars(given, terms)), terms.term),
        notices=notices,
    )


def _bars(given: Acceptance, terms: Terms) -> Sequence[tuple[Clause, bool | None]]:
    construction = (terms.construction_risk, given.serious_construction_risk_open)
    match given.step:
        case Step.DRAWING_REVIEW:
            return ((terms.design_risk, given.serious_design_risk_open),)
        case Step.FINAL_REPORT:
            return ((terms.final_report_risk, _either(given)),)
        case Step.COMPLETION:
            return (
                construction,
                (terms.household_passed, given.household_passed),
                (terms.preview_defects, given.preview_defects_open),
                (terms.final_report_received, given.final_report_received),
            )
    return (construction,)


def _either(given: Acceptance) -> bool | None:
    """Whether a serious risk of any stage is open: nothing where one is not known and none is."""
    risks = (given.serious_design_risk_open, given.serious_construction_risk_open)
    if any(risks):
        return True
    return None if None in risks else False
