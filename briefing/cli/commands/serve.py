"""``briefing serve``: the same reader in a web browser, a process of it for each page."""

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.cli.options import positive
from briefing.cli.run import DONE
from briefing.model import BriefingError, StoreError, UsageError
from briefing.model.writing import READ_ONLY, is_read_only

if TYPE_CHECKING:
    from briefing.serve.access import Access

EXAMPLES = (
    "briefing serve",
    "briefing serve --host 192.168.1.20 --token-file ~/.config/briefing/serve-token",
    "briefing serve --read-only --port 8080",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Where it listens, who may come in, and what they may do."""
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen at; by default this machine alone reaches it",
    )
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="8000 by default; 0: a free one"
    )
    parser.add_argument(
        "--token",
        action="store_true",
        help="let in only who has the token; at another address than this machine's always",
    )
    parser.add_argument(
        "--token-file",
        type=Path,
        metavar="FILE",
        help="the token is kept there, and made where the file is not: it outlives the server",
    )
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a further name that leads here, a proxy's say; may be repeated",
    )
    parser.add_argument(
        "--sessions", type=positive, default=8, metavar="N", help="pages at once; 8 by default"
    )
    parser.add_argument(
        "--read-only", action="store_true", help="write nothing: no marks, no settings, no files"
    )
    parser.add_argument("--demo", action="store_true", help="the bundled sample edition")


def run(args: argparse.Namespace, context: Context) -> int:
    """Serve until interrupted. Raises BriefingError without the extra, or where it cannot listen;
    ConfigError; StoreError where a store that is only read is not there; UsageError for a token
    that is none.
    """
    try:
        from briefing.serve import Serving, serve
    except ImportError as error:
        what = f"a browser needs textual-serve, which is not installed ({error.name} is missing)"
        raise BriefingError(what, "serve", "pip install 'briefing[serve]'") from error
    from briefing.serve.access import Access

    if args.read_only:
        os.environ[READ_ONLY] = "1"  # the readers inherit it
    _check(args, context)
    access = Access(args.host, _token(args), tuple(args.allow_host))
    with _listening(args.host, args.port) as listening:
        _tell(args, access, listening, context)
        serve(Serving(_words(args, context), access, args.sessions), listening)
    context.out.say("No reader is left running.")
    return DONE


def _words(args: argparse.Namespace, context: Context) -> list[str]:
    """The reader's command line: it waits for its page."""
    words = [sys.executable, "-P", "-m", "briefing.cli.waiting", *(["demo"] if args.demo else [])]
    return [*words, "--ignore-config"] if context.ignore_config else words


def _check(args: argparse.Namespace, context: Context) -> None:
    """Say now, and not in every page, what is wrong with the settings or the store."""
    path = context.settings.store_path
    if args.demo:
        return
    store = context.reading_store()
    if store is not None:
        store.close()
    elif is_read_only():
        raise StoreError("there is no store to read", str(path), "Run `briefing refresh` first.")


def _token(args: argparse.Namespace) -> str:
    """The token; "" where none is needed."""
    from briefing.serve.access import is_loopback, make_token
    from briefing.serve.token_file import kept_token

    if args.token_file is not None:
        return kept_token(args.token_file.expanduser())
    if not args.token and is_loopback(args.host):
        return ""
    if not sys.stdout.isatty():
        # What is no terminal may be a log that others read.
        raise UsageError(
            "there is no terminal to show the token on", "serve", "Name a --token-file for it"
        )
    return make_token()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises BriefingError."""
    try:
        ((family, *_), *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return socket.create_server((host, port), family=family, backlog=128)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        mend = "Choose another with --port" if port else "Choose another with --host"
        raise BriefingError(
            f"nothing can be served there ({why})", f"{host}:{port}", mend
        ) from error


def _tell(
    args: argparse.Namespace, access: "Access", listening: socket.socket, context: Context
) -> None:
    """Where it is, and what an address that others reach means."""
    from briefing.serve.access import is_loopback

    token = access.token if sys.stdout.isatty() else ""
    context.out.line(f"Briefing is at {_address(listening, args.host, token)}")
    if access.token and not token:
        context.out.line(f"The token is in {args.token_file}: ?token=… at its end, once.")
    if not is_loopback(args.host):
        does = "reads" if is_read_only() else "reads, marks and changes feeds and settings as you"
        context.out.warn(
            f"whoever reaches {args.host} and has the token {does}. Nothing is encrypted:"
            " use it in a network that you trust, or behind a proxy with TLS"
        )
    context.out.say("Ctrl-C ends it.")
    context.out.flush()


def _address(listening: socket.socket, host: str, token: str) -> str:
    """What to open in a browser."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - shown, not bound
        host = socket.gethostname()
    name = f"[{host}]" if ":" in host else host
    port = listening.getsockname()[1]
    return f"http://{name}:{port}/" + (f"?token={token}" if token else "")


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 6 and int(text) < 1 << 16:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is no port from 0 to 65535")
