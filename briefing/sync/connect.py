"""From the configuration to a client that is logged in: which protocol, where, and the password."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType
from urllib.parse import urlsplit

from briefing.config import FetchSettings, SyncSettings
from briefing.ingest.failures import shown
from briefing.ingest.passwords import Passwords
from briefing.model import ConfigError, SyncError, UsageError
from briefing.sync.http import Http, usable_address
from briefing.sync.model import Server

KEYRING_SERVICE = "briefing"
_NO_KEYRING = "Use sync.password_command, or set up a keyring"


@asynccontextmanager
async def connected(
    settings: SyncSettings, fetch: FetchSettings, password: str | None = None
) -> AsyncIterator[Server]:
    """A client of the server that ``settings`` name. password: the one just typed.

    Raises ConfigError where they name none, SyncError and FetchError where there is no password.
    """
    check(settings)
    if password is None:
        password = await password_of(settings)
    match settings.kind:
        case "miniflux":
            from briefing.sync.miniflux import Miniflux

            auth = (settings.user, password) if settings.user else None
            token = {} if settings.user else {"X-Auth-Token": password}
            async with Http("Miniflux", settings.url, fetch, auth=auth, fields=token) as http:
                yield Miniflux(http)
        case "greader":
            from briefing.sync.greader import GoogleReader

            async with Http("the Google Reader API", settings.url, fetch) as http:
                yield GoogleReader(http, settings.user, password)
        case _:
            from briefing.sync.fever import Fever

            async with Http("the Fever API", settings.url, fetch) as http:
                yield Fever(http, settings.user, password)


def check(settings: SyncSettings) -> None:
    """Raise UsageError or ConfigError where the settings name no server that can be asked."""
    if settings.kind == "off":
        raise UsageError(
            "no sync server is set up",
            "sync",
            "`briefing sync setup KIND URL` does so, such as"
            " `briefing sync setup miniflux https://reader.example`",
        )
    if not usable_address(settings.url):
        what = f"'{shown(settings.url)}' is no web address" if settings.url else "is missing"
        raise ConfigError(what, "sync.url", 'Write url = "https://reader.example"')
    if urlsplit(settings.url).username is not None:
        raise ConfigError(
            "the address has a name or password in it", "sync.url", "Set sync.user instead"
        )
    if not settings.user and settings.kind != "miniflux":
        raise ConfigError("is missing", "sync.user", f"Logging in by {settings.kind} needs it")
    if not settings.password_command and not settings.keyring:
        raise ConfigError(
            "there is no password",
            "sync",
            'Set password_command = ["pass", "show", "reader"], or keyring = true',
        )


async def password_of(settings: SyncSettings) -> str:
    """The password, of the command or the keyring. Raises FetchError."""
    host = urlsplit(settings.url).hostname or ""
    if settings.password_command:
        return await Passwords().of(settings.password_command, settings.user, host, settings.url)
    return await asyncio.to_thread(_from_keyring, settings, host)


def _from_keyring(settings: SyncSettings, host: str) -> str:
    where = shown(settings.url)
    keyring = _keyring(where)
    try:
        password = keyring.get_password(KEYRING_SERVICE, f"{settings.user}@{host}")
    except Exception as error:
        what = f"the keyring cannot be read ({type(error).__name__})"
        raise SyncError(what, where, _NO_KEYRING) from error
    if not password:
        raise SyncError(
            "the keyring has no password for it", where, "`briefing sync setup` asks for it"
        )
    return str(password)


def keep_password(settings: SyncSettings, password: str) -> None:
    """Keep the password in the system's keyring. Raises SyncError."""
    where = shown(settings.url)
    keyring = _keyring(where)
    host = urlsplit(settings.url).hostname or ""
    try:
        keyring.set_password(KEYRING_SERVICE, f"{settings.user}@{host}", password)
    except Exception as error:
        what = f"the keyring cannot keep the password ({type(error).__name__})"
        raise SyncError(what, where, _NO_KEYRING) from error


def _keyring(where: str) -> ModuleType:
    try:
        import keyring
    except ImportError as error:
        raise SyncError(
            "the library for the system's keyring is not installed",
            where,
            "Install the extra: pip install 'briefing[keyring]', or set sync.password_command",
        ) from error
    module: ModuleType = keyring
    return module
