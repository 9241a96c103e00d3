"""Files that must be refused: what is wrong, the bytes, the code of the finding and the row it names.

Made here, by hand; each breaks one thing in a file that is right apart from it.
"""

import gzip
import io
import zipfile
from datetime import UTC, date, datetime
from typing import NamedTuple

import polars as pl
import xlsxwriter


class BadFile(NamedTuple):
    name: str
    content: bytes
    code: str
    row: int


LONG_HEADER = "station_id,interval_start,charge_kwh,discharge_kwh"
REGISTER_HEADER = "station_id,meter_id,read_at,import_register_kwh,export_register_kwh,multiplier"
POINTS_HEADER = ",".join(["station_id", "date", "direction", *(f"p{point:02d}" for point in range(1, 97))])
NOON = datetime(2025, 7, 1, 12, tzinfo=UTC)
ZEROS = ",".join(["0"] * 96)
GOOD_ROW = "SH-1,2025-07-01T00:00,1.5,0"


def long_csv(*rows: str, header: str = LONG_HEADER) -> bytes:
    return "".join(f"{row}\n" for row in (header, GOOD_ROW, *rows)).encode()


def rated_csv(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in (f"{LONG_HEADER},quality", *rows)).encode()


def charge(text: str) -> bytes:
    return long_csv(f"SH-1,2025-07-01T00:15,{text},0")


def instant(text: str) -> bytes:
    return long_csv(f"SH-1,{text},0,0")


def station(text: str) -> bytes:
    return long_csv(f"{text},2025-07-01T00:15,0,0")


def registers(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in (REGISTER_HEADER, *rows)).encode()


def points(*rows: str, header: str = POINTS_HEADER) -> bytes:
    return "".join(f"{row}\n" for row in (header, *rows)).encode()


def nem12(*records: str, head: str = "100,NEM12,202507010000,A,B", end: str = "900") -> bytes:
    return "".join(f"{record}\n" for record in (head, *records, end) if record).encode()


def day(flag: str = "A", values: int = 48, unit: str = "1.5", on: str = "20250701") -> str:
    return ",".join(["300", on, *[unit] * values, flag, "", "", "20250702000000", ""])


E1 = "200,NMI0000001,E1,1,E1,N1,METER1,kWh,30,"
READING = "<IntervalReading><timePeriod><duration>{duration}</duration><start>{start}</start></timePeriod>{energy}</IntervalReading>"


def green_button(
    duration: str = "900",
    start: str = "1751299200",
    energy: str = "<value>1</value>",
    types: int = 1,
    power_of_ten: str = "0",
    prolog: str = "",
    feed: str = "A1",
) -> bytes:
    reading_type = (
        "<entry><link rel='self' href='/ReadingType/{number}'/><content><ReadingType><uom>72</uom>"
        f"<powerOfTenMultiplier>{power_of_ten}</powerOfTenMultiplier></ReadingType></content></entry>\n"
    )
    blocks = READING.format(duration=duration, start=start, energy=energy)
    return (
        f"<?xml version='1.0'?>{prolog}\n<feed>\n"
        + "".join(reading_type.format(number=number) for number in range(types))
        + f"<entry><link rel='self' href='/UsagePoint/{feed}/MeterReading/1/IntervalBlock/1'/>"
        + f"<content><IntervalBlock>\n{blocks}\n</IntervalBlock></content></entry>\n</feed>\n"
    ).encode()


def parquet(**columns: list[object]) -> bytes:
    good: dict[str, list[object]] = {
        "station_id": ["SH-1", "SH-1"],
        "interval_start": [datetime(2025, 7, 1, tzinfo=UTC), datetime(2025, 7, 1, 0, 15, tzinfo=UTC)],
        "charge_kwh": [1.5, 0.0],
        "discharge_kwh": [0.0, 2.25],
    }
    buffer = io.BytesIO()
    pl.DataFrame(good | columns).write_parquet(buffer)
    return buffer.getvalue()


