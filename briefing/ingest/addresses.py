"""Which servers may be asked: public ones, and those of this network that the user named.

Against server-side request forgery (OWASP, "SSRF Prevention"; CWE-918): a feed, a redirect or a
page must not make this machine ask its own services, its network's, or a cloud's metadata server.
Public is what the IANA special-purpose registries (RFC 6890) call globally reachable; an IPv6
address that carries an IPv4 one (RFC 4291, 3056, 6052, 4380) is judged by both.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, zip_longest
from typing import Any

import httpcore

from briefing.ingest.failures import shown
from briefing.model import AddressError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".home")
"""Names that no public server has (RFC 6761, 6762, 8375, ICANN's .internal, and two of routers)."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_STAGGER = 0.25  # seconds until the next address is tried beside the last (RFC 8305, 5)
_LOOPBACK = "this machine"


class AddressPolicy:
    """What ``fetch.allow_networks`` allows: networks in CIDR notation, and names of hosts."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._networks: list[Network] = []
        self._hosts: set[str] = set()
        for word in allowed:
            try:
                self._networks.append(ipaddress.ip_network(word.strip(), strict=False))
            except ValueError:
                self._hosts.add(_plain(word))

    def check(self, url: str, host: str, typed: str) -> None:
        """Raise AddressError where ``host`` is, by its looks, one of a private network.

        typed: the host that the user gave; that one is always allowed, on any port.
        """
        host, typed = _plain(host), _plain(typed)
        if host in self._hosts or not is_private_name(host) or _same(host, typed):
            return
        address = literal(host)
        if address is None or not self._allows(address):
            raise _refused(url, host)

    def check_resolved(self, host: str, addresses: Sequence[str]) -> None:
        """Raise AddressError where a public name stands for an address that is not public.

        All its addresses are checked: one of several may be the attack. What is private by its
        looks has passed ``check``.
        """
        if _plain(host) in self._hosts or is_private_name(_plain(host)):
            return
        for given in addresses:
            address = literal(given)
            if address is None or not self._allows(address):
                raise _refused(host, host, given)

    def _allows(self, address: Address) -> bool:
        return is_public(address) or any(
            address in network for network in self._networks if network.version == address.version
        )


def _refused(url: str, host: str, address: str = "") -> AddressError:
    leads = f"{shown(host)} leads to {address}" if address else f"it leads to {shown(host)}"
    return AddressError(
        f"{leads}, an address of this machine or of a private network, and was not asked",
        shown(url),
        f'If you trust it, add "{address or shown(host)}" to fetch.allow_networks'
        " in the configuration",
    )


def is_public(address: Address) -> bool:
    """Whether everybody reaches the same server there."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(not is_public(carried) for carried in _carried(address)):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not (
        address.is_private
        or address.is_multicast
        or address.is_reserved
        or address.is_link_local
        or address.is_unspecified
        or address.is_loopback
    )


def _carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses within an IPv6 one."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [carried for carried in found if carried is not None]


def literal(host: str) -> Address | None:
    """The address that ``host`` is, in any notation of a resolver (127.1, 0x7f.1, 2130706433)."""
    host = host.strip("[]")
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    with suppress(OSError, ValueError, UnicodeEncodeError):
        return ipaddress.IPv4Address(socket.inet_aton(host))
    return None


def is_private_name(host: str) -> bool:
    """Whether ``host`` is, by its looks, of this machine or of a private network."""
    host = _plain(host)
    address = literal(host)
    if address is not None:
        return not is_public(address)
    return "." not in host or host.endswith(_LOCAL_NAMES)


def _plain(host: str) -> str:
    return host.strip().rstrip(".").lower()


def _same(host: str, typed: str) -> bool:
    return _identity(host) == _identity(typed)


def _identity(host: str) -> object:
    """What is equal for two spellings of one host; all of the loopback is this machine."""
    address = literal(host)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    if host == "localhost" or (address is not None and address.is_loopback):
        return _LOOPBACK
    return address or host


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connections to addresses that have been checked.

    A name is resolved once, all its addresses are checked, and one of those is connected to: a
    second answer of its name server (DNS rebinding) is never asked for.
    """

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore names it so
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As httpcore's own. Raises AddressError, besides what that raises."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await _resolved(host, port)
                self._policy.check_resolved(host, addresses)
                return await self._first(addresses, port, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    async def _first(
        self, addresses: Sequence[str], port: int, *rest: Any
    ) -> httpcore.AsyncNetworkStream:
        """The first connection that comes about; the addresses start one after the other."""
        attempts: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
        failure: BaseException = httpcore.ConnectError("no address")
        waiting = list(addresses)
        try:
            while waiting or attempts:
                if waiting:
                    connecting = self._inner.connect_tcp(waiting.pop(0), port, None, *rest)
                    attempts.add(asyncio.create_task(connecting))
                done, attempts = await asyncio.wait(
                    attempts,
                    timeout=_STAGGER if waiting else None,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for attempt in done:
                    error = attempt.exception()
                    if error is None:
                        return attempt.result()
                    failure = error
        finally:
            for attempt in attempts:
                attempt.cancel()
            await asyncio.gather(*attempts, return_exceptions=True)
        raise failure


async def _resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, the two families in turn (RFC 8305, 4)."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    except UnicodeError as error:  # a label that is too long
        raise httpcore.ConnectError(f"{host}: {error}") from error
    by_family: dict[int, list[str]] = {}
    for family, _, _, _, place in found:
        by_family.setdefault(family, []).append(_with_scope(place))
    mixed = chain.from_iterable(zip_longest(*by_family.values()))
    return list(dict.fromkeys(address for address in mixed if address))


def _with_scope(place: tuple[Any, ...]) -> str:
    """The address of a socket's; a link-local one with its interface."""
    address, scope = str(place[0]), place[3] if len(place) > 3 else 0
    return f"{address}%{scope}" if scope and "%" not in address else address
