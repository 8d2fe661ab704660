"""Requests to one sync server: bounded in time and size, every failure told in words.

Beside ``ingest.fetch`` the only module that imports httpx: servers are written to, with a password
that goes nowhere else. Redirects are not followed for that reason.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

import httpx

from briefing.config import FetchSettings
from briefing.ingest import decoding, failures, headers
from briefing.ingest.fetch import USER_AGENT
from briefing.model import SyncError
from briefing.text import clean_line

MOST_BYTES = 100_000_000
"""An answer that is larger is refused."""
_CHECK_URL = "Check sync.url in the configuration"
_CHECK_LOGIN = "Check sync.user and the password; `briefing sync setup` asks for them anew"
_LATER = "What waits here is kept, and sent at the next sync"

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

Fields = Mapping[str, str | int] | Sequence[tuple[str, str | int]]


class Http:
    """A connection to one server. Used as ``async with``. name: what the server is called in
    errors; auth: a user and password for each request (RFC 7617), where the protocol has them.
    """

    def __init__(
        self,
        name: str,
        base: str,
        settings: FetchSettings,
        *,
        auth: tuple[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.base = base.rstrip("/")
        self.fields = dict(fields or {})
        self.date: datetime | None = None  # of the last answer, by the server's clock
        self._settings = settings
        self._auth = httpx.BasicAuth(*auth) if auth else None
        self._client: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        settings = self._settings
        try:
            self._client = httpx.AsyncClient(
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": decoding.CODINGS},
                auth=self._auth,
                follow_redirects=False,
                # Without TLS no certificates are read; nothing leads from there to it.
                verify=not self.base.startswith("http://"),
                timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
            )
        except (ValueError, ImportError, OSError, httpx.InvalidURL) as error:
            raise SyncError(
                f"the proxy or certificate settings of the environment cannot be used ({error})",
                self.base,
            ) from error
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def json(
        self,
        method: str,
        path: str,
        *,
        query: Fields = (),
        form: Fields | None = None,
        body: object = None,
    ) -> Any:
        """The JSON that the server answers; None where it answers nothing. Raises SyncError."""
        content, media = await self.ask(method, path, query=query, form=form, body=body)
        if not content.strip():
            return None
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            raise self.wrong_answer(_what_instead(content, media)) from error

    async def text(
        self, method: str, path: str, *, query: Fields = (), form: Fields | None = None
    ) -> str:
        """The text that the server answers. Raises SyncError where it is a page, or a failure."""
        content, media = await self.ask(method, path, query=query, form=form)
        if media == "text/html" or content.lstrip()[:1] == b"<":
            raise self.wrong_answer(_what_instead(content, media))
        return content.decode("utf-8", "replace")

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Fields = (),
        form: Fields | None = None,
        body: object = None,
    ) -> tuple[bytes, str]:
        """The body of a successful answer, and its media type. Raises SyncError."""
        if self._client is None:
            raise RuntimeError("Http is used inside 'async with'")
        url = f"{self.base}{path}"
        settings = self._settings
        try:
            request = self._client.build_request(
                method,
                url,
                params=_encoded(query) or None,
                headers=self.fields | (_FORM if form is not None else {}),
                content=None if form is None else urlencode(_encoded(form)).encode(),
                json=body,
            )
            async with asyncio.timeout(settings.total_timeout):
                answer = await self._client.send(request, stream=True)
                try:
                    return await self._received(answer)
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise self._failed("it took longer than", settings.total_timeout) from error
        except httpx.ConnectTimeout as error:
            raise self._failed("no connection came about in", settings.connect_timeout) from error
        except httpx.TimeoutException as error:
            raise self._failed("nothing came for", settings.read_timeout) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, ValueError) as error:
            raise SyncError(
                f"the address cannot be used ({clean_line(str(error))[:120]})",
                self.where,
                _CHECK_URL,
            ) from error
        except (httpx.ConnectError, OSError, ssl.SSLError) as error:
            found = failures.connection_error(self.base, error, failures.has_network)
            raise SyncError(found.what, self.where, _LATER, offline=found.offline) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            found = failures.broken_error(self.base, error)
            raise SyncError(found.what, self.where, _LATER) from error

    async def _received(self, answer: httpx.Response) -> tuple[bytes, str]:
        self.date = _date(answer.headers.get("Date"))
        if not 200 <= answer.status_code < 300:
            raise self._refused(answer)
        pieces: list[bytes] = []
        size = 0
        async for piece in answer.aiter_raw():
            size += len(piece)
            if size > MOST_BYTES:
                raise self._too_large()
            pieces.append(piece)
        coding = answer.headers.get("Content-Encoding", "")
        try:
            content = decoding.decoded(b"".join(pieces), coding, MOST_BYTES)
        except decoding.TooLargeError:
            raise self._too_large() from None
        except ValueError as error:
            raise self.wrong_answer(f"something that cannot be decoded ({error})") from error
        return content, headers.media_type(answer.headers.get("Content-Type"))

    # ── Failures in words ────────────────────────────────────────────────────────────────────

    @property
    def where(self) -> str:
        """The server as it is shown."""
        return failures.shown(self.base)

    def wrong_answer(self, what: str) -> SyncError:
        """The error for an answer that is not what the protocol says. what: what came."""
        return SyncError(
            f"it answered {what} where {self.name} was expected", self.where, _CHECK_URL
        )

    def _failed(self, what: str, seconds: float) -> SyncError:
        return SyncError(f"time-out: {what} {seconds:g} s", self.where, _LATER)

    def _too_large(self) -> SyncError:
        return SyncError(
            f"its answer is larger than {MOST_BYTES // 1_000_000} MB", self.where, _CHECK_URL
        )

    def _refused(self, answer: httpx.Response) -> SyncError:
        status = answer.status_code
        wait = headers.retry_after(answer.headers.get("Retry-After"), datetime.now(UTC))
        mend, what = _LATER, f"the server answered {status}"
        if status in (401, 403):
            what, mend = f"it refuses the login ({status})", _CHECK_LOGIN
        elif status == 404:
            what, mend = f"there is no {self.name} at this address (404)", _CHECK_URL
        elif 300 <= status < 400:
            there = failures.shown(urljoin(self.base + "/", answer.headers.get("Location", "")))
            what = f"it redirects to {there}"
            mend = "Set sync.url to where it leads: the password is sent to no other address"
        elif status == 429:
            what = "it asks for fewer requests (429)"
        if wait:
            what += f", and to wait {wait:g} s"
        return SyncError(what, self.where, mend, status=status, retry_after=wait)


def _encoded(fields: Fields) -> list[tuple[str, Any]]:
    pairs = fields.items() if isinstance(fields, Mapping) else fields
    return [(name, str(value)) for name, value in pairs]


def _what_instead(content: bytes, media: str) -> str:
    if media == "text/html" or content.lstrip()[:1] == b"<":
        return "a web page"
    return f"{media or 'something'} that cannot be read"


def _date(value: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def usable_address(url: str) -> bool:
    """Whether ``url`` is a web address that a server can stand at."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
