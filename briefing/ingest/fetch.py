"""Polite, bounded HTTP. The only module that imports httpx, so that its successor can take over.

Follows RFC 9110 (conditional requests, redirects, Retry-After) and RFC 9111 (max-age). Proxies
of the environment are honoured; no cookies are kept, no Referer is sent.
"""

import asyncio
import ssl
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Literal, Self

import httpx

from briefing.config import FetchSettings
from briefing.ingest import failures, headers
from briefing.ingest.addresses import AddressPolicy, CheckedBackend
from briefing.ingest.results import Response
from briefing.model import FetchError
from briefing.model.version import __version__

Kind = Literal["feed", "page"]

USER_AGENT = f"Briefing/{__version__} (+https://briefing.example)"
MAX_REDIRECTS = 10

_ACCEPT: dict[Kind, str] = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, "
    "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, "
    "text/html;q=0.3, */*;q=0.1",
    "page": "text/html, application/xhtml+xml;q=0.9, text/plain;q=0.5, */*;q=0.1",
}
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BODILESS = frozenset({204, 205})
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
    typed: str = ""  # the host that the user gave
    moved_to: str | None = None
    permanent: bool = True  # every redirect so far was
    seen: set[str] = field(default_factory=set)


class Fetcher:
    """Fetches feeds and pages with bounded concurrency, time and size.

    Used as ``async with Fetcher(settings) as fetcher``. ``transport`` replaces the network (it
    then also stands for any proxy); ``online`` tells whether there is a network at all.
    """

    def __init__(
        self,
        settings: FetchSettings,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        online: Callable[[], bool] = failures.has_network,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._online = online
        self._all = asyncio.Semaphore(settings.concurrency)
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._client: httpx.AsyncClient | None = None
        self._addresses = AddressPolicy(settings.allow_networks)

    async def __aenter__(self) -> Self:
        settings = self._settings
        jar = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        try:
            self._client = httpx.AsyncClient(
                transport=self._transport,
                headers={"User-Agent": USER_AGENT},
                cookies=jar,
                follow_redirects=False,
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
        except (ValueError, httpx.InvalidURL, ImportError, OSError, ssl.SSLError) as error:
            raise FetchError(
                f"the environment's proxy or certificate settings cannot be used ({error})",
                mend="Check HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY and SSL_CERT_FILE",
            ) from error
        _check_addresses(self._client, self._addresses)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def get(
        self,
        url: str,
        kind: Kind = "feed",
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validated_url: str | None = None,
        typed_url: str | None = None,
    ) -> Response:
        """The document at ``url``, or word that it has not changed (``not_modified``).

        ``etag`` and ``last_modified`` are those that ``validated_url`` gave (``url`` itself by
        default), sent back byte for byte and never to another address: where ``url`` redirects to
        it, that address is asked conditionally. ``typed_url``: the address that the user gave and
        that led here, ``url`` itself by default; only its host may be one of a private network.
        Waiting for a free place does not count as time taken.

        Raises FetchError: every failure, a status that is no success, an empty or broken body.
        """
        settings = self._settings
        fields = ((b"If-None-Match", etag), (b"If-Modified-Since", last_modified))
        validators = [
            (name, sent)
            for name, value in fields
            if value is not None and (sent := headers.field_bytes(value)) is not None
        ]
        size = settings.max_feed_mb if kind == "feed" else settings.max_page_mb
        limit = size * 1_000_000
        validated = _parsed(validated_url or url)
        typed = _ascii_host(_parsed(typed_url or url))
        trip = _Trip(url, kind, validators, validated, limit, settings.total_timeout, typed)
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
        self._addresses.check(trip.url, _ascii_host(target), trip.typed)
        loop = asyncio.get_running_loop()
        async with AsyncExitStack() as places:
            # First the host's place: one that waits for its host must not hold a place of all.
            host = self._hosts.setdefault(
                f"{target.raw_host!r}:{target.port}", asyncio.Semaphore(self._settings.per_host)
            )
            await places.enter_async_context(host)
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

    async def _ask(self, trip: _Trip, target: httpx.URL) -> Response | str:
        if self._client is None:
            raise RuntimeError("a Fetcher is used inside 'async with'")
        request = self._client.build_request(
            "GET",
            target,
            headers=[
                (b"Accept", _ACCEPT[trip.kind].encode()),
                *(trip.validators if target == trip.validated else ()),
            ],
        )
        answer = await self._client.send(request, stream=True)
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


def _parsed(url: str) -> httpx.URL:
    """``url`` for a request, without its fragment. Raises FetchError where it is none of ours."""
    try:
        target = httpx.URL(url.strip()).copy_with(fragment=None)
    except _UNUSABLE as error:
        raise failures.address_error(url, f"the address cannot be used ({error})") from error
    if target.scheme not in ("http", "https"):
        raise failures.address_error(url, f"'{target.scheme}' is not a web address")
    if not target.raw_host:  # as sent: ``host`` decodes it, and fails on a broken IDNA label
        raise failures.address_error(url, "the address names no server")
    return target


def _ascii_host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii", "replace")


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
    if here.scheme == "https" and there.scheme == "http":
        raise FetchError(
            f"it redirects from https to http ({failures.shown(str(there))})",
            failures.shown(trip.url),
            "Follow the plain address on purpose, if you trust it",
        )
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
    elif not 200 <= status < 300 or status in _BODILESS:
        wait = headers.retry_after(fields.get("Retry-After"), datetime.now(UTC))
        raise failures.status_error(trip.url, status, wait)
    else:
        if trip.kind == "page":
            _refuse_media(trip.url, headers.media_type(fields.get("Content-Type")))
        content = await _body(trip, answer)
    return Response(
        url=trip.url,
        final_url=str(answer.request.url),
        status=status,
        content=content,
        content_type=fields.get("Content-Type"),
        etag=_validator(answer, b"etag"),
        last_modified=_validator(answer, b"last-modified"),
        moved_to=trip.moved_to,
        max_age=headers.max_age(fields.get("Cache-Control"), fields.get("Age")),
    )


def _refuse_media(url: str, media: str) -> None:
    if media.startswith(_NO_PAGES):
        raise FetchError(f"it is no page but {media}", failures.shown(url), "Open it in a browser")


async def _body(trip: _Trip, answer: httpx.Response) -> bytes:
    """The decoded body. Raises FetchError where it is empty or larger than the limit."""
    # A chain of codings multiplies what a small body can grow to; nobody honest sends one.
    if "," in answer.headers.get("Content-Encoding", ""):
        raise FetchError("the answer is compressed more than once", failures.shown(trip.url))
    chunks: list[bytes] = []
    size = 0
    async for chunk in answer.aiter_bytes():
        size += len(chunk)
        if size > trip.limit:
            raise FetchError(
                f"it is larger than the limit of {trip.limit // 1_000_000} MB",
                failures.shown(trip.url),
                f"Raise fetch.max_{trip.kind}_mb in the configuration, if you trust it",
            )
        chunks.append(chunk)
    content = b"".join(chunks)
    if not content.strip():
        raise FetchError("the server sent an empty document", failures.shown(trip.url))
    return content
