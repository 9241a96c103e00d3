"""The workbook: every text is there, text is never a formula, numbers are numbers."""

import copy
import io
import re
import zipfile
from typing import Any

import fastexcel
import polars as pl
import pytest

from settlement.export import xlsx
from tariffs.vocabulary.errors import InputError

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-1", "http://example.org", "{=A1}", "\tx", "＝1+1", "1e5", "007"]


def sheet_of(book: bytes, name: str) -> list[tuple[str | None, ...]]:
    sheet = fastexcel.read_excel(book).load_sheet(name, header_row=None, dtypes="string")
    return sheet.to_polars().rows()


def sheet_xml(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return "".join(archive.read(name).decode("utf-8") for name in names)


def texts_of(rows: list[tuple[str | None, ...]]) -> set[str]:
    return {text for row in rows for text in row if text is not None}


def test_the_four_sheets_are_named_in_both_languages(record: dict[str, Any], detail: pl.DataFrame) -> None:
    names = fastexcel.read_excel(xlsx.render(record, detail)).sheet_names
    assert ["封面 Cover", "明细 Lines", "日电量 Daily", "96点 Detail"] == names


def test_orders_and_outages_have_a_sheet_of_their_own(whole: dict[str, Any], detail: pl.DataFrame) -> None:
    book = xlsx.render(whole, detail)
    names = ["封面 Cover", "明细 Lines", "日电量 Daily", "指令 Orders", "96点 Detail"]
    assert names == fastexcel.read_excel(book).sheet_names
    texts = texts_of(sheet_of(book, "指令 Orders"))
    assert any("下达 62 条，完成 61 条" in text and "62 orders given, 61 done" in text for text in texts)
    order, outage = whole["orders"]["not_done"][0], whole["outages"][0]
    written_as_numbers = {"190000", "150000", "40000", "12.5"}
    wanted = {text for text in (*order.values(), *outage.values()) if not text.endswith(".0000")}
    assert set() == (wanted | written_as_numbers) - texts


def test_with_every_order_done_the_sheet_says_their_number_alone(whole: dict[str, Any], detail: pl.DataFrame) -> None:
    whole["orders"] = {"given": "61", "done": "61", "not_done": []}
    texts = texts_of(sheet_of(xlsx.render(whole, detail), "指令 Orders"))
    assert "下达 61 条，完成 61 条 61 orders given, 61 done" in texts
    assert "指令编号\nOrder" not in texts


@pytest.mark.parametrize("part", ["orders", "outages"])
def test_outages_without_orders_and_orders_without_outages_have_the_sheet_too(
    whole: dict[str, Any], detail: pl.DataFrame, part: str
) -> None:
    whole["orders" if part == "outages" else "outages"] = (
        {"given": "", "done": "", "not_done": []} if part == "outages" else []
    )
    texts = texts_of(sheet_of(xlsx.render(whole, detail), "指令 Orders"))
    assert (part == "orders", part == "outages") == ("D-0714-2" in texts, "2025-07-14 06:30" in texts)


def test_the_cover_has_awards_shortfalls_and_counterparties(whole: dict[str, Any], detail: pl.DataFrame) -> None:
    cover = texts_of(sheet_of(xlsx.render(whole, detail), "封面 Cover"))
    lessee = whole["invoices"][2]["counterparty"]
    wanted = {lessee, "承租方", "1.2310", "0.9500", "4.0044", "2025-06-01", "10849820.3000", "120000000.0000"}
    assert set() == wanted - cover


def test_a_month_without_an_award_has_no_block_for_it(record: dict[str, Any], detail: pl.DataFrame) -> None:
    cover = texts_of(sheet_of(xlsx.render(record, detail), "封面 Cover"))
    assert not [text for text in cover if text.startswith("度电奖励")]


def test_every_text_of_every_line_stands_in_its_row(whole: dict[str, Any], detail: pl.DataFrame) -> None:
    rows = sheet_of(xlsx.render(whole, detail), "明细 Lines")
    for line, row in zip(whole["lines"], rows[1:], strict=True):
        joined = "\n".join(text for text in row if text is not None)
        plain = [text for key, text in line.items() if isinstance(text, str) and text]
        flags = [flag[key] for flag in line["flags"] for key in ("key", "text", "zh", "en")]
        assert [] == [text for text in plain + flags if text not in joined]
        assert line["trace"]["readings_sha256"] in joined


def test_an_amount_is_a_number_with_its_exact_text_beside_it(record: dict[str, Any], detail: pl.DataFrame) -> None:
    record["lines"][0]["amount_cny"] = "-1430684.40"
    book = xlsx.render(record, detail)
    frame = fastexcel.read_excel(book).load_sheet("明细 Lines", header_row=0).to_polars()
    assert pl.Float64 == frame.schema["金额 元\nAmount, CNY"]
    assert -1430684.4 == frame["金额 元\nAmount, CNY"][0]
    assert "-1430684.40" == frame["金额（精确）\nAmount, exact text"][0]


def test_a_figure_of_more_digits_than_a_double_holds_stays_text(record: dict[str, Any], detail: pl.DataFrame) -> None:
    record["lines"][0]["quantity"] = "1234567890123.4567"
    rows = sheet_of(xlsx.render(record, detail), "明细 Lines")
    assert 2 == [text for text in rows[1] if text].count("1234567890123.4567")


@pytest.mark.parametrize("text", FORMULAS)
def test_text_is_never_a_formula_a_link_or_a_number(record: dict[str, Any], detail: pl.DataFrame, text: str) -> None:
    record["station"]["name"] = text
    record["lines"][0]["item_zh"] = text
    record["notices"][0]["zh"] = text
    book = xlsx.render(record, detail)
    assert "<f>" not in sheet_xml(book)
    assert "hyperlink" not in sheet_xml(book)
    assert text == sheet_of(book, "明细 Lines")[1][2]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        strings = archive.read("xl/sharedStrings.xml").decode("utf-8")
    assert f">{text.replace('&', '&amp;')}</t>" in strings


@pytest.mark.parametrize("text", FORMULAS)
def test_names_reasons_and_order_numbers_are_never_formulas(
    whole: dict[str, Any], detail: pl.DataFrame, text: str
) -> None:
    whole["lines"][4]["counterparty"] = whole["invoices"][2]["counterparty"] = text
    whole["lines"][3]["flags"] = [{"key": "reason", "text": text, "zh": text, "en": text}]
    whole["orders"]["not_done"][0] |= {"order_id": text, "row": text}
    book = xlsx.render(whole, detail)
    assert "<f>" not in sheet_xml(book)
    assert "hyperlink" not in sheet_xml(book)
    assert 2 == [cell for row in sheet_of(book, "指令 Orders") for cell in row].count(text)
    assert text in sheet_of(book, "明细 Lines")[5]


def test_the_cover_has_every_text_of_the_printed_statement(record: dict[str, Any], detail: pl.DataFrame) -> None:
    cover = texts_of(sheet_of(xlsx.render(record, detail), "封面 Cover"))
    wanted = [record["run_id"], *record["station"].values(), *record["totals"].values(), *record["calls"].values()]
    for key in ("settings", "notices", "documents", "inputs"):
        wanted += [text for row in record[key] for text in row.values()]
    left_out = {notice["severity"] for notice in record["notices"]}
    assert set() == {text for text in wanted if text} - cover - left_out


def test_the_days_stand_beside_a_chart_of_both_directions(record: dict[str, Any], detail: pl.DataFrame) -> None:
    book = xlsx.render(record, detail)
    rows = sheet_of(book, "日电量 Daily")
    assert [(day["day"], day["charge_kwh"]) for day in record["daily"]] == [(row[0], row[4]) for row in rows[1:]]
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode("utf-8")
    assert ["'日电量 Daily'!$C$2:$C$32", "'日电量 Daily'!$D$2:$D$32"] == re.findall(
        r"<c:val>.*?<c:f>(.*?)</c:f>", chart
    )


def test_every_interval_stands_in_the_detail(record: dict[str, Any], detail: pl.DataFrame) -> None:
    frame = fastexcel.read_excel(xlsx.render(record, detail)).load_sheet("96点 Detail", header_row=1).to_polars()
    assert (62, 98) == frame.shape
    wanted = detail["p17"].cast(pl.Decimal(18, 4)).sum()
    assert wanted == frame["p17"].cast(pl.Decimal(18, 4)).sum()


def test_an_interval_without_energy_text_is_an_empty_cell(record: dict[str, Any], detail: pl.DataFrame) -> None:
    gap = detail.with_columns(p05=pl.lit(None, pl.String))
    frame = fastexcel.read_excel(xlsx.render(record, gap)).load_sheet("96点 Detail", header_row=1).to_polars()
    assert 62 == frame["p05"].null_count()


def test_other_lengths_of_interval_have_their_own_number_of_points(
    record: dict[str, Any], detail: pl.DataFrame
) -> None:
    hourly = detail.select("day", "direction", *(f"p{point:02d}" for point in range(1, 25)))
    assert "24点 Detail" in fastexcel.read_excel(xlsx.render(record, hourly)).sheet_names


@pytest.mark.parametrize("wrong", ["day", "direction"])
def test_a_detail_without_its_columns_is_refused(record: dict[str, Any], detail: pl.DataFrame, wrong: str) -> None:
    with pytest.raises(InputError, match="columns of the interval table"):
        xlsx.render(record, detail.drop(wrong))


def test_energy_that_is_not_text_is_refused(record: dict[str, Any], detail: pl.DataFrame) -> None:
    with pytest.raises(InputError, match="p01: Float64"):
        xlsx.render(record, detail.with_columns(pl.col("p01").cast(pl.Float64)))


def test_a_text_longer_than_a_cell_is_refused_and_not_cut(record: dict[str, Any], detail: pl.DataFrame) -> None:
    long = copy.deepcopy(record)
    long["notices"][0]["zh"] = "长" * 32_768
    with pytest.raises(InputError, match="32768"):
        xlsx.render(long, detail)
