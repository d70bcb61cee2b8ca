"""The desk by commands alone: a journey from a need to an outcome, and the care of the ledger."""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from corpus.records import Kind, Organisation
from corpus.registry import Registry
from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.localised import speak
from matchbot.cli.shell import Shell
from matchbot.config import Settings
from matchbot.masking import code_of
from matchbot.texts import LANGUAGES
from matchbot.workdays import OFFICE_ZONE, add_working_days

OURS, THEIRS = "sample:firm:hokkaido:0", "sample:firm:kansai-bio:0"
SAMPLE_SCALE = 0.005
TODAY = datetime.now(OFFICE_ZONE).date()


@dataclass(frozen=True)
class Home:
    """A home, and commands given in it."""

    folder: Path

    def run(self, *arguments: str, language: str = "en", text: str | None = None) -> Result:
        speak(language)
        shell = Shell(Settings(home=self.folder, language=language, encoder="none"), build_service)
        return CliRunner().invoke(matchbot, arguments, obj=shell, input=text, prog_name="matchbot")

    def do(self, *arguments: str, language: str = "en", text: str | None = None) -> str:
        """What a command prints that succeeds."""
        result = self.run(*arguments, language=language, text=text)
        assert result.exit_code == 0, f"{arguments}\n{result.output}\n{result.exception!r}"
        return result.stdout

    def told(self, *arguments: str) -> object:
        """What a command answers to programs."""
        answer = json.loads(self.do(*arguments, "--json"))
        assert answer["is_sample"] is True
        return answer["result"]

    def asked(self, *options: str) -> str:
        """The id of a new case: our firm asks for theirs."""
        return self.told("case", "request", THEIRS, "--as", "u-ours", "--purpose", "sales", *options)["id"]

    def consented(self) -> str:
        """The id of a case to which both have agreed."""
        case = self.asked()
        self.do("case", "approve", case, "--as", "c-ours")
        self.do("case", "consent", case, "--for", THEIRS, "--means", "phone", "--as", "c-theirs")
        return case

    def introduced(self) -> str:
        """The id of a case that was introduced."""
        case = self.consented()
        self.do("case", "introduce", case, "--as", "c-ours", "--means", "mail")
        return case


