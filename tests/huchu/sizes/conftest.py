"""Projects with their workbooks, and LibreOffice as the one who reckons them anew."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import fastexcel
import pytest

from dispatch.sizing.finance.cash_flow import cash_flow
from dispatch.sizing.finance.measures import measures
from dispatch.sizing.inputs.costs import Cost, Finance
from dispatch.sizing.inputs.fading import Augmentation
from dispatch.sizing.inputs.project import Plant, Project, Size, SizeLimits
from dispatch.sizing.inputs.scenario import Regime, Scenario
from dispatch.sizing.years import YearFigures
from huchu.sizes.workbook import write_workbook
from huchu.sizes.workbook_parts import ScenarioSheet
from tariffs.vocabulary.errors import Words

SIZE = Size(power_mw=Decimal("10.5"), energy_mwh=Decimal("21.3"))
COST = Cost(
    power_cost_cny_per_kw=Decimal("312.5"),
    energy_cost_cny_per_kwh=Decimal("873.21"),
    fixed_investment_cny=Decimal(1_234_567),
    fixed_cost_cny_per_kw_year=Decimal("17.3"),
    fixed_cost_cny_per_kwh_year=Decimal("2.41"),
    fixed_cost_cny_per_year=Decimal("55555.55"),
    variable_cost_cny_per_mwh=Decimal("4.37"),
    cost_growth_ratio=Decimal("0.021"),
)
FINANCE = Finance(discount_ratio=Decimal("0.065"), loss_carry_years=3, depreciation_years=7)
ADDED = Augmentation(in_years=(6,), energy_cost_cny_per_kwh=Decimal("711.7"), price_growth_ratio=Decimal("-0.032"))
POISON = "123456789"
FORMULA = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")
ALWAYS_RECKON = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
HOW = "PATH 中没有 soffice：运行 scripts/libreoffice.sh / soffice is not on PATH: run scripts/libreoffice.sh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A project with the scenarios whose sheets its workbook has."""

    project: Project
    scenarios: tuple[ScenarioSheet, ...]
    size: Size = SIZE

    def reckoned_with(self, cost: Cost, finance: Finance) -> tuple[ScenarioSheet, ...]:
        """The same scenarios at other costs and terms, by Python."""
        return tuple(
            scenario(each.name, each.years, cost, finance, self.project.augmentation, taxed=each.capacity_support_taxed)
            for each in self.scenarios
        )

    def write(self, path: Path) -> Path:
        write_workbook(path, self.project, self.size, self.scenarios, [Words("说明一", "first note")])
        return path


def scenario(
    name: str,
    years: Sequence[YearFigures],
    cost: Cost,
    finance: Finance,
    added: Augmentation,
    *,
    taxed: bool = False,
) -> ScenarioSheet:
    flow = cash_flow(years, SIZE, cost, finance, added, capacity_support_taxed=taxed)
    return ScenarioSheet(
        name=name,
        title=Words(f"情景 {name}", f"scenario {name}"),
        years=years,
        cash_flow=flow,
        measures=measures(flow, finance),
        capacity_support_taxed=taxed,
    )


def years(sold_cny: Sequence[int], *, full: bool = True) -> tuple[YearFigures, ...]:
    """One year for each amount sold; with `full` it buys, discharges and is supported too, and grows in year 6."""
    return tuple(
        YearFigures(
            year_no=number,
            first_on=date(2026 + number, 7, 1),
            regime=Regime.MARKET,
            energy_ratio=1 - 0.02 * number,
            added_mwh=2.13 if full and number == 6 else 0.0,
            charge_kwh_e4=full * (71_234_567_891 - number * 10**9),
            discharge_kwh_e4=full * (60_123_456_789 - number * 10**9),
            season_calls=float("nan"),
            charge_fen=full * (-123_456_701 + 37 * number),
            discharge_fen=sold * 100,
            award_fen=full * 55_555_503 if number <= 3 else 0,
            capacity_support_fen=full * 98_765_432,
            capacity_lease_fen=full * 1_234_501,
        )
        for number, sold in enumerate(sold_cny, start=1)
    )


def project(scenarios: Sequence[ScenarioSheet], cost: Cost, finance: Finance, name: str = "样例") -> Project:
    plant = Plant(id="P1", name=name, first_on=date(2027, 7, 1), life_years=9, round_trip_efficiency=Decimal("0.86"))
    return Project(
        project=plant,
        size=SizeLimits(max_power_mw=Decimal(20)),
        cost=cost,
        finance=finance,
        augmentation=ADDED,
        scenario=tuple(
            Scenario(name=each.name, title_zh="=2+2", regime=Regime.MARKET, signals="prices.csv") for each in scenarios
        ),
    )


