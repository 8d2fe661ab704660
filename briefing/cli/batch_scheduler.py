"""Batches over a Dask cluster that is there already: ``briefing digest --jsonl IN --scheduler``.

What a line becomes is what it becomes here, to the letter: the answers come back in the order of
the lines, and from nobody who has another version of the program than this process. Only a bounded
part of the batch is with the cluster at any time. Dask gives the work of a worker that dies to
another one; a line that ends several of them is answered with an error, and the batch goes on.
"""

import pickle
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import briefing
from briefing.cli.batch import Answer, chunked
from briefing.digest.encoder.encoder import why_not_tried
from briefing.export.json_text import json_text
from briefing.ingest import parse_batch_line
from briefing.model import BriefingError, UsageError
from briefing.model.version import __version__

Work = Callable[[bytes], Answer]
OnWorkers = Callable[[int], None]
"""Told how many workers the cluster has, whenever that was looked at."""

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):\d{1,5}")
_AHEAD = 3  # chunks for each thread of a worker
_BYTES = 256_000_000  # with the cluster, however many its workers are
_LOOK = 2.0  # seconds between two looks at the workers
_CONNECT = 15.0  # seconds until a scheduler must have answered
_WITHOUT_WORKERS = 60.0  # seconds that a cluster may be without any
_MADE_OF = ("digest", "export", "ingest", "model", "text")
_ALONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is waited, in seconds, and how much is with the cluster at a time, in bytes."""

    connect: float = _CONNECT
    without_workers: float = _WITHOUT_WORKERS
    look: float = _LOOK
    bytes: int = _BYTES


@dataclass(frozen=True, slots=True)
class _Sent:
    """Lines that the cluster has, and what will be their answers."""

    lines: list[bytes]
    size: int
    future: Any  # distributed's own, which has no types


def answer_lines_there(
    lines: Iterable[bytes],
    work: Work,
    address: str,
    *,
    on_workers: OnWorkers = lambda _count: None,
    limits: Limits | None = None,
) -> Iterator[Answer]:
    """``work`` of each line, in order, by the workers of the scheduler at ``address``.

    Empty lines are left out. ``work`` must be picklable by its name. Raises UsageError where the
    address is none or Dask is not installed; BriefingError where no scheduler answers, there are
    no workers for a minute, one of them runs another version, or the scheduler is lost.
    """
    held = limits or Limits()
    with _connected(address, held) as client:
        cluster = _Cluster(client, work, address, held, on_workers)
        try:
            for chunk in chunked(lines):
                cluster.send(chunk)
                while cluster.is_full:
                    yield from cluster.next()
            while cluster.has_any:
                yield from cluster.next()
        finally:
            cluster.drop()


@dataclass(frozen=True, slots=True)
class _Call:
    """Pickled, a call of ``_work_through``: what is read back is what that gives."""

    work: Work
    lines: list[bytes]

    def __reduce__(self) -> tuple[object, ...]:
        return _work_through, (self.work, self.lines)


class _Cluster:
    """The chunks that are with the cluster, oldest first."""

    def __init__(
        self, client: Any, work: Work, address: str, limits: Limits, on_workers: OnWorkers
    ) -> None:
        self._client = client
        self._work = work
        self._address = address
        self._limits = limits
        self._on_workers = on_workers
        self._sent: deque[_Sent] = deque()
        self._size = 0
        self._workers = 0
        self._threads = 1
        self._looked = self._seen = time.monotonic()
        self._wait_for_workers()

    @property
    def has_any(self) -> bool:
        """Whether answers are still to come."""
        return bool(self._sent)

    @property
    def is_full(self) -> bool:
        """Whether an answer must be taken before more is sent."""
        return len(self._sent) >= self._threads * _AHEAD or self._size >= self._limits.bytes

    def send(self, chunk: list[bytes]) -> None:
        """Give the cluster these lines."""
        size = sum(map(len, chunk))
        self._size += size
        self._sent.append(_Sent(chunk, size, self._submitted(chunk)))

    def next(self) -> Iterator[Answer]:
        """The answers to the oldest lines, once they are there."""
        first = self._sent[0]
        answers = self._answered(first.lines, first.future)
        self._sent.popleft()
        self._size -= first.size
        self._look()
        yield from answers

    def drop(self) -> None:
        """Let the cluster forget what is left."""
        futures = [sent.future for sent in self._sent]
        self._sent.clear()
        if futures and self._client.status == "running":
            self._client.cancel(futures)

    def _submitted(self, lines: list[bytes]) -> Any:
        # Bytes, which only a worker reads: a scheduler need not have the program.
        return self._client.submit(pickle.loads, pickle.dumps(_Call(self._work, lines)), pure=False)

    def _answered(self, lines: list[bytes], future: Any) -> list[Answer]:
        from distributed import KilledWorker

        while True:
            try:
                given = future.result(timeout=self._limits.look)
            except KilledWorker:
                return self._without_the_deadly(lines)
            except Exception as error:  # of any kind: the work's own, or the connection's
                if future.status == "error":
                    raise _cannot_work(error, self._address) from error
                if not isinstance(error, TimeoutError):
                    raise _lost(self._address) from error
                self._look()
                continue
            return _checked(given, len(lines), self._address)

    def _without_the_deadly(self, lines: list[bytes]) -> list[Answer]:
        """The answers to lines of which one has ended workers: one line at a time."""
        if len(lines) == 1:
            what = "the article ended each worker that tried to digest it (its memory may be short)"
            return [(json_text({"id": _name(lines[0]), "error": what}), False)]
        return [self._answered([line], self._submitted([line]))[0] for line in lines]

    def _look(self) -> None:
        """Count the workers, at most every few seconds. Raises BriefingError after a minute
        without any.
        """
        now = time.monotonic()
        if now - self._looked < self._limits.look and self._workers:
            return
        self._looked = now
        threads = self._threads_now()
        if threads:
            self._seen = now
        elif now - self._seen >= self._limits.without_workers:
            raise BriefingError(
                f"it has had no workers for {self._limits.without_workers:g} seconds",
                self._address,
                f"Start some with `dask worker {self._address} --nworkers auto --nthreads 1`",
            )
        self._workers, self._threads = len(threads), max(1, sum(threads.values()))
        self._on_workers(self._workers)

    def _threads_now(self) -> dict[str, int]:
        try:
            threads: dict[str, int] = self._client.nthreads()
        except Exception as error:  # its errors have no common class
            raise _lost(self._address) from error
        return threads

    def _wait_for_workers(self) -> None:
        self._look()
        while not self._workers:
            time.sleep(min(0.2, self._limits.look))
            self._look()


def _work_through(work: Work, lines: list[bytes]) -> tuple[str, list[Answer]]:
    """What a worker does: the answers to ``lines``, and by which program.

    One at a time in a process, however many threads it has: they would only wait for each other.
    """
    with _ALONE:
        return program(), [work(line) for line in lines]


@cache
def program() -> str:
    """What must be the same for the output to be the same: our files, and what runs the encoder."""
    root = Path(briefing.__file__).parent
    found = sha256()
    for folder in _MADE_OF:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
                found.update(file.read_bytes())
    if why_not_tried() is None:
        engine = f"onnxruntime {metadata.version('onnxruntime')}"
    else:
        engine = "no encoder"
    return f"{__version__} ({found.hexdigest()[:12]}, {engine})"


def _checked(given: object, count: int, address: str) -> list[Answer]:
    """The answers that a worker gave to ``count`` lines. Raises BriefingError where another version
    of the program made them, or they are none.
    """
    match given:
        case (str(made_by), [*_]) if made_by != program():
            raise BriefingError(
                f"a worker runs another version of Briefing: {made_by} there, {program()} here",
                address,
                "Install the same on all workers: the output would not be the same",
            )
        case (str(), [*given_answers]):
            answers = [_answer(value) for value in given_answers]
            if len(answers) == count and None not in answers:
                return [answer for answer in answers if answer is not None]
    raise BriefingError("a worker gave an answer that is none", address)


def _answer(value: object) -> Answer | None:
    match value:
        case (str(text), bool(usable)) if "\n" not in text:
            return text, usable
    return None


def _name(line: bytes) -> str | None:
    """The id of the article of a line, as far as there is one."""
    item = parse_batch_line(line)
    article = getattr(item, "article", None)
    return getattr(item, "id", None) if article is None else article.id


@contextmanager
def _connected(address: str, limits: Limits) -> Iterator[Any]:
    """A client of the scheduler; it lets go of everything at the end. Raises as above."""
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"'{address}' is no address of a scheduler",
            "--scheduler",
            "Give one such as tcp://10.0.0.5:8786 or tls://scheduler.example:8786",
        )
    try:
        import distributed
    except ModuleNotFoundError as error:
        raise UsageError(
            "a batch over a cluster needs Dask, which is not installed",
            "--scheduler",
            "Install it with `pip install 'briefing[cluster]'`",
        ) from error
    import logging
    import warnings

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is an error of ours
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # other versions of libraries: ours is compared
        client = _client(distributed.Client, address, limits.connect)
        try:
            yield client
        finally:
            client.close(timeout=2)


def _client(make: Callable[..., Any], address: str, seconds: float) -> Any:
    """The client, made in a thread that can be left behind: Dask itself waits without end for a
    server that takes a connection and says nothing.
    """
    made: Queue[Any] = Queue()

    def connect() -> None:
        try:
            made.put(make(address, timeout=seconds, set_as_default=False))
        except Exception as error:  # noqa: BLE001  whatever the other side speaks
            made.put(error)

    threading.Thread(target=connect, daemon=True).start()
    try:
        client = made.get(timeout=seconds + 1)
    except Empty:
        client = TimeoutError(f"nothing for {seconds:g} seconds")
    if not isinstance(client, Exception):
        return client
    reason = " ".join(str(client).split())[:200] or type(client).__name__
    raise BriefingError(
        f"no Dask scheduler answers ({reason})", address, "Check its address"
    ) from client


def _cannot_work(error: BaseException, address: str) -> BriefingError:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return BriefingError(
        f"a worker could not do the work ({reason})",
        address,
        "Install the same version of Briefing on all workers",
    )


def _lost(address: str) -> BriefingError:
    return BriefingError(
        "the scheduler was lost in the middle of the batch", address, "Start the batch again"
    )
