"""What is kept of a second editor: answers, and what was asked today. Files in the cache folder.

They may vanish at any time: then it is asked again.
"""

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefing.config.private import private_folder, replace_private
from briefing.editor.answers import LONGEST
from briefing.model.codec import time_from_json
from briefing.model.writing import is_read_only

_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the editor. server: which one this is about.

    plain: it refuses JSON Schemas. day, tokens: spent on the last day that it was asked.
    refused, refused_at: why the last answer was not used, and when; answered_at and took: when it
    last gave a valid one, and in how many seconds.
    """

    server: str = ""
    plain: bool = False
    day: str = ""
    tokens: int = 0
    refused: str = ""
    refused_at: str = ""
    answered_at: str = ""
    took: float = 0.0

    def spent(self, today: str) -> int:
        """The tokens of today."""
        return self.tokens if self.day == today else 0


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given, and when. refused: why it is none; its text is gone then."""

    text: str
    at: datetime
    refused: str = ""


class Memory:
    """The answers and the state, in ``folder``, which need not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, key: str) -> Kept | None:
        """The answer kept under ``key``; None where there is none that can be read."""
        match self._read(self._folder / "answers" / f"{key}.json"):
            case {"text": str(text), "at": str(at), "refused": str(why)} if len(text) <= LONGEST:
                with suppress(ValueError):
                    moment = time_from_json(at)
                    if moment is not None:
                        return Kept(text, moment, why)
        return None

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer. Where it cannot be written, it is asked again another time."""
        value = {"text": kept.text, "at": kept.at.astimezone(UTC).isoformat()}
        value["refused"] = kept.refused
        self._write(self._folder / "answers" / f"{key}.json", value)

    def state(self, server: str) -> State:
        """What is known of ``server``; of another than before nothing but what was spent."""
        value = self._read(self._folder / _STATE)
        known = {f.name: value[f.name] for f in fields(State) if _fits(f.type, value.get(f.name))}
        state = State(**known)
        if state.server == server:
            return state
        return State(server=server, day=state.day, tokens=state.tokens)

    def note(self, state: State, **changes: Any) -> State:
        """Keep the state with these changes; it is given back."""
        changed = replace(state, **changes)
        self._write(self._folder / _STATE, asdict(changed))
        return changed

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time asks; the others wait."""
        if is_read_only():
            yield
            return
        with ExitStack() as held:
            with suppress(OSError):
                private_folder(self._folder)
                file = held.enter_context((self._folder / "lock").open("ab"))
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _read(self, path: Path) -> Mapping[str, Any]:
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def _write(self, path: Path, value: Mapping[str, Any]) -> None:
        with suppress(OSError):
            replace_private(path, json.dumps(value))


def _fits(kind: object, value: object) -> bool:
    if value is None or isinstance(value, bool) != (kind is bool):
        return False
    if kind is float:
        return isinstance(value, int | float)
    return isinstance(kind, type) and isinstance(value, kind)
