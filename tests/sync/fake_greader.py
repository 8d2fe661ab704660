"""The Google Reader API as far as it is used: as Miniflux answers, and as FreshRSS does.

Miniflux takes a mark off that it is told to add a second time, answers 400 where none of the
entries is there, and goes by the time of publication in ``ot``.
"""

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

_AUTH = "ann/0123456789abcdef"
_STATE = "user/-/state/com.google/"
_LONG = "tag:google.com,2005:reader/item/"
_OK = Answer(200, b"OK", "text/plain")


def greader(*, toggles: bool = True, prefix: str = "") -> Protocol:
    """The protocol. toggles: as Miniflux; else as FreshRSS, below ``prefix``."""

    def answer(account: FakeAccount, call: Call) -> Answer:
        path = call.path.removeprefix(prefix)
        if path == "/accounts/ClientLogin":
            if (call.value("Email"), call.value("Passwd")) != (account.user, account.password):
                return Answer(401, b"Unauthorized!", "text/plain")
            return Answer(200, f"SID={_AUTH}\nLSID=null\nAuth={_AUTH}\n".encode(), "text/plain")
        if call.headers.get("authorization") != f"GoogleLogin auth={_AUTH}":
            return Answer(401, b"Unauthorized!", "text/plain")
        path = path.removeprefix("/reader/api/0")
        if call.method == "POST" and call.value("T") != f"token{account.number}":
            return Answer(
                401, b"Unauthorized!", "text/plain", {"X-Reader-Google-Bad-Token": "true"}
            )
        match path:
            case "/token":
                return Answer(200, f"token{account.number}\n".encode(), "text/plain")
            case "/user-info":
                return answer_json({"userId": str(account.number), "userName": account.user})
            case "/subscription/list":
                return answer_json({"subscriptions": [_feed(f) for f in account.feeds.values()]})
            case "/subscription/edit":
                return _edit(account, call)
            case "/stream/items/ids":
                return _ids(account, call)
            case "/stream/items/contents":
                return _contents(account, call, strict=toggles)
            case "/edit-tag":
                return _tag(account, call, toggles=toggles)
        return answer_json([])  # as Miniflux does with what it does not know

    return answer


def _edit(account: FakeAccount, call: Call) -> Answer:
    stream = call.value("s").removeprefix("feed/")
    folder = call.value("a").removeprefix("user/-/label/")
    action = call.value("ac")
    if action == "subscribe":
        if "refused" in stream:
            return Answer(500, b"no feed")
        account.add_feed(stream).folder = folder
    else:
        feed = account.feeds.get(int(stream))
        if feed is None:
            return Answer(500, b"no such feed")
        if action == "unsubscribe":
            account.remove_feed(feed)
        else:
            feed.folder = folder
    return _OK


def _ids(account: FakeAccount, call: Call) -> Answer:
    stream, exclude = call.value("s"), call.value("xt")
    after, offset = int(call.value("ot", "0")), int(call.value("c", "0"))
    found = [
        entry
        for entry in account.entries.values()
        if (stream != f"{_STATE}starred" or entry.starred)
        and (exclude != f"{_STATE}read" or not entry.read)
        and entry.published.timestamp() > after
    ]
    found.sort(key=lambda entry: (entry.published, entry.id), reverse=True)
    page = found[offset : offset + min(int(call.value("n", "20")), 1000)]
    answer: dict[str, Any] = {"itemRefs": [{"id": str(entry.id)} for entry in page]}
    if offset + len(page) < len(found):
        answer["continuation"] = str(offset + len(page))
    return answer_json(answer)


def _asked(account: FakeAccount, call: Call) -> list[FakeEntry]:
    numbers = [int(name.removeprefix(_LONG), 16) for name in call.values("i")]
    return [account.entries[n] for n in numbers if n in account.entries]


def _contents(account: FakeAccount, call: Call, *, strict: bool) -> Answer:
    entries = _asked(account, call)
    if strict and not entries:
        return Answer(400, b'{"error_message":"no items returned from the database"}')
    return answer_json({"id": "feed/1", "items": [_item(account, entry) for entry in entries]})


def _tag(account: FakeAccount, call: Call, *, toggles: bool) -> Answer:
    for entry in _asked(account, call):
        for name, value in (("a", True), ("r", False)):
            match call.value(name).removeprefix(_STATE):
                case "read":
                    account.mark(entry, read=value and not (toggles and entry.read))
                case "starred":
                    account.mark(entry, starred=value and not (toggles and entry.starred))
    return _OK


def _item(account: FakeAccount, entry: FakeEntry) -> dict[str, Any]:
    states = [f"user/{account.number}/state/com.google/reading-list"]
    states += [f"user/{account.number}/state/com.google/read"] if entry.read else []
    states += [f"user/{account.number}/state/com.google/starred"] if entry.starred else []
    return {
        "id": f"{_LONG}{entry.id:016x}",
        "title": entry.title,
        "published": int(entry.published.timestamp()),
        "updated": int(entry.changed.timestamp()),
        "canonical": [{"href": entry.url}],
        "alternate": [{"href": entry.url, "type": "text/html"}],
        "summary": {"direction": "ltr", "content": entry.content},
        "categories": states,
        "origin": {"streamId": f"feed/{entry.feed}", "title": account.feeds[entry.feed].title},
    }


def _feed(feed: FakeFeed) -> dict[str, Any]:
    label = feed.folder or "All"
    return {
        "id": f"feed/{feed.id}",
        "title": feed.title,
        "categories": [{"id": f"user/-/label/{label}", "label": label}],
        "url": feed.url,
        "htmlUrl": feed.url.rpartition("/")[0],
    }
