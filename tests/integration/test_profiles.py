"""A profile changed by its own organisation: the ledger decides, and the corpus follows, come what may."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import bundled
from corpus.registry import Registry
from matchbot.bootstrap import build_service, run_jobs
from matchbot.cli import matchbot as command
from matchbot.cli.shell import Shell
from matchbot.config import Settings
from matchbot.errors import NotAllowedError, RecordError, RegistryBusyError, UnknownRecordError
from matchbot.hints import Hint
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.profiles import Change
from matchbot.service import Service
from matchbot.workdays import day_of

FIRM = "seed:inspec"
TEXT = "プリント基板の外観を深層学習で検査する装置も作る。"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def service(home: Path) -> Service:
    service = build_service(Settings(home=home, encoder="none"))
    service.load_bundled()
    desk = service.create_ledger(is_sample=False)
    cluster = service.asker(FIRM).clusters[0]
    for row in (
        MemberRow(row=1, id="m-1", role=Role.FIRM, organisations=(FIRM,)),
        MemberRow(row=2, id="k-1", role=Role.COORDINATOR, clusters=(cluster,)),
    ):
        desk.register_member(row, by=MATCHBOT, key=f"registered:{row.id}")
    return service


def passages(service: Service) -> dict[str, str]:
    return {one.id: one.text for one in service.organisation(FIRM).profile.passages}


def suggest(service: Service, change: Change, key: str, **facts: str) -> str:
    by = service.desk.member("m-1")
    return service.suggest_profile_change(FIRM, change, by=by, key=key, **facts).id


def approve(service: Service, draft_id: str, key: str = "approve") -> None:
    service.decide_draft(draft_id, True, by=service.desk.member("k-1"), key=f"{key}:{draft_id}")


def first_passage(service: Service) -> str:
    return min(passages(service))


def test_the_card_says_what_it_said_until_a_coordinator_has_approved(service: Service) -> None:
    before, replaced = service.organisation(FIRM), first_passage(service)
    draft_id = suggest(service, Change.REPLACE, "1", passage_id=replaced, text=TEXT)
    assert service.organisation(FIRM) == before
    (waiting,) = service.profile_drafts(service.desk.member("k-1"))
    assert waiting.present
    assert (waiting.present.id, waiting.draft.text) == (replaced, TEXT)
    approve(service, draft_id)
    after = {one.id: one for one in service.organisation(FIRM).profile.passages}
    assert after[replaced].text == TEXT
    assert after[replaced].source.name == before.profile.organisation.name
    assert after[replaced].source.as_of == day_of(datetime.now(UTC))
    assert {id: one for id, one in after.items() if id != replaced} == {
        one.id: one for one in before.profile.passages if one.id != replaced
    }
    assert service.profile_drafts(service.desk.member("k-1")) == []


def test_what_is_published_is_found_by_the_next_search_data_and_outlives_imports(service: Service) -> None:
    approve(service, suggest(service, Change.ADD, "1", text="氷雪藻から赤色色素を抽出する。"))
    service.load_bundled()
    service.build_index(progress=lambda *_: None)
    (match, *_) = service.search("氷雪藻の赤色色素", limit=3).matches.items
    assert match.organisation_id == FIRM
    withdrawn = suggest(service, Change.WITHDRAW, "2", passage_id=first_passage(service))
    n_before = len(passages(service))
    approve(service, withdrawn)
    service.load_bundled()
    assert len(passages(service)) == n_before - 1


def test_what_broke_off_between_ledger_and_corpus_is_carried_out_later_and_in_order(
    service: Service, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = first_passage(service)
    with monkeypatch.context() as broken:
        broken.setattr(Registry, "revise", _busy)
        for number, text in enumerate(("一度目の文章。", "二度目の文章。")):
            draft_id = suggest(service, Change.REPLACE, str(number), passage_id=replaced, text=text)
            with pytest.raises(RegistryBusyError):
                approve(service, draft_id)
    assert passages(service)[replaced] not in ("一度目の文章。", "二度目の文章。")
    run_jobs(Settings(home=home), service)
    assert passages(service)[replaced] == "二度目の文章。"
    assert service.publish_profiles() == 0


def _busy(*_: object, **__: object) -> bool:
    raise RegistryBusyError(file="corpus.db")


def test_a_corpus_that_is_made_anew_says_again_what_was_published(service: Service, home: Path) -> None:
    approve(service, suggest(service, Change.ADD, "1", text=TEXT))
    said = passages(service)
    for file in home.glob("corpus.db*"):
        file.unlink()
    assert service.publish_profiles() == 0
    service.load_bundled()
    assert service.publish_profiles() == 1
    assert passages(service) == said


@pytest.mark.parametrize("text", ["", "  ", "担当は 090-1234-5678 まで", "taro@example.jp へ", "長" * 2001])
def test_a_text_that_cannot_stand_in_a_profile_is_refused(service: Service, text: str) -> None:
    with pytest.raises(RecordError):
        suggest(service, Change.ADD, "1", text=text)
    assert service.profile_drafts(service.desk.member("k-1")) == []


def test_only_a_passage_that_is_there_is_replaced_or_withdrawn(service: Service) -> None:
    other = next(one for one in bundled.profiles() if one.organisation.id != FIRM and one.passages)
    for passage_id in ("nothing", other.passages[0].id):
        with pytest.raises(UnknownRecordError):
            suggest(service, Change.REPLACE, passage_id, passage_id=passage_id, text=TEXT)


def test_the_command_line_takes_a_draft_to_the_public(service: Service, home: Path) -> None:
    def run(*words: str) -> str:
        shell = Shell(Settings(home=home), build=lambda *_: service)
        result = CliRunner().invoke(command, ["profiles", *words], obj=shell)
        assert result.exit_code == 0, result.output
        return result.output

    draft_id = run("suggest", TEXT, "--title", "外観検査", "--as", "m-1").partition(":")[0]
    assert f"提案: 外観検査 {TEXT}" in run("list", "--as", "k-1")
    assert "公開しました" in run("approve", draft_id, "--as", "k-1")
    assert "下書きはありません" in run("list", "--as", "k-1")
    assert '"stage": "published"' in run("list", "--all", "--as", "m-1", "--json")
    assert TEXT in passages(service).values()


def test_a_hint_tells_the_word_and_the_count_and_nothing_of_the_need(service: Service, home: Path) -> None:
    service.load_sample(scale=0.02, seed=1, progress=lambda *_: None)
    service.build_index(progress=lambda *_: None)
    approve(service, suggest(service, Change.ADD, "1", text="アルミ薄板を切削する。"))
    asking = next(one.organisation.id for one in bundled.profiles() if one.organisation.id != FIRM)
    row = MemberRow(row=1, id="m-2", role=Role.FIRM, organisations=(asking,))
    service.desk.register_member(row, by=MATCHBOT, key="m-2")
    # Welding is done by many; 「ハイミル」 is nobody's word but the asker's.
    for text in ("アルミ薄板の溶接", "アルミ薄板の切削とハイミル"):
        by = service.desk.member("m-2")
        service.desk.save_need(asking, text, Purpose.RESEARCH, by=by, key=text)
    assert service.profile_hints(FIRM, service.desk.member("m-1")) == [Hint("溶接", 1)]
    with pytest.raises(NotAllowedError):
        service.profile_hints(asking, service.desk.member("m-1"))
    shell = Shell(Settings(home=home), build=lambda *_: service)
    shown = CliRunner().invoke(command, ["profiles", "hints", "--as", "m-1"], obj=shell).output
    assert shown == "「溶接」についての一文を足せば、1件のニーズに該当します。\n"
