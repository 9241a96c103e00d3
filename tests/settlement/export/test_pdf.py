"""The printed statement: everything is on the page, text is only text, pages break well."""

import copy
import io
import re
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from settlement.export import pdf
from tariffs.vocabulary.errors import InputError


def pages_of(record: dict[str, Any]) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(record)))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def lines_of(record: dict[str, Any]) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.render(record))).pages]


def text_of(record: dict[str, Any]) -> str:
    return "".join(pages_of(record))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def grouped(text: str) -> str:
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def test_a_normal_month_is_one_page_of_statement_and_one_of_annex(record: dict[str, Any]) -> None:
    statement, annex = pages_of(record)
    assert "编制Prepared" in statement
    assert "第1页共2页Page1of2" in statement
    assert annex.find("附：结算依据") >= 0


def test_amounts_quantities_formulas_and_articles_of_every_line_are_printed(record: dict[str, Any]) -> None:
    text = text_of(record)
    for line in record["lines"]:
        for key in ("item_zh", "item_en", "price_cny_per_unit", "price_formula_zh", "document", "article"):
            assert squeezed(line[key]) in text, (line["line_no"], key)
        for key in ("quantity", "amount_cny", "amount_excl_tax_cny", "tax_cny"):
            assert grouped(line[key]) in text, (line["line_no"], key)
        for flag in line["flags"]:
            assert squeezed(flag["zh"]) in text


def test_totals_stand_in_figures_and_in_capitals(record: dict[str, Any]) -> None:
    text = text_of(record)
    assert "1,504,379.57" in text
    assert "壹佰伍拾万肆仟叁佰柒拾玖元伍角柒分" in text
    assert "3,814,689.61" in text


def test_header_metering_calls_settings_documents_and_notices_are_printed(record: dict[str, Any]) -> None:
    text = text_of(record)
    station, calls = record["station"], record["calls"]
    wanted = [record["statement_no"], station["name"], station["owner"], station["account_no"], calls["calls_to_date"]]
    wanted += [record["metering"][0]["meter_id"], grouped(record["metering"][0]["total_kwh"])]
    wanted += [row["setting"] for row in record["settings"]] + [row["zh"] for row in record["settings"]]
    wanted += [row["title"] for row in record["documents"]] + [row["confirmation_zh"] for row in record["documents"]]
    wanted += [row["zh"] for row in record["notices"]] + [row["sha256"][:12] for row in record["inputs"]]
    assert [] == [words for words in wanted if squeezed(words) not in text]


def test_a_long_formula_stands_whole_in_both_languages(whole: dict[str, Any]) -> None:
    text = text_of(whole)
    market, cases = whole["lines"][-2:]
    assert [] == [
        line[key]
        for line in (market, cases)
        for key in ("price_formula_zh", "price_formula_en")
        if squeezed(line[key]) not in text
    ]
    assert 2 == text.count("算式见下formulabelow")


def test_cases_are_counted_in_their_own_unit_and_power_is_priced_by_the_year(whole: dict[str, Any]) -> None:
    text = text_of(whole)
    assert "次times" in text
    assert "元/次CNYacase" in text
    # the lease is the one line of the example in kW
    assert 1 == text.count("元/kW·年CNYperkWandyear")


def test_the_lessee_is_named_on_its_line_and_on_its_invoice(whole: dict[str, Any]) -> None:
    lessee = whole["lines"][4]["counterparty"]
    assert 2 == text_of(whole).count(lessee)
    assert 1 == text_of(whole).count(f"承租方：{lessee}")


def test_a_shortfall_is_split_by_cause_only_where_it_is_known(record: dict[str, Any], whole: dict[str, Any]) -> None:
    assert "缺口" not in text_of(record)
    text = text_of(whole)
    assert "电站自身own1.2310" in text
    assert "电网侧grid0.9500" in text
    assert "未下达指令notordered4.0044" in text


def test_an_award_stands_with_its_year_and_cap_only_where_there_is_one(
    record: dict[str, Any], whole: dict[str, Any]
) -> None:
    assert "奖励年度自yearfrom" not in text_of(record)
    text = text_of(whole)
    assert "奖励年度自yearfrom2025-06-01" in text
    assert "10,849,820.3000" in text
    assert "120,000,000.0000" in text


