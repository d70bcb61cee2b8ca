"""Texts → vectors: the trained static model, any other model, and models that are broken."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.encoder import (
    NumberedEncoder,
    StaticEncoder,
    TransformerEncoder,
    load_encoder,
    model_text,
    unit_rows,
)
from index.errors import EncoderError
from index.training import OTHERS, Schedule, TrainingText, pairs, train
from tiny_bert import PROMPTS, make_tiny_bert

TEXTS = [
    "ガラスを検査する装置",
    "チタンの切削と研磨、ＡＢ－１２３４",
    "アルミ",
    "木材の塗装" * 200,
    "まったく量子未知の炭素繊維",
]
UNKNOWN = ["ζψω", "☃"]


def test_the_model_reads_words_and_bigrams_apart() -> None:
    assert model_text("ガラスの検査") == "ガラス 検査 ガラ ラス スの の検 検査"


def test_static_vectors_are_those_of_sentence_transformers(
    model_folder: Path, static_encoder: StaticEncoder
) -> None:
    from sentence_transformers import SentenceTransformer

    oracle = SentenceTransformer(str(model_folder), device="cpu")
    expected = oracle.encode([model_text(text) for text in TEXTS], normalize_embeddings=True)
    for encode in (static_encoder.encode_queries, static_encoder.encode_documents):
        np.testing.assert_allclose(encode(TEXTS), expected, atol=1e-5)
    assert static_encoder.dimensions == oracle.get_embedding_dimension()


def test_texts_told_as_numbers_of_terms_have_the_same_vectors(
    model_folder: Path, static_encoder: StaticEncoder
) -> None:
    ids: dict[str, int] = {}

    def read(text: str) -> list[np.ndarray]:
        terms = model_text(text).split(" ")
        if text == TEXTS[0]:
            terms = [" ".join(terms[:2]), *terms[2:]]  # a term with a space in it
        return [np.array([ids.setdefault(term, len(ids)) for term in terms if term], np.int32)]

    numbered = NumberedEncoder(model_folder, ids, read)
    for texts in (TEXTS[:2], [*TEXTS, *UNKNOWN, ""], []):
        vectors = numbered.encode_documents(texts)
        assert vectors.tobytes() == static_encoder.encode_documents(texts).tobytes()
    assert numbered.identity == static_encoder.identity


def test_vectors_have_unit_length_and_nothing_else_decides_them(static_encoder: StaticEncoder) -> None:
    together = static_encoder.encode_queries(TEXTS)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    for text, vector in zip(TEXTS, together, strict=True):
        np.testing.assert_array_equal(static_encoder.encode_queries([text])[0], vector)


def test_texts_of_unknown_words_have_vectors_of_zeros(static_encoder: StaticEncoder) -> None:
    assert not static_encoder.encode_documents([*UNKNOWN, ""]).any()


def test_no_texts_have_no_vectors(static_encoder: StaticEncoder) -> None:
    assert static_encoder.encode_queries([]).shape == (0, static_encoder.dimensions)


def test_training_brings_together_what_belongs_together(static_encoder: StaticEncoder) -> None:
    vectors = static_encoder.encode_documents(["ガラスの検査", "ガラスを検査する装置", "木材の塗装"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_training_twice_gives_the_same_bytes_and_tells_how_far_it_is(
    tmp_path: Path, training_texts: list[TrainingText], schedule: Schedule, model_folder: Path
) -> None:
    again = tmp_path / "encoder"
    told: list[tuple[int, int]] = []
    assert train(training_texts, again, schedule, lambda done, total: told.append((done, total)))
    assert told == [(step, told[-1][1]) for step in range(1, told[-1][1] + 1)]
    files = {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    before = {path: (model_folder / path).read_bytes() for path in files}
    assert files == before
    assert any(path.name == "model.safetensors" for path in files)


def test_a_corpus_that_teaches_nothing_trains_nothing(
    tmp_path: Path, training_texts: list[TrainingText]
) -> None:
    assert not train(training_texts[:20], tmp_path / "encoder")
    assert not train([], tmp_path / "encoder")
    assert not (tmp_path / "encoder").exists()


def test_pairs_are_title_and_body_parts_neighbours_and_names() -> None:
    texts = [
        TrainingText("1", "甲社", "検査", "傷を見つける。早く確かに。"),
        TrainingText("1", "甲社", "", "研磨"),
        TrainingText("2", "乙社", "", "鋳造"),
    ]
    found = list(pairs(texts, seed=1))
    found_either_way = {frozenset(pair) for pair in found}
    assert (("検査",), ("傷を見つける", "早く確かに")) in found
    assert {("傷を見つける",), ("早く確かに",)} in found_either_way
    assert (("検査", "傷を見つける", "早く確かに"), ("研磨",)) in found
    assert (("乙社",), ("鋳造",)) in found
    assert found == list(pairs(texts, seed=1))


def test_each_passage_is_paired_with_two_others_of_its_organisation_at_most() -> None:
    texts = [TrainingText("1", "", "", said) for said in ("検査", "研磨", "鋳造", "塗装")]
    found = list(pairs([*texts, TrainingText("2", "", "", "溶接")], seed=1))
    assert [left for left, _ in found] == [(said.text,) for said in texts for _ in range(OTHERS)]
    assert all(left != right for left, right in found)
    assert len(set(found)) == len(found)


def test_a_masked_organisation_is_no_pair_with_its_name() -> None:
    assert list(pairs([TrainingText("1", "", "", "鋳造")], seed=1)) == []


def test_a_static_model_in_a_folder_is_served_without_its_library(model_folder: Path) -> None:
    encoder = load_encoder(str(model_folder))
    assert isinstance(encoder, StaticEncoder)
    # Loaded by name it reads texts as they are: only the build knows how its own model reads.
    assert not encoder.encode_queries(["ガラス検査"]).any()
    assert encoder.encode_queries(["ガラス 検査"]).any()


def test_the_identity_is_that_of_the_weights(
    tmp_path: Path, model_folder: Path, static_encoder: StaticEncoder
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(model_folder, copy)
    assert StaticEncoder(copy).identity == static_encoder.identity
    weights = next(copy.rglob("model.safetensors"))
    before = weights.read_bytes()
    weights.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    assert StaticEncoder(copy).identity != static_encoder.identity


def test_rows_are_scaled_to_one_and_zeros_stay() -> None:
    rows = unit_rows(np.array([[3, 4], [0, 0]], np.float32))
    np.testing.assert_array_equal(rows, np.array([[3 / 5, 4 / 5], [0, 0]], np.float32))


@pytest.fixture(scope="session")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_bert(tmp_path_factory.mktemp("bert"))


def test_any_sentence_transformers_model_loads_and_its_prompts_are_used(bert_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = load_encoder(str(bert_folder))
    assert isinstance(encoder, TransformerEncoder)
    assert encoder.dimensions == 16
    oracle = SentenceTransformer(str(bert_folder), device="cpu")
    texts = ["glass", "steel plate"]
    for encode, prompt in (
        (encoder.encode_queries, PROMPTS["query"]),
        (encoder.encode_documents, PROMPTS["passage"]),
    ):
        expected = oracle.encode([prompt + text for text in texts], normalize_embeddings=True)
        np.testing.assert_allclose(encode(texts), expected, atol=1e-5)
    assert np.abs(encoder.encode_queries(texts) - encoder.encode_documents(texts)).max() > 1e-3


def test_a_document_prompt_is_as_good_as_a_passage_prompt(tmp_path: Path, bert_folder: Path) -> None:
    renamed = tmp_path / "model"
    shutil.copytree(bert_folder, renamed)
    file = renamed / "config_sentence_transformers.json"
    settings = json.loads(file.read_text("utf-8"))
    settings["prompts"] = {"query": "need: ", "document": "offer: "}
    file.write_text(json.dumps(settings), "utf-8")
    documents = [load_encoder(str(folder)).encode_documents(["glass"]) for folder in (bert_folder, renamed)]
    np.testing.assert_allclose(*documents, atol=1e-6)


def test_the_identity_of_any_model_is_that_of_its_weights(bert_folder: Path) -> None:
    assert load_encoder(str(bert_folder)).identity == load_encoder(str(bert_folder)).identity


def spoil(file: Path, content: bytes | None) -> None:
    file.unlink() if content is None else file.write_bytes(content)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("content", [None, b"", b"abc", b"\xff" * 100])
def test_a_broken_static_model_is_an_encoder_error(
    tmp_path: Path, model_folder: Path, name: str, content: bytes | None
) -> None:
    broken = tmp_path / "model"
    shutil.copytree(model_folder, broken)
    spoil(next(broken.rglob(name)), content)
    with pytest.raises(EncoderError) as caught:
        load_encoder(str(broken))
    assert caught.value.facts["reason"]


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "modules.json"])
def test_any_broken_model_is_an_encoder_error(tmp_path: Path, bert_folder: Path, name: str) -> None:
    broken = tmp_path / "model"
    shutil.copytree(bert_folder, broken)
    spoil(next(broken.rglob(name)), b"{")
    with pytest.raises(EncoderError):
        load_encoder(str(broken))


@pytest.mark.parametrize("name", ["/no/such/folder", "nobody/no-such-model"])
def test_a_model_that_is_nowhere_is_an_encoder_error(name: str) -> None:
    with pytest.raises(EncoderError) as caught:
        load_encoder(name)
    assert caught.value.facts["model"] == name
