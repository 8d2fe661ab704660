"""The Fever API as far as it is used: of coldsweat, and of Miniflux.

Miniflux toggles a star whatever it is told, and answers one question of a request only.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from tests.fake_sync_server import Answer, Call, FakeAccount, FakeEntry, Protocol, answer_json

_QUESTIONS = ("groups", "feeds", "unread_item_ids", "saved_item_ids", "items", "mark")


def fever(*, toggles: bool = False) -> Protocol:
    """The protocol. toggles: as Miniflux."""

    def answer(account: FakeAccount, call: Call) -> Answer:
        key = hashlib.md5(f"{account.user}:{account.password}".encode()).hexdigest()  # noqa: S324
        result: dict[str, Any] = {"api_version": 3, "auth": int(call.value("api_key") == key)}
        names = {name for name, _ in (*call.query, *call.form)}
        if "api" not in names:
            return Answer(400)
        if not result["auth"]:
            return answer_json(result)
        if toggles:
            first = next((name for name in _QUESTIONS if name in names), "")
            names = {first}
        if "mark" in names:
            _mark(account, call, toggles=toggles)
        if "groups" in names:
            result["groups"] = [
                {"id": number, "title": title} for number, title in enumerate(_folders(account), 1)
            ]
        if names & {"feeds", "groups"}:
            result["feeds_groups"] = [
                {
                    "group_id": number,
                    "feed_ids": _joined(f.id for f in account.feeds.values() if f.folder == title),
                }
                for number, title in enumerate(_folders(account), 1)
            ]
        if "feeds" in names:
            result["feeds"] = [
                {"id": f.id, "title": f.title, "url": f.url, "site_url": "", "is_spark": 0}
                for f in account.feeds.values()
            ]
        if "items" in names:
            result["total_items"] = len(account.entries)
            result["items"] = [_item(entry) for entry in _asked(account, call)[:50]]
        entries = account.entries.values()
        if "unread_item_ids" in names:
            result["unread_item_ids"] = _joined(e.id for e in entries if not e.read)
        if "saved_item_ids" in names:
            result["saved_item_ids"] = _joined(e.id for e in entries if e.starred)
        return answer_json(result)

    return answer


def _folders(account: FakeAccount) -> list[str]:
    return list(dict.fromkeys(f.folder for f in account.feeds.values() if f.folder))


def _joined(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def _mark(account: FakeAccount, call: Call, *, toggles: bool) -> None:
    entry = account.entries.get(int(call.value("id")))
    if entry is None or call.value("mark") != "item":
        return
    match call.value("as"):
        case "read" | "unread" as state:
            account.mark(entry, read=state == "read")
        case "saved" | "unsaved" as state:
            account.mark(entry, starred=not entry.starred if toggles else state == "saved")


def _asked(account: FakeAccount, call: Call) -> list[FakeEntry]:
    entries = sorted(account.entries.values(), key=lambda entry: entry.id)
    if since := call.value("since_id"):
        return [entry for entry in entries if entry.id > int(since)]
    if below := call.value("max_id"):
        return [entry for entry in reversed(entries) if entry.id < int(below)]
    if ids := call.value("with_ids"):
        wanted = {int(each) for each in ids.split(",")}
        return [entry for entry in entries if entry.id in wanted]
    return entries


def _item(entry: FakeEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "feed_id": entry.feed,
        "title": entry.title,
        "author": "",
        "html": entry.content,
        "url": entry.url,
        "is_saved": int(entry.starred),
        "is_read": int(entry.read),
        "created_on_time": int(entry.published.timestamp()),
    }
