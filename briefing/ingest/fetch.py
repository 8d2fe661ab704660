"""Polite, bounded HTTP. The only module that imports httpx, so that its successor can take over.

Follows RFC 9110 (conditional requests, redirects, Retry-After), RFC 9111 (freshness) and RFC 9113
(HTTP/2, where TLS offers it). Proxies of the environment are honoured; no cookies are kept, no
Referer is sent.
"""

# ruff: noqa: E402 - something is said before httpx is imported

import asyncio
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

# httpx would import its own command line, where the libraries of that are there: a tenth of a
# second at the start of each refresh.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

import httpx

from briefing.config import FetchSettings
from briefing.ingest import decoding, failures, headers
from briefing.ingest.addresses import AddressPolicy, CheckedBackend
from briefing.ingest.bodies import Kind, read_body, refuse_media
from briefing.ingest.passwords import Passwords
from briefing.ingest.results import Exchange, Response
from briefing.model import AS_USUAL, FeedSettings, FetchError
from briefing.model.version import __version__

USER_AGENT = f"Briefing/{__version__} (+https://briefing.example)"
MAX_REDIRECTS = 10
MAX_PICTURE_MB = 5
"""A picture larger than this is refused, in megabytes."""

_ACCEPT: dict[Kind, str] = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, "
    "text/html;q=0.3, */*;q=0.1",
    "page": "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1",
    "picture": "image/webp, image/png, image/jpeg, image/gif",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BODILESS = frozenset({204, 205})
_ON_THIS_MACHINE = 0.001  # seconds between two requests to a server of this machine
_UNUSABLE = (httpx.InvalidURL, ValueError, TypeError)  # what httpx raises on an address; IDNA too


@dataclass(slots=True)
class _Trip:
    """One request on its way through its redirects."""

    url: str
    kind: Kind
    validators: list[tuple[bytes, bytes]]
    validated: httpx.URL  # the address that gave the validators
    limit: int  # bytes
    left: float  # seconds
    own: FeedSettings
    home: httpx.URL  # whose server the feed's own fields and password are for
    auth: httpx.BasicAuth | None = None
    moved_to: str | None = None
    permanent: bool = True  # every redirect so far was
    wait: float | None = None  # seconds that redirects asked to wait
    seen: set[str] = field(default_factory=set)
    http_ok: bool = False  # it may go from https to http
    on_exchange: Callable[[Exchange], None] | None = None


