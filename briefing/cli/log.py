"""The log on standard error that ``-v`` asks for."""

import logging
import sys

from briefing.text.clean import strip_controls
from briefing.text.credentials import strip_credentials

_LOUD = ("httpx", "httpcore", "trafilatura", "htmldate", "asyncio", "urllib3", "charset_normalizer")


class _PlainFormatter(logging.Formatter):
    """Lines without control characters, for what is logged comes from outside too."""

    def format(self, record: logging.LogRecord) -> str:
        return strip_credentials(strip_controls(super().format(record)))


def log_to_stderr(verbosity: int) -> None:
    """Show what the program does (1), and in detail, its libraries too (2 and more)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlainFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbosity > 1 else logging.INFO)
    if verbosity < 2:
        for name in _LOUD:
            logging.getLogger(name).setLevel(logging.WARNING)