@pytest.mark.parametrize(("to_date", "cap"), [("", ""), ("12.5", "0"), ("9000.1", "600.0000"), ("x", "1")])
def test_an_award_of_any_figures_can_be_set(whole: dict[str, Any], to_date: str, cap: str) -> None:
    whole["awards"] = [{**whole["awards"][0], "awarded_kwh_to_date": to_date, "award_cap_kwh": cap}] * 2
    assert 2 == text_of(whole).count("奖励年度自yearfrom")


def test_orders_that_were_not_done_and_outages_stand_in_the_annex(
    record: dict[str, Any], whole: dict[str, Any]
) -> None:
    assert "调度指令" not in text_of(record)
    assert "停运与限出力" not in text_of(record)
    pages = pages_of(whole)
    annex = "".join(pages[next(number for number, page in enumerate(pages) if "附：结算依据" in page) :])
    assert "下达62条，完成61条" in annex
    order, outage = whole["orders"]["not_done"][0], whole["outages"][0]
    figures = [grouped(order[key]) for key in ("ordered_kwh", "done_kwh", "failed_kwh")]
    plain = [order[key] for key in ("order_id", "start_at", "end_at", "outcome_zh", "cause_zh", "row")]
    plain += [outage[key] for key in ("from_at", "until_at", "power_available_mw", "cause_zh")]
    assert [] == [words for words in figures + plain if squeezed(words) not in annex]


def test_with_every_order_done_their_number_stands_without_a_table(whole: dict[str, Any]) -> None:
    whole["orders"] = {"given": "61", "done": "61", "not_done": []}
    assert "下达61条，完成61条" in text_of(whole)
    assert "其余如下" not in text_of(whole)


def test_a_month_in_which_a_year_ends_is_one_page_too(record: dict[str, Any]) -> None:
    record["lines"] = record["lines"][:3]
    record["ended_calls"] = [{**record["calls"], "obligation_year": "2024-06-01"}]
    statement, _ = pages_of(record)
    assert 1 == statement.count("yearfrom2024-06-01")


@pytest.mark.parametrize("text", ["W" * 240, "X-/:" * 60, "~%&é" * 60, "一" * 240, "Ж_" * 120])
def test_a_long_name_number_or_reason_breaks_inside_its_cell(whole: dict[str, Any], text: str) -> None:
    whole["lines"][4]["counterparty"] = whole["invoices"][2]["counterparty"] = text
    whole["lines"][3]["flags"] = [{"key": "reason", "text": text, "zh": f"原因：{text}", "en": f"reason: {text}"}]
    whole["orders"]["not_done"][0] |= {"order_id": text, "row": text}
    # five places, and in none of them on one line: the width of the page would not hold it
    assert 5 == text_of(whole).replace("\u200b", "").count(text)
    assert text not in "".join(lines_of(whole)).replace("\u200b", "")


def test_forty_corrections_and_as_many_orders_are_all_there(whole: dict[str, Any]) -> None:
    whole["lines"] = [
        {**whole["lines"][3], "line_no": str(number), "amount_cny": f"{number}.77"} for number in range(40)
    ]
    order = whole["orders"]["not_done"][0]
    whole["orders"]["not_done"] = [{**order, "order_id": f"D-{number:04d}"} for number in range(90)]
    text = text_of(whole)
    assert [] == [number for number in range(40) if f"{number}.77" not in text]
    assert [] == [number for number in range(90) if f"D-{number:04d}" not in text]


def test_the_file_is_archival_and_dated_by_its_period(record: dict[str, Any]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(record)))
    assert reader.metadata is not None
    assert "D:20250731000000Z" == str(reader.metadata["/CreationDate"])
    assert record["statement_no"] in str(reader.metadata.title)
    assert reader.xmp_metadata is not None
    assert b"pdfaid" in reader.xmp_metadata.stream.get_data()


def test_two_renderers_give_the_same_bytes_whatever_they_set_before(record: dict[str, Any]) -> None:
    other = copy.deepcopy(record)
    other["station"]["name"] = "崇明二号"
    busy = pdf.Renderer()
    busy.render(other)
    assert pdf.Renderer().render(record) == busy.render(record)