class Fetcher:
    """Fetches feeds and pages with bounded concurrency, time and size.

    Used as ``async with Fetcher(settings) as fetcher``. ``transport`` replaces the network (it
    then also stands for any proxy); ``online`` tells whether there is a network at all; ``sleep``
    waits between two requests to one server.
    """

    def __init__(
        self,
        settings: FetchSettings,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        online: Callable[[], bool] = failures.has_network,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._online = online
        self._sleep = sleep
        self._all = asyncio.Semaphore(settings.concurrency)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._free_at: dict[str, float] = {}  # when each server may be asked again
        self._passwords = Passwords()
        # By proxy, and by whether certificates are checked.
        self._clients: dict[tuple[str, bool], httpx.AsyncClient] | None = None
        self._addresses = AddressPolicy(settings.allow_networks)

    async def __aenter__(self) -> Self:
        self._clients = {}
        self._client(AS_USUAL)
        return self

    def _client(self, own: FeedSettings) -> httpx.AsyncClient:
        """The client for a feed's proxy and certificate settings. Raises FetchError."""
        if self._clients is None:
            raise RuntimeError("a Fetcher is used inside 'async with'")
        key = (own.proxy, own.insecure)
        if key not in self._clients:
            self._clients[key] = self._new_client(own)
        return self._clients[key]

    def _new_client(self, own: FeedSettings) -> httpx.AsyncClient:
        settings = self._settings
        jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        direct = own.proxy == "none"
        try:
            client = httpx.AsyncClient(
                transport=self._transport,
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": decoding.CODINGS},
                cookies=jar,
                follow_redirects=False,
                http2=True,
                verify=not own.insecure,
                proxy=None if direct or self._transport else own.proxy or None,
                # None sends a request past the proxies of the environment.
                mounts={f"{scheme}://": None for scheme in ("http", "https", "all")}
                if direct and not self._transport
                else None,
                timeout=httpx.Timeout(
                    settings.read_timeout,
                    connect=settings.connect_timeout,
                    pool=settings.total_timeout,
                ),
                limits=httpx.Limits(
                    max_connections=settings.concurrency,
                    max_keepalive_connections=settings.concurrency,
                ),
            )
            _check_addresses(client, self._addresses)
        except ImportError as error:
            raise FetchError(
                "a SOCKS proxy is set, and the library for it is not installed",
                failures.shown(own.proxy),
                "Install the extra: pip install 'briefing[socks]'",
            ) from error
        except (ValueError, httpx.InvalidURL, OSError, ssl.SSLError) as error:
            if own.proxy:
                raise FetchError(
                    "the feed's proxy cannot be used",
                    failures.shown(own.proxy),
                    "Change it with 'briefing feeds edit NAME --proxy URL|none'",
                ) from error
            raise FetchError(
                f"the environment's proxy or certificate settings cannot be used ({error})",
                mend="Check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE",
            ) from error
        return client

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        clients, self._clients = self._clients, None
        for client in (clients or {}).values():
            await client.aclose()

    async def get(
        self,
        url: str,
        kind: Kind = "feed",
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validated_url: str | None = None,
        own: FeedSettings = AS_USUAL,
        home: str | None = None,
        on_exchange: Callable[[Exchange], None] | None = None,
    ) -> Response:
        """The document at ``url``, or word that it has not changed (``not_modified``).

        ``etag`` and ``last_modified`` are those that ``validated_url`` gave (``url`` itself by
        default), sent back byte for byte and never to another address: where ``url`` redirects to
        it, that address is asked conditionally. own: what is set for the feed alone. home: the
        address that the user gave and that led here, ``url`` itself by default; the feed's own
        fields and its password go to its server and to no other, and only its host may be one of a
        private network. on_exchange is told of every request that was answered. Waiting for a free
        place does not count as time taken.

        Raises FetchError: every failure, a status that is no success, an empty or broken body.
        """
        settings = self._settings
        fields = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
        validators = [
            (name, sent)
            for name, value in fields
            if value is not None and (sent := headers.field_bytes(value)) is not None
        ]
        sizes = {
            "feed": settings.max_feed_mb,
            "page": settings.max_page_mb,
            "picture": MAX_PICTURE_MB,
        }
        limit = sizes[kind] * 1_000_000
        validated = _parsed(validated_url or url)
        trip = _Trip(
            url,
            kind,
            validators,
            validated,
            limit,
            settings.total_timeout,
            own,
            _parsed(home or url),
        )
        trip.http_ok = own.http_ok or settings.allow_http_redirects
        trip.on_exchange = on_exchange
        trip.auth = await self._auth(trip)
        current = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._step(trip, current)
            if isinstance(answer, Response):
                return answer
            current = answer
        raise FetchError(
            f"more than {MAX_REDIRECTS} redirects, the last to {failures.shown(current)}",
            failures.shown(url),
            "Check the address in a web browser",
        )

    async def _step(self, trip: _Trip, current: str) -> Response | str:
        """One request: its response, or the address that it points on to."""
        if current in trip.seen:
            raise FetchError(
                f"its redirects go round in a circle at {failures.shown(current)}",
                failures.shown(trip.url),
                "Check the address in a web browser",
            )
        trip.seen.add(current)
        target = _parsed(current)
        self._addresses.check(trip.url, _ascii_host(target), _ascii_host(trip.home))
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as places:
            # First the host's place: one that waits for its host must not hold a place of all.
            host = self._hosts.setdefault(
                f"{target.raw_host!r}:{target.port}", asyncio.Semaphore(self._settings.per_host)
            )
            await places.enter_async_context(host)
            await self._let_breathe(target)
            await places.enter_async_context(self._all)
            start = loop.time()
            try:
                async with asyncio.timeout(max(0.0, trip.left)):
                    return await self._ask(trip, target)
            except TimeoutError as error:
                raise failures.timeout_error(
                    trip.url, "the whole request", self._settings.total_timeout
                ) from error
            except (httpx.HTTPError, httpx.StreamError, OSError, *_UNUSABLE) as error:
                raise self._translated(error, current) from error
            finally:
                trip.left -= loop.time() - start

    async def _auth(self, trip: _Trip) -> httpx.BasicAuth | None:
        """User and password where a command gives it. Raises FetchError."""
        own, home = trip.own, trip.home
        command = own.password_command or self._settings.password_command
        user = own.username or home.username
        if not (command and user) or (home.password and not own.password_command):
            return None
        host = _readable_host(home)
        return httpx.BasicAuth(user, await self._passwords.of(command, user, host, trip.url))

    async def _let_breathe(self, target: httpx.URL) -> None:
        """Wait until the server may be asked again: a moment after the last request to it."""
        loop = asyncio.get_running_loop()
        pause = self._settings.host_pause
        host = _ascii_host(target)
        if host in ("localhost", "::1") or host.startswith("127."):
            pause = min(pause, _ON_THIS_MACHINE)
        start = max(loop.time(), self._free_at.get(host, 0.0))
        self._free_at[host] = start + pause
        await self._sleep(start - loop.time())

    async def _ask(self, trip: _Trip, target: httpx.URL) -> Response | str:
        at_home = _is_at_home(target, trip.home)
        # A feed whose certificate is not checked is no word on other servers'.
        client = self._client(trip.own if at_home else replace(trip.own, insecure=False))
        request = client.build_request(
            "GET",
            target,
            headers=[
                (b"Accept", _ACCEPT[trip.kind].encode()),
                *(trip.validators if target == trip.validated else ()),
            ],
        )
        if trip.own.user_agent:
            request.headers["User-Agent"] = trip.own.user_agent
        if at_home:
            request.headers.update(dict(trip.own.headers))
        auth = trip.auth if at_home and trip.auth else httpx.USE_CLIENT_DEFAULT
        answer = await client.send(request, stream=True, auth=auth)
        if trip.on_exchange is not None:
            trip.on_exchange(_exchange(answer, trip.own))
        try:
            if answer.status_code in _REDIRECTS and "Location" in answer.headers:
                return _redirected(trip, answer)
            return await _received(trip, answer)
        finally:
            await answer.aclose()

    def _translated(self, error: Exception, url: str) -> FetchError:
        """An error of httpx in our words."""
        settings = self._settings
        match error:
            case httpx.ConnectTimeout():
                return failures.timeout_error(url, "the connection", settings.connect_timeout)
            case httpx.TimeoutException():
                return failures.timeout_error(url, "the answer", settings.read_timeout)
            case httpx.UnsupportedProtocol() | httpx.InvalidURL() | ValueError():
                return failures.address_error(url, f"the address cannot be used ({error})")
            case httpx.ProxyError():
                return FetchError(
                    f"the proxy refused ({error})",
                    failures.shown(url),
                    "Check HTTP_PROXY and HTTPS_PROXY",
                )
            case httpx.ConnectError() | OSError():
                return failures.connection_error(url, error, self._online)
            case _:
                return failures.broken_error(url, error)


@lru_cache(64)
def _parsed(url: str) -> httpx.URL:
    """``url`` for a request, without its fragment. Raises FetchError where it is none of ours."""
    try:
        target = httpx.URL(url.strip()).copy_with(fragment=None)
    except _UNUSABLE as error:
        raise failures.address_error(url, f"the address cannot be used ({error})") from error
    if target.scheme not in ("http", "https"):
        raise failures.address_error(url, f"'{target.scheme}' is not a web address")
    if not target.raw_host:
        raise failures.address_error(url, "the address names no server")
    return target


def _is_at_home(target: httpx.URL, home: httpx.URL) -> bool:
    """Whether a feed's own fields may go there: its server, and never less secure than it."""
    if (target.raw_host, target.port) != (home.raw_host, home.port):
        return False
    return target.scheme == "https" or home.scheme == "http"


_SECRET_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


def _exchange(answer: httpx.Response, own: FeedSettings) -> Exchange:
    """What was sent and what came back, without secrets; a feed's own fields may hold one."""
    secret = _SECRET_FIELDS | {name.lower() for name, _ in own.headers}

    def fields(found: httpx.Headers) -> tuple[tuple[str, str], ...]:
        pairs = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in found.raw]
        return tuple((n, "…" if n.lower() in secret else v) for n, v in pairs)

    return Exchange(
        failures.shown(str(answer.request.url)),
        fields(answer.request.headers),
        answer.status_code,
        answer.http_version,
        fields(answer.headers),
    )


