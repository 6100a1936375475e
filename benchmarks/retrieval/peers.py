"""What other programs would rank: each takes the same documents and gives ids, best first."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np

from knowledge.index import PIECE_WORDS, Document
from knowledge.minilm import MiniLM
from knowledge.words import normalise

Ranker: TypeAlias = Callable[[str], Sequence[str]]

_MOST = 10


def _whole(document: Document) -> str:
    return " ".join((document.title, *document.questions, *document.texts))


def _units(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Title, questions and pieces of the texts, each with its document's id, as our own search cuts them."""
    units: list[tuple[str, str]] = []
    for document in documents:
        words = " ".join(document.texts).split()
        pieces = [" ".join(words[place : place + PIECE_WORDS]) for place in range(0, len(words), PIECE_WORDS)]
        units += [(text, document.id) for text in (document.title, *document.questions, *pieces)]
    return units


def rank_bm25(documents: Sequence[Document]) -> Ranker:
    """The package of that name with its defaults, over lower-case words."""
    from rank_bm25 import BM25Okapi

    bm25 = BM25Okapi([normalise(_whole(document)) for document in documents])

    def rank(question: str) -> Sequence[str]:
        order = np.argsort(-bm25.get_scores(normalise(question)), kind="stable")[:_MOST]
        return [documents[place].id for place in order]

    return rank


def sqlite_fts5(documents: Sequence[Document]) -> Ranker:
    """SQLite's own full-text index with Porter's stemmer and its BM25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE held USING fts5(id UNINDEXED, words, tokenize='porter')")
    database.executemany("INSERT INTO held VALUES (?, ?)", [(each.id, _whole(each)) for each in documents])

    def rank(question: str) -> Sequence[str]:
        words = " OR ".join(f'"{word}"' for word in normalise(question))
        query = "SELECT id FROM held WHERE held MATCH ? ORDER BY rank LIMIT ?"
        return [row[0] for row in database.execute(query, (words, _MOST))] if words else []

    return rank


def tantivy(documents: Sequence[Document]) -> Ranker:
    """The search engine in Rust, with its English stemmer."""
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("words", tokenizer_name="en_stem")
    index = engine.Index(schema.build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for document in documents:
        writer.add_document(engine.Document(id=document.id, words=_whole(document)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(question: str) -> Sequence[str]:
        words = " ".join(normalise(question))
        if not words:
            return []
        hits = searcher.search(index.parse_query(words, ["words"]), _MOST).hits
        return [str(searcher.doc(address)["id"][0]) for _, address in hits]

    return rank


def tfidf_logistic(documents: Sequence[Document]) -> Ranker:
    """TF-IDF of words and pairs of words with a logistic regression, as chatbots learn intents."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    units = _units(documents)
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = make_pipeline(vectors, LogisticRegression(C=10.0, max_iter=1_000))
    model.fit([text for text, _ in units], [name for _, name in units])
    names = model.classes_

    def rank(question: str) -> Sequence[str]:
        order = np.argsort(-model.predict_proba([question])[0], kind="stable")[:_MOST]
        return [str(names[place]) for place in order]

    return rank


def minilm(documents: Sequence[Document], model: MiniLM) -> Ranker:
    """all-MiniLM-L6-v2 alone: the document of the unit with the best cosine."""
    units = _units(documents)
    vectors = model.embed([text for text, _ in units])
    names = sorted({name for _, name in units})
    owner = np.array([names.index(name) for _, name in units])

    def rank(question: str) -> Sequence[str]:
        best = np.full(len(names), -1.0)
        np.maximum.at(best, owner, vectors @ model.embed([question])[0])
        return [names[place] for place in np.argsort(-best, kind="stable")[:_MOST]]

    return rank


PEERS: dict[str, Callable[[Sequence[Document]], Ranker]] = {
    "rank_bm25": rank_bm25,
    "SQLite FTS5 porter": sqlite_fts5,
    "tantivy": tantivy,
    "TF-IDF + logistic": tfidf_logistic,
}
