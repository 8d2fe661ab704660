"""The clients understand what real servers said: conversations that were recorded with them.

``python -m tests.sync.record`` records them anew.
"""

import asyncio
from typing import Any

import pytest

from tests.fake_sync_server import FakeSyncServer
from tests.sync.conversation import NAMES, Replay, client, converse, load


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_conversation_is_understood_as_it_was(name: str) -> None:
    turns, told = load(name)
    kind = name.rpartition("-")[2]
    user = told[0]["account"] if kind == "fever" else "alice"
    replay = Replay(turns)
    path = "/fever" if kind == "fever" else ""

    async def again(url: str) -> list[Any]:
        async with client(kind, url, user, "x") as server:
            return await converse(server)

    with FakeSyncServer(replay, kind=kind, path=path) as server:
        found = asyncio.run(again(server.url))
    assert replay.unexpected == []
    assert found == told
