"""Keep the vectors of the library's own texts on disk, so that the full tier starts in a moment.

Only texts of the library pass through here; what people ask is never written anywhere.
"""

import hashlib
import logging
from pathlib import Path

import numpy as np

from knowledge.eight_bits import Vectors
from knowledge.space import Embedder

log = logging.getLogger(__name__)

_KEY_BYTES = 16


def embed_all(embedder: Embedder, texts: list[str], folder: Path | None) -> Vectors:
    """The vectors of a library's texts, each computed once as long as it does not change.

    Args:
        folder: where they are kept, one file for each embedder; None to keep nothing.

    Returns:
        Shape (texts, dimensions). A file that is missing or damaged only costs the time to compute all of them again.
    """
    if folder is None:
        return embedder.embed(texts)
    path = folder / f"vectors-{hashlib.sha256(embedder.name.encode()).hexdigest()[:12]}.npz"
    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_KEY_BYTES] for text in texts]
    known = _read(path)
    missing = sorted({place for key, place in zip(keys, range(len(keys)), strict=True) if key not in known})
    if missing:
        for place, vector in zip(missing, embedder.embed([texts[place] for place in missing]), strict=True):
            known[keys[place]] = vector.astype(np.float16)
        _write(path, {key: known[key] for key in keys})
    return np.array([known[key] for key in keys], np.float32)


def _read(path: Path) -> dict[bytes, np.ndarray]:
    """What the file holds by key; empty where there is no such file or it cannot be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            keys, vectors = held["keys"], held["vectors"]
    except FileNotFoundError:
        return {}
    except Exception:
        log.warning("The kept vectors in %s are damaged; they are computed again.", path.name)
        return {}
    if keys.dtype != np.uint8 or keys.shape != (len(vectors), _KEY_BYTES) or not np.isfinite(vectors).all():
        log.warning("The kept vectors in %s are damaged; they are computed again.", path.name)
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _write(path: Path, vectors: dict[bytes, np.ndarray]) -> None:
    """Keep just these; a disk that cannot is no reason not to answer."""
    half = path.with_suffix(".half.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.frombuffer(b"".join(vectors), np.uint8).reshape(-1, _KEY_BYTES)
        np.savez(half, keys=keys, vectors=np.array(list(vectors.values())))
        half.replace(path)
    except OSError as error:
        log.warning(
            "The vectors of the library cannot be kept: %s. The next start computes them again.", error.strerror
        )
