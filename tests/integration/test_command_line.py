"""The command line on real files: what it prints, where, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.localised import speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings
from matchbot.texts import LANGUAGES

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龯]")
INSPEC = "seed:inspec"

Run = Callable[..., Result]


def runner(home: Path) -> Run:
    def run(*arguments: str, language: str = "en", text: str | None = None) -> Result:
        speak(language)
        shell = Shell(Settings(home=home, language=language, encoder="none"), build_service)
        return CliRunner().invoke(matchbot, arguments, obj=shell, input=text, prog_name="matchbot")

    return run


@pytest.fixture(scope="module")
def ready_home(tmp_path_factory) -> Path:
    """A home with the bundled organisations and a small sample; the tests here only read it."""
    home = tmp_path_factory.mktemp("ready")
    result = runner(home)("setup", "--sample-scale", "0.01")
    assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def run(ready_home) -> Run:
    return runner(ready_home)


@pytest.fixture
def fresh(tmp_path) -> Run:
    return runner(tmp_path / "home")


def read_json(result: Result) -> object:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# --- every command


READING = [
    ("corpus", "status"),
    ("clusters",),
    ("clusters", "lineage"),
    ("index", "status"),
    ("index", "list"),
    ("index", "verify"),
    ("org", "show", INSPEC),
    ("org", "show", INSPEC, "--fields"),
    ("org", "find", "インスペック"),
    ("org", "candidates"),
    ("search", "ガラス基板の欠陥検査"),
    ("search", "ガラス基板の欠陥検査", "--explain", "--as", INSPEC),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_every_reading_command_answers_in_both_languages(run, arguments, language):
    result = run(*arguments, language=language)
    assert result.exit_code == 0
    assert result.stdout.strip()
    assert result.stderr == ""


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_every_reading_command_answers_in_json(run, arguments):
    assert read_json(run(*arguments, "--json")) is not None


@pytest.mark.parametrize(
    "arguments",
    [("index", "status"), ("index", "list"), ("clusters", "lineage"), ("corpus", "import", "--help")],
)
def test_english_has_no_japanese_but_what_the_corpus_holds(run, arguments):
    assert not JAPANESE.search(run(*arguments, language="en").stdout)


# --- setting up


def test_setting_up_twice_does_the_work_once(fresh):
    first = read_json(fresh("setup", "--sample-scale", "0", "--json"))
    second = read_json(fresh("setup", "--sample-scale", "0", "--json"))
    assert (first["is_loaded"], first["is_built"]) == (True, True)
    assert (second["is_loaded"], second["is_built"]) == (False, False)
    assert first["manifest"]["name"] == second["manifest"]["name"]


def test_progress_goes_to_standard_error_a_line_for_each_stage(fresh):
    result = fresh("setup", "--sample-scale", "0.01", "--json")
    read_json(result)
    assert "Loading the sample …\n" in result.stderr
    assert result.stderr.splitlines() == list(dict.fromkeys(result.stderr.splitlines()))


# --- the corpus


CSV = """\
法人番号,名称,都道府県,事業内容
,株式会社試験精機,東京都,アルミ部品の精密切削加工。担当 090-1234-5678
1234567890123,番号が誤り,大阪府,めっき
,,愛知県,名称がない
"""


@pytest.fixture
def csv(tmp_path) -> Path:
    file = tmp_path / "members.csv"
    file.write_text(CSV, encoding="cp932")
    return file


def test_an_import_names_file_row_field_and_remedy_of_each_row_left_out(fresh, csv):
    result = fresh("corpus", "import", str(csv))
    assert result.exit_code == 0
    assert "1 of 3 rows loaded." in result.stdout
    assert "members.csv row 3: 法人番号 “1234567890123”: the check digit does not match" in result.stdout
    assert "members.csv row 4: 名称 “”: it is empty; give it a value" in result.stdout


def test_an_import_flags_personal_data_without_repeating_it(fresh, csv):
    result = fresh("corpus", "import", str(csv))
    assert "row 2: 事業内容" in result.stdout
    assert "mobile number" in result.stdout
    assert "1234-5678" not in result.stdout


def test_a_dry_run_changes_nothing(fresh, csv):
    report = read_json(fresh("corpus", "import", str(csv), "--dry-run", "--json"))
    assert report["difference"]["organisations"]["n_added"] == 1
    assert read_json(fresh("corpus", "status", "--json"))["counts"]["organisations"] == {}


def test_the_same_file_again_makes_no_difference(fresh, csv):
    fresh("corpus", "import", str(csv))
    assert "Nothing is different." in fresh("corpus", "import", str(csv)).stdout


def test_a_file_that_is_not_there_is_told_with_what_was_done(fresh, csv):
    result = fresh("corpus", "import", str(csv), "nowhere.csv")
    assert result.exit_code == 65
    assert "nowhere.csv cannot be loaded: there is no such file. Nothing was changed." in result.stderr
    assert read_json(fresh("corpus", "status", "--json"))["counts"]["organisations"] == {}


def test_loading_what_ships_and_a_sample_marks_the_sample(fresh):
    read_json(fresh("corpus", "init", "--json"))
    read_json(fresh("corpus", "sample", "--scale", "0.001", "--json"))
    found = fresh("org", "find", "大学", language="ja")
    marked = {line.split()[0]: "【見本】" in line for line in found.stdout.splitlines() if ":" in line}
    assert marked
    assert {id.startswith("sample:") == is_marked for id, is_marked in marked.items()} == {True}


# --- organisations


def test_each_field_comes_with_its_source_and_date(run):
    lines = run("org", "show", INSPEC, "--fields").stdout.splitlines()
    facts = [line for line in lines if line.strip() and "─" not in line][1:]
    assert len(facts) > 8
    assert [line for line in facts if not re.search(r"\d{4}-\d\d-\d\d", line)] == []


def test_an_organisation_is_withdrawn_from_the_next_search_without_a_build(fresh):
    fresh("setup", "--sample-scale", "0")
    need = ("search", "ガラス基板の欠陥検査", "--json")
    first = read_json(fresh(*need))["matches"]["items"][0]["hit"]["organisation"]["id"]
    assert first == INSPEC
    fresh("org", "withdraw", INSPEC, "--reason", "asked to")
    after = [item["hit"]["organisation"]["id"] for item in read_json(fresh(*need))["matches"]["items"]]
    assert INSPEC not in after
    assert "[withdrawn]" in fresh("org", "show", INSPEC).stdout
    fresh("org", "reinstate", INSPEC)
    assert read_json(fresh(*need))["matches"]["items"][0]["hit"]["organisation"]["id"] == INSPEC


def test_an_organisation_whose_review_begins_again_is_in_no_search_data_until_it_is_published(fresh):
    fresh("corpus", "init")

    def published() -> int:
        return read_json(fresh("index", "build", "--json"))["n_organisations"]

    everybody = published()
    begun_again = fresh("org", "review", INSPEC, "draft", language="ja")
    assert begun_again.stdout.startswith(f"{INSPEC} を「下書き」にしました。")
    assert "Review: draft" in fresh("org", "show", INSPEC).stdout
    assert published() == everybody - 1
    fresh("org", "review", INSPEC, "published")
    assert published() == everybody
    shown = [line.strip() for line in fresh("org", "show", INSPEC, language="ja").stdout.splitlines()]
    assert shown.count("審査の段階: 公開") == 1
    assert [line.partition(" ")[2] for line in shown if " 審査: " in line] == [
        f"審査: {INSPEC} 下書き",
        f"審査: {INSPEC} 公開",
    ]
    refused = fresh("org", "review", INSPEC, "checked")
    assert refused.exit_code == 65
    assert "cannot go from “published” to “checked”" in refused.stderr


def test_a_merge_is_shown_and_can_be_undone(fresh):
    fresh("corpus", "init")
    ids = [one["id"] for one in read_json(fresh("org", "find", "大学", "--json"))[:2]]
    assert fresh("org", "merge", *ids, "--reason", "same").exit_code == 0
    assert read_json(fresh("org", "show", ids[1], "--json"))["profile"]["organisation"]["id"] == ids[0]
    assert fresh("org", "unmerge", ids[1]).exit_code == 0
    assert read_json(fresh("org", "show", ids[1], "--json"))["profile"]["organisation"]["id"] == ids[1]


def test_an_unknown_organisation_is_told_in_one_line_with_the_remedy(run):
    result = run("org", "show", "nobody:1", language="ja")
    assert result.exit_code == 66
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "エラー: 「nobody:1」という ID の機関はありません。`matchbot org find 名称` で ID を調べてください。"
    ]


# --- clusters


def test_the_clusters_are_seventeen_and_their_totals_explained(run):
    result = run("clusters")
    assert len(read_json(run("clusters", "--json"))["rows"]) == 17
    assert "9,860 firms and 413 universities" in result.stdout
    assert "about 9,800 and about 290" in result.stdout
    assert "a university that takes part in several projects seems to be counted in each" in result.stdout


def test_clusters_become_others_and_the_days_before_keep_them(fresh):
    fresh("corpus", "init")
    split = ("clusters", "split", "hokkaido", "--into", "doo=道央=Central", "--into", "doto=道東")
    assert fresh(*split, "--on", "2011-04-01", "--reason", "地域別に").exit_code == 0
    ids = {
        day: {row["cluster"]["id"] for row in read_json(fresh("clusters", "--on", day, "--json"))["rows"]}
        for day in ("2011-03-31", "2011-04-01")
    }
    assert ids["2011-03-31"] - ids["2011-04-01"] == {"hokkaido"}
    assert ids["2011-04-01"] - ids["2011-03-31"] == {"doo", "doto"}
    assert "doo + doto" in fresh("clusters", "lineage").stdout


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (("rename", "hokkaido", "--into", "north=北"), "renamed"),
        (("merge", "kansai-bio", "tokai-bio", "--into", "west-bio=西日本バイオ"), "merged"),
        (("abolish", "krip"), "abolished"),
    ],
)
def test_each_change_of_clusters_is_on_record(fresh, arguments, kind):
    assert fresh("clusters", *arguments, "--on", "2011-04-01").exit_code == 0
    assert [event["kind"] for event in read_json(fresh("clusters", "lineage", "--json"))] == [kind]


# --- the index


def test_a_search_before_any_build_tells_what_to_do(fresh):
    result = fresh("search", "めっき")
    assert result.exit_code == 66
    assert "matchbot index build" in result.stderr


def test_a_rollback_makes_the_snapshot_before_the_live_one_again(fresh):
    fresh("setup", "--sample-scale", "0")
    fresh("org", "withdraw", INSPEC)
    second = read_json(fresh("index", "build", "--json"))
    first = read_json(fresh("index", "rollback", "--json"))
    assert first["n_organisations"] == second["n_organisations"] + 1
    assert read_json(fresh("index", "status", "--json"))["manifest"]["name"] == first["name"]
    assert fresh("index", "rollback").exit_code == 66


def test_a_damaged_snapshot_is_found(fresh, tmp_path):
    fresh("setup", "--sample-scale", "0")
    file = next((tmp_path / "home" / "snapshots").glob("*/passages.arrow"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    result = fresh("index", "verify")
    assert result.exit_code == 65
    assert "passages.arrow" in result.stderr


# --- search


def test_explaining_gives_three_ranks_scores_and_weights(run):
    result = run("search", "ガラス基板の欠陥検査", "--explain")
    for header in ("lexical rank", "dense rank", "fused rank", "score", "Weights of the parts"):
        assert header in result.stdout
    assert "Source: " in result.stdout


def test_explaining_names_the_words_that_a_profile_has_not(run):
    result = run("search", "ガラス基板の欠陥検査と黒トリュフの栽培", "--explain", language="ja")
    assert re.search(r"1\. 紹介文に見当たらない語: .*トリュフ", result.stdout)


def test_the_scope_is_seen_from_the_organisation_that_asks(run):
    def clusters(scope: str) -> set[str]:
        found = read_json(run("search", "検査", "--as", INSPEC, "--scope", scope, "--limit", "50", "--json"))
        return {c for item in found["matches"]["items"] for c in item["hit"]["organisation"]["clusters"]}

    assert "tohoku" not in clusters("other")
    assert "tohoku" in clusters("all")


def test_filters_are_taken_as_they_are_said(run):
    for prefecture in ("東京", "東京都", "Tokyo"):
        found = read_json(run("search", "加工", "--prefecture", prefecture, "--kind", "firm", "--json"))
        organisations = [item["hit"]["organisation"] for item in found["matches"]["items"]]
        assert {(one["prefecture"], one["kind"]) for one in organisations} <= {("東京都", "firm")}
    result = run("search", "加工", "--prefecture", "アトランティス")
    assert result.exit_code == 65
    assert "not the name of a prefecture" in result.stderr


def test_no_output_tells_who_a_masked_organisation_is(run):
    found = read_json(run("search", "加工 検査 測定 材料", "--limit", "300", "--json"))
    masked = [item for item in found["matches"]["items"] if item["hit"]["organisation"]["is_masked"]]
    assert masked
    for item in masked:
        assert re.fullmatch("M-[A-Z2-7]{6}", item["hit"]["organisation"]["name"])
        assert "organisation_id" not in item
        assert item["hit"]["evidence"] is None


# --- eval


@pytest.fixture
def evaluation_set(tmp_path) -> Path:
    """Three firms and two questions, of which one is answered by nobody."""
    folder = tmp_path / "set"
    folder.mkdir()
    texts = {"a": "ガラス基板の欠陥を検査する装置", "b": "金型の鏡面研磨", "c": "亜鉛めっきの量産"}
    corpus = [{"id": id, "name": id, "kind": "firm", "passages": [text]} for id, text in texts.items()]
    queries = [
        {"id": "1", "text": "ガラスの検査", "exclude": [], "groups": ["short"]},
        {"id": "2", "text": "めっき", "exclude": [], "groups": []},
    ]
    for name, lines in (("corpus", corpus), ("queries", queries)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n", encoding="utf-8")
    return folder


def test_an_evaluation_gives_its_measures_over_all_and_for_each_group(fresh, evaluation_set):
    report = read_json(fresh("eval", str(evaluation_set), "--lexical-only", "--json"))
    measures = {"success@1", "success@10", "recall@10", "recall@100", "mrr@10", "ndcg@10", "n"}
    assert measures <= set(report["overall"])
    assert measures <= set(report["groups"]["short"])
    assert (report["overall"]["success@1"], report["overall"]["n"], report["n_unjudged"]) == (1.0, 1, 1)
    assert "nDCG@10" in fresh("eval", str(evaluation_set), "--lexical-only").stdout


def test_an_evaluation_leaves_the_home_alone(fresh, evaluation_set, tmp_path):
    fresh("eval", str(evaluation_set), "--lexical-only")
    assert not list((tmp_path / "home").glob("snapshots/*/manifest.json"))


def test_a_broken_line_of_an_evaluation_set_is_named(fresh, evaluation_set):
    with (evaluation_set / "queries.jsonl").open("a") as file:
        file.write("{not json\n")
    result = fresh("eval", str(evaluation_set))
    assert result.exit_code == 65
    assert "queries.jsonl line 3" in result.stderr


# --- chat


def test_a_conversation_over_lines_answers_each_and_ends(run):
    lines = "ガラス基板の欠陥検査ができる相手を探しています\n大学だけ\n関西以外で\nもっと\n"
    result = run("chat", language="ja", text=lines)
    assert result.exit_code == 0
    answers = result.stdout.split("\n> ")[1:]
    assert [answer.split("\n")[0] for answer in answers] == lines.splitlines()
    assert "1. インスペック" in answers[0]
    assert "条件: 大学・高専" in answers[1]
    assert "「大学・高専の条件を外して」" in answers[1]
    assert "関西以外" in answers[2]
    assert "ご利用ありがとうございました。" in answers[3]


def test_a_conversation_without_search_data_says_so_before_anybody_writes(fresh):
    result = fresh("chat", text="めっき\n")
    assert result.exit_code == 66
    assert result.stdout == ""
    assert "matchbot index build" in result.stderr


def test_a_conversation_ends_when_it_is_asked_to(run):
    result = run("chat", language="ja", text="終了\nめっき\n")
    assert "めっき" not in result.stdout.split("> 終了")[1]


def test_a_conversation_answers_in_the_language_it_is_spoken_to_unless_one_is_set(run):
    text = "We need a company that inspects glass substrates\n"
    assert "may fit" in run("chat", language="ja", text=text).stdout
    assert "候補です" in run("chat", "--language", "ja", language="en", text=text).stdout


def test_a_conversation_survives_empty_lines_and_broken_bytes(ready_home):
    done = subprocess.run(
        [sys.executable, "-m", "matchbot", "chat"],
        input=b"\n\xff\xfe\n" + "ガラス".encode() + b"\n",
        capture_output=True,
        env={**os.environ, "MATCHBOT_HOME": str(ready_home)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "> ガラス" in done.stdout.decode()


# --- the process


def process(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "matchbot", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "MATCHBOT_HOME": str(home), **settings},
        check=False,
    )


def test_the_version_is_told(tmp_path):
    done = process(tmp_path, "--version")
    assert re.fullmatch(r"matchbot \d+\.\d+\.\d+\n", done.stdout)


def test_a_wrong_setting_is_told_in_every_language_and_nothing_else_is_done(tmp_path):
    done = process(tmp_path / "home", "corpus", "init", MATCHBOT_LANGUAGE="fr")
    assert done.returncode == 78
    assert len(done.stderr.splitlines()) == len(LANGUAGES)
    assert done.stderr.count("MATCHBOT_LANGUAGE") == len(LANGUAGES)
    assert not (tmp_path / "home").exists()


def test_an_interrupted_import_ends_in_one_line_and_changes_nothing(tmp_path):
    process(tmp_path, "corpus", "init")
    running = subprocess.Popen(
        [sys.executable, "-m", "matchbot", "corpus", "sample"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MATCHBOT_HOME": str(tmp_path), "MATCHBOT_LANGUAGE": "en"},
        # Jobs that a shell runs in the background ignore Ctrl-C, and so does whatever they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert running.stderr is not None
    assert running.stderr.readline() == "Loading the sample …\n"
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 130
    assert running.stderr.read() == "\nInterrupted.\n"
    running.stderr.close()
    counts = json.loads(process(tmp_path, "corpus", "status", "--json").stdout)["counts"]
    assert counts["n_samples"] == 0
    assert sum(counts["organisations"].values()) > 0


def test_a_reader_that_stops_reading_is_no_error(ready_home):
    pipe = f'"{sys.executable}" -m matchbot search 加工 --limit 300 --json | head -n 1'
    env = {**os.environ, "MATCHBOT_HOME": str(ready_home)}
    done = subprocess.run(pipe, shell=True, capture_output=True, text=True, env=env, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


def test_a_cluster_without_its_extra_is_told_before_the_work_begins_with_how_to_install_it(ready_home):
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "from matchbot.cli import main\n"
        "sys.argv = 'matchbot index build --encoder some/model --scheduler tcp://127.0.0.1:1'.split()\n"
        "main()"
    )
    env = {**os.environ, "MATCHBOT_HOME": str(ready_home), "MATCHBOT_LANGUAGE": "en"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 69
    assert "(distributed)" in done.stderr
    assert 'pip install "matchbot[scale]"' in done.stderr
    assert "Reading" not in done.stderr


SLOW = {
    "torch",
    "sentence_transformers",
    "openpyxl",
    "phonenumbers",
    "scipy",
    "sklearn",
    "altair",
    "igraph",
} | {
    *("pandas", "sqlite_utils", "matchbot.desk", "matchbot.indicators", "matchbot.ledger"),
}
EXTRA = {"dask", "distributed", "psycopg", "psycopg_pool", "pymilvus", "milvus_lite"}


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [
        ("search 検査", SLOW | EXTRA),
        ("index build --encoder none", {"pandas"} | EXTRA),
        *((command, EXTRA) for command in ("index build", "ledger verify", "nightly --dry-run", "doctor")),
    ],
)
def test_a_command_loads_neither_what_is_slow_nor_an_extra_that_is_not_configured(
    ready_home, command, unwanted
):
    code = (
        "import sys\n"
        "from matchbot.cli import main\n"
        f"sys.argv = ['matchbot', *{command.split()}]\n"
        "try:\n"
        "    main()\n"
        "except SystemExit:\n"
        "    pass\n"
        f"print('loaded', sorted({unwanted} & set(sys.modules)))\n"
    )
    env = {**os.environ, "MATCHBOT_HOME": str(ready_home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"
