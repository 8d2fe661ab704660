"""Why a request failed, told in words that name the cause and the mend."""

import errno
import os
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from briefing.model import FetchError
from briefing.text import clean_line

_NO_ROUTE = frozenset(
    {errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
)
_TRY_AGAIN = "It is tried again at the next refresh"
_USER_INFO = re.compile(r"://[^/?#\s]+@")
_CONNECTION = "Check this machine's connection"

_STATUS_MENDS = {
    401: "It asks for a login; Briefing works around none",
    402: "It asks for payment; Briefing works around none",
    403: "Its server refuses programs, or asks for a login",
    404: "Check the address, or look for the feed again with 'briefing feeds add SITE'",
    410: "It is gone for good: remove it with 'briefing feeds remove'",
    429: "Its server asks for fewer requests; it is left alone for a while",
    451: "It is withheld for legal reasons",
}


def shown(url: str) -> str:
    """``url`` as it may be shown and logged: without a user's name and password, on one line."""
    try:
        parts = urlsplit(url)
        if "@" in parts.netloc:
            url = urlunsplit(parts._replace(netloc="…@" + parts.netloc.rpartition("@")[2]))
        elif not parts.netloc:  # an address in another one, as of a filter
            url = _USER_INFO.sub("://…@", url)
    except ValueError:
        pass
    return clean_line(url)[:500]


def has_network() -> bool:
    """Whether this machine has a way out to anywhere. Sends nothing.

    Connecting a datagram socket only asks for a route; the addresses are those reserved for
    documentation (RFC 5737 and RFC 3849).
    """
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 9))
        except OSError:
            continue
        return True
    return False


def status_error(url: str, status: int, retry_after: float | None) -> FetchError:
    """The error for an answer that is no success."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "unknown status"
    mend = _STATUS_MENDS.get(status, _TRY_AGAIN if status >= 500 else "")
    return FetchError(
        f"the server answered {status} ({phrase})",
        shown(url),
        mend,
        status=status,
        retry_after=retry_after,
    )


def connection_error(url: str, error: BaseException, online: Callable[[], bool]) -> FetchError:
    """The error for a connection that did not come about, by the cause found underneath it.

    ``online`` tells whether there is a network at all; it is asked only where the name cannot be
    resolved or no way leads to the host, since a refusal proves that there is one.
    """
    host = _host(url)
    causes = list(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLError():
                reason = clean_line(getattr(cause, "verify_message", "") or cause.reason or "TLS")
                return FetchError(
                    f"no secure connection to {host}: {reason}",
                    shown(url),
                    "Its certificate is wrong or out of date, or this machine's clock is;"
                    " 'briefing feeds edit NAME --insecure' allows it for this feed",
                )
            case socket.gaierror():
                if not online():
                    return _no_network(url)
                return FetchError(
                    f"the name {host} cannot be found (DNS)",
                    shown(url),
                    "Check the address, and the connection",
                )
            case ConnectionRefusedError():
                return FetchError(f"{host} refused the connection", shown(url), _TRY_AGAIN)
    if any(isinstance(c, OSError) and c.errno in _NO_ROUTE for c in causes):
        if not online():
            return _no_network(url)
        return FetchError(f"no way leads to {host}", shown(url), _CONNECTION)
    return FetchError(f"no connection to {host}{_detail(causes)}", shown(url), _TRY_AGAIN)


def timeout_error(url: str, waited_for: str, seconds: float) -> FetchError:
    """The error for a time-out."""
    return FetchError(
        f"time-out: {waited_for} took longer than {seconds:g} s", shown(url), _TRY_AGAIN
    )


def broken_error(url: str, error: BaseException) -> FetchError:
    """The error for an answer that broke off or that is no HTTP."""
    return FetchError(
        f"the answer broke off or is not valid{_detail([error])}", shown(url), _TRY_AGAIN
    )


def address_error(url: str, why: str) -> FetchError:
    """The error for an address that cannot be asked at all."""
    return FetchError(why, shown(url), "Only http and https addresses can be fetched")


def _no_network(url: str) -> FetchError:
    return FetchError("there is no network", shown(url), _CONNECTION, offline=True)


def _host(url: str) -> str:
    try:
        return clean_line(urlsplit(url).hostname or "the server")
    except ValueError:
        return "the server"


def _detail(causes: list[BaseException]) -> str:
    """The most telling words of the causes, in brackets."""
    for cause in reversed(causes):
        words = os.strerror(cause.errno) if isinstance(cause, OSError) and cause.errno else ""
        words = words or clean_line(str(cause))
        if words:
            return f" ({words[:120]})"
    return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it was raised from, and the members of groups, each once."""
    waiting, met = [error], set[int]()
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in met:
            continue
        met.add(id(current))
        yield current
        waiting += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
