"""`huchu rule NAME --batch`: many cases in a table, judged as they would be one by one."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import regulations
from huchu.cli.rule import command
from huchu.cli.rule.columns import CASE_ID, columns_of, table_of
from huchu.cli.rule.quick import maker
from tariffs.schema import toml_tables

Ask = Callable[..., Result]
LODGING = "lodging_registration"
HEADER = "case_id,on,lodging.person,lodging.place,lodging.moved_in_at,lodging.registered_at\n"
IN_TIME = "a,2025-05-03,foreigner,urban,2025-05-01T18:30,2025-05-02T18:30\n"
LATE = "b,2025-05-03,foreigner,urban,2025-05-01T18:30,2025-05-02T20:00\n"
UNKNOWN_PLACE = "c,2025-05-03,hong_kong_macao_taiwan,,2025-05-01T18:30,2025-05-03T18:30\n"
AFTER_THE_TERM = "d,2030-04-01,foreigner,urban,2025-05-01T18:30,2025-05-02T18:30\n"
WRONG = "e,2025-05-03,foregner,urban,2025-05-32T18:30,\n"
BEFORE_MOVING_IN = "f,2025-05-03,foreigner,urban,2025-05-01T18:30,2025-05-01T18:29\n"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def judged(ran: Result) -> list[dict[str, str]]:
    assert 0 == ran.exit_code, ran.stderr
    return table(ran.stdout)


def example_row(name: str, ask: Ask) -> tuple[list[str], list[str]]:
    header, row = csv.reader(io.StringIO(ask(name, "--example-csv").stdout))
    return header, row


def example_case(name: str) -> Any:
    tables = toml_tables(regulations.example(name).encode("utf-8"), name)
    return regulations.read_case(name, tables, where=name)


@pytest.mark.parametrize("name", regulations.names())
def test_the_row_of_an_example_is_the_same_case_by_either_way_of_reading(ask: Ask, name: str) -> None:
    header, row = example_row(name, ask)
    kinds = columns_of(regulations.leaf(name).Inputs)
    given = {each: cell for each, cell in zip(header, row, strict=True) if each != CASE_ID}
    assert example_case(name) == regulations.read_case(name, table_of(given, kinds, {}), where=name)
    places = {each: place for place, each in enumerate(header) if each != CASE_ID}
    assert example_case(name) == maker(regulations.leaf(name).Inputs, places, {})(row)


@pytest.mark.parametrize("name", regulations.names())
def test_the_row_of_an_example_is_judged_as_the_example_is(ask: Ask, name: str) -> None:
    one = json.loads(ask(name, "--input", "-", "--json", typed=regulations.example(name)).stdout)
    (row,) = judged(ask(name, "--batch", "-", typed=ask(name, "--example-csv").stdout))
    assert ("1", "2", one["verdict"]) == (row["case_id"], row["row"], row["verdict"])
    assert (one["changes_on"] or "") == row["changes_on"]
    for each in one["rulings"]:
        assert each["verdict"] in row[f"verdict.{each['question']}"].split(";")
    for each in one["figures"]:
        assert each["quantity"] in row[f"figure.{each['id']}.{each['unit']}"].split(";")
    for each in one["deadlines"]:
        assert each["at"] in row[f"deadline.{each['id']}"].split(";")


def test_verdicts_reasons_figures_and_dates_stand_in_columns(ask: Ask) -> None:
    rows = judged(ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME + LATE + UNKNOWN_PLACE + AFTER_THE_TERM))
    assert ["yes", "no", "cannot_tell", "not_in_force"] == [row["verdict"] for row in rows]
    assert ["yes", "no", "cannot_tell", ""] == [row["verdict.lodging"] for row in rows]
    assert ["a", "b", "c", "d"] == [row["case_id"] for row in rows]
    assert ["2", "3", "4", "5"] == [row["row"] for row in rows]
    assert "lodging.register_within" == rows[1]["reasons_no"]
    assert ["", "1.5"] == [row["figure.register_within_late.hour"] for row in rows[:2]]
    assert "2025-05-02T18:30:00+08:00" == rows[0]["deadline.register_within"]
    assert "2025-05-04T18:30:00+08:00" == rows[2]["deadline.register_within_rural"]
    assert ["2030-04-01", ""] == [rows[0]["changes_on"], rows[3]["changes_on"]]
    assert ["2025-05-03", "2030-04-01"] == [rows[0]["on"], rows[3]["on"]]


def test_how_many_there_are_of_each_verdict_is_told_beside_the_table(ask: Ask) -> None:
    ran = ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME + LATE + AFTER_THE_TERM)
    assert "3 cases: yes 1  no 1  not_in_force 1;" in ran.stderr
    assert 4 == len(ran.stdout.splitlines())


def test_a_cell_counts_before_what_all_rows_share_and_an_empty_one_does_not(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "common.toml").write_text(
        'on = 2025-05-03\n[lodging]\nperson = "foreigner"\nmoved_in_at = 2025-05-01T18:30:00\n'
        "registered_at = 2025-05-02T20:00:00\n",
        encoding="utf-8",
    )
    cases = "lodging.place,lodging.registered_at\nurban,2025-05-02T18:30\nurban,\nhotel,\n"
    rows = judged(ask(LODGING, "--batch", "-", "--input", "common.toml", typed=cases))
    assert ["yes", "no", "yes"] == [row["verdict"] for row in rows]
    assert ["2", "3", "4"] == [row["case_id"] for row in rows]


def test_what_all_rows_share_is_refused_once_where_it_is_wrong(ask: Ask, tmp_path: Path) -> None:
    wrong = '[lodging]\nplace = "urbn"\nmovd_in_at = 1\n[chanel]\n'
    (tmp_path / "common.toml").write_text(wrong, encoding="utf-8")
    ran = ask(LODGING, "--batch", "-", "--input", "common.toml", typed=HEADER + IN_TIME)
    assert 1 == ran.exit_code
    for told in ("did you mean urban", "did you mean moved_in_at", "did you mean channel", "3 problem(s)"):
        assert told in ran.stderr


def test_what_all_rows_share_may_be_a_whole_part_of_the_case(ask: Ask, tmp_path: Path) -> None:
    channel = '[channel]\nperson = "foreigner"\nchannel = "self_service"\nthrough = "self"\npapers = "valid"\n'
    (tmp_path / "common.toml").write_text(channel + "false_statement_before = true\n", encoding="utf-8")
    (row,) = judged(ask(LODGING, "--batch", "-", "--input", "common.toml", typed=HEADER + IN_TIME))
    assert ("yes", "no", "no") == (row["verdict.lodging"], row["verdict.channel"], row["verdict"])


def test_the_day_of_the_command_counts_before_that_of_the_rows(ask: Ask) -> None:
    (row,) = judged(ask(LODGING, "--batch", "-", "--on", "2030-04-01", typed=HEADER + IN_TIME))
    assert "not_in_force" == row["verdict"]


def test_rows_without_a_day_are_judged_today_and_told_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "today", lambda: date(2031, 1, 1))
    ran = ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME.replace("2025-05-03", "") + LATE)
    assert [("not_in_force", "2031-01-01"), ("no", "2025-05-03")] == [
        (row["verdict"], row["on"]) for row in judged(ran)
    ]
    assert "rows without on are judged on today, 2031-01-01" in ran.stderr
    assert "today" not in ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME).stderr


@pytest.mark.parametrize(
    ("row", "on", "is_today"),
    [
        (IN_TIME, None, False),
        ('"a,b",' + IN_TIME.removeprefix("a,").replace("2025-05-03", " "), "2031-01-01", True),
        ('"a,",' + IN_TIME.removeprefix("a,"), None, False),
    ],
)
def test_json_says_on_which_day_rows_without_one_are_judged(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, row: str, on: str | None, is_today: bool
) -> None:
    monkeypatch.setattr(command, "today", lambda: date(2031, 1, 1))
    told = json.loads(ask(LODGING, "--batch", "-", "--json", typed=HEADER + row).stdout)
    assert (on, is_today) == (told["on"], told["on_is_today"])
    typed = json.loads(ask(LODGING, "--batch", "-", "--json", "--on", "2025-05-04", typed=HEADER + row).stdout)
    assert ("2025-05-04", False) == (typed["on"], typed["on_is_today"])


def test_blank_columns_at_the_right_are_no_columns(ask: Ask) -> None:
    cases = (HEADER + IN_TIME + LATE).replace("\n", ",,\n") + ",,,,,,,\n"
    assert ["yes", "no"] == [row["verdict"] for row in judged(ask(LODGING, "--batch", "-", typed=cases))]


def test_a_figure_or_a_day_beyond_what_can_be_reckoned_is_refused_with_its_row(ask: Ask) -> None:
    header = "case_id,water_surcharge.surcharge_cny\n"
    ran = ask("specialised_small_firms", "--batch", "-", typed=header + f"a,{'9' * 30}\n")
    assert 1 == ran.exit_code
    assert "case.water_surcharge.surcharge_cny has too many digits" in ran.stderr


def test_a_very_long_text_is_not_told_in_full(ask: Ask) -> None:
    ran = ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME.replace("urban", "x" * 30_000))
    assert 1 == ran.exit_code
    assert "lodging.place" in ran.stderr
    assert len(ran.stderr) < 25_000


def test_cells_as_spreadsheets_write_them_are_read(ask: Ask) -> None:
    cases = (
        "on,channel.person,channel.channel,channel.through,channel.papers,channel.false_statement_before,"
        "channel.paper_on_list,lodging.person,lodging.place,lodging.moved_in_at\n"
        '2025/5/3,foreigner,window,self,valid,FALSE, TRUE ,foreigner,"urban",2025/5/3 8:05\n'
    )
    (row,) = judged(ask(LODGING, "--batch", "-", typed="\ufeff" + cases.replace("\n", "\r\n")))
    assert ("yes", "2025-05-04T08:05:00+08:00") == (row["verdict"], row["deadline.register_within"])


def test_all_problems_of_all_rows_are_told_with_their_row_and_nothing_is_written(ask: Ask, tmp_path: Path) -> None:
    ran = ask(LODGING, "--batch", "-", "--out", "out.csv", typed=HEADER + WRONG + IN_TIME + BEFORE_MOVING_IN)
    assert 1 == ran.exit_code
    for told in ("row 2: case e", "did you mean foreigner", "not 2025-05-32T18:30", "row 4: case f"):
        assert told in ran.stderr
    assert "moved_in_at" in ran.stderr
    assert [] == list(tmp_path.iterdir())


def test_very_many_bad_rows_are_counted_and_not_all_listed(ask: Ask) -> None:
    rows = "".join(WRONG.replace("e,", f"e{number},", 1) for number in range(50))
    ran = ask(LODGING, "--batch", "-", "--json", typed=HEADER + rows)
    assert 1 == ran.exit_code
    assert "45 more" in ran.stderr
    assert "refused" == json.loads(ran.stdout)["status"]


def test_refused_rows_may_be_skipped_and_are_told(ask: Ask) -> None:
    cases = HEADER + WRONG + IN_TIME + "g,2025-05-03\n" + BEFORE_MOVING_IN
    ran = ask(LODGING, "--batch", "-", "--skip-refused", typed=cases)
    assert 3 == ran.exit_code
    rows = table(ran.stdout)
    assert ["refused", "yes", "refused", "refused"] == [row["verdict"] for row in rows]
    assert ["e", "a", "4", "f"] == [row["case_id"] for row in rows]
    assert ["", "yes", "", ""] == [row["verdict.lodging"] for row in rows]
    assert "did you mean foreigner" in rows[0]["refusal"]
    assert "the row has 2 cells, not 6" in rows[2]["refusal"]
    assert "" == rows[1]["refusal"]
    assert "standard input:2" in ran.stderr
    assert "yes 1  refused 3" in ran.stderr


def test_json_says_that_it_is_done_in_part(ask: Ask) -> None:
    ran = ask(LODGING, "--batch", "-", "--skip-refused", "--json", typed=HEADER + WRONG + IN_TIME)
    told = json.loads(ran.stdout)
    assert (3, "done_in_part", 2) == (ran.exit_code, told["status"], told["rows"])
    assert {"yes": 1, "no": 0, "cannot_tell": 0, "not_in_force": 0, "refused": 1} == told["verdicts"]
    assert ["refused", "yes"] == [case["verdict"] for case in told["cases"]]


def test_it_is_refused_where_no_row_is_left(ask: Ask) -> None:
    ran = ask(LODGING, "--batch", "-", "--skip-refused", typed=HEADER + WRONG)
    assert (1, "") == (ran.exit_code, ran.stdout)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        (HEADER, "no rows"),
        (HEADER + ",,,,,\n", "no rows"),
        ((HEADER + IN_TIME).removesuffix("\n"), "--accept-unterminated"),
        (HEADER.replace("case_id", "case") + IN_TIME, "did you mean case_id"),
        (HEADER.replace("lodging.place", "lodging.plac") + IN_TIME, "did you mean lodging.place"),
        (HEADER.replace("lodging.place", "place") + IN_TIME, "did you mean lodging.place"),
        (HEADER.replace("lodging.place", "lodging") + IN_TIME, "column lodging is not known"),
        (HEADER.replace("lodging.place", "lodging.person") + IN_TIME, "twice: lodging.person"),
        ((HEADER + IN_TIME).replace(",", ";"), "parted by ;"),
        (HEADER + IN_TIME + LATE.replace("b,", "a,"), "case a stands in row 2 already"),
        (HEADER + "\n" + IN_TIME, "a blank row"),
        ("\n" + HEADER + IN_TIME, "a blank row"),
        (HEADER.replace("lodging.place", "") + IN_TIME, 'column "" is not known'),
        (HEADER.replace("\n", ",,\n") + IN_TIME.replace("\n", ",x,\n"), "the row has 8 cells, not 6"),
        (HEADER + "y" * 140_000 + IN_TIME, "a cell is longer than 32767 characters"),
        (HEADER + f'"{"y" * 140_000}"' + IN_TIME, "a cell is longer than 32767 characters"),
        (HEADER + IN_TIME.replace("urban", '"urban'), "a quote is not closed"),
        (HEADER + IN_TIME.replace("urban", "urban,urban"), "the row has 7 cells, not 6"),
        ((HEADER + IN_TIME).encode("utf-16"), "UTF-16"),
        (HEADER.encode() + b"\xff\xff" + IN_TIME.encode(), "neither UTF-8 nor GBK"),
        ((HEADER + IN_TIME).replace("\n", "\r"), "carriage return"),
    ],
)
def test_what_is_no_table_of_cases_is_refused(ask: Ask, tmp_path: Path, content: str | bytes, told: str) -> None:
    raw = content if isinstance(content, bytes) else content.encode("utf-8")
    (tmp_path / "cases.csv").write_bytes(raw)
    ran = ask(LODGING, "--batch", "cases.csv")
    assert (1, "") == (ran.exit_code, ran.stdout)
    assert told in ran.stderr
    assert "cases.csv" in ran.stderr


def test_a_text_in_the_chinese_encoding_is_read(ask: Ask) -> None:
    cases = (HEADER + IN_TIME).replace("a,", "张三,").encode("gb18030")
    (row,) = judged(ask(LODGING, "--batch", "-", typed=cases))
    assert "张三" == row["case_id"]


def test_a_last_row_without_line_end_may_be_accepted(ask: Ask) -> None:
    cases = (HEADER + IN_TIME).removesuffix("\n")
    assert 1 == len(judged(ask(LODGING, "--batch", "-", "--accept-unterminated", typed=cases)))


def test_empty_rows_at_the_end_are_no_cases(ask: Ask) -> None:
    assert 1 == len(judged(ask(LODGING, "--batch", "-", typed=HEADER + IN_TIME + ",,,,,\n,,,,,\n\n")))


def _mixed(rows: int) -> str:
    kinds = (IN_TIME, LATE, UNKNOWN_PLACE, AFTER_THE_TERM, WRONG)
    each: Mapping[int, str] = dict(enumerate(kinds))
    return HEADER + "".join(f"{number}{each[number * number % 5].lstrip('abcde')}" for number in range(rows))


def test_the_number_of_processes_changes_no_byte(huchu: Any, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(_mixed(2500), encoding="utf-8")
    arguments = ("rule", LODGING, "--batch", "cases.csv", "--skip-refused")
    one, two = (huchu(*arguments, "--jobs", jobs, cwd=tmp_path) for jobs in (1, 2))
    assert (3, 3) == (one.code, two.code)
    assert one.stdout == two.stdout
    assert 2501 == len(one.out.splitlines())


def test_a_row_is_judged_the_same_whatever_stands_beside_it(ask: Ask) -> None:
    together = table(ask(LODGING, "--batch", "-", "--skip-refused", typed=_mixed(40)).stdout)
    header, *rows = _mixed(40).splitlines(keepends=True)
    for row, beside in list(zip(rows, together, strict=True))[:8]:
        if beside["verdict"] != "refused":
            (alone,) = judged(ask(LODGING, "--batch", "-", typed=header + row))
            assert {**alone, "row": ""} == {**{name: beside[name] for name in alone}, "row": ""}
