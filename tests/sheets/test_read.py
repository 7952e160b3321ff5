"""Every file that people send: read as it was meant, or refused in words that help."""

import io
import re
import tracemalloc
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from callcenter.errors import DomainError
from callcenter.sheets import workbook, write
from callcenter.sheets.read import open_table
from callcenter.sheets.text import Broken

HAN = "王小明李娜陈伟张客户投诉宽带账单"
TRADITIONAL = "陳偉張客戶投訴寬頻帳單處理"
CELLS = st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=8)
# A quote before a sign is what our own CSV puts there, and is taken away.
CELLS = CELLS.filter(lambda text: not text.startswith("'"))
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=2).filter(any), min_size=1, max_size=6)


def read(content, sheet=None):
    table = open_table(io.BytesIO(content), sheet)
    return [table.header, *(row for _number, row in table.rows)]


def refusal(content, sheet=None):
    with pytest.raises(DomainError) as refused:
        read(content, sheet)
    return refused.value


def book(fill):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        fill(made.add_worksheet("Data"))
    return file.getvalue()


@given(ROWS, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_separated_text_is_read_as_it_was_written(rows, separator, encoding):
    quoted = [
        [f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in [["Name", "Note"], *rows]
    ]
    content = "\r\n".join(separator.join(row) for row in quoted).encode(encoding)
    assert read(content) == [["Name", "Note"], *rows]


@given(st.lists(st.text(HAN, min_size=4, max_size=9), min_size=3, max_size=30))
def test_gb18030_is_recognised(names):
    text = "\n".join(["工号,姓名,职场", *(f"{at},{name},上海" for at, name in enumerate(names))])
    assert read(text.encode("gb18030")) == [row.split(",") for row in text.splitlines()]


def test_big5_is_told_from_gb18030():
    text = "\n".join(["工號,姓名,職場", *(f"{at},{TRADITIONAL[at : at + 3]},臺北" for at in range(9))])
    assert read(text.encode("big5")) == [row.split(",") for row in text.splitlines()]


@given(ROWS)
def test_what_we_write_as_csv_or_xlsx_comes_back(rows):
    assert read("".join(write.csv_lines(["Name", "Note"], rows)).encode()) == [["Name", "Note"], *rows]
    with write.xlsx(["Name", "Note"], rows) as file:
        assert read(file.read()) == [["Name", "Note"], *rows]


def test_rows_are_numbered_as_a_spreadsheet_does():
    table = open_table(io.BytesIO(b'\n\nA,B\n1,2\n\n"3\n4",5\n6,7\n'))
    assert [(number, list(row)) for number, row in table.rows] == [
        (4, ["1", "2"]),
        (6, ["3\n4", "5"]),
        (7, ["6", "7"]),
    ]


def test_progress_ends_where_the_file_ends():
    for content in (
        b"A,B\n" + b"1,2\n" * 5000,
        book(lambda sheet: [sheet.write(row, 0, "x") for row in range(40)]),
    ):
        table = open_table(io.BytesIO(content))
        list(table.rows)
        done, total = table.progress()
        assert done == total


def test_broken_row_is_named_and_the_rows_around_it_are_read():
    table = open_table(io.BytesIO(b'A,B\n1,2\n3,"x"y\n5,6\n7,"half'))
    rows = dict(table.rows)
    assert rows[2] == ["1", "2"]
    assert rows[4] == ["5", "6"]
    assert isinstance(rows[3], Broken)
    assert "only half there" in rows[5]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n \n,,\n", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\n<html><table><tr><td>1</td></tr></table>", "HTML"),
        (b"A,B\n1,\0\n", "NUL"),
        ("A,B\n1,2\n".encode("utf-16-le"), "NUL"),
        (b"A,B\n" + b"1,2\n" * 40_000 + b"\0", "NUL"),
        (b"A,B\n1,\xff\xff\xff\n", "no text"),
        ("A,B\n1,王".encode()[:-1], "half there"),
        (b'A,"B\n', "header"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"\xd0\xcf\x11\xe0 old", "damaged"),
        (b",".join(b"c%d" % at for at in range(301)), "300 columns"),
    ],
)
def test_file_that_is_no_table_is_refused_saying_why(content, says):
    refused = refusal(content)
    assert refused.field == "file"
    assert says in f"{refused.message}"
    assert refused.mend or says == "header"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_last_row_of_text_that_was_cut_off_is_refused(encoding):
    lines = ["工号,姓名,职场", "1,王小明,港", "2,李"]
    _header, whole, cut_off = read("\n".join(lines).encode(encoding))
    assert whole == ["1", "王小明", "港"]
    assert isinstance(cut_off, Broken)
    assert "middle of this row" in cut_off


