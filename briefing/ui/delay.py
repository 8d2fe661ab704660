"""A callback after a while, once: it may come late, but it comes."""

import asyncio
from collections.abc import Callable

from textual.message_pump import MessagePump


class Delay:
    """What is to be done after a while; begun again, it waits anew.

    Textual's own timers (``set_timer``) leave their callback out where the process is held up for
    their whole interval before they begin to wait: those of some hundredths of a second on a busy
    machine, any while it sleeps.
    """

    def __init__(self, owner: MessagePump) -> None:
        self._owner = owner
        self._waiting: asyncio.TimerHandle | None = None

    def start(self, seconds: float, callback: Callable[[], object]) -> None:
        """Call back in so many seconds, as a message of the owner's; not after it has closed."""
        self.stop()

        def call() -> None:
            self._waiting = None
            self._owner.call_later(callback)

        self._waiting = asyncio.get_running_loop().call_later(seconds, call)

    @property
    def is_waiting(self) -> bool:
        """Whether the callback is still to come."""
        return self._waiting is not None

    def stop(self) -> None:
        """What has not been called yet is not called."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
