"""Two readers and a refresh at once: nobody is told of a lock, and each sees the others' work."""

import threading
from collections.abc import Callable
from pathlib import Path

from briefing.store import Store
from tests.store.builders import filled

ROUNDS = 12


def test_hostile_27_two_readers_and_a_refresh_share_the_store(path: Path) -> None:
    with Store.open(path) as store:
        names = filled(store, 24)
    failures: list[BaseException] = []
    start = threading.Barrier(3)

    def at_once(work: Callable[[Store, int], None]) -> threading.Thread:
        def run() -> None:
            try:
                with Store.open(path) as store:
                    start.wait()
                    for number in range(ROUNDS):
                        work(store, number)
            except BaseException as error:  # noqa: BLE001 - the thread's failure is the test's
                failures.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def reads(store: Store, number: int) -> None:
        store.mark_article_read(names[number], True)
        assert store.article_rows(limit=200)

    def stars(store: Store, number: int) -> None:
        store.set_article_starred(names[-1 - number], True)
        assert store.search("lorries")

    def refreshes(store: Store, number: int) -> None:
        filled(store, 2, feed_url=f"https://outlet-{number}.example/feed")

    for thread in [at_once(work) for work in (reads, stars, refreshes)]:
        thread.join()
    assert failures == []
    with Store.open(path) as store:
        rows = {row.id: row for row in store.article_rows(limit=200)}
        assert len(rows) == 24 + 2 * ROUNDS
        assert [rows[name].read for name in names] == [True] * 12 + [False] * 12
        assert [rows[name].starred for name in names] == [False] * 12 + [True] * 12
        assert store.check() == ()
