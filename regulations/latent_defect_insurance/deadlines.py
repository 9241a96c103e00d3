"""Uploads, design files and notices ahead: the last day of each, whether it is kept, and how late it is."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from regulations.latent_defect_insurance.answered import Answered, Question
from regulations.latent_defect_insurance.choices import AheadKind, UploadKind
from regulations.latent_defect_insurance.order import by_day, days_around, in_order, late_figures
from regulations.latent_defect_insurance.terms import Terms
from regulations.latent_defect_insurance.works_inputs import (
    DesignFile,
    DesignFiles,
    NoticeAhead,
    NoticesAhead,
    Upload,
    Uploads,
)
from tariffs.answers import Verdict
from tariffs.judging.assessment import Deadline, Judged, Notice
from tariffs.judging.clauses import Clause
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


def uploads(given: Uploads, on: date, terms: Terms) -> Answered:
    """Whether papers are uploaded within working days of their event.

    Source  第六条, 第七条（二）（四）（五）, 第八条（三）
    """
    items = [(item, *_upload_by(item, terms)) for item in given.items]

    def reasons_on(day: date) -> Iterable[Judged]:
        return (by_day(clause, item.uploaded_on, last, day) for item, clause, last in items)

    inferred = {clause.id: clause for item, clause, _ in items if item.kind in INFERRED_STARTS}
    return Answered(
        ruling=UPLOADS.ruled(reasons_on, on, terms.term, days_around(*(last for _, _, last in items))),
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


def design_files(given: DesignFiles, on: date, terms: Terms) -> Answered:
    """Whether design files are uploaded promptly after their review, or before their part of the works.

    Source  第九条（一）3
    """
    ruled = DESIGN_FILES.ruled(
        lambda day: (_file(item, day, terms) for item in given.items),
        on,
        terms.term,
        days_around(*(item.works_start_on for item in given.items)),
    )
    return Answered(ruling=ruled)


def _file(item: DesignFile, on: date, terms: Terms) -> Judged:
    if not item.needs_review:
        return in_order(terms.design_files_before_works, item.uploaded_on, item.works_start_on, on)
    days = ((item.uploaded_on or on) - item.ready_on).days
    found = Words(f"审查通过后第 {days} 日", f"day {days} after the review")
    return Judged(clause=terms.design_files_prompt, verdict=Verdict.CANNOT_TELL, found=found, because=PROMPTLY)


def notices_ahead(given: NoticesAhead, on: date, terms: Terms) -> Answered:
    """Whether household acceptance and pre-view were notified working days ahead, counted back from the day.

    Source  第九条（一）4
    """
    items = [(item, *_notice_by(item, terms)) for item in given.items]

    def reasons_on(day: date) -> Iterable[Judged]:
        return (by_day(clause, item.notified_on, last, day) for item, clause, last in items)

    return Answered(
        ruling=NOTICES_AHEAD.ruled(reasons_on, on, terms.term, days_around(*(last for _, _, last in items))),
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