@pytest.mark.parametrize("end", ["2,李\n", "2,李\r\n", "2,李,港", "2,李,"])
def test_last_row_is_read_that_leaves_blanks_out_or_ends_without_a_line_end(end):
    *_rows, last = read(f"工号,姓名,职场\n1,王小明,港\n{end}".encode())
    assert last[:2] == ["2", "李"]


def test_half_of_a_spreadsheet_is_refused():
    whole = book(lambda sheet: [sheet.write(row, 0, f"text {row}") for row in range(500)])
    for share in (0.1, 0.5, 0.9, 0.99):
        assert refusal(whole[: int(len(whole) * share)]).code == "unreadable"


def test_archive_that_is_no_spreadsheet_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "no spreadsheet" in str(refusal(file.getvalue()).message)


def test_missing_sheet_is_refused_naming_those_there_are():
    content = book(lambda sheet: sheet.write(0, 0, "A"))
    assert "Data" in str(refusal(content, "Nothing").message)
    assert read(content, "Data") == [["A"]]


def test_spreadsheet_of_too_many_rows_is_told_to_come_as_csv():
    refused = refusal(book(lambda sheet: sheet.write(workbook.MOST_ROWS + 1, 0, "x")))
    assert refused.code == "too_large"
    assert "200000" in str(refused.message)
    assert "CSV" in str(refused.mend)


def test_spreadsheet_whose_last_cell_is_far_away_is_refused_before_it_fills_the_memory():
    def fill(sheet):
        sheet.write(0, 0, "x")
        sheet.write(150_000, 16_000, "x")

    assert "cells" in str(refusal(book(fill)).message)