def _ascii_host(url: httpx.URL) -> str:
    """The host as it is sent: ``url.host`` decodes it, and fails on a broken IDNA label."""
    return url.raw_host.decode("ascii", "replace")


def _readable_host(url: httpx.URL) -> str:
    """The host as people write it; as it is sent where an IDNA label of it is broken."""
    try:
        return url.host
    except _UNUSABLE:
        return _ascii_host(url)


def _check_addresses(client: httpx.AsyncClient, policy: AddressPolicy) -> None:
    """Let direct connections of ``client`` check where they lead; a proxy resolves for itself."""
    transport = client._transport  # noqa: SLF001 - httpx has no other way to its connections
    if isinstance(transport, httpx.AsyncHTTPTransport):
        transport._pool._network_backend = CheckedBackend(policy)  # noqa: SLF001


def _validator(answer: httpx.Response, name: bytes) -> str | None:
    """A header field whose bytes go back as they came: one character a byte (RFC 9110, 5.5)."""
    values = [value for key, value in answer.headers.raw if key.lower() == name]
    return values[0].decode("latin-1") if values else None


def _redirected(trip: _Trip, answer: httpx.Response) -> str:
    """Where the answer points to; notes in ``trip`` where the document has moved for good."""
    here = answer.request.url
    where = answer.headers["Location"]
    try:
        there = here.join(where)
    except _UNUSABLE as error:
        raise failures.address_error(
            trip.url, f"it redirects to an address that cannot be used ({failures.shown(where)})"
        ) from error
    if there.scheme not in ("http", "https") or not there.raw_host:
        raise failures.address_error(
            trip.url, f"it redirects to '{failures.shown(str(there))}', which is no web address"
        )
    if here.scheme == "https" and there.scheme == "http" and not trip.http_ok:
        raise FetchError(
            f"it redirects from https to http ({failures.shown(str(there))})",
            failures.shown(trip.url),
            "Follow the plain address on purpose, or allow it with"
            " 'briefing feeds edit NAME --http-ok'",
        )
    wait = headers.retry_after(answer.headers.get("Retry-After"), datetime.now(UTC))
    if wait is not None:
        trip.wait = max(wait, trip.wait or 0.0)
    trip.permanent = trip.permanent and answer.status_code in _PERMANENT
    if trip.permanent:
        trip.moved_to = str(there)
    return str(there)


