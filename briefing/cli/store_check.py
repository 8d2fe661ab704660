"""What ``doctor`` says of the store, and mends of it."""

from pathlib import Path

from briefing.model import BriefingError, StoreError

_OF = {"entry": "article", "article": "article", "digest": "article", "brief": "story"}
_FROM_FEED = "It is left out until its feed gives it again"
_FROM_STORE = "`briefing refresh` makes it anew"
_ANEW = {"entry": _FROM_FEED, "article": _FROM_FEED, "digest": _FROM_STORE, "brief": _FROM_STORE}


def repaired(path: Path, findings: list[BriefingError]) -> tuple[str, ...]:
    """Mend the store at ``path``; what was done. What could not be is added to ``findings``."""
    if not path.exists():
        return ()
    from briefing.refresh import no_refresh
    from briefing.store import unwritable
    from briefing.store.repair import repair_store

    if unwritable(path) is not None:
        return ()  # which is a finding of the examination
    try:
        with no_refresh(path):
            return repair_store(path)
    except StoreError as error:
        findings.append(error)
    except OSError as error:
        what = f"it cannot be mended ({error.strerror or error})"
        findings.append(StoreError(what, str(path), "Check its folder, and the room on the disk"))
    return ()


def examine_store(path: Path) -> tuple[list[tuple[str, str]], list[BriefingError]]:
    """Facts about the store at ``path``, and what is wrong with it."""
    from briefing.store.repair import file_faults

    faults: list[BriefingError] = [*file_faults(path)]
    if not path.exists():
        return [("store", f"{path} (not there yet)")], faults
    facts = [("store", str(path))]
    if path.is_file() and not path.stat().st_size:
        return facts, faults  # opening it would make a new one
    try:
        _open_and_examine(path, facts, faults)
    except StoreError as error:
        faults.append(error)
    return facts, faults


def _open_and_examine(
    path: Path, facts: list[tuple[str, str]], findings: list[BriefingError]
) -> None:
    from briefing.store import Store, unwritable
    from briefing.store.repair import REPAIR
    from briefing.wording import format_count

    refusal = unwritable(path)
    if refusal is not None:
        findings.append(refusal)
        facts.append(("not examined", "the search index and single rows: that writes to the store"))
    with Store.open(path, read_only=refusal is not None) as store:
        wrong = store.check(search_index=refusal is None)
        stats = store.stats()
        if refusal is None:
            store.set_unreadable_aside()
        set_aside = store.set_aside_rows()
        failing = [feed for feed in store.feeds() if feed.error]
        server, (unsent, _) = store.sync_server(), store.outbox_counts()
    facts += [
        ("store size", f"{(stats.size + stats.wal_size) / 1e6:.1f} MB, schema {stats.schema}"),
        ("feeds", f"{stats.feeds:,}"),
        ("articles", f"{stats.articles:,}"),
        ("stories", f"{stats.stories:,}"),
    ]
    waiting = stats.to_extract + stats.to_digest + stats.to_link
    if waiting:
        facts.append(("waiting", f"{waiting:,} articles: the next refresh goes on with them"))
    if server is not None:
        facts.append(
            ("sync", f"{server.kind} at {server.url}; {format_count(unsent, 'mark')} to be sent")
        )
        if server.problem:
            findings.append(BriefingError(server.problem, "sync"))
    findings += [StoreError(fault, str(path), REPAIR) for fault in wrong]
    findings += [
        BriefingError(row.problem, f"{_OF[row.kind]} {row.id}", _ANEW[row.kind])
        for row in set_aside
    ]
    findings += [
        BriefingError(feed.error or "", f"feed {feed.display_name}", "See `briefing feeds check`")
        for feed in failing
    ]
