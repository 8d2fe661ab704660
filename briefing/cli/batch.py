"""Batches: one article a line in, one answer a line out, in the same order, in bounded memory.

Lines are handed to worker processes in small chunks, a few chunks ahead of what has been written,
so that neither input nor output is ever held whole.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from briefing.cli.input import standard_input
from briefing.cli.output import Output, output_file
from briefing.model import BriefingError, StoreError

Answer = tuple[str, bool]  # a line of JSON, and whether its input could be used

_CHUNK_LINES = 8
_CHUNK_BYTES = 512_000
_AHEAD = 3  # chunks for each worker


@contextmanager
def opened_input(source: str) -> Iterator[BinaryIO]:
    """The lines of a file, or of standard input for ``-``. Raises StoreError."""
    if source == "-":
        yield standard_input()
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115  closed below; only the opening is translated
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"the input cannot be read ({reason})", source) from error
    with file:
        yield file


@contextmanager
def opened_output(target: str | None, out: Output) -> Iterator[BinaryIO]:
    """The file ``target``, which appears whole at the end; standard output where None or ``-``."""
    if target is None or target == "-":
        sink = out.bytes_out()
        try:
            yield sink
        finally:
            sink.flush()
        return
    with output_file(Path(target)) as file:
        yield file


def answer_lines(
    lines: Iterable[bytes], work: Callable[[bytes], Answer], jobs: int
) -> Iterator[Answer]:
    """``work`` of each line, in order, by ``jobs`` processes. Empty lines are left out.

    ``work`` must be picklable. A batch of one chunk is done here, without any process.
    """
    chunks = chunked(lines)
    first = next(chunks, None)
    if first is None:
        return
    second = next(chunks, None)
    if jobs == 1 or second is None:
        for chunk in _again(first, second, chunks):
            yield from map(work, chunk)
        return
    yield from _in_processes(_again(first, second, chunks), work, jobs)


def _in_processes(
    chunks: Iterator[list[bytes]], work: Callable[[bytes], Answer], jobs: int
) -> Iterator[Answer]:
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # A process forked from a clean server has our modules loaded, and no thread's lock held.
    methods = multiprocessing.get_all_start_methods()
    processes = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        processes.set_forkserver_preload(["briefing.cli.batch_digest"])
    waiting: deque[Future[list[Answer]]] = deque()
    with ProcessPoolExecutor(jobs, processes, initializer=_leave_interrupts) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_work_through, work, chunk))
                if len(waiting) >= jobs * _AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise BriefingError(
                "a worker process was killed", "--jobs", "Memory may be short: use fewer jobs"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work_through(work: Callable[[bytes], Answer], chunk: list[bytes]) -> list[Answer]:
    return [work(line) for line in chunk]


def chunked(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in the pieces that a process is given at a time, empty ones left out."""
    chunk: list[bytes] = []
    size = 0
    for line in lines:
        if not line.strip():
            continue
        chunk.append(line)
        size += len(line)
        if len(chunk) >= _CHUNK_LINES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _again(
    first: list[bytes], second: list[bytes] | None, rest: Iterator[list[bytes]]
) -> Iterator[list[bytes]]:
    yield first
    if second is not None:
        yield second
        yield from rest