def test_threads_and_processes_give_the_bytes_of_one(record: dict[str, Any]) -> None:
    records = [{**record, "statement_no": f"JS-{number}"} for number in range(6)]
    one_by_one = [pdf.render(each) for each in records]
    with ThreadPoolExecutor(2) as threads:
        assert one_by_one == list(threads.map(pdf.render, records))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        assert one_by_one == list(process.map(pdf.render, records))


@pytest.mark.parametrize(
    "name",
    ["#panic()", "*bold* _it_ $x$", '")) #read("/etc/passwd") ((', "\\u{41} \\", "[#eval(1)]", "= Title", "<running>"],
)
def test_text_of_a_record_is_never_markup(record: dict[str, Any], name: str) -> None:
    record["station"]["owner"] = name
    assert squeezed(name) in text_of(record)


@pytest.mark.parametrize(
    "name", ["#panic()", "*bold* _it_ $x$", '")) #read("/etc/passwd") ((', "\\u{41} \\", "[#eval(1)]"]
)
def test_names_reasons_and_numbers_of_other_files_are_never_markup(whole: dict[str, Any], name: str) -> None:
    whole["lines"][4]["counterparty"] = whole["invoices"][2]["counterparty"] = name
    whole["lines"][3]["flags"] = [{"key": "reason", "text": name, "zh": name, "en": name}]
    whole["orders"]["not_done"][0] |= {"order_id": name, "row": name}
    assert 5 == text_of(whole).count(squeezed(name))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=30))
def test_any_text_at_all_can_be_set(whole: dict[str, Any], name: str) -> None:
    text = name.encode("utf-8", errors="replace").decode("utf-8")
    whole["station"]["name"] = whole["notices"][0]["zh"] = text
    whole["lines"][4]["counterparty"] = whole["invoices"][2]["counterparty"] = text
    whole["lines"][3]["flags"] = [{"key": "reason", "text": text, "zh": text, "en": text}]
    whole["lines"][6]["price_formula_zh"] = whole["lines"][6]["price_formula_en"] = text
    whole["orders"]["not_done"][0] |= {"order_id": text, "row": text}
    assert pdf.render(whole).startswith(b"%PDF")


def test_a_character_that_the_font_lacks_is_marked(record: dict[str, Any]) -> None:
    record["station"]["name"] = "龘峰站"
    assert "〓峰站" in text_of(record)


def test_fourteen_lines_and_25_notices_break_with_headings_repeated(record: dict[str, Any]) -> None:
    lines = [copy.deepcopy(record["lines"][number % 6]) for number in range(14)]
    for number, line in enumerate(lines, start=1):
        line["line_no"] = str(number)
    record["lines"] = lines
    record["notices"] = [{**record["notices"][0], "code": f"code_{number}"} for number in range(25)]
    record["station"]["name"] = "上海市浦东新区临港新片区第一共享独立储能电站" * 3
    pages = pages_of(record)
    assert 4 == len(pages)
    assert all("Priceandhowitcameabout" in page for page in pages[:2])
    assert "编制Prepared" in pages[1]
    assert "大写" in pages[1]
    assert all(f"code_{number}" in "".join(pages[2:]) for number in range(25))


@pytest.mark.parametrize("count", range(6, 14))
def test_signatures_never_stand_on_a_page_of_their_own(record: dict[str, Any], count: int) -> None:
    record["lines"] = [record["lines"][number % 6] for number in range(count)]
    signed = next(page for page in pages_of(record) if "编制Prepared" in page)
    assert "日电量" in signed


def test_a_month_without_days_calls_or_flags_is_set_too(record: dict[str, Any]) -> None:
    record["daily"] = []
    record["notices"] = []
    record["calls"] = dict.fromkeys(record["calls"], "")
    for line in record["lines"]:
        line["flags"] = []
        line["trace"] = {**dict.fromkeys(line["trace"], ""), "price_documents": []}
    assert "编制Prepared" in text_of(record)


def test_a_page_that_typst_refuses_is_a_refusal_that_names_the_statement(record: dict[str, Any]) -> None:
    record["daily"][0]["day"] = ""
    with pytest.raises(InputError, match=record["statement_no"]):
        pdf.render(record)
