"""A sentence-transformers model that is made in a moment: a tiny BERT with random weights, and prompts."""

from pathlib import Path

PROMPTS = {"query": "need: ", "passage": "offer: "}


def make_tiny_bert(base: Path) -> Path:
    """The folder of the model, made in a folder that is there. It knows Latin letters only."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(1)
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ":", *letters, *(f"##{c}" for c in letters)]
    (base / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    BertTokenizerFast(str(base / "vocab.txt")).save_pretrained(base / "plain")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(base / "plain")
    transformer = Transformer(str(base / "plain"))
    pooling = Pooling(transformer.get_embedding_dimension())
    model = SentenceTransformer(modules=[transformer, pooling], prompts=PROMPTS, device="cpu")
    model.save(str(base / "model"), create_model_card=False)
    return base / "model"