MEMBERS = (
    (
        "u-ours",
        "firm",
        "--for",
        OURS,
        "--slack",
        "U0HANAKO",
        "--name",
        "試験花子",
        "--mail",
        "hanako@example.jp",
    ),
    ("c-ours", "coordinator", "--cluster", "hokkaido", "--deputy", "c-deputy"),
    ("c-deputy", "coordinator", "--cluster", "hokkaido"),
    ("c-theirs", "coordinator", "--cluster", "kansai-bio"),
    ("staff", "staff"),
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A home with a sample network, a sample ledger and its people; each test has a copy of its own."""
    home = Home(tmp_path_factory.mktemp("prepared") / "home")
    home.do("corpus", "init")
    home.do("corpus", "sample", "--scale", str(SAMPLE_SCALE))
    home.do("ledger", "create", "--sample")
    for member in MEMBERS:
        home.do("members", "add", *member)
    return home.folder


@pytest.fixture
def home(prepared, tmp_path) -> Home:
    copytree(prepared, tmp_path / "home")
    return Home(tmp_path / "home")


def masked_code(home: Home) -> tuple[Organisation, str]:
    """A masked organisation, and what it is called."""
    with Registry.open(home.folder / "corpus.db") as registry:
        masked = next(
            profile.organisation
            for profile in registry.profiles()
            if profile.organisation.is_masked and profile.memberships
        )
    return masked, code_of(masked.id, (home.folder / "mask.key").read_bytes())


def without_ledger(home: Home) -> None:
    """Leaves the corpus only."""
    for file in home.folder.iterdir():
        if not file.name.startswith(("corpus", "mask")):
            file.unlink()


# --- The journey


JOURNEY = [
    ("needs", "enter", "樹皮を使った土壌改良材", "--purpose", "research", "--as", "u-ours"),
    ("needs", "list", "--as", "u-ours"),
    ("case", "request", THEIRS, "--need", "{need}", "--brief", "お話を伺いたい", "--as", "u-ours"),
    ("case", "quota", "--as", "u-ours"),
    ("queue", "--as", "c-ours"),
    ("case", "pairs", "--as", "c-ours"),
    ("members", "silent", "--as", "c-ours"),
    ("load", "--as", "c-ours"),
    ("case", "show", "{case}", "--as", "c-ours"),
    ("case", "approve", "{case}", "--as", "c-ours"),
    ("case", "letter", "{case}", "--for", THEIRS, "--as", "c-theirs"),
    ("case", "ask", "{case}", "--for", THEIRS, "--means", "mail", "--as", "c-theirs"),
    ("case", "question", "{case}", "量産できますか", "--for", THEIRS, "--as", "c-theirs"),
    ("case", "questions", "{case}", "--as", "u-ours"),
    ("case", "reply", "{case}", "q1", "できます", "--as", "u-ours"),
    ("case", "questions", "{case}", "--as", "c-theirs"),
    ("case", "defer", "{case}", "--until", "{soon}", "--for", THEIRS, "--means", "phone", "--as", "c-theirs"),
    (
        "case",
        "consent",
        "{case}",
        "--for",
        THEIRS,
        "--means",
        "phone",
        "--said-by",
        "山田",
        "--as",
        "c-theirs",
    ),
    ("case", "letter", "{case}", "--for", THEIRS, "--as", "c-theirs"),
    ("case", "introduce", "{case}", "--means", "mail", "--letter", "-", "--as", "c-ours"),
    ("case", "attach", "{case}", "https://example.jp/drawing-17", "--as", "u-ours"),
    ("case", "plan", "{case}", "--on", "{soon}", "--form", "online", "--as", "u-ours"),
    ("case", "memo", "{case}", "--as", "c-theirs"),
    ("case", "plan", "{case}", "--call-off", "--as", "c-ours"),
    ("case", "progress", "{case}", "meeting", "--on", "{today}", "--form", "online", "--as", "u-ours"),
    ("case", "progress", "{case}", "continuing", "--as", "c-ours"),
    ("case", "show", "{case}", "--as", "u-ours"),
    ("case", "log", "{case}", "--as", "c-ours"),
    ("case", "list", "--all", "--as", "u-ours"),
    ("outcomes", "add", "deal", OURS, THEIRS, "--on", "{today}", "--case", "{case}", "--as", "u-ours"),
    ("outcomes", "list", "--as", "c-ours"),
    ("business", "add", "b-1", OURS, "--on", "{today}", "--start", "first_sale", "--as", "c-ours"),
    ("visit", "log", THEIRS, "--on", "{today}", "--note", "大学を探している", "--as", "c-theirs"),
    ("visit", "draft", "{visit}", "--as", "c-theirs"),
    ("visit", "tie", OURS, THEIRS, "--since", "{today}", "--as", "c-theirs"),
    ("members", "group", OURS, "g-1"),
    ("members", "renew", "--as", "u-ours"),
    ("help", "ask", "補助金を教えて", "--about", "{case}", "--as", "u-ours"),
    ("help", "list", "--as", "c-ours"),
    ("help", "take", "{help}", "--as", "c-ours"),
    ("help", "close", "{help}", "--reply", "事務局の案内をお送りします", "--as", "c-ours"),
    ("help", "list", "--all", "--as", "u-ours"),
    ("survey", "send", "2026", "u-ours", "--as", "staff"),
    ("survey", "answer", "2026", "--satisfaction", "5", "--recommendation", "9", "--as", "u-ours"),
    ("members", "list"),
    ("members", "never-introduce", THEIRS, "--as", "u-ours"),
    ("members", "never-introduce", "--as", "u-ours"),
    ("members", "accesses", "--as", "u-ours"),
    ("members", "pause", "--as", "u-ours"),
    ("members", "resume", "--as", "u-ours"),
    ("handover", "c-ours", "c-deputy", "--as", "staff"),
    ("privacy", "report", "--person", "u-ours"),
    ("jobs", "run"),
    ("ledger", "verify"),
    ("ledger", "rebuild"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_need_becomes_an_introduction_and_an_outcome_by_commands_alone(home, language):
    known = {"today": str(TODAY), "soon": str(TODAY + timedelta(days=9))}
    printed = {}
    for command in JOURNEY:
        given = [word.format(**known) for word in command]
        printed[command] = home.do(*given, language=language, text="ご紹介いたします。\n")
        for name, letter in (("need", "n"), ("case", "c"), ("help", "h"), ("visit", "v")):
            if found := re.match(rf".*\n({letter}-\d+)", printed[command]):
                known.setdefault(name, found[1])
    mark = {"ja": "【見本】", "en": "[sample]"}[language]
    assert [command for command, text in printed.items() if not text.startswith(mark)] == []
    outcomes = home.told("outcomes", "list", "--as", "c-deputy")
    assert {outcome["facts"]["kind"] for outcome in outcomes} == {"deal", "new_business"}


def test_a_case_says_at_each_step_where_it_stands(home):
    case = home.asked()

    def state() -> object:
        return home.told("case", "show", case, "--as", "staff")["state"]

    assert state() == "requested"
    home.do("case", "approve", case, "--as", "c-ours")
    assert state() == "approved"
    home.do("case", "ask", case, "--for", THEIRS, "--means", "phone", "--as", "c-theirs")
    assert state() == "asked"
    home.do("case", "consent", case, "--for", THEIRS, "--means", "phone", "--as", "c-theirs")
    assert state() == "consented"
    home.do("case", "introduce", case, "--means", "mail", "--as", "c-ours")
    assert state() == "introduced"


@pytest.mark.parametrize(
    ("command", "who", "state"),
    [
        ("decline", "c-ours", "declined"),
        ("stop", "c-theirs", "cancelled"),
        ("cancel", "staff", "cancelled"),
        ("withdraw", "u-ours", "withdrawn"),
        ("return", "c-ours", "returned"),
    ],
)
def test_a_case_can_leave_by_every_exit_and_its_reason_stays_with_the_coordinators(home, command, who, state):
    case = home.asked()
    home.do("case", command, case, "--reason", "秘密の理由", "--as", who)
    assert home.told("case", "show", case, "--as", "u-ours")["state"] == state
    assert "秘密の理由" not in home.do("case", "show", case, "--as", "u-ours")
    assert "秘密の理由" in home.do("case", "log", case, "--as", "c-ours")


def test_the_log_tells_by_which_means_each_was_asked_and_answered(home):
    case = home.consented()
    home.do("case", "introduce", case, "--as", "c-ours", "--means", "mail")
    log = home.do("case", "log", case, "--as", "c-theirs")
    (asked, answered, introduced) = log.splitlines()[-3:]
    assert "telephone" in asked
    assert "telephone" in answered
    assert "[attested]" in answered
    assert "mail" in introduced


def test_a_case_that_waits_says_until_when(home):
    case = home.asked()
    expires = home.told("case", "show", case, "--as", "u-ours")["expires_on"]
    assert f"（期限 {expires.replace('-', '/')}）" in home.do(
        "case", "approve", case, "--as", "c-ours", language="ja"
    )
    home.do("case", "consent", case, "--for", THEIRS, "--means", "phone", "--as", "c-theirs")
    introduced = home.do("case", "introduce", case, "--as", "c-ours", "--means", "mail")
    assert "expires" not in introduced


def test_a_list_of_awards_and_a_correction_are_recorded(home, tmp_path):
    file = tmp_path / "awards.csv"
    file.write_text(f"scheme,award,on,winners\nR&D,1,2026-03-01,{OURS}\nR&D,2,2026-03-01,1234\n", "utf-8")
    report = home.told("awards", "import", str(file), "--as", "staff")
    assert (report["n_rows"], report["n_recorded"], report["n_of_members"]) == (2, 1, 1)
    assert [(row["row"], row["reason"]) for row in report["rejections"]] == [(3, "wrong-length")]
    assert "法人番号は13桁です" in home.do("awards", "import", str(file), "--as", "staff", language="ja")
    business = home.told("business", "add", "b-1", OURS, "--on", "2026-03-01", "--as", "c-ours")["id"]
    corrected = (
        "outcomes",
        "correct",
        business,
        "--on",
        "2026-03-31",
        "--reason",
        "登記簿",
        "--as",
        "c-ours",
    )
    home.do(*corrected)
    (outcome,) = home.told("outcomes", "list", "--as", "c-ours")
    assert outcome["facts"]["on"] == "2026-03-31"


def test_a_firm_rates_a_masked_partner_by_its_code(home):
    code = masked_code(home)[1]
    need = home.told("needs", "enter", "めっき", "--purpose", "sales", "--as", "u-ours")["id"]
    home.do("needs", "rate", need, code, "--does-not-fit", "--as", "u-ours")
    (seen,) = home.told("needs", "list", "--as", "u-ours")
    assert seen["ratings"] == {code: False}


EMPTY = [
    ("needs", "enter", " ", "--purpose", "sales", "--as", "u-ours"),
    ("case", "request", THEIRS, "--as", "u-ours"),
    ("case", "propose", OURS, THEIRS, "--as", "c-ours"),
    ("case", "request", OURS, "--purpose", "sales", "--as", "u-ours"),
    ("members", "assign", OURS, "nobody"),
    ("members", "absent", "nobody", "--from", "2026-06-01", "--through", "2026-06-02", "--as", "staff"),
    ("survey", "answer", "nothing", "--as", "u-ours"),
    ("outcomes", "add", "new_business", OURS, "--on", "2026-03-01", "--as", "c-ours"),
    ("outcomes", "correct", "o-999", "--reason", "", "--as", "c-ours"),
    ("handover", "c-ours", "u-ours", "--as", "staff"),
    ("visit", "tie", OURS, OURS, "--as", "c-ours"),
    ("awards", "import", "missing.csv", "--as", "staff"),
    ("ledger", "verify", "--head", "no head"),
]


@pytest.mark.parametrize("command", EMPTY, ids=" ".join)
def test_what_cannot_be_done_is_refused_in_words(home, command):
    result = home.run(*command)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code not in (0, 1)
    assert result.stderr.strip()


def test_the_rows_of_the_load_add_up_to_the_queue(home):
    home.asked()
    queue = home.told("queue", "--all", "--as", "staff")
    assert sum(row["n_items"] for row in home.told("load", "--as", "staff")) == len(queue) == 1


def test_lists_for_people_name_organisations_and_members_beside_their_ids(home):
    with Registry.open(home.folder / "corpus.db") as registry:
        ours, theirs = (registry.profile(id).organisation.name for id in (OURS, THEIRS))
    home.do("members", "add", "c-deputy", "coordinator", "--cluster", "hokkaido", "--name", "試験次郎")
    case = home.asked()
    home.do("case", "approve", case, "--as", "c-ours")
    home.do("outcomes", "add", "deal", OURS, THEIRS, "--on", str(TODAY), "--as", "c-ours")
    listed = home.do("members", "list", language="ja")
    assert f"{ours}（{OURS}）" in listed
    assert "試験次郎（c-deputy）" in listed
    assert f"{theirs}（{THEIRS}）" in home.do("queue", "--as", "c-theirs", language="ja")
    outcomes = home.do("outcomes", "list", "--as", "c-ours", language="ja")
    assert f"{ours}（{OURS}）、{theirs}（{THEIRS}）" in outcomes
    home.do("members", "never-introduce", THEIRS, "--as", "u-ours")
    assert f"{theirs}（{THEIRS}）" in home.do("members", "never-introduce", "--as", "u-ours", language="ja")
    home.do("members", "never-introduce", THEIRS, "--lift", "--as", "u-ours")
    home.asked("--brief", "別の用件")
    assert "試験次郎（c-deputy）" in home.do("queue", "--all", "--as", "c-ours", language="ja")


def test_no_contact_is_shown_before_all_have_consented(home):
    masked, code = masked_code(home)
    case = home.told("case", "request", code, "--purpose", "sales", "--as", "u-ours")["id"]
    shown = home.do("case", "show", case, "--as", "u-ours")
    assert code in shown
    assert masked.name not in shown
    assert masked.id not in shown


def test_a_requester_can_stay_anonymous_and_the_approver_reads_that_it_wanted_so(home):
    case = home.asked("--anonymous")
    shown = home.do("case", "show", case, "--as", "c-ours")
    code = code_of(OURS, (home.folder / "mask.key").read_bytes())
    assert f"is known as {code} until all have agreed, as it wanted" in shown


def test_an_approver_reads_everything_that_is_known_also_that_there_is_nothing(home):
    case = home.asked("--brief", "お話を伺いたい")
    shown = home.do("case", "show", case, "--as", "c-ours")
    for line in (
        "Earlier cases of these parties: –",
        "Requests left: 4",
        "Your own ties: –",
        "お話を伺いたい",
    ):
        assert line in shown
    names = [party["name"] for party in home.told("case", "show", case, "--as", "c-ours")["parties"]]
    (line,) = [line for line in home.do("queue", "--as", "c-ours").splitlines() if line.startswith(case)]
    assert all(name in line for name in names)


def test_the_log_tells_who_agreed_to_which_wording_and_until_when_somebody_thinks(home):
    case = home.asked()
    home.do("case", "approve", case, "--as", "c-ours")
    until = str(add_working_days(TODAY, 10))
    told = ("--for", THEIRS, "--means", "phone", "--as", "c-theirs")
    home.do("case", "defer", case, "--until", until, *told)
    home.do("case", "consent", case, *told)
    name = home.told("case", "show", case, "--as", "c-theirs")["parties"][1]["name"]
    log = home.do("case", "log", case, "--as", "c-theirs").splitlines()
    for happened in (f"answer put off ({until}, telephone)", "consent given (consent-1, telephone)"):
        assert any(happened in line and name in line for line in log)


def test_a_text_of_several_lines_stays_in_its_row(home):
    case = home.asked("--brief", "一行目\n二行目")
    assert "一行目 二行目" in home.do("case", "log", case, "--as", "c-ours")


def test_a_firm_cannot_try_names_of_masked_partners(home):
    masked, _ = masked_code(home)
    for told in (masked.name, masked.id):
        tried = home.run("case", "request", told, "--purpose", "sales", "--as", "u-ours")
        nobody = home.run("case", "request", "誰でもない", "--purpose", "sales", "--as", "u-ours")
        assert tried.exit_code == nobody.exit_code != 0
        assert tried.stderr.replace(told, "") == nobody.stderr.replace("誰でもない", "")


# --- Documents


def test_a_document_is_refused_before_all_consent_and_read_afterwards(home, tmp_path):
    case = home.asked()
    file = tmp_path / "drawing.txt"
    file.write_text("図面の説明\n", encoding="utf-8")
    document = home.told("case", "attach", case, "--file", str(file), "--as", "u-ours")["id"]
    refused = home.run("case", "open", case, document, "--as", "c-theirs", language="ja")
    assert refused.exit_code == 77
    assert "すべての機関が同意するまで" in refused.stderr
    home.do("case", "approve", case, "--as", "c-ours")
    home.do("case", "consent", case, "--for", THEIRS, "--means", "phone", "--as", "c-theirs")
    assert "図面の説明" in home.do("case", "open", case, document, "--as", "c-theirs")
    assert document in home.do("case", "show", case, "--as", "c-theirs")
    log = home.told("case", "log", case, "--as", "c-ours")
    assert [entry["type"] for entry in log if entry["type"].startswith("Document")] == [
        "DocumentAttached",
        "DocumentRefused",
        "DocumentOpened",
    ]


def test_a_document_is_either_a_reference_or_a_file_of_text(home, tmp_path):
    case = home.asked()
    assert home.run("case", "attach", case, "--as", "u-ours").exit_code == 2
    (tmp_path / "scan.pdf").write_bytes(b"%PDF\xff\xfe")
    result = home.run("case", "attach", case, "--file", str(tmp_path / "scan.pdf"), "--as", "u-ours")
    assert result.exit_code == 65
    assert "it is not text" in result.stderr


# --- Letters


@pytest.mark.parametrize(
    ("language", "addressed"), [("ja", " 産学連携窓口 御中"), ("en", "To the industry liaison office of ")]
)
def test_a_university_is_asked_through_its_liaison_office_and_a_firm_directly(home, language, addressed):
    with Registry.open(home.folder / "corpus.db") as registry:
        university = next(
            profile.organisation.id
            for profile in registry.profiles()
            if profile.organisation.kind is Kind.UNIVERSITY and not profile.organisation.is_masked
        )
    asking = ("case", "request", university, THEIRS, "--as", "u-ours", "--purpose", "research")
    case = home.told(*asking)["id"]
    letters = {
        party: home.do("case", "letter", case, "--for", party, "--as", "staff", "--language", language)
        for party in (university, THEIRS)
    }
    assert addressed in letters[university]
    assert addressed not in letters[THEIRS]


# --- Done once, by whoever may


def test_the_same_key_again_does_nothing_again(home):
    first, again = home.asked("--key", "slip-1"), home.asked("--key", "slip-1")
    assert first == again
    assert len(home.told("case", "list", "--as", "staff")) == 1


def test_whoever_comes_too_late_is_told_who_was_first(home):
    case = home.asked()
    home.do("case", "approve", case, "--as", "c-ours")
    result = home.run("case", "approve", case, "--as", "c-deputy", language="ja")
    assert result.exit_code == 65
    assert "c-ours さんが対応済み" in result.stderr


def test_whoever_may_not_is_told_so(home):
    case = home.asked()
    result = home.run("case", "approve", case, "--as", "u-ours")
    assert result.exit_code == 77
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("who", ["nobody", "matchbot"])
def test_only_a_registered_member_takes_part_in_a_case(home, who):
    assert home.run("case", "list", "--as", who).exit_code in (66, 77)


def test_without_for_it_must_be_clear_for_whom_a_member_speaks(home):
    result = home.run("case", "request", THEIRS, "--purpose", "sales", "--as", "c-ours")
    assert result.exit_code == 2
    assert "--for" in result.stderr


def test_a_coordinator_enters_what_a_firm_asked_for_on_the_telephone(home):
    case = home.asked()
    home.do("case", "withdraw", case, "--as", "u-ours")
    entered = home.told(
        *("case", "request", OURS, "--for", THEIRS, "--purpose", "sales", "--means", "phone"),
        *("--as", "c-theirs"),
    )["id"]
    assert "[attested]" in home.do("case", "log", entered, "--as", "c-theirs")


def test_an_introduction_made_outside_counts_once_however_often_it_is_logged(home):
    command = ("case", "outside", OURS, THEIRS, "--means", "fair", "--on", "2026-01-15")
    first = home.told(*command, "--purpose", "sales", "--as", "c-ours")
    second = home.told(*command, "--purpose", "sales", "--as", "c-theirs")
    assert (first["id"], second["notices"]) == (second["id"], ["already-logged"])
    assert home.told("case", "show", first["id"], "--as", "staff")["path"] == "outside"


# --- Files


def test_members_come_from_a_file_and_broken_rows_are_told_with_their_place(home, tmp_path):
    file = tmp_path / "members.csv"
    file.write_text("id,役割,クラスター\nk-1,コーディネーター,tohoku\nk-2,王様,\n", encoding="cp932")
    shown = home.do("members", "import", str(file))
    assert "2 rows: 1 added" in shown
    assert "members.csv row 3: 役割" in shown
    assert "k-1" in home.do("members", "list")


def test_the_survey_of_members_is_taken_in_once(home, tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text(
        f"種類,日付,機関\n成約,2026-03-01,{OURS} {THEIRS}\n上場,いつか,{OURS}\n", encoding="utf-8"
    )
    first = home.told("outcomes", "import", str(file), "--wave", "2026", "--as", "staff")
    second = home.told("outcomes", "import", str(file), "--wave", "2026", "--as", "staff")
    assert (first["n_recorded"], len(first["rejections"])) == (1, 1)
    assert second["n_recorded"] == 0
    assert len(home.told("outcomes", "list", "--as", "staff")) == 1


# --- The ledger


def test_what_is_erased_stays_erased_after_an_older_backup_is_restored(home, tmp_path):
    home.introduced()
    backup = tmp_path / "backup"
    home.do("ledger", "backup", str(backup))
    home.do("privacy", "erase", "u-ours", "--yes")
    home.do("ledger", "restore", str(backup), "--yes", "--lose-newer")
    assert home.told("ledger", "verify")["fault"] is None
    kept = b"".join(file.read_bytes() for file in home.folder.rglob("*") if file.is_file())
    assert "試験花子".encode() not in kept


def test_nothing_is_erased_or_restored_without_a_yes(home, tmp_path):
    backup = tmp_path / "backup"
    home.do("ledger", "backup", str(backup))
    assert home.run("privacy", "erase", "u-ours", text="n\n").exit_code == 1
    assert home.run("ledger", "restore", str(backup), text="n\n").exit_code == 1
    assert "試験花子" in home.do("members", "list")


def test_the_head_goes_to_a_file_and_shows_later_that_nothing_was_cut_off(home):
    head = home.do("ledger", "export-head").strip()
    home.asked()
    assert home.told("ledger", "verify", "--head", head)["fault"] is None
    seq, _, digest = head.partition(":")
    longer = f"{int(seq) + 99}:{digest}"
    cut = home.run("ledger", "verify", "--head", longer)
    assert cut.exit_code == 65
    assert "the records end before the head that was kept" in cut.stdout
    assert home.run("ledger", "verify", "--head", "nonsense").exit_code == 2


def test_a_real_ledger_takes_no_sample_organisation_and_shows_no_mark(home):
    without_ledger(home)
    assert "sample" not in home.do("ledger", "create")
    result = home.run("members", "add", "u-1", "firm", "--for", OURS)
    assert result.exit_code == 65
    assert "sample organisation" in result.stderr
    assert home.run("simulate", "--years", "0.1", "--scale", "0.01").exit_code != 0


def test_a_simulation_lives_in_an_empty_sample_ledger_only(home):
    assert home.run("simulate", "--years", "0.1", "--scale", "0.01").exit_code != 0
    without_ledger(home)
    home.do("ledger", "create", "--sample")
    lived = home.told("simulate", "--years", "0.1", "--seed", "7", "--scale", "0.01")
    assert lived["n_events"] > lived["n_cases"] > 0
    assert home.told("ledger", "verify")["head"]["seq"] == lived["n_events"]


def test_a_command_of_the_desk_without_a_ledger_says_so(tmp_path):
    result = Home(tmp_path / "empty").run("queue", "--as", "c-ours")
    assert result.exit_code == 66
    assert "There is no ledger" in result.stderr


def test_the_jobs_remind_once_whoever_has_to_act(home):
    home.asked()
    later = f"{add_working_days(TODAY + timedelta(days=1), 3)}T10:00"
    first = home.told("jobs", "run", "--at", later)
    assert first["done"]["reminder"] == 1
    assert home.told("jobs", "run", "--at", later)["done"] == {}