def xlsx(*sheets: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for row_no, row in enumerate(rows):
                for column_no, cell in enumerate(row):
                    page.write(row_no, column_no, cell)
    return buffer.getvalue()


def zip_of(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


SHEET_HEADER: list[object] = LONG_HEADER.split(",")  # type: ignore[assignment]
SHEET_ROW: list[object] = ["SH-1", "2025-07-01T00:00", 1.5, 0]
WORKBOOK = xlsx([SHEET_HEADER, SHEET_ROW])

WHOLE_FILE = [
    BadFile("nothing at all", b"", "file_empty", 0),
    BadFile("only a byte-order mark", b"\xef\xbb\xbf", "file_empty", 0),
    BadFile("only line ends", b"\r\n\r\n", "file_empty", 0),
    BadFile("a header and no rows", f"{LONG_HEADER}\n".encode(), "file_no_rows", 0),
    BadFile("a picture", b"\x89PNG\r\n\x1a\n" + b"\x81" * 40, "format_unknown", 1),
    BadFile("prose", b"Dear colleague,\nplease find the readings.\n", "format_unknown", 1),
    BadFile("rows without a header", (GOOD_ROW + "\n").encode() * 2, "format_unknown", 1),
    BadFile("an old Excel workbook", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "format_unknown", 0),
    BadFile("a zip that is no workbook", zip_of(a=b"1"), "format_unknown", 0),
    BadFile("a workbook inside gzip", gzip.compress(WORKBOOK), "format_unknown", 0),
]
CUT = [
    BadFile("cut inside the last number", charge("200.5")[:-5], "row_width", 3),
    BadFile("cut after a digit", long_csv("SH-1,2025-07-01T00:15,0,200")[:-3], "file_unterminated", 3),
    BadFile("no line end, GBK", (LONG_HEADER + ",备注\n" + GOOD_ROW + ",好").encode("gbk"), "file_unterminated", 2),
    BadFile("gzip cut in the middle", gzip.compress(long_csv() * 50)[:-20], "gzip_damaged", 0),
    BadFile("gzip with a flipped byte", gzip.compress(long_csv())[:-6] + b"\0\0\0\0\0\0", "gzip_damaged", 0),
    BadFile("gzip with rubbish behind it", gzip.compress(long_csv()) + b"rubbish", "gzip_damaged", 0),
    BadFile("Parquet cut in the middle", parquet()[:-40], "parquet_damaged", 0),
    BadFile("Parquet with a broken footer", parquet()[:-20] + b"\xff" * 16 + b"PAR1", "parquet_damaged", 0),
    BadFile("workbook cut in the middle", WORKBOOK[: len(WORKBOOK) // 2], "workbook_damaged", 0),
    BadFile("XML cut in the middle", green_button()[:-20], "xml_malformed", 6),
]
ENCODING = [
    BadFile("UTF-16", long_csv().decode().encode("utf-16"), "text_encoding", 0),
    BadFile("neither UTF-8 nor GBK", long_csv() + b"\xff\xff,1,1,1\n", "text_encoding", 3),
    BadFile("a NUL byte", long_csv("SH-1,2025-07-01T00:15,\0,0"), "text_nul", 3),
    BadFile("a carriage return inside a line", long_csv("SH-1,2025-07-01T00:15,1\r5,0"), "text_carriage_return", 3),
    BadFile("line ends of an old Macintosh", long_csv().replace(b"\n", b"\r"), "text_carriage_return", 1),
]
COLUMNS = [
    BadFile("a column is missing", long_csv(header="station_id,interval_start,charge_kwh,x"), "column_missing", 1),
    BadFile("energies in MWh", long_csv(header=LONG_HEADER.replace("kwh", "mwh")), "column_missing", 1),
    BadFile("a header stands there twice", long_csv(header=LONG_HEADER.replace("dis", "")), "column_duplicate", 1),
    BadFile("columns parted by semicolons", long_csv().replace(b",", b";"), "separator_unknown", 1),
    BadFile("columns parted by tabs", long_csv().replace(b",", b"\t"), "separator_unknown", 1),
    BadFile("95 points", points(f"S,2025-07-01,charge,{ZEROS[:-2]}", header=POINTS_HEADER[:-4]), "column_missing", 1),
    BadFile("a title above the header", b"readings of July\n" + long_csv(), "format_unknown", 1),
]
ROWS = [
    BadFile("a short row", long_csv("SH-1,2025-07-01T00:15,1"), "row_width", 3),
    BadFile("a long row", long_csv("SH-1,2025-07-01T00:15,1,0,0"), "row_width", 3),
    BadFile("a decimal comma", long_csv("SH-1,2025-07-01T00:15,1,5,0"), "row_width", 3),
    BadFile("a short row and a long one", long_csv("SH-1,2025-07-01T00:15,1", "a,b,c,d,e"), "row_width", 4),
    BadFile("a blank line in the middle", long_csv("", "SH-1,2025-07-01T00:15,1,0"), "row_blank", 3),
    BadFile("a blank line before the header", b"\n" + long_csv(), "row_blank", 1),
    BadFile("a line break inside quotes", long_csv('SH-1,2025-07-01T00:15,"1', '",0'), "csv_quote", 3),
    BadFile("a quote that is not closed", long_csv('"SH-1,2025-07-01T00:15,1,0'), "csv_quote", 3),
    BadFile("a quote inside a cell", long_csv('SH"1",2025-07-01T00:15,1,0'), "csv_quote", 3),
    BadFile("a cell of a thousand digits", charge("1" * 1000), "cell_too_long", 3),
    BadFile("a blank row in a sheet", xlsx([SHEET_HEADER, [], SHEET_ROW]), "row_blank", 2),
]
NUMBERS = [
    *(
        BadFile(f"number {text!r}", charge(text), code, 3)
        for text, code in {
            "": "number_missing",
            " ": "number_missing",
            "nan": "number_malformed",
            "NaN": "number_malformed",
            "inf": "number_malformed",
            "-inf": "number_malformed",
            "null": "number_malformed",
            "1e3": "number_malformed",
            "1e400": "number_malformed",
            "1_000": "number_malformed",
            "0x10": "number_malformed",
            "5.": "number_malformed",
            ".": "number_malformed",
            "-": "number_malformed",
            "--5": "number_malformed",
            "+5": "number_malformed",
            "1.2.3": "number_malformed",
            "1 000": "number_malformed",
            " 5": "number_malformed",
            "5 kWh": "number_malformed",
            "１２": "number_malformed",
            "١٢": "number_malformed",
            "−5": "number_malformed",
            "=1+1": "number_malformed",
            "1.23456": "number_too_fine",
            "0.00001": "number_too_fine",
            "-.12345": "number_too_fine",
            "1234567890123": "number_too_large",
            "100000000.0001": "number_too_large",
            "999999999999.9999": "number_too_large",
        }.items()
    ),
    BadFile("thousands separators in quotes", long_csv('SH-1,2025-07-01T00:15,"1,000",0'), "number_malformed", 3),
    BadFile("a double that is no short decimal", parquet(charge_kwh=[1.5, 0.1 + 0.2]), "number_too_fine", 2),
    BadFile("a double that is nan", parquet(charge_kwh=[float("nan"), 1.0]), "number_malformed", 1),
    BadFile("a double that is infinite", parquet(charge_kwh=[1.0, float("inf")]), "number_malformed", 2),
    BadFile("a null in Parquet", parquet(charge_kwh=[1.0, None]), "number_missing", 2),
    BadFile("an integer beyond bounds", parquet(charge_kwh=[1, 2**62]), "number_too_large", 2),
    BadFile("text in Parquet that is no number", parquet(charge_kwh=["1.0", "1,5"]), "number_malformed", 2),
    BadFile("truth values in Parquet", parquet(charge_kwh=[True, False]), "column_type", 0),
    BadFile(
        "a fifth decimal in a sheet", xlsx([SHEET_HEADER, ["S", "2025-07-01T00:00", 0.12345, 0]]), "number_too_fine", 2
    ),
    BadFile(
        "a truth value in a sheet", xlsx([SHEET_HEADER, ["S", "2025-07-01T00:00", True, 0]]), "number_malformed", 2
    ),
    BadFile(
        "a power of ten in a sheet", xlsx([SHEET_HEADER, ["S", "2025-07-01T00:00", "1e3", 0]]), "number_malformed", 2
    ),
]
INSTANTS = [
    *(
        BadFile(f"instant {text!r}", instant(text), code, 3)
        for text, code in {
            "": "instant_missing",
            "2025/7/1 0:15": "instant_malformed",
            "2025/07/01 00:15": "instant_malformed",
            "01.07.2025 00:15": "instant_malformed",
            "2025-7-1T00:15": "instant_malformed",
            "2025-07-01": "instant_malformed",
            "2025-07-01T0:15": "instant_malformed",
            "2025-07-01T00:60": "instant_malformed",
            "2025-07-01T25:00": "instant_malformed",
            "2025-07-01T00:15:60": "instant_malformed",
            "2025-07-01T00:15:00.0001": "instant_malformed",
            "2025-07-01T00:15+8": "instant_malformed",
            "2025-07-01T00:15 CST": "instant_malformed",
            "45839.0104": "instant_malformed",
            "1751299200": "instant_malformed",
            "２０２５-07-01T00:15": "instant_malformed",
            "2025-02-29T00:15": "instant_impossible",
            "2025-06-31T00:15": "instant_impossible",
            "2025-13-01T00:15": "instant_impossible",
            "2025-07-01T24:15": "instant_impossible",
            "2025-07-01T00:15Z": "instants_mixed",
            "2025-07-01T00:15+08:00": "instants_mixed",
        }.items()
    ),
    BadFile("days where instants are meant", parquet(interval_start=[date(2025, 7, 1)] * 2), "column_type", 0),
    BadFile("no instant in Parquet", parquet(interval_start=[None, NOON]), "instant_missing", 1),
    BadFile(
        "microseconds in Parquet",
        parquet(interval_start=[NOON.replace(microsecond=1)] * 2),
        "instant_malformed",
        1,
    ),
]
NAMES = [
    *(
        BadFile(f"station {text!r}", station(text), "station_id_malformed", 3)
        for text in ("", "SH 1", "ＳＨ-1", "SH-１", "SH\u200b-1", "SH/1", "../etc", "S" * 65, "S'; --", "=S", "²")
    ),
    BadFile("an unknown quality", rated_csv("S,2025-07-01T00:15,1,0,good"), "quality_unknown", 2),
    BadFile("an unknown direction", points(f"S,2025-07-01,import,{ZEROS}"), "direction_unknown", 2),
    BadFile("a meter id with a space", registers("S,M 1,2025-07-01T00:00,1,1,1"), "meter_id_malformed", 2),
]
OTHER_TABLES = [
    BadFile("a day that does not exist", points(f"S,2025-02-30,charge,{ZEROS}"), "date_malformed", 2),
    BadFile("a day with slashes", points(f"S,2025/07/01,charge,{ZEROS}"), "date_malformed", 2),
    BadFile("a point that is no number", points(f"S,2025-07-01,charge,{ZEROS[:-1]}x"), "number_malformed", 2),
    BadFile("a row of 95 points", points(f"S,2025-07-01,charge,{ZEROS[:-2]}"), "row_width", 2),
    BadFile("a multiplier of zero", registers("S,M,2025-07-01T00:00,1,1,0"), "multiplier_not_positive", 2),
    BadFile("a negative multiplier", registers("S,M,2025-07-01T00:00,1,1,-40"), "multiplier_not_positive", 2),
    BadFile("no multiplier", registers("S,M,2025-07-01T00:00,1,1,"), "number_missing", 2),
    BadFile("a register with five decimals", registers("S,M,2025-07-01T00:00,1.00001,1,1"), "number_too_fine", 2),
]
WORKBOOKS = [
    BadFile("an empty workbook", xlsx([]), "workbook_no_table", 0),
    BadFile(
        "two sheets with readings",
        xlsx([SHEET_HEADER, SHEET_ROW], [SHEET_HEADER, SHEET_ROW]),
        "workbook_several_tables",
        0,
    ),
    BadFile("a sheet of something else", xlsx([["name", "price"], ["x", 1]]), "format_unknown", 1),
    BadFile("a workbook whose parts are rubbish", zip_of(**{"xl/workbook.xml": b"rubbish"}), "workbook_damaged", 0),
]
NEM12 = [
    BadFile("no 100 record", nem12(E1, day(), head=""), "nem12_header_missing", 1),
    BadFile("no 900 record", nem12(E1, day(), end=""), "nem12_end_missing", 3),
    BadFile("accumulated reads of NEM13", nem12(head="100,NEM13,202507010000,A,B"), "nem12_version", 1),
    BadFile("one value too few", nem12(E1, day(values=47)), "nem12_value_count", 3),
    BadFile("one value too many", nem12(E1, day(values=49)), "nem12_value_count", 3),
    BadFile("half-hours called quarters", nem12(E1.replace(",30,", ",15,"), day()), "nem12_value_count", 3),
    BadFile("intervals of 20 minutes", nem12(E1.replace(",30,", ",20,"), day(values=72)), "nem12_interval_length", 2),
    BadFile("a day before any register", nem12(day(), E1), "nem12_record_order", 2),
    BadFile("a record of another kind", nem12(E1, day(), "600,1"), "nem12_record_unknown", 4),
    BadFile("records after the end", nem12(E1, "900", day()), "nem12_after_end", 4),
    BadFile("a 200 record of three fields", nem12("200,NMI0000001,E1", day()), "row_width", 2),
    BadFile("an NMI with a space", nem12(E1.replace("NMI0", "NMI 0"), day()), "feed_malformed", 2),
    BadFile("a value with five decimals", nem12(E1, day(unit="1.00001")), "number_too_fine", 3),
    BadFile("a value that is no number", nem12(E1, day(unit="1e1")), "number_malformed", 3),
    BadFile("tenths of tenths of Wh", nem12(E1.replace("kWh", "Wh"), day(unit="1.05")), "number_too_fine", 3),
    BadFile("a NEM12 day that does not exist", nem12(E1, day(on="20250230")), "date_malformed", 3),
    BadFile("variable quality without ranges", nem12(E1, day("V")), "nem12_variable_without_ranges", 3),
    BadFile("ranges that stop early", nem12(E1, day("V"), "400,1,47,A,,"), "nem12_quality_ranges", 3),
    BadFile("ranges with a gap", nem12(E1, day("V"), "400,1,20,A,,", "400,22,48,A,,"), "nem12_quality_ranges", 5),
    BadFile("ranges that overlap", nem12(E1, day("V"), "400,1,20,A,,", "400,20,48,A,,"), "nem12_quality_ranges", 5),
    BadFile("ranges beyond the day", nem12(E1, day("V"), "400,1,49,A,,"), "nem12_quality_ranges", 4),
    BadFile("ranges for a day of one quality", nem12(E1, day(), "400,1,48,A,,"), "nem12_ranges_unexpected", 4),
    BadFile("a blank line in NEM12", nem12(E1, " ", day()), "row_blank", 3),
]
GREEN_BUTTON = [
    BadFile("XML of something else", b"<html><p>hello</p></html>\n", "greenbutton_no_readings", 0),
    BadFile("entities", green_button(prolog='<!DOCTYPE x [<!ENTITY a "b">]>'), "xml_forbidden", 1),
    BadFile("a file of the machine", green_button(prolog='<!DOCTYPE x [<!ENTITY a SYSTEM "f">]>'), "xml_forbidden", 1),
    BadFile("a hundred levels", b"<a>" * 100 + b"</a>" * 100, "xml_too_deep", 1),
    BadFile("a value with a point", green_button(energy="<value>1.5</value>"), "number_malformed", 5),
    BadFile("no value", green_button(energy=""), "number_missing", 5),
    BadFile("thousandths of Wh", green_button(power_of_ten="-3"), "number_too_fine", 5),
    BadFile("a value beyond bounds", green_button(power_of_ten="12"), "number_too_large", 5),
    BadFile("no duration", green_button(duration=""), "greenbutton_duration", 5),
    BadFile("a duration of 901 seconds", green_button(duration="901"), "greenbutton_duration", 5),
    BadFile("a start in milliseconds", green_button(start="1751299200000"), "instant_malformed", 5),
    BadFile("no reading type", green_button(types=0), "greenbutton_type_unknown", 4),
    BadFile("two reading types, neither linked", green_button(types=2), "greenbutton_type_unknown", 6),
    BadFile("a usage point with a space", green_button(feed="A 1"), "feed_malformed", 5),
]

BAD_FILES = [
    *WHOLE_FILE,
    *CUT,
    *ENCODING,
    *COLUMNS,
    *ROWS,
    *NUMBERS,
    *INSTANTS,
    *NAMES,
    *OTHER_TABLES,
    *WORKBOOKS,
    *NEM12,
    *GREEN_BUTTON,
]