async def _received(trip: _Trip, answer: httpx.Response) -> Response:
    """The whole answer, read within the limit. Raises FetchError."""
    status = answer.status_code
    fields = answer.headers
    if status == 304 and answer.request.url == trip.validated and trip.validators:
        content = b""
        async for _ in answer.aiter_raw():  # it has no body (RFC 9110, 15.4.5), and must be read to
            break  # its end, that the connection can be used again
    elif not 200 <= status < 300 or status in _BODILESS:
        wait = headers.retry_after(fields.get("Retry-After"), datetime.now(UTC))
        raise failures.status_error(trip.url, status, trip.wait if wait is None else wait)
    else:
        if trip.kind == "page":
            refuse_media(trip.url, headers.media_type(fields.get("Content-Type")))
        coding = fields.get("Content-Encoding", "")
        content = await read_body(answer.aiter_raw(), coding, trip.limit, trip.url, trip.kind)
    return Response(
        url=trip.url,
        final_url=str(answer.request.url),
        status=status,
        content=content,
        content_type=fields.get("Content-Type"),
        etag=_validator(answer, b"etag"),
        last_modified=_validator(answer, b"last-modified"),
        moved_to=trip.moved_to,
        max_age=headers.freshness(
            ", ".join(fields.get_list("Cache-Control")),
            fields.get("Age"),
            fields.get("Expires"),
            fields.get("Date"),
            datetime.now(UTC),
        ),
        retry_after=trip.wait,
    )
