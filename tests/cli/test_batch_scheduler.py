"""Batches over a real Dask cluster: the same output, whatever happens to the workers."""

import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from briefing.cli import batch_scheduler
from briefing.cli.batch import Answer
from briefing.cli.batch_scheduler import Limits, answer_lines_there
from briefing.model import BriefingError, UsageError
from tests.cli.conftest import Run
from tests.cli.dask_cluster import (
    Counted,
    DaskCluster,
    dies_of_poison,
    fails,
    gives_what_is_none,
    shout,
)
from tests.fake_web import Newsroom

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

LOOKS = 400  # a twentieth of a second apart
BRIDGE = (
    "The harbour bridge at Marenza was closed on Monday. Inspectors found {n} cracks in a pillar."
    " The repair may take {n} weeks, the port authority said. The figures could not be verified."
)
HOSTILE = (
    b"{",
    b"[]",
    b"\xff\xfe{}",
    b'{"id": "x"}',
    b'{"id": "y", "text": "\\ud800"}',
    b"",
    b"[" * 100_000,
    json.dumps({"id": "odd", "text": "\x00\x1b[1mThe bridge.\u2028\n" + BRIDGE}).encode(),
    json.dumps({"id": "long", "text": "The bridge was closed again. " * 20_000}).encode(),
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """Two workers that no test harms."""
    with DaskCluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[DaskCluster]:
    """Two workers of the test's own."""
    with DaskCluster(tmp_path, workers=2) as running:
        yield running


def shouted(count: int) -> list[Answer]:
    """What ``shout`` gives for the lines of ``Counted``."""
    return [shout(line) for line in Counted(count)]


def test_the_output_is_the_same_to_the_letter(
    run: Run, cluster: DaskCluster, tmp_path: Path
) -> None:
    good = [json.dumps({"id": f"a{n}", "text": BRIDGE.format(n=n)}).encode() for n in range(40)]
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\n".join([*good[:20], *HOSTILE, *good[20:]]))
    written = []
    for name, how in (("here", ("--jobs", "1")), ("there", ("--scheduler", cluster.address))):
        target = tmp_path / name
        ran = run("digest", "--jsonl", str(source), "--output", str(target), *how)
        assert (ran.code, ran.out) == (1, "")
        assert "6 of the lines could not be used" in ran.err
        written.append(target.read_bytes())
    assert written[0] == written[1]
    assert len(written[0].splitlines()) == 48
    assert "of the cluster at work" in ran.err


def test_no_more_of_the_batch_is_taken_than_the_workers_can_use(cluster: DaskCluster) -> None:
    lines = Counted(400)
    answers = answer_lines_there(lines, shout, cluster.address)
    most = 0
    given: list[Answer] = []
    for answer in answers:
        most = max(most, lines.taken - len(given))
        given.append(answer)
    assert given == shouted(400)
    # Of two workers with a thread each: three chunks of eight lines ahead, and one at hand.
    assert most <= 2 * 3 * 8 + 2 * 8


def test_the_bytes_that_are_out_are_bounded_too(cluster: DaskCluster) -> None:
    lines = Counted(100)
    answers = answer_lines_there(lines, shout, cluster.address, limits=Limits(bytes=1))
    assert next(answers) == shout(b"line 1")
    assert lines.taken <= 9
    assert len(list(answers)) == 99


def test_the_work_of_a_worker_that_dies_is_done_by_another(own_cluster: DaskCluster) -> None:
    answers = answer_lines_there(Counted(2000), shout, own_cluster.address)
    given = [next(answers)]
    own_cluster.workers[0].send_signal(signal.SIGKILL)
    given += answers
    assert given == shouted(2000)


def test_a_line_that_ends_its_workers_is_answered_and_the_batch_goes_on(
    own_cluster: DaskCluster,
) -> None:
    lines = [b'{"id": "a%d", "text": "Salt."}' % n for n in range(12)]
    lines[5] = b'{"id": "poison", "text": "Salt."}'
    answers = list(answer_lines_there(lines, dies_of_poison, own_cluster.address))
    assert [usable for _, usable in answers] == [n != 5 for n in range(12)]
    wrong = json.loads(answers[5][0])
    assert wrong["id"] == "poison"
    assert "ended each worker" in wrong["error"]
    assert answers[6] == shout(lines[6])


def test_a_scheduler_that_dies_ends_the_batch_in_words(own_cluster: DaskCluster) -> None:
    answers = answer_lines_there(Counted(5000), shout, own_cluster.address)
    next(answers)
    own_cluster.scheduler.send_signal(signal.SIGKILL)
    with pytest.raises(BriefingError, match="lost in the middle") as caught:
        list(answers)
    assert own_cluster.address in caught.value.where


def test_without_workers_it_is_waited_and_then_said_what_to_start(tmp_path: Path) -> None:
    seen: list[int] = []
    limits = Limits(without_workers=0.3, look=0.1)
    with DaskCluster(tmp_path, workers=0) as empty:
        waiting = answer_lines_there(
            [b"x"], shout, empty.address, on_workers=seen.append, limits=limits
        )
        with pytest.raises(BriefingError) as caught:
            list(waiting)
    assert "no workers for 0.3 seconds" in caught.value.what
    assert "dask worker" in caught.value.mend
    assert set(seen) == {0}


def test_a_worker_of_another_version_is_refused(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_scheduler, "program", lambda: "0.0.9 (aaaa, no onnxruntime)")
    with pytest.raises(BriefingError, match="another version of Briefing") as caught:
        list(answer_lines_there([b"x"], shout, cluster.address))
    assert "0.0.9" in caught.value.what


@pytest.mark.parametrize("line", [b"lines", b"pair", b"flag", b"none"])
def test_what_is_no_answer_is_not_written(cluster: DaskCluster, line: bytes) -> None:
    with pytest.raises(BriefingError, match="an answer that is none"):
        list(answer_lines_there([line], gives_what_is_none, cluster.address))  # type: ignore[arg-type]


def test_work_that_a_worker_does_not_have_is_named(
    cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("only_here")
    exec("def work(line): return '', True", module.__dict__)  # noqa: S102
    monkeypatch.setitem(sys.modules, "only_here", module)
    with pytest.raises(BriefingError, match="No module named 'only_here'") as caught:
        list(answer_lines_there([b"x"], module.work, cluster.address))
    assert "same version of Briefing on all workers" in caught.value.mend


def test_an_error_of_the_work_ends_the_batch_in_one_line(cluster: DaskCluster) -> None:
    with pytest.raises(BriefingError, match="RuntimeError: a b"):
        list(answer_lines_there([b"a\nb"], fails, cluster.address))


def test_what_is_left_is_forgotten_when_the_batch_is_given_up(cluster: DaskCluster) -> None:
    import distributed

    answers = answer_lines_there(Counted(10_000), shout, cluster.address)
    next(answers)
    answers.close()  # type: ignore[attr-defined]
    with distributed.Client(cluster.address, set_as_default=False) as client:
        for _ in range(LOOKS):  # a process of others: it tells when it is asked
            left = sum(map(len, client.processing().values()))
            if not left:
                break
            threading.Event().wait(0.05)
        assert not left


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nowhere",
        "tcp://",
        "10.0.0.5",
        "inproc://a:1",
        "http://a:1",
        "a b:1",
        "-x:1\n",
        "file:///",
    ],
)
def test_what_is_no_address_is_a_usage_error(run: Run, tmp_path: Path, address: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("{}\n")
    ran = run("digest", "--jsonl", str(source), f"--scheduler={address}")
    assert ran.code == 2
    assert "no address of a scheduler" in ran.err


def test_where_nobody_listens_it_is_said(run: Run, room: Newsroom, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("{}\n")
    address = room.refused_url().removeprefix("http://").split("/")[0]
    with pytest.raises(BriefingError, match="no Dask scheduler answers"):
        list(answer_lines_there([b"x"], shout, address, limits=Limits(connect=0.5)))
    assert not target.exists()


def test_a_server_of_another_kind_is_no_scheduler(room: Newsroom) -> None:
    address = room.url("/").removeprefix("http://").rstrip("/")
    with pytest.raises(BriefingError, match="no Dask scheduler answers"):
        list(answer_lines_there([b"x"], shout, address, limits=Limits(connect=1)))


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(BriefingError, match="no Dask scheduler answers"):
            list(answer_lines_there([b"x"], shout, address, limits=Limits(connect=0.5)))


def test_without_dask_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run("digest", "--jsonl", os.devnull, "--scheduler", "tcp://127.0.0.1:8786")
    assert ran.code == 2
    assert "pip install 'briefing[cluster]'" in ran.err


def test_a_cluster_has_processes_of_its_own(run: Run) -> None:
    ran = run("digest", "--jsonl", "x", "--scheduler", "a:1", "--jobs", "2")
    assert (ran.code, "Give one of them" in ran.err) == (2, True)
    ran = run("digest", "x", "--scheduler", "a:1")
    assert (ran.code, "--scheduler belongs to --jsonl" in ran.err) == (2, True)


def test_a_usage_error_is_one_before_anything_is_read() -> None:
    lines = Counted(3)
    with pytest.raises(UsageError):
        list(answer_lines_there(lines, shout, "nowhere"))
    assert lines.taken == 0
