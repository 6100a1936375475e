"""Where lines come from when a person sits at the terminal."""

from collections.abc import Iterable, Iterator, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory, InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from adapters.terminal.inbound import META_COMMANDS, said_verb
from adapters.terminal.lines import EndOfInput, Left
from bot.chat.welcome import VerbLine


class PromptLines:
    """Lines typed at a prompt with completion, and with a history that lives in memory only.

    Ctrl-C clears the line, or leaves the question; once more on an empty line, like Ctrl-D, leaves the terminal.
    """

    news_every = 1.0

    def __init__(self, verbs: Sequence[VerbLine], people: Sequence[str]) -> None:
        self._history = DiscreetHistory(verbs)
        self._completer = LineCompleter(verbs, people)
        self._interrupted = False

    async def ask(self, prompt: str, *, form: bool) -> str:
        while True:
            # A new session for each line: undo, clipboard and search of one hold nothing of another.
            session: PromptSession[str] = PromptSession(
                history=DummyHistory() if form else self._history,
                completer=None if form else self._completer,
                reserve_space_for_menu=0 if form else 6,
            )
            try:
                line = await self._typed(session, prompt)
            except KeyboardInterrupt:
                self._interrupt(form=form, empty=not session.default_buffer.text)
            else:
                self._interrupted = False
                return line

    async def _typed(self, session: PromptSession[str], prompt: str) -> str:
        try:
            # raw: messages that arrive above the prompt keep their colours.
            with patch_stdout(raw=True):
                return await session.prompt_async(FormattedText([("bold ansicyan", prompt)]))
        except EOFError:
            raise EndOfInput from None

    def _interrupt(self, *, form: bool, empty: bool) -> None:
        again, self._interrupted = self._interrupted, True
        if form:
            raise Left
        if again and empty:
            raise EndOfInput


class DiscreetHistory(InMemoryHistory):
    """Remembers lines, except those behind a verb that keeps no author."""

    def __init__(self, verbs: Iterable[VerbLine]) -> None:
        super().__init__()
        self._sealed = frozenset(each.verb for each in verbs if each.sealed)

    def append_string(self, string: str) -> None:
        if said_verb(string) not in self._sealed:
            super().append_string(string)


class LineCompleter(Completer):
    """Offers verbs, the terminal's own commands, and names behind ``/as``."""

    def __init__(self, verbs: Iterable[VerbLine], people: Iterable[str]) -> None:
        self._verbs = [(each.verb, each.summary) for each in verbs]
        self._commands = [(usage.split()[0], summary) for usage, summary in META_COMMANDS]
        self._people = [(name, "") for name in people]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        start, space, word = document.text_before_cursor.lstrip().rpartition(" ")
        for offered, summary in self._offered(start.strip().lower(), bool(space)):
            if offered.startswith(word.lower()) and (word or space):
                yield Completion(offered, start_position=-len(word), display_meta=summary)

    def _offered(self, before: str, later: bool) -> list[tuple[str, str]]:
        if not later:
            return self._commands + self._verbs
        return {"/rai": self._verbs, "/as": self._people}.get(before, [])
