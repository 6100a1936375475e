"""Writes the members' answers as draft entries, for somebody to fill in, check and move into the library; no person."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.questions.model import Draft
from bot.questions.store import QuestionsStore
from bot.store.db import Database

_MISSING = ("kind", "not_for", "values", "roles", "stages")


def draft_file(draft: Draft) -> tuple[str, str]:
    """An entry's file name and text: what is known is filled in, and `rai kb check` names each key that is empty."""
    text = "".join(_front(draft))
    return f"{draft.id}.md", f"---\n{text}---\n{draft.answer}\n"


async def export(database: Database, folder: Path) -> tuple[Path, ...]:
    """Write every answer that was not taken back into a folder, which is made where it is missing; the files' paths.

    A file that is there already is left alone: somebody may have begun to fill it in.
    """
    files = [draft_file(draft) for draft in await QuestionsStore(database).drafts()]
    return await asyncio.to_thread(_write, files, folder)


def _write(files: list[tuple[str, str]], folder: Path) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(folder / name for name, text in files if _written(folder / name, text))


def _written(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _front(draft: Draft) -> Iterator[str]:
    yield _yaml({"id": draft.id})
    yield "kind:\n"
    # On one line each: what somebody typed must not look like the line that ends the front matter.
    yield _yaml({"title": draft.title, "phrasings": list(dict.fromkeys(map(_one_line, draft.phrasings)))})
    yield "".join(f"{name}:\n" for name in _MISSING[1:])
    yield _yaml({"short": _one_line(draft.answer)})
    yield _steps(draft)
    yield "escalate_when:\n"
    yield _tensions(draft)
    yield _sources(draft)
    yield _yaml({"as_of": draft.answered_on, "state": "draft", "language": "en"})


def _steps(draft: Draft) -> str:
    if not draft.step:
        return "next_steps:\n"
    return f"next_steps:\n  - who: [everyone]\n{_indented({'text': draft.step})}    minutes:\n"


def _tensions(draft: Draft) -> str:
    return f"tensions:\n  - between:\n{_indented({'bears': draft.tension})}" if draft.tension else "tensions:\n"


def _sources(draft: Draft) -> str:
    known = {name: text for name, text in (("title", draft.source_title), ("url", draft.source_url)) if text}
    return f"sources:\n  - locator:\n{_indented(known)}" if known else "sources:\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _yaml(fields: dict[str, object]) -> str:
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=10_000)


def _indented(fields: dict[str, str]) -> str:
    return re.sub(
        r"^(?=.)", "    ", _yaml({name: _one_line(text) for name, text in fields.items()}), flags=re.MULTILINE
    )
