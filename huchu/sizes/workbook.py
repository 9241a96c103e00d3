"""The finance of a project as a workbook that recomputes itself: a summary, the assumptions, a sheet a scenario, the rates."""

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from dispatch.sizing.inputs.project import Project, Size
from huchu.sizes.workbook_inputs import names_of_cells, write_assumptions
from huchu.sizes.workbook_parts import ASSUMPTIONS, RATES, SUMMARY, ScenarioSheet, Styles, sheet_name, span
from huchu.sizes.workbook_rates import rate_places, write_rates
from huchu.sizes.workbook_scenario import HEADING_ROW, START, net_row, write_scenario
from huchu.sizes.workbook_summary import write_summary
from settlement.export.workbook import Book
from tariffs.vocabulary.errors import Words


def write_workbook(
    path: Path, project: Project, size: Size, scenarios: Sequence[ScenarioSheet], notes: Sequence[Words] = ()
) -> None:
    """Writes the workbook of the chosen size; equal figures give equal bytes.

    Shape   amounts in 元, to the fen; every cell of a cash flow and every measure is a formula that holds the figure
            of Python until a spreadsheet reckons anew
    Raises  InputError if a text is longer than a cell can hold
    """
    path.write_bytes(workbook_bytes(project, size, scenarios, notes))


def workbook_bytes(
    project: Project, size: Size, scenarios: Sequence[ScenarioSheet], notes: Sequence[Words] = ()
) -> bytes:
    """The bytes of the workbook of the chosen size.

    Raises  InputError if a text is longer than a cell can hold
    """
    created = datetime.combine(project.project.first_on, time())
    styles = Styles(book=Book(title=f"储能项目财务评价 {project.project.name}", created=created))
    workbook = styles.book.workbook
    summary, assumptions = workbook.add_worksheet(SUMMARY), workbook.add_worksheet(ASSUMPTIONS)
    named = [(sheet_name(number, each.name), each) for number, each in enumerate(scenarios, start=1)]
    pages = [workbook.add_worksheet(name) for name, _ in named]
    rates = workbook.add_worksheet(RATES)
    for name, place in names_of_cells():
        workbook.define_name(name, place)
    write_summary(styles, summary, project, size, named, notes)
    write_assumptions(styles, assumptions, project, size)
    for number, (page, (_, scenario)) in enumerate(zip(pages, named, strict=True)):
        write_scenario(styles, page, scenario, project.finance, rate_places(number, scenario))
    write_rates(styles, rates, scenarios, [_flow_cells(name, len(each.years)) for name, each in named])
    return styles.book.close()


def _flow_cells(name: str, life: int) -> tuple[str, str]:
    net, years = (f"'{name}'!{span(row, START, START + life)}" for row in (net_row(life), HEADING_ROW))
    return net, years
