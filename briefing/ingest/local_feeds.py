"""Feeds that this machine gives, in newsboat's spelling: by a program, or as a file.

``exec:PROGRAM ARGUMENTS`` is what a program writes, ``filter:PROGRAM ARGUMENTS:https://…`` what it
makes of a web page or feed given to it, ``file:///PATH`` a file (RFC 8089). They are followed only
where the user has typed them: whatever reads addresses out of lists, pages, feeds and redirects
takes http and https alone.

newsboat hands a command to ``/bin/sh -c``. Here its words are the program's arguments, as a shell
would split them, and no shell reads them: what only a shell understands is refused by name, since
it would do something else than meant; who wants one writes ``exec:sh -c '…'``.
"""

import asyncio
import hashlib
import re
import shlex
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import unquote, urlsplit

from briefing.ingest.failures import shown
from briefing.ingest.programs import PATIENCE, Ran, command_line, in_terminal, run_program
from briefing.ingest.results import ParsedFeed, Response
from briefing.model import AS_USUAL, FeedSettings, FetchError, ParseError, UsageError
from briefing.text import clean_line, strip_controls

NO_HOME = "https://feed.invalid/"
"""Stands for the server of a feed that has none (RFC 6761, 6.4): nobody's, so that its articles'
pages are asked for without its own fields, and none of them may be of a private network."""

_LOCAL = re.compile(r"\s*(exec|filter|file):", re.IGNORECASE)
_FILTER = re.compile(r"(.+?):(https?://\S+)", re.IGNORECASE | re.DOTALL)
_ESCAPED = r"\\.|'[^']*'"
_QUOTED = re.compile(rf'{_ESCAPED}|"(?:\\.|[^"\\])*"', re.DOTALL)
_SINGLE_QUOTED = re.compile(_ESCAPED, re.DOTALL)
_OF_A_SHELL = re.compile(r"[|&;<>()$`]")
_EXPANDED = re.compile(r"[$`]")  # also between double quotes
_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "fish"})
_SPELLINGS = {
    "exec": "Write it as exec:~/bin/program arguments",
    "filter": "Write it as filter:~/bin/program arguments:https://coast.example/page",
    "file": "Write it as file:///home/me/feed.xml",
}


@dataclass(frozen=True, slots=True)
class LocalFeed:
    """A feed of this machine, as its ``address`` says. command: the program and its arguments, of
    ``exec`` and ``filter``. source: the web address that a filter reads, or the path of a file.
    """

    address: str
    kind: Literal["exec", "filter", "file"]
    command: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class LocalRead:
    """What was run or read for a feed, and what came of it: for showing.

    code: the exit code of a program. complaint: the first line of its standard error.
    """

    what: str
    size: int  # bytes
    code: int | None = None
    complaint: str = ""
    seconds: float = 0.0


def is_local(address: str) -> bool:
    """Whether an address stands for a program or a file of this machine."""
    return _LOCAL.match(address) is not None


def runs_program(address: str) -> bool:
    """Whether to read the feed at ``address`` is to run a program."""
    found = _LOCAL.match(address)
    return found is not None and found[1].lower() != "file"


def local_feed(typed: str) -> LocalFeed:
    """What a user has typed. Raises UsageError where it cannot be read, or needs a shell."""
    found = _LOCAL.match(typed)
    kind = found[1].lower() if found else ""
    rest = typed[found.end() :].strip() if found else ""
    address = f"{kind}:{rest}"
    if not rest or strip_controls(rest) != rest or "\n" in rest:
        raise _unreadable(kind, address, "it says nothing, or holds control characters")
    match kind:
        case "exec":
            return LocalFeed(address, "exec", _command(rest, address))
        case "filter":
            parts = _FILTER.fullmatch(rest)
            if parts is None or not _has_host(parts[2]):
                raise _unreadable(kind, address, "a filter names a program and a web address")
            return LocalFeed(address, "filter", _command(parts[1], address), parts[2])
        case "file":
            return LocalFeed(address, "file", source=_path(rest, address))
    raise _unreadable("exec", address, "it is neither exec:, filter: nor file:")


def web_address(address: str) -> str:
    """What is asked for of the web for a feed: its own address, that of its filter, or none."""
    if not is_local(address):
        return address
    parts = _FILTER.fullmatch(address.strip()[len("filter:") :])
    return parts[2] if parts and address.strip().lower().startswith("filter:") else ""


def refusal(address: str, where: str) -> str:
    """Why a local feed is not taken from ``where`` ("a list"), to follow "it"; with the mend."""
    does = "runs a program" if runs_program(address) else "reads a file"
    return (
        f"{does} of this machine, and {where} may bring none;"
        " if it is your own, add it by hand with 'briefing feeds add'"
    )


def _command(text: str, address: str) -> tuple[str, ...]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise _unreadable("exec", address, f"its command cannot be read ({error})") from error
    if not words:
        raise _unreadable("exec", address, "it names no program")
    of_a_shell = _OF_A_SHELL.search(_QUOTED.sub("", text))
    if of_a_shell is None and words[0].rpartition("/")[2] not in _SHELLS:
        of_a_shell = _EXPANDED.search(_SINGLE_QUOTED.sub("", text))
    if of_a_shell is not None:
        raise UsageError(
            f"'{of_a_shell[0]}' is for a shell, and none reads the command",
            shown(address),
            "Put it in single quotes, write the command as a script, or name a shell yourself:"
            " exec:sh -c '…'",
        )
    return tuple(words)