@pytest.fixture(scope="session")
def good_and_bad() -> Example:
    """Nine years with an augmentation: one that earns, one with losses first, one that never pays, one of one year."""
    sold = {
        "good": [7_000_000 - 100_003 * year for year in range(9)],
        "late": [1_000_001, 1_200_003, 1_400_007, 1_500_000, *[8_000_001] * 5],
        "never": [1_500_000] * 9,
        "short": [30_000_000],
    }
    scenarios = [scenario(name, years(each), COST, FINANCE, ADDED, taxed=name == "late") for name, each in sold.items()]
    return Example(project=project(scenarios, COST, FINANCE, "=1+1"), scenarios=tuple(scenarios))


@pytest.fixture(scope="session")
def odd_rates() -> Example:
    """Flows of -100, 230, -132 元 (10 % and 20 %), of -100, 100, -100 (no rate), of -100, 60, -1, 60 (one rate)."""
    cost = Cost(power_cost_cny_per_kw=Decimal(0), energy_cost_cny_per_kwh=Decimal(0), fixed_investment_cny=Decimal(100))
    finance = Finance(discount_ratio=Decimal("0.08"), income_tax_ratio=Decimal(0), residual_ratio=Decimal(0))
    nets = {"two": [230, -132], "none": [100, -100], "one": [60, -1, 60]}
    scenarios = [scenario(name, years(net, full=False), cost, finance, ADDED) for name, net in nets.items()]
    return Example(project=project(scenarios, cost, finance), scenarios=tuple(scenarios))


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Path, str], dict[str, list[str | None]]]:
    """The rows of one sheet of a workbook by their English label: the cells from the column of totals on; the upper of two counts."""

    def read(path: Path, sheet: str) -> dict[str, list[str | None]]:
        frame = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string").to_polars()
        return {row[1]: list(row[3:]) for row in reversed(frame.rows()) if row[1]}

    return read


@pytest.fixture(scope="session")
def changed_book() -> Callable[[Path, Path, dict[str, str]], Path]:
    """A copy of a workbook whose formulas hold wrong figures, with other inputs in the cells of the given names."""

    def changed(source: Path, target: Path, inputs: dict[str, str]) -> Path:
        with zipfile.ZipFile(source) as book, zipfile.ZipFile(target, "w") as copy:
            names = dict(
                re.findall(r"<definedName name=\"(\w+)\">[^<]*!\$(D\$\d+)<", book.read("xl/workbook.xml").decode())
            )
            for part in book.namelist():
                text = book.read(part)
                if part.startswith("xl/worksheets/"):
                    text = FORMULA.sub(rf"\1<v>{POISON}</v>", text.decode()).encode()
                if part == "xl/worksheets/sheet2.xml":
                    text = _with_inputs(text.decode(), names, inputs).encode()
                copy.writestr(part, text)
        return target

    return changed


def _with_inputs(sheet: str, names: dict[str, str], inputs: dict[str, str]) -> str:
    for name, given in inputs.items():
        place = names[name].replace("$", "")
        cell = re.compile(rf'<c r="{place}"( s="\d+")[^>]*><v>[^<]*</v></c>')
        number = given.replace(".", "").isdigit()
        kind, inner = ("", f"<v>{given}</v>") if number else (' t="inlineStr"', f"<is><t>{given}</t></is>")
        sheet, count = cell.subn(rf'<c r="{place}"\1{kind}>{inner}</c>', sheet)
        assert 1 == count, name
    return sheet


@pytest.fixture(scope="session")
def recomputed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Path]], list[Path]]:
    """Workbooks as LibreOffice saves them after it has reckoned every formula."""

    def run(books: Sequence[Path]) -> list[Path]:
        soffice = shutil.which("soffice")
        if soffice is None:
            if os.environ.get("CI") == "true":
                pytest.fail(HOW)
            pytest.skip(HOW)
        folder = tmp_path_factory.mktemp("soffice")
        out, settings = folder / "out", folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(ALWAYS_RECKON, encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        call = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *map(str, books)]
        subprocess.run(call, check=True, capture_output=True, timeout=300)
        return [out / book.name for book in books]

    return run
