"""Who may come in: the token, and the headers that tell another site's page from ours.

A page of another site may make a browser ask this server. The ``Host`` header tells the name that
was asked for (RFC 9110, 7.2): where it is a name that we do not have, somebody else's name leads to
us (DNS rebinding). The ``Origin`` header (RFC 6454) tells whose page opens a websocket: those are
not bound to their own site otherwise (RFC 6455, 10.2).
"""

import hashlib
import hmac
import ipaddress
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LEAST_TOKEN = 16
"""Characters of a token that is no guess."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def make_token() -> str:
    """A token of 256 bits."""
    return secrets.token_urlsafe(32)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in. host: the address that is listened at; token: "" where none is needed;
    names: further ones that lead here."""

    host: str
    token: str = field(default="", repr=False)
    names: Sequence[str] = ()

    def knows_host(self, header: str) -> bool:
        """Whether the ``Host`` header is a name of ours: on loopback its own, elsewhere also every
        numeric address, which no name server gave, and the machine's name."""
        name = _host_name(header)
        if name is None:
            return False
        if name in {known.lower() for known in self.names} | {self.host.lower()}:
            return True
        if is_loopback(self.host):
            return name in _LOCAL
        return _is_address(name) or name in _own_names()

    def is_own_page(self, origin: str, host: str) -> bool:
        """Whether the ``Origin`` header is a page of the host that was asked."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()

    def is_token(self, given: str) -> bool:
        """Whether it is the token; takes as long for every other."""
        return not self.token or _same(given, self.token)

    def is_cookie(self, given: str) -> bool:
        """Whether it is the cookie that the token was taken for; takes as long for every other."""
        return not self.token or _same(given, self.cookie)

    @property
    def cookie(self) -> str:
        """What the browser keeps: made of the token, which cannot be told from it."""
        return hmac.new(self.token.encode(), b"briefing serve", hashlib.sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _host_name(header: str) -> str | None:
    """The host of ``host[:port]``, lower-case and without brackets; None where it is none."""
    try:
        parts = urlsplit(f"//{header}")
        _ = parts.port
    except ValueError:
        return None
    if parts.netloc != header or "@" in header or not parts.hostname:
        return None
    return parts.hostname.removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _own_names() -> frozenset[str]:
    name = socket.gethostname().lower()
    return _LOCAL | {name, f"{name.split('.')[0]}.local"}
