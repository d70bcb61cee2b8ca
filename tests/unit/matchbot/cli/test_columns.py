"""Text in columns of the screen."""

from matchbot.cli.columns import table_lines, width


def test_a_kanji_takes_two_columns_and_a_letter_one():
    assert width("JIS規格") == 3 * 1 + 2 * 2


def test_the_columns_of_a_table_begin_at_the_same_place_in_every_line():
    lines = list(table_lines(["名称", "数"], [["インスペック", "7"], ["TAMA協会", "1,200"]], [False, True]))
    assert lines == [
        "名称             数",
        "────────────  ─────",
        "インスペック      7",
        "TAMA協会      1,200",
    ]


def test_no_cell_is_cut_however_long_it_is():
    text = "長" * 500
    assert text in list(table_lines(["a"], [[text]], [False]))[2]


def test_a_table_without_rows_has_its_header():
    assert list(table_lines(["a", "b"], [], [False, False])) == ["a  b", "─  ─"]
