"""The second editor: asked at most once about the same sentences, checked, and never needed."""

import asyncio
import json
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.config import EditorSettings
from briefing.digest.pipeline import digest_document
from briefing.digest.sentences.document import Document, read_document
from briefing.editor.answers import AnswerError, read_answer
from briefing.editor.combining import combined
from briefing.editor.memory import Kept, Memory, State
from briefing.editor.questions import Choice, Question, question_of
from briefing.editor.server import Completion, ServerError, complete, parsed_url, reach
from briefing.ingest.passwords import Passwords
from briefing.ingest.programs import in_terminal, run_program
from briefing.model import Article, BriefingError, Digest, FetchError, SecondEditor

_NO_SCHEMA = frozenset({400, 422})
"""What servers answer that know no JSON Schemas, or not this one."""
_SEED = 7
_REACH = 5.0  # seconds in which a server must answer that it is there
_LARGEST = 1_000_000  # bytes that a command may write


def _now() -> datetime:
    return datetime.now(UTC)


class Editor:
    """Asks the editor that ``settings`` name; ``folder`` is where its answers are kept."""

    def __init__(
        self, settings: EditorSettings, folder: Path, now: Callable[[], datetime] = _now
    ) -> None:
        self._settings = settings
        self._memory = Memory(folder)
        self._now = now

    @property
    def name(self) -> str:
        """What it is called: its model, or else its program."""
        settings = self._settings
        return settings.model or (settings.command[0] if settings.command else "the server's")

    @property
    def state(self) -> State:
        """What is known of it."""
        return self._memory.state(self._server)

    def check(self) -> None:
        """Look whether the server, or the program, is there; nothing is asked of its model. Raises
        BriefingError.
        """
        settings = self._settings
        _only_one(settings)
        if settings.command:
            name = settings.command[0]
            if shutil.which(str(Path(name).expanduser()) if name.startswith("~") else name) is None:
                raise BriefingError(f"there is no program {name}", "editor.command")
            return
        url = parsed_url(settings.url, remote=settings.remote, with_key=bool(settings.key_command))
        reach(url, remote=settings.remote, seconds=min(settings.seconds, _REACH))

    def digest(
        self, article: Article, *, bullets: int, algorithm: str = "briefing", fresh: bool = False
    ) -> Digest:
        """The article's digest by both editors. As ``revised``."""
        document = read_document(article)
        ours = digest_document(document, bullets=bullets, algorithm=algorithm)
        return self._revised(ours, document, bullets, algorithm, fresh=fresh)

    def revised(
        self, ours: Digest, *, bullets: int, algorithm: str = "briefing", fresh: bool = False
    ) -> Digest:
        """Our digest with the editor's choice; ours itself where there is nothing to choose.

        algorithm: the one that made ours. fresh: ask again though an answer is kept. Raises
        BriefingError where there is no answer, or none that can be used: ours is the digest then.
        """
        return self._revised(ours, read_document(ours.article), bullets, algorithm, fresh=fresh)

    def known(self, article: Article, *, bullets: int) -> bool:
        """Whether an answer is kept, used or refused, or there is nothing to ask."""
        question = question_of(read_document(article), bullets, self._settings.max_words)
        return question is None or self._memory.answer(self._key(question)) is not None

    def _revised(
        self, ours: Digest, document: Document, bullets: int, algorithm: str, *, fresh: bool
    ) -> Digest:
        question = question_of(document, bullets, self._settings.max_words)
        if question is None:
            return ours
        choice, at = self._choice(question, fresh=fresh)
        editor = SecondEditor(self.name, at, self._settings.lead)
        weigh = algorithm == "briefing"
        return combined(ours, document, choice, bullets, editor, weigh=weigh)

    @property
    def _server(self) -> str:
        return self._settings.url or " ".join(self._settings.command)

    def _key(self, question: Question) -> str:
        return question.key(f"{self._server} {self._settings.model}")

    def _choice(self, question: Question, *, fresh: bool) -> tuple[Choice, datetime]:
        key = self._key(question)
        kept = None if fresh else self._memory.answer(key)
        if kept is None:
            with self._memory.alone():
                kept = self._asked(question)
                self._memory.keep(key, kept)
        if kept.refused:
            raise AnswerError(kept.refused, self.name, "The digest is ours alone")
        return read_answer(kept.text, question), kept.at

    def _asked(self, question: Question) -> Kept:
        """The answer, noted whether it can be used. Raises BriefingError where there is none."""
        today = self._now().date().isoformat()
        state = self.state
        spent = state.spent(today)
        if spent + question.tokens > self._settings.daily_tokens:
            raise BriefingError(
                f"of today's {self._settings.daily_tokens:,} tokens {spent:,} are spent",
                "editor.daily_tokens",
                "It is asked again tomorrow, or raise the number",
            )
        # Before the answer: one that never comes has been worked on all the same.
        state = self._memory.note(state, day=today, tokens=spent + question.tokens)
        began = time.monotonic()
        try:
            answer, plain = self._completed(question, plain=state.plain)
        except BriefingError as error:
            if isinstance(error, ServerError) and not error.worked:
                state = self._memory.note(state, tokens=spent)
            self._memory.note(state, refused=error.what, refused_at=self._now().isoformat())
            raise
        took, at = time.monotonic() - began, self._now()
        if answer.tokens is not None:
            state = self._memory.note(state, tokens=spent + answer.tokens)
        try:
            read_answer(answer.text, question)
        except AnswerError as error:
            self._memory.note(
                state, plain=plain, refused=error.what, refused_at=at.isoformat(), took=took
            )
            return Kept("", at, error.what)
        self._memory.note(state, plain=plain, answered_at=at.isoformat(), took=took)
        return Kept(answer.text, at)

    def _completed(self, question: Question, *, plain: bool) -> tuple[Completion, bool]:
        """The answer, and whether the server had to be asked without a schema."""
        settings = self._settings
        _only_one(settings)
        if settings.command:
            return self._run(question), plain
        url = parsed_url(settings.url, remote=settings.remote, with_key=bool(settings.key_command))
        key = self._password(url.host)

        def ask(*, plain: bool) -> Completion:
            request = self._request(question, plain=plain)
            return complete(url, request, key=key, remote=settings.remote, seconds=settings.seconds)

        if plain:
            return ask(plain=True), True
        try:
            return ask(plain=False), False
        except ServerError as error:
            if error.status not in _NO_SCHEMA:
                raise
        return ask(plain=True), True

    def _request(self, question: Question, *, plain: bool) -> Mapping[str, Any]:
        """The request's body (OpenAI's API reference, "Create chat completion")."""
        form: dict[str, Any] = {"type": "json_object"}
        if not plain:
            schema = {"name": "picks", "strict": True, "schema": question.schema}
            form = {"type": "json_schema", "json_schema": schema}
        return {
            "model": self._settings.model,
            "messages": [
                {"role": "system", "content": _instructions(question, plain=plain)},
                {"role": "user", "content": question.user},
            ],
            "response_format": form,
            "temperature": 0,
            "seed": _SEED,
            "max_tokens": question.answer_tokens,
            "stream": False,
        }

    def _password(self, host: str) -> str:
        command = self._settings.key_command
        if not command:
            return ""
        key = asyncio.run(Passwords().of(command, "", host, self._settings.url))
        if not (key.isascii() and key.isprintable()):
            raise BriefingError("the key holds what no key may", "editor.key_command")
        return key

    def _run(self, question: Question) -> Completion:
        command = self._settings.command
        given = f"{_instructions(question, plain=True)}\n\n{question.user}\n".encode()
        running = run_program(command, given, "editor.command", _LARGEST, self._settings.seconds)
        try:
            ran = asyncio.run(running)
        except FetchError as error:
            raise BriefingError(error.what, "editor.command", in_terminal(command)) from error
        if ran.code:
            what = f"the program {command[0]} ended with code {ran.code}"
            what += f" ({ran.complaint})" if ran.complaint else ""
            raise BriefingError(what, "editor.command", in_terminal(command))
        return Completion(ran.output.decode("utf-8", "replace"), None)


def _only_one(settings: EditorSettings) -> None:
    if settings.url and settings.command:
        raise BriefingError("both editor.url and editor.command are set", "editor", "Keep one")


def _instructions(question: Question, *, plain: bool) -> str:
    """What the editor is told; with the schema in words where a server takes none."""
    if not plain:
        return question.system
    schema = json.dumps(question.schema, separators=(",", ":"))
    return f"{question.system}\nThe answer must conform to this JSON Schema: {schema}"
