"""Tables in spreadsheets: the row of headings stands out, and stays in sight, wherever the table begins."""

from openpyxl import Workbook

from matchbot.reporting.workbooks import write_table


def test_a_table_below_notes_has_its_own_headings_bold_and_in_sight():
    sheet = Workbook().worksheets[0]
    sheet.append(("2026年度",))
    write_table(sheet, ["番号", "定義"], [("I01", "短い"), ("I05", "長い文" * 40)])
    rows = list(sheet.iter_rows(min_row=3))
    assert [[cell.value for cell in row] for row in rows] == [
        ["番号", "定義"],
        ["I01", "短い"],
        ["I05", "長い文" * 40],
    ]
    assert [row[0].font.bold for row in rows] == [True, False, False]
    assert [bool(row[1].alignment.wrap_text) for row in rows] == [False, False, True]
    assert sheet.freeze_panes == "A4"
