"""`huchu rule` on one case, as users start it: what is printed, what is refused, with which exit code."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

import regulations
from huchu.cli.rule import command
from huchu.cli.rule.printed import tell
from huchu.cli.rule.record import assessment_record
from huchu.cli.rule.streams import standard_input
from tariffs.answers import Verdict
from tariffs.citation import Confirmation
from tariffs.judging.assessment import Assessment, judge, ruling
from tariffs.judging.boundaries import Boundary
from tariffs.judging.clauses import Clause, Unit
from tariffs.vocabulary.errors import InputError, Words

Ask = Callable[..., Result]
LODGING = "lodging_registration"
LATE = """on = 2025-05-03
[lodging]
person = "foreigner"
place = "urban"
moved_in_at = 2025-05-01T18:30:00
registered_at = 2025-05-02T20:00:00
"""
"""One hour and a half later than the 24 hours that end on 2 May at 18:30."""


def record(ran: Result) -> dict[str, Any]:
    assert 0 == ran.exit_code, ran.stderr
    return dict(json.loads(ran.stdout))


@pytest.mark.parametrize("name", regulations.names())
def test_the_example_of_a_regulation_is_printed_as_it_is_and_can_be_judged(ask: Ask, name: str) -> None:
    printed = ask(name, "--example")
    assert 0 == printed.exit_code
    assert regulations.example(name) == printed.stdout
    judged = record(ask(name, "--input", "-", "--json", typed=printed.stdout))
    assert "done" == judged["status"]
    assert judged["verdict"] in {"yes", "no", "cannot_tell"}
    assert judged["rulings"]
    assert 0 == ask(name, "--input", "-", typed=printed.stdout).exit_code


@pytest.mark.parametrize("name", regulations.names())
def test_every_reason_figure_and_date_names_its_article_in_both_languages(ask: Ask, name: str) -> None:
    judged = record(ask(name, "--input", "-", "--json", typed=regulations.example(name)))
    reasons = [reason for each in judged["rulings"] for reason in each["reasons"]]
    for each in (*reasons, *judged["figures"], *judged["deadlines"]):
        assert each["article"], each
        assert each["document_number"] == judged["document"]["document_number"]
        assert each["name"]["zh"], each
        assert each["name"]["en"], each


def test_standard_input_may_begin_with_a_mark_and_end_its_lines_as_windows_does(ask: Ask) -> None:
    marked = ("\ufeff" + LATE.replace("\n", "\r\n")).encode("utf-8")
    assert ask(LODGING, "--input", "-", typed=LATE).stdout == ask(LODGING, "--input", "-", typed=marked).stdout


def test_json_holds_reason_figure_and_date_exactly(ask: Ask) -> None:
    judged = record(ask(LODGING, "--input", "-", "--json", typed=LATE))
    assert ("no", "2025-05-03", False) == (judged["verdict"], judged["on"], judged["on_is_today"])
    (asked,) = judged["rulings"]
    (reason,) = asked["reasons"]
    assert ("register_within", "第四条", "沪公行规〔2025〕3号") == (
        reason["clause"],
        reason["article"],
        reason["document_number"],
    )
    assert ("no", "25.5", "1.5") == (reason["verdict"], reason["found"]["plain"], reason["gap"])
    assert ("24", "hour", "at_most") == tuple(reason["needed"][key] for key in ("quantity", "unit", "boundary"))
    assert (False, False) == (reason["soft"], reason["inferred"])
    (figure,) = judged["figures"]
    assert ("register_within_late", "1.5", "hour") == (figure["id"], figure["quantity"], figure["unit"])
    (deadline,) = judged["deadlines"]
    assert "2025-05-02T18:30:00+08:00" == deadline["at"]


def test_people_read_both_languages_with_gap_and_article(ask: Ask) -> None:
    printed = ask(LODGING, "--input", "-", typed=LATE).stdout
    assert "境外人员住宿登记办法〔沪公行规〔2025〕3号〕" in printed
    assert "结论：否 / verdict: no" in printed
    line = next(line for line in printed.splitlines() if line.startswith("入住后申报登记"))
    for part in ("25.5 小时 / 25.5 h", "不超过 24 小时 / at most 24 h", "否 / no", "第四条", "差 1.5 小时 / gap 1.5 h"):
        assert part in line
    assert "2025-05-02 18:30" in printed


@pytest.mark.parametrize(
    ("language", "wanted", "other"), [("zh", "结论：否", "verdict"), ("en", "verdict: no", "结论")]
)
def test_one_language_alone_may_be_asked_for(
    huchu: Any, tmp_path: Path, language: str, wanted: str, other: str
) -> None:
    (tmp_path / "case.toml").write_text(LATE, encoding="utf-8")
    ran = huchu("rule", LODGING, "--input", "case.toml", "--lang", language, cwd=tmp_path)
    assert 0 == ran.code
    assert wanted in ran.out
    assert other not in ran.out


def test_a_day_outside_the_term_has_no_verdict_and_names_the_term(ask: Ask) -> None:
    judged = record(ask(LODGING, "--input", "-", "--on", "2030-04-01", "--json", typed=LATE))
    assert ("not_in_force", "2030-04-01", []) == (judged["verdict"], judged["on"], judged["rulings"])
    assert ("2025-04-01", "2030-03-31") == (
        judged["document"]["effective_from"],
        judged["document"]["effective_until"],
    )
    printed = ask(LODGING, "--input", "-", "--on", "2030-04-01", typed=LATE).stdout
    assert "不在施行期" in printed
    assert "2025-04-01 to 2030-03-31" in printed
    assert "verdict:" not in printed


def test_the_day_of_the_command_counts_before_that_of_the_case(ask: Ask) -> None:
    assert "2026-01-01" == record(ask(LODGING, "--input", "-", "--on", "2026-01-01", "--json", typed=LATE))["on"]


def test_a_case_without_a_day_is_judged_today_and_told_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "today", lambda: date(2025, 6, 1))
    case = LATE.partition("\n")[2]
    judged = record(ask(LODGING, "--input", "-", "--json", typed=case))
    assert ("2025-06-01", True) == (judged["on"], judged["on_is_today"])
    assert "2025-06-01（案例没有 on，取今天）" in ask(LODGING, "--input", "-", typed=case).stdout


def _made_up() -> Assessment:
    """A soft aim missed by three and a reading of ours that is met."""
    term = regulations.assess(
        LODGING, regulations.read_case(LODGING, {"on": date(2025, 5, 1), **_channel()}, where="x")
    )
    citation = replace(term.term.citation, article="第一条", confirmation=Confirmation.PUBLIC_COPY)
    aim = Clause(
        id="aim",
        name=Words("力争数", "aim"),
        meaning="about ten",
        citation=citation,
        quantity=Decimal(10),
        unit=Unit.MINUTE,
        boundary=Boundary.AT_LEAST,
        soft=True,
    )
    ours = Clause(id="ours", name=Words("推定", "inferred"), meaning="ours", citation=citation, inferred=True)
    because = Words("据上下文", "from the context")
    reasons = [judge(aim, 7), judge(ours, True, because=because)]
    return replace(
        term,
        term=replace(term.term, citation=citation),
        rulings=(ruling("made", Words("可否", "may it be?"), reasons),),
        changes_on=None,
    )


def _channel() -> dict[str, Any]:
    words = {"person": "foreigner", "channel": "window", "through": "self", "papers": "valid"}
    return {"channel": {**words, "false_statement_before": False}}


def test_soft_aims_our_readings_and_copies_are_marked(capsys: pytest.CaptureFixture[str]) -> None:
    tell(_made_up(), day_is_today=False)
    printed = capsys.readouterr().out
    lines = printed.splitlines()
    assert "软性，不计入结论" in next(line for line in lines if line.startswith("力争数"))
    assert "差 3 分钟 / gap 3 min" in next(line for line in lines if line.startswith("力争数"))
    assert "本工具的理解 / our reading" in next(line for line in lines if line.startswith("推定"))
    assert "据上下文 / from the context 〔第一条〕" in printed
    assert "公开转载文本" in printed
    assert "结论不随时间改变" in printed


def test_of_several_questions_those_are_named_that_the_verdict_hangs_on(ask: Ask) -> None:
    false_before = (
        '[channel]\nperson = "foreigner"\nchannel = "self_service"\nthrough = "self"\npapers = "valid"\n'
        "false_statement_before = true\n"
    )
    in_time = LATE.replace("05-02T20", "05-02T18")
    assert (
        "结论：否（[channel]） / verdict: no ([channel])"
        in ask(LODGING, "--input", "-", typed=in_time + false_before).stdout
    )
    assert "结论：否（[lodging] [channel]）" in ask(LODGING, "--input", "-", typed=LATE + false_before).stdout
    assert "verdict: no\n" in ask(LODGING, "--input", "-", typed=LATE).stdout


def test_the_question_is_named_whose_answer_time_changes_and_the_end_of_the_document_is_told(ask: Ask) -> None:
    not_yet = LATE.replace("registered_at", "# ").replace("2025-05-03", "2025-05-02")
    printed = ask(LODGING, "--input", "-", typed=not_yet).stdout
    assert "if nothing but time changes, the answer to [lodging] changes on 2025-05-03" in printed
    printed = ask(LODGING, "--input", "-", typed=LATE).stdout
    assert "the answer holds until the document ends on 2030-03-31" in printed


def test_a_column_of_notes_without_a_note_is_left_out(ask: Ask) -> None:
    assert "note" in ask(LODGING, "--input", "-", typed=LATE).stdout
    assert "note" not in ask(LODGING, "--input", "-", typed=LATE.replace("02T20", "02T18")).stdout


@pytest.mark.parametrize(
    ("figure", "told"), [("1e21", "at most 21"), ("1e999999", "at most 21"), ("1e-13", "12 decimals")]
)
def test_a_figure_that_cannot_be_reckoned_exactly_is_refused(ask: Ask, figure: str, told: str) -> None:
    case = f"on = 2025-05-01\n[growth]\noutput_cny = [1, {figure}]\n"
    ran = ask("specialised_small_firms", "--input", "-", typed=case)
    assert 1 == ran.exit_code
    assert "case.growth.output_cny[2]" in ran.stderr
    assert told in ran.stderr


@pytest.mark.parametrize("name", regulations.names())
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_there_are_end_in_an_answer_or_a_refusal(ask: Ask, name: str, day: str) -> None:
    ran = ask(name, "--input", "-", "--on", day, typed=regulations.example(name))
    assert ran.exit_code in {0, 1}
    assert (0 == ran.exit_code) or "InputError: " in ran.stderr or "PolicyNotCovered: " in ran.stderr


def test_what_overflows_in_a_regulation_is_a_problem_of_the_case(monkeypatch: pytest.MonkeyPatch, ask: Ask) -> None:
    def beyond(*_: object) -> date:
        return date.max + timedelta(days=1)

    monkeypatch.setattr(regulations.leaf(LODGING), "assess", beyond)
    ran = ask(LODGING, "--input", "-", typed=LATE)
    assert 1 == ran.exit_code
    assert "lies too far out to be reckoned with" in ran.stderr


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match="standard input cannot be read"):
        standard_input()


def test_soft_aims_and_our_readings_are_marked_in_json_too() -> None:
    made = assessment_record(_made_up())
    aim, ours = made["rulings"][0]["reasons"]
    assert (True, False, "no", "3") == (aim["soft"], aim["inferred"], aim["verdict"], aim["gap"])
    assert (False, True, None, True) == (ours["soft"], ours["inferred"], ours["gap"], ours["found"]["plain"])
    assert Verdict.YES.value == made["verdict"]


def test_asking_nothing_says_what_to_type(ask: Ask) -> None:
    ran = ask(LODGING)
    assert 2 == ran.exit_code
    assert f"huchu rule {LODGING} --input case.toml" in ran.stderr
    assert "huchu rule list" in ask().stderr


def test_a_misspelt_name_is_wrong_usage_and_the_nearest_is_offered(ask: Ask) -> None:
    for arguments in (["--example"], ["--input", "-"], []):
        ran = ask("lodging_registraton", *arguments)
        assert 2 == ran.exit_code
        assert f"did you mean {LODGING}" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([LODGING, "--example", "--input", "-"], "--example and --input do not go together"),
        ([LODGING, "--example", "--example-csv"], "--example and --example-csv do not go together"),
        ([LODGING, "--example-csv", "--json"], "--example-csv and --json do not go together"),
        ([LODGING, "--example", "--on", "2025-05-01"], "--example and --on do not go together"),
        ([LODGING, "--example-csv", "--settings", "x"], "--example-csv and --settings do not go together"),
        ([LODGING, "--input", "-", "--out", "x.csv"], "--out needs --batch"),
        ([LODGING, "--input", "-", "--skip-refused"], "--skip-refused needs --batch"),
        ([LODGING, "--input", "-", "--jobs", "2"], "--jobs needs --batch"),
        ([LODGING, "--batch", "-", "--force"], "--force needs --out"),
        ([LODGING, "--batch", "-", "--input", "-"], "cannot both read standard input"),
        (["list", "--example"], "list and --example do not go together"),
        (["list", "--on", "2025-05-01"], "list and --on do not go together"),
    ],
)
def test_options_that_do_not_belong_together_are_wrong_usage(ask: Ask, arguments: list[str], told: str) -> None:
    ran = ask(*arguments, typed="")
    assert 2 == ran.exit_code
    assert told in ran.stderr
    assert "" == ran.stdout or "--json" in arguments


@pytest.mark.parametrize("day", ["2025-5-1", "heute", "2025-02-30"])
def test_a_day_that_is_none_is_wrong_usage(ask: Ask, day: str) -> None:
    ran = ask(LODGING, "--input", "-", "--on", day, typed=LATE)
    assert 2 == ran.exit_code
    assert "2025-07-01" in ran.stderr


def test_everything_wrong_with_a_case_is_told_at_once(ask: Ask) -> None:
    wrong = LATE.replace('"urban"', '"urbn"').replace("registered_at", "registerd_at")
    ran = ask(LODGING, "--input", "-", typed=wrong)
    assert 1 == ran.exit_code
    assert "did you mean urban" in ran.stderr
    assert "did you mean registered_at" in ran.stderr


def test_a_refusal_is_one_json_object_where_that_is_asked_for(ask: Ask) -> None:
    ran = ask(LODGING, "--input", "-", "--json", typed="on = 2025-05-01\n")
    assert 1 == ran.exit_code
    refused = json.loads(ran.stdout)
    assert ("refused", "InputError") == (refused["status"], refused["error"]["kind"])


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"on = = 1", "not valid TOML"), ("on = 2025-05-01 # 日".encode("gbk"), "cannot read"), (b"", "problem(s)")],
)
def test_what_is_no_case_is_refused(ask: Ask, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "case.toml").write_bytes(content)
    from_file, from_input = ask(LODGING, "--input", "case.toml"), ask(LODGING, "--input", "-", typed=content)
    assert (1, 1) == (from_file.exit_code, from_input.exit_code)
    assert told in from_file.stderr
    assert told in from_input.stderr


def test_a_file_that_is_not_there_is_refused(ask: Ask) -> None:
    ran = ask(LODGING, "--input", "missing.toml")
    assert 1 == ran.exit_code
    assert "missing.toml" in ran.stderr


def test_the_list_names_every_regulation_with_document_and_questions(ask: Ask) -> None:
    printed = ask("list").stdout
    for name in regulations.names():
        header = regulations.LIBRARY.versions(name)[0].header
        assert f"{name}  {header.citation.title}〔{header.citation.document_number}〕" in printed
    assert "[lodging] 住宿登记是否按时" in printed


def test_the_list_as_json_holds_terms_and_questions(ask: Ask) -> None:
    listed = {each["name"]: each for each in record(ask("list", "--json"))["regulations"]}
    assert set(regulations.names()) == set(listed)
    (document,) = listed[LODGING]["documents"]
    assert ("沪公行规〔2025〕3号", "2025-04-01", "2030-03-31") == (
        document["document_number"],
        document["effective_from"],
        document["effective_until"],
    )
    assert ["lodging", "channel"] == list(listed[LODGING]["questions"])


def test_a_document_of_the_user_counts_before_that_of_the_product(ask: Ask, tmp_path: Path) -> None:
    shipped = regulations.DOCUMENTS / LODGING / "2025-04-01.toml"
    own = tmp_path / "own" / LODGING
    own.mkdir(parents=True)
    longer = shipped.read_text(encoding="utf-8").replace("2030-03-31", "2031-03-31")
    (own / shipped.name).write_text(longer, encoding="utf-8")
    (tmp_path / "case.toml").write_text(LATE, encoding="utf-8")
    (tmp_path / "huchu.toml").write_text(
        'season_calendar = "jun_sep_dec_feb"\nobligation_year_from = "06-01"\n'
        'call_counting = "equivalent_discharge"\ndocuments_dir = "own"\n',
        encoding="utf-8",
    )
    judged = record(ask(LODGING, "--input", "case.toml", "--on", "2030-04-01", "--json"))
    assert ("no", "2031-03-31") == (judged["verdict"], judged["document"]["effective_until"])


def test_asking_for_help_loads_neither_the_regulations_nor_an_engine() -> None:
    loaded = (
        "import runpy, sys\nsys.argv = ['huchu', 'rule', '--help']\n"
        "try:\n    runpy.run_module('huchu', run_name='__main__', alter_sys=True)\nexcept SystemExit: pass\n"
        "print(sorted({'regulations', 'polars', 'rich.table'} & set(sys.modules)), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", loaded], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert "[]" == ran.stderr.strip()
