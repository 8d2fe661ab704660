"""A second editor looks at articles of the store, after all is stored and told without him.

One question at a time, in the caller's process; a stop between two loses nothing, and what he
cannot be asked or answers wrongly stays as it was.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from briefing.config import DigestSettings, Settings, folders
from briefing.digest.version import produced_by
from briefing.model import Article, BriefingError, Digest, RowError
from briefing.refresh.events import ignore
from briefing.refresh.linking import Linking
from briefing.refresh.lock import refresh_lock
from briefing.refresh.stopping import run_to_end
from briefing.refresh.workers import Workers
from briefing.store import Store

if TYPE_CHECKING:
    from briefing.editor import Editor

FOLDER = "editor"
"""Of the cache folder: where the answers are kept."""


@dataclass(frozen=True, slots=True)
class EditingReport:
    """How many digests were made with the editor, and what was in the way of others."""

    edited: int
    refused: tuple[BriefingError, ...] = ()


def configured_editor(settings: Settings) -> "Editor":
    """The second editor that is set. Raises BriefingError where none is."""
    if not settings.editor.is_set:
        raise BriefingError(
            "no second editor is set",
            "editor",
            "Write [editor] into the configuration: see docs/editor.md",
        )
    from briefing.editor import Editor

    return Editor(settings.editor, folders().cache / FOLDER)


def edit_articles(
    store: Store,
    settings: Settings,
    articles: Sequence[str],
    *,
    asked: bool = False,
    on_article: Callable[[int, int], None] = lambda _done, _total: None,
) -> EditingReport:
    """Make the digests of these articles with the second editor, and tell their stories anew.

    Those that have his choice are passed over. asked: by the reader, so that one whose answer could
    not be used is asked about again. It ends at the first question that gets no answer at all: the
    next one would get none either. Raises BriefingError where no editor is set, StoreError.
    """
    from briefing.editor import AnswerError

    editor = configured_editor(settings)
    done = 0
    refused: list[BriefingError] = []
    for number, name in enumerate(articles):
        on_article(number, len(articles))
        article = _waiting(store, name)
        if article is None:
            continue
        try:
            digest = _edited(editor, article, settings.digest, asked=asked)
        except AnswerError as error:
            refused.append(error)
            continue
        except BriefingError as error:
            refused.append(error)
            break
        if digest.editor is not None and _kept(store, name, digest):
            done += 1
            _tell_again(store, settings, [name])
    return EditingReport(done, tuple(refused))


def without_editor(store: Store, settings: Settings, articles: Sequence[str]) -> int:
    """Make the digests of these articles ours alone again; how many were not. Raises StoreError."""
    from briefing.digest import digest_article

    done = []
    for name in articles:
        digest = _digest(store, name)
        if digest is None or digest.editor is None:
            continue
        ours = digest_article(
            digest.article, bullets=settings.digest.bullets, algorithm=settings.digest.algorithm
        )
        if _kept(store, name, ours):
            done.append(name)
    _tell_again(store, settings, done)
    return len(done)


def _edited(editor: "Editor", article: Article, how: DigestSettings, *, asked: bool) -> Digest:
    from briefing.editor import AnswerError

    digest = partial(editor.digest, article, bullets=how.bullets, algorithm=how.algorithm)
    try:
        return digest()
    except AnswerError:
        if not asked:
            raise
    return digest(fresh=True)


def _waiting(store: Store, name: str) -> Article | None:
    """The article, where it has a digest that is ours alone."""
    digest = _digest(store, name)
    return digest.article if digest is not None and digest.editor is None else None


def _digest(store: Store, name: str) -> Digest | None:
    try:
        return store.digest(name)
    except RowError:  # one that cannot be read is made anew by the next refresh
        return None


def _kept(store: Store, name: str, digest: Digest) -> bool:
    return store.replace_digest(name, digest, produced_by())


def _tell_again(store: Store, settings: Settings, articles: Sequence[str]) -> None:
    """Tell the stories of these articles anew. A refresh under way is waited for."""

    async def tell() -> None:
        faults: list[BriefingError] = []
        async with refresh_lock(store.path), Workers(1) as workers:
            await Linking(store, workers, settings, ignore, faults).tell_again(articles)

    if articles:
        run_to_end(tell())
