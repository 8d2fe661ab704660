"""The reader in a web browser: a process of it for each page that is open, over textual-serve."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.serve.server import Serving, serve

__all__ = ["Serving", "serve"]


def __getattr__(name: str) -> object:
    """aiohttp is imported when it is asked for. Raises ImportError without the extra ``serve``."""
    if name not in __all__:
        raise AttributeError(name)
    from briefing.serve import server

    return getattr(server, name)