def rewritten(content, change):
    """Return the spreadsheet with each part as `change(name, bytes)` has it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return file.getvalue()


@pytest.mark.parametrize("far", [b"r='XFD1048576'", b'r = "XFD1048576"', b'r="xfd1048576"'])
def test_far_cell_is_found_however_it_is_written(far):
    def change(name, part):
        return name, part.replace(b'r="A2"', far)

    content = rewritten(book(lambda sheet: sheet.write(1, 0, 1)), change)
    assert refusal(content).code == "too_large"


def test_far_cell_is_found_in_a_sheet_that_lies_elsewhere():
    def change(name, part):
        part = part.replace(b"worksheets/sheet1", b"elsewhere/sheet1").replace(b'r="A2"', b'r="XFD1048576"')
        return name.replace("worksheets/sheet1", "elsewhere/sheet1"), part

    content = rewritten(book(lambda sheet: sheet.write(1, 0, 1)), change)
    assert refusal(content).code == "too_large"


def without_places(content):
    """Return the spreadsheet with no row or cell saying where it stands."""
    return rewritten(content, lambda name, part: (name, re.sub(rb' r="[A-Z]*\d+"', b"", part)))


@pytest.mark.parametrize(("tag", "named"), [(b"", b""), (b"x:", b' t="n" s="2"'), (b"", b" q=' r=\"A1\"'")])
def test_sheet_whose_cells_do_not_say_their_place_is_read_or_refused_by_its_size(tag, named):
    small = book(lambda sheet: [sheet.write_row(row, 0, ["a", "b"]) for row in range(3)])
    assert read(without_places(small)) == [["a", "b"]] * 3
    wide, long = (b"<%bc%b/>" % (tag, named)) * 16_000, b"<row><c><v>1</v></c></row>" * 1_300
    rows = b"<sheetData><row>" + wide + b"<c><v>1</v></c></row>" + long

    def change(name, part):
        return name, part.replace(b"<sheetData>", rows)

    assert "cells" in str(refusal(rewritten(small, change)).message)


def test_rows_that_do_not_say_their_place_are_counted():
    def change(name, part):
        return name, part.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * (workbook.MOST_ROWS + 2))

    content = rewritten(book(lambda sheet: sheet.write(0, 0, 1)), change)
    assert "rows" in str(refusal(content).message)


def test_part_without_tags_costs_neither_memory_nor_time():
    def change(name, part):
        return ("xl/media/picture.bmp", b"\0" * (64 << 20)) if name == "docProps/app.xml" else (name, part)

    content = rewritten(book(lambda sheet: sheet.write(0, 0, "A")), change)
    tracemalloc.start()
    workbook._refuse_too_large(io.BytesIO(content))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 16 << 20


def test_piece_without_end_is_refused():
    content = rewritten(
        book(lambda sheet: sheet.write(0, 0, 1)),
        lambda name, part: (name, part.replace(b"<v>1", b"<v>" + b"1" * (6 << 20))),
    )
    assert "unpacked" in str(refusal(content).message)


def test_row_with_nul_is_refused_and_the_others_are_read():
    content = book(
        lambda sheet: [sheet.write(row, 0, text) for row, text in enumerate(["A", "NOTHING", "b"])]
    )
    header, bad, good = read(
        rewritten(content, lambda name, part: (name, part.replace(b"NOTHING", b"_x0000_")))
    )
    assert (header, good) == (["A"], ["b"])
    assert "NUL" in bad


def test_wide_sheet_of_few_rows_is_read():
    [header] = read(book(lambda sheet: [sheet.write(0, column, f"c{column}") for column in range(250)]))
    assert len(header) == 250


def test_spreadsheet_that_unpacks_to_more_than_fits_is_refused(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_INSIDE", 1 << 20)
    content = book(lambda sheet: [sheet.write(row, 0, "the same words " * 30) for row in range(20_000)])
    assert len(content) < 1 << 20
    assert "unpacked" in str(refusal(content).message)


def test_spreadsheet_file_that_is_too_large_is_told_to_come_as_csv(monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST", 1000)
    assert "CSV" in str(refusal(book(lambda sheet: sheet.write(0, 0, "A"))).mend)


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
ROW = (
    '<table:table-row table:number-rows-repeated="{times}"><table:table-cell office:value-type="string" '
    'table:number-columns-repeated="{wide}"><text:p>x</text:p></table:table-cell></table:table-row>'
)
BLANK = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'


def ods(rows):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", ODS.format(rows=rows))
    return file.getvalue()


def test_open_document_is_read_and_one_that_repeats_without_end_is_refused():
    assert read(ods(ROW.format(times=2, wide=3) + BLANK)) == [["x"] * 3, ["x"] * 3]
    assert refusal(ods(ROW.format(times=900_000, wide=1))).code == "too_large"
    assert refusal(ods(ROW.format(times=100_000, wide=16_000))).code == "too_large"
    assert refusal(ods(ROW.format(times=100_000, wide=150) * 3)).code == "too_large"
    assert refusal(ods(ROW.format(times=900_000, wide=1).replace('"', "'"))).code == "too_large"
    marked = ROW.replace("<table:table-row ", '<table:table-row table:style-name=">" ')
    assert refusal(ods(marked.format(times=900_000, wide=1))).code == "too_large"
