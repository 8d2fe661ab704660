"""Addresses of the web, as feeds and pages write them."""

from urllib.parse import urljoin, urlsplit

from briefing.text import strip_controls

MAX_ADDRESS = 8_000
"""Characters of the address of a file; a longer one is no address that a server takes."""


def web_url(address: object, base_url: str | None = None) -> str | None:
    """``address`` as an absolute http(s) URL without control characters, or None."""
    if not isinstance(address, str):
        return None
    cleaned = "".join(strip_controls(address).split("\n")).replace("\t", "").strip()
    if not cleaned:
        return None
    try:
        joined = urljoin(base_url, cleaned) if base_url else cleaned
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    return joined.replace(" ", "%20")