def _path(rest: str, address: str) -> str:
    """The path of ``file:`` without the name of this machine; ``~`` stays as it is."""
    path = rest
    if rest.startswith("//"):
        host, slash, below = rest[2:].partition("/")
        if host.lower() not in ("", "localhost") and not host.startswith("~"):
            raise _unreadable("file", address, f"it names another machine ({clean_line(host)})")
        path = (host if host.startswith("~") else "") + slash + below
    if not path.startswith(("/", "~")) or not path.strip("/"):
        raise _unreadable("file", address, "it names no file from the root on")
    return path


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _unreadable(kind: str, address: str, what: str) -> UsageError:
    return UsageError(what, shown(address), _SPELLINGS.get(kind, ""))


# ── Reading one ──────────────────────────────────────────────────────────────────────────────


class Get(Protocol):
    """``Fetcher.get``, as far as a feed needs it."""

    async def __call__(
        self,
        url: str,
        kind: Literal["feed"],
        /,
        *,
        etag: str | None,
        last_modified: str | None,
        validated_url: str | None,
        own: FeedSettings,
    ) -> Response:
        """The document at ``url``. Raises FetchError."""


async def get_feed(
    get: Get,
    url: str,
    limit: int,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    validated_url: str | None = None,
    own: FeedSettings = AS_USUAL,
    on_read: Callable[[LocalRead], None] | None = None,
    seconds: float = PATIENCE,
) -> Response:
    """The feed at ``url``: by ``get`` where it is of the web, else of this machine.

    The ``etag`` of a program's output or of a file is a hash of ours: the same again is not
    modified. A filter's page is asked for with its own validators, and where it has not changed the
    program does not run. limit: bytes; seconds: how long a program may take. on_read is told of
    what was run or read. Raises FetchError, and UsageError where the address is none.
    """
    feed = local_feed(url) if is_local(url) else None
    told = on_read or _nobody
    if feed is None or feed.kind == "filter":
        page = await get(
            feed.source if feed else url,
            "feed",
            etag=etag,
            last_modified=last_modified,
            validated_url=validated_url,
            own=own,
        )
        if feed is None:
            return page
        # The filter's own address stays: a redirect decides only what it is given.
        page = replace(page, url=url, moved_to=None)
        if page.not_modified:
            return page
        output = await _output(feed, page.content, limit, seconds, told)
        return replace(page, content=output, content_type=None)
    if feed.kind == "exec":
        content = await _output(feed, None, limit, seconds, told)
    else:
        content = await asyncio.to_thread(_file_content, feed, limit)
        told(LocalRead(feed.source, len(content)))
    tag = f"sha256:{hashlib.sha256(content).hexdigest()}"
    if tag == etag:
        return Response(url, url, 304, b"", etag=tag)
    return Response(url, url, 200, content, etag=tag)


def parse_answer(response: Response) -> ParsedFeed:
    """``parse_feed`` of an answer; where it is of this machine, the error speaks of that.

    Raises ParseError, and NotAFeedError where a web page stands there.
    """
    from briefing.ingest.feeds import parse_feed

    try:
        return parse_feed(response.content, response.final_url, response.content_type)
    except ParseError as error:
        if not is_local(response.url):
            raise
        feed = local_feed(response.url)
        if feed.kind == "file":
            raise ParseError(error.what, shown(response.url), "Check the file's path") from error
        raise ParseError(
            f"what {feed.command[0]} wrote is no feed: {error.what}",
            shown(response.url),
            in_terminal(feed.command),
        ) from error


def _nobody(_: LocalRead) -> None:
    """Tell nobody."""


async def _output(
    feed: LocalFeed,
    given: bytes | None,
    limit: int,
    seconds: float,
    told: Callable[[LocalRead], None],
) -> bytes:
    """What the feed's program writes. Raises FetchError where that is nothing, or it failed."""
    where, name = shown(feed.address), feed.command[0]
    ran = await run_program(feed.command, given, where, limit, seconds)
    told(
        LocalRead(command_line(feed.command), len(ran.output), ran.code, ran.complaint, ran.seconds)
    )
    if ran.code:
        complaint = f": {ran.complaint}" if ran.complaint else ""
        raise FetchError(
            f"the program {name} {_ended(ran)}{complaint}", where, in_terminal(feed.command)
        )
    if not ran.output.strip():
        complaint = f" but a complaint: {ran.complaint}" if ran.complaint else ""
        raise FetchError(
            f"the program {name} wrote nothing{complaint}", where, in_terminal(feed.command)
        )
    return ran.output


def _ended(ran: Ran) -> str:
    if ran.code < 0:
        return f"was ended by signal {-ran.code}"
    return f"ended with code {ran.code}"


def _file_content(feed: LocalFeed, limit: int) -> bytes:
    """What stands in the feed's file. Raises FetchError."""
    where = shown(feed.address)
    try:
        path = Path(feed.source).expanduser()
        if not path.exists():  # newsboat takes it as it stands, RFC 8089 percent-encoded
            path = Path(unquote(feed.source)).expanduser()
        # A pipe or a device might never end, and must not even be opened.
        if not stat.S_ISREG(path.stat().st_mode):
            raise FetchError("it is no regular file", where, "Check the file's path")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except (OSError, ValueError, RuntimeError) as error:  # the last: no such user
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchError(
            f"the file cannot be read ({clean_line(reason)})", where, "Check the file's path"
        ) from error
    if len(content) > limit:
        raise FetchError(
            f"the file is larger than the limit of {limit // 1_000_000} MB",
            where,
            "Raise fetch.max_feed_mb in the configuration, if you trust it",
        )
    if not content.strip():
        raise FetchError("the file is empty", where, "Check the file's path")
    return content
