"""One request to a server that speaks OpenAI's chat completions, bounded in time and size.

Unless ``remote`` is set, the server must be this machine: every address that its name stands for is
checked, and one of those is connected to. Redirects are refused, proxies and cookies are not used.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from briefing.ingest.addresses import CheckedBackend, literal
from briefing.model import BriefingError
from briefing.text.clean import clean_line

_LARGEST = 1_000_000  # bytes of an answer
_SHOWN = 160  # characters of what a server says of an error


class ServerError(BriefingError):
    """A server that gave no answer. status: of HTTP, where there was one. worked: its model may
    have worked all the same.
    """

    def __init__(
        self,
        what: str,
        where: str,
        mend: str = "",
        *,
        status: int | None = None,
        worked: bool = False,
    ) -> None:
        super().__init__(what, where, mend)
        self.status = status
        self.worked = worked


@dataclass(frozen=True, slots=True)
class Completion:
    """What a server wrote, and how many tokens it says that took."""

    text: str
    tokens: int | None


class OnlyThisMachine:
    """Addresses of the loopback interface, and no others."""

    def check_resolved(self, host: str, addresses: Sequence[str]) -> None:
        """Raise ServerError where one of the addresses of ``host`` is another machine's."""
        for given in addresses:
            address = literal(given)
            if address is None or not address.is_loopback:
                raise _elsewhere(host)


def _elsewhere(host: str) -> ServerError:
    return ServerError(
        f"{clean_line(host)} is another machine, and was not asked",
        "editor.url",
        "Set editor.remote = true if the articles' sentences may be sent there",
    )


def parsed_url(url: str, *, remote: bool, with_key: bool) -> httpx.URL:
    """The address of the completions below the base ``url``. Raises BriefingError: it is none, is
    another machine's by its looks, or would send a key unencrypted to one.
    """
    try:
        base = httpx.URL(url.rstrip("/"))
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise _no_address(url) from error
    if base.scheme not in ("http", "https") or not base.host or base.query or base.fragment:
        raise _no_address(url)
    if base.port is not None and base.port > 65535:
        raise _no_address(url)
    if base.userinfo:
        raise ServerError(
            "it holds a user's name or a password", "editor.url", "Use editor.key_command"
        )
    address = literal(base.host)
    at_home = base.host == "localhost" or (address is not None and address.is_loopback)
    if not (at_home or remote):
        raise _elsewhere(base.host)
    if with_key and base.scheme == "http" and not at_home:
        raise ServerError(
            "the key would be sent to another machine unencrypted", "editor.url", "Use https"
        )
    return base.copy_with(path=f"{base.path.rstrip('/')}/chat/completions")


def _no_address(url: str) -> ServerError:
    return ServerError(
        f"'{clean_line(url)[:_SHOWN]}' is no address of a server",
        "editor.url",
        "Give one such as http://127.0.0.1:8080/v1",
    )


def complete(
    url: httpx.URL, request: Mapping[str, Any], *, key: str, remote: bool, seconds: float
) -> Completion:
    """Post ``request`` and give back what the server wrote. Raises ServerError, whatever the other
    side does: also when ``seconds`` are over.
    """
    return asyncio.run(_complete(url, request, key, remote, seconds))


def reach(url: httpx.URL, *, remote: bool, seconds: float) -> None:
    """Ask the server for its models, without a key: any answer will do. Raises ServerError."""
    path = url.path.removesuffix("/chat/completions")
    asyncio.run(_reach(url.copy_with(path=f"{path}/models"), remote, seconds))


async def _reach(url: httpx.URL, remote: bool, seconds: float) -> None:
    async with (
        _translated(str(url), seconds),
        _client(remote=remote, seconds=seconds) as client,
        client.stream("GET", url),
    ):
        pass


async def _complete(
    url: httpx.URL, request: Mapping[str, Any], key: str, remote: bool, seconds: float
) -> Completion:
    where = str(url)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        _translated(where, seconds),
        _client(remote=remote, seconds=seconds) as client,
        client.stream("POST", url, json=request, headers=headers) as answer,
    ):
        body = await _body(answer, where)
    return _completion(body, where)


@asynccontextmanager
async def _translated(where: str, seconds: float) -> AsyncIterator[None]:
    """At most so many seconds; whatever goes wrong, in our words."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except (TimeoutError, httpx.TimeoutException) as error:
        raise _too_slow(where, seconds) from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
        reason = clean_line(str(error))[:_SHOWN] or type(error).__name__
        raise ServerError(
            f"the server cannot be reached ({reason})", where, "Start it, or check editor.url"
        ) from error


def _client(*, remote: bool, seconds: float) -> httpx.AsyncClient:
    client = httpx.AsyncClient(
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=remote,
        timeout=seconds,
    )
    transport = client._transport  # noqa: SLF001 - httpx has no other way to its connections
    if not remote and isinstance(transport, httpx.AsyncHTTPTransport):
        transport._pool._network_backend = CheckedBackend(OnlyThisMachine())  # type: ignore[arg-type]  # noqa: SLF001
    return client


async def _body(answer: httpx.Response, where: str) -> bytes:
    if answer.is_redirect:
        raise ServerError("the server sends on to another address, which was not asked", where)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise ServerError("the server's answer is compressed, though that was not wanted", where)
    pieces, size = [], 0
    async for piece in answer.aiter_raw():
        size += len(piece)
        if size > _LARGEST:
            raise ServerError(f"the server's answer is larger than {_LARGEST:,} bytes", where)
        pieces.append(piece)
    body = b"".join(pieces)
    if answer.status_code != 200:
        raise _refused(answer.status_code, body, where)
    return body


def _refused(status: int, body: bytes, where: str) -> ServerError:
    said = clean_line(body[: 10 * _SHOWN].decode("utf-8", "replace"))[:_SHOWN]
    mends = {
        401: "Check editor.key_command",
        403: "Check editor.key_command",
        404: "Check editor.url and editor.model",
        429: "It is asked again later",
    }
    words = f"the server answered {status}" + (f" ({said})" if said else "")
    return ServerError(words, where, mends.get(status, ""), status=status)


def _too_slow(where: str, seconds: float) -> ServerError:
    return ServerError(
        f"the server gave no whole answer in {seconds:g} s",
        where,
        "Raise editor.seconds",
        worked=True,
    )


def _completion(body: bytes, where: str) -> Completion:
    """The text of the first choice (OpenAI's API reference, "The chat completion object")."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ServerError("the server's answer is no JSON", where) from error
    match value:
        case {"choices": [{"message": {"content": str(text)}}, *_]}:
            pass
        case _:
            raise ServerError("the server's answer is no chat completion", where)
    match value.get("usage"):
        case {"total_tokens": tokens} if type(tokens) is int and 0 <= tokens < 1_000_000_000:
            return Completion(text, tokens)
    return Completion(text, None)
