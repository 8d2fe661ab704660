"""Miniflux's own API as far as it is used, as 2.2.6 and 2.3.4 of Debian answered it."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.fake_sync_server import (
    Answer,
    Call,
    FakeAccount,
    FakeEntry,
    FakeFeed,
    Protocol,
    answer_json,
)

_UNKNOWN = Answer(404, b'{"error_message":"Resource Not Found"}')


def miniflux(version: str = "2.3.4") -> Protocol:
    """The protocol of a version; before 2.3.2 a star is toggled."""
    sets_stars = tuple(map(int, version.split("."))) >= (2, 3, 2)

    def answer(account: FakeAccount, call: Call) -> Answer:
        if not _logged_in(account, call.headers):
            return answer_json({"error_message": "Access Unauthorized"}, 401)
        match (call.method, call.path.strip("/").split("/")):
            case ("GET", ["v1", "me"]):
                return answer_json({"id": account.number, "username": account.user})
            case ("GET", ["v1", "version"]):
                return answer_json({"version": version, "commit": "0000000"})
            case ("GET", ["v1", "feeds"]):
                return answer_json([_feed(feed) for feed in account.feeds.values()])
            case ("POST", ["v1", "feeds"]):
                return _subscribe(account, call.json)
            case (method, ["v1", "feeds", number]):
                return _edit_feed(account, method, int(number), call)
            case (method, ["v1", "categories"]):
                return _categories(account, method, call)
            case ("GET", ["v1", "entries"]):
                return _entries(account, call)
            case ("PUT", ["v1", "entries"]):
                return _mark(account, call.json, sets_stars=sets_stars)
            case ("GET", ["v1", "entries", "ids"]) if not sets_stars:
                first = next(iter(account.entries.values()))
                return answer_json({"total": 1, "entries": [_entry(account, first)]})
            case ("GET", ["v1", "entries", number]) if number.isdigit():
                entry = account.entries.get(int(number))
                return _UNKNOWN if entry is None else answer_json(_entry(account, entry))
            case ("PUT", ["v1", "entries", number, "bookmark"]):
                entry = account.entries.get(int(number))
                if entry is None:
                    return _UNKNOWN
                account.mark(entry, starred=not entry.starred)
                return Answer(204)
        return _UNKNOWN

    return answer


def _logged_in(account: FakeAccount, headers: Mapping[str, str]) -> bool:
    login = base64.b64encode(f"{account.user}:{account.password}".encode()).decode()
    return account.password == headers.get("x-auth-token") or (
        headers.get("authorization") == f"Basic {login}"
    )


def _subscribe(account: FakeAccount, body: dict[str, Any]) -> Answer:
    url = body["feed_url"]
    if any(feed.url == url for feed in account.feeds.values()):
        return answer_json({"error_message": "This feed already exists."}, 400)
    if "refused" in url:
        return answer_json({"error_message": "Unable to find any feed."}, 500)
    feed = account.add_feed(url)
    feed.folder = _folders(account).get(body.get("category_id", 1), "")
    return answer_json({"feed_id": feed.id}, 201)


def _edit_feed(account: FakeAccount, method: str, number: int, call: Call) -> Answer:
    feed = account.feeds.get(number)
    if feed is None:
        return _UNKNOWN
    if method == "DELETE":
        account.remove_feed(feed)
        return Answer(204)
    feed.folder = _folders(account)[call.json["category_id"]]
    return answer_json(_feed(feed), 201)


def _folders(account: FakeAccount) -> dict[int, str]:
    """The categories by number: All, and the folders in use and made."""
    made = account.folders
    made += [f.folder for f in account.feeds.values() if f.folder and f.folder not in made]
    return {1: "", **dict(enumerate(made, 2))}


def _categories(account: FakeAccount, method: str, call: Call) -> Answer:
    if method == "POST":
        _folders(account)
        account.folders.append(call.json["title"])
    listed = [{"id": n, "title": title or "All"} for n, title in _folders(account).items()]
    return answer_json(listed if method == "GET" else listed[-1], 200 if method == "GET" else 201)


def _mark(account: FakeAccount, body: dict[str, Any], *, sets_stars: bool) -> Answer:
    entries = [account.entries[n] for n in body["entry_ids"] if n in account.entries]
    if "starred" in body and not sets_stars:
        return answer_json({"error_message": "invalid entry status"}, 400)
    if not entries:
        return answer_json({"error_message": "store: nothing has been updated"}, 500)
    status = body.get("status")
    for entry in entries:
        account.mark(
            entry,
            read=None if status is None else status == "read",
            starred=body.get("starred"),
        )
    return Answer(204)


def _entries(account: FakeAccount, call: Call) -> Answer:
    changed = float(call.value("changed_after", "0"))
    before = float(call.value("changed_before", "inf"))
    after = int(call.value("after_entry_id", "0"))
    status, starred = call.value("status"), call.value("starred")
    found = [
        entry
        for entry in account.entries.values()
        if changed < entry.changed.timestamp() < before
        and entry.id > after
        and status in ("", "read" if entry.read else "unread")
        and (not starred or entry.starred == (starred == "true"))
    ]
    found.sort(key=lambda entry: entry.id)
    limit = int(call.value("limit", "100"))
    shown = [_entry(account, entry) for entry in found[:limit]]
    return answer_json({"total": len(found), "entries": shown})


def _entry(account: FakeAccount, entry: FakeEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "user_id": account.number,
        "feed_id": entry.feed,
        "status": "read" if entry.read else "unread",
        "hash": f"{entry.id:064x}",
        "title": entry.title,
        "url": entry.url,
        "published_at": _time(entry.published),
        "created_at": _time(entry.published),
        "changed_at": _time(entry.changed),
        "content": entry.content,
        "author": "",
        "starred": entry.starred,
        "enclosures": [],
        "feed": _feed(account.feeds[entry.feed]),
    }


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _feed(feed: FakeFeed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "feed_url": feed.url,
        "site_url": feed.url.rpartition("/")[0],
        "title": feed.title,
        "category": {"id": 1, "title": feed.folder or "All"},
    }
