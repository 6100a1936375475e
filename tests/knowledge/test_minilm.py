"""The network in numpy against the same network written out in double precision, with weights of our own."""

import json
import math

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load, save

from knowledge.minilm import HEADS, LAYERS, MOST_PIECES, WIDTH, MiniLM
from knowledge.model import NoModel, packed_from, unpacked

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghij", "bias", "model", "card", "##s")
Raw = dict[str, NDArray[np.float32]]


def raw_weights() -> Raw:
    """A BERT of the right shape with random weights and a small vocabulary."""
    chance = np.random.default_rng(7)

    def some(*shape: int) -> NDArray[np.float32]:
        return (chance.normal(size=shape) * 0.08).astype(np.float32)

    raw: Raw = {
        "embeddings.word_embeddings.weight": some(len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": some(512, WIDTH),
        "embeddings.token_type_embeddings.weight": some(2, WIDTH),
        **norm("embeddings.LayerNorm", some),
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        parts = [(f"attention.self.{name}", WIDTH, WIDTH) for name in ("query", "key", "value")]
        parts += [("attention.output.dense", WIDTH, WIDTH), ("intermediate.dense", 1_536, WIDTH)]
        for name, out, into in (*parts, ("output.dense", WIDTH, 1_536)):
            raw |= {f"{layer}.{name}.weight": some(out, into), f"{layer}.{name}.bias": some(out)}
        raw |= norm(f"{layer}.attention.output.LayerNorm", some) | norm(f"{layer}.output.LayerNorm", some)
    return raw


def norm(name: str, some) -> Raw:  # type: ignore[no-untyped-def]
    return {f"{name}.weight": 1 + some(WIDTH), f"{name}.bias": some(WIDTH)}


RAW = raw_weights()
TOKENIZER = json.dumps({"model": {"vocab": {word: number for number, word in enumerate(WORDS)}}}).encode()
MODEL: MiniLM = unpacked(load(packed_from(save(RAW), TOKENIZER)))


def written_out(numbers: list[int]) -> NDArray[np.float64]:
    """One text through the network, straight from the paper, in double precision."""
    raw = {name: weights.astype(np.float64) for name, weights in RAW.items()}

    def dense(inputs: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        result: NDArray[np.float64] = inputs @ raw[f"{name}.weight"].T + raw[f"{name}.bias"]
        return result

    def normed(inputs: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        centred = inputs - inputs.mean(axis=1, keepdims=True)
        result: NDArray[np.float64] = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        return result * raw[f"{name}.weight"] + raw[f"{name}.bias"]

    erf = np.vectorize(math.erf)
    state = raw["embeddings.word_embeddings.weight"][numbers] + raw["embeddings.token_type_embeddings.weight"][0]
    state = normed(state + raw["embeddings.position_embeddings.weight"][: len(numbers)], "embeddings.LayerNorm")
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        query, key, value = (
            dense(state, f"{layer}.attention.self.{name}").reshape(len(numbers), HEADS, -1).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        weights = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(WIDTH / HEADS))
        weights /= weights.sum(axis=2, keepdims=True)
        mixed = (weights @ value).transpose(1, 0, 2).reshape(len(numbers), WIDTH)
        state = normed(state + dense(mixed, f"{layer}.attention.output.dense"), f"{layer}.attention.output.LayerNorm")
        wide = dense(state, f"{layer}.intermediate.dense")
        wide = wide * 0.5 * (1 + erf(wide / math.sqrt(2)))
        state = normed(state + dense(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
    mean: NDArray[np.float64] = state.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_it_computes_what_the_paper_says_but_for_eight_bits() -> None:
    text, numbers = "bias models a", [2, 14, 15, 17, 4, 3]
    assert float(MODEL.embed([text])[0] @ written_out(numbers)) > 0.995
    assert float(MODEL.embed([text])[0] @ written_out([2, 16, 3])) < 0.98


def test_other_texts_in_the_batch_make_no_difference() -> None:
    texts = ["bias", "model card " * 30, "", "a b c d e f", "card"] * 3
    together = MODEL.embed(texts)
    assert all(np.allclose(together[place], MODEL.embed([text])[0], atol=1e-5) for place, text in enumerate(texts))
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)


def test_a_long_text_counts_to_its_limit() -> None:
    assert np.allclose(MODEL.embed(["bias " * 100_000]), MODEL.embed(["bias " * MOST_PIECES]), atol=1e-5)


def test_other_weights_are_told_in_a_sentence() -> None:
    with pytest.raises(NoModel, match="not the files of all-MiniLM-L6-v2"):
        packed_from(save({"embeddings": np.zeros(3, np.float32)}), TOKENIZER)
    with pytest.raises(NoModel, match="not the files of"):
        packed_from(b"not safetensors at all", TOKENIZER)
    with pytest.raises(NoModel, match="not the files of"):
        packed_from(save(RAW), b"{}")
