"""Opening a page in the user's browser, never through a shell."""

import os
import shlex
import subprocess
from urllib.parse import urlsplit

from briefing.model import without_credentials

NO_BROWSER = "no browser (config.toml: browser) · copied: "
"""Begins what is said where there is no browser; the address follows."""


def check_page(url: str) -> str | None:
    """Why an address is not opened, in words; None for a web page's."""
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that is no IPv6 address
        return f"This address cannot be opened: {url[:80]}"
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return f"Only web pages are opened, not {url[:80]}"
    return None


def open_page(url: str, command: str = "") -> str | None:
    """Open ``url`` with ``command``, else ``$BROWSER``, else the system's browser.

    ``%s`` in the command stands for the address; without it the address comes last. Returns what
    went wrong, in words, or None. Only http and https are opened.
    """
    if (problem := check_page(url)) is not None:
        return problem
    url = without_credentials(url)  # a command line is seen by every user of the machine
    chosen = command or os.environ.get("BROWSER", "")
    if not chosen:
        import webbrowser

        if webbrowser.open(url):
            return None
        return f"{NO_BROWSER}{url}"
    try:
        words = shlex.split(chosen)
    except ValueError as error:
        return f"The browser command cannot be read ({error}): {chosen}"
    if any("%s" in word for word in words):
        words = [word.replace("%s", url) for word in words]
    else:
        words.append(url)
    try:
        subprocess.Popen(  # noqa: S603 - an argument list, no shell; the address is checked above
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"The browser command failed ({error.strerror}): {words[0]}"
    return None
