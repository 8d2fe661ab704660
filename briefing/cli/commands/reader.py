"""The reader on today's edition, and ``briefing demo``: the same on the bundled sample.

Its imports come before the first paint: nothing here imports what is not needed to open.
"""

import os
import sys
from argparse import ArgumentParser, Namespace

from briefing.cli.context import Context
from briefing.model import BriefingError

EXAMPLES = ("briefing demo",)


def configure(parser: ArgumentParser) -> None:
    """The demo has no options of its own."""
    del parser


def run(args: Namespace, context: Context) -> int:
    """The demo: a copy of the sample store, thrown away at the end, at the sample's own time."""
    del args
    _need_a_terminal()
    import tempfile
    from pathlib import Path

    from briefing.cli.sample import copy_sample, sample_now
    from briefing.ui import run_reader

    with tempfile.TemporaryDirectory(prefix="briefing-demo-") as folder:
        path = copy_sample(Path(folder))
        return run_reader(
            settings=context.settings, store_path=path, now=sample_now(), read_only_sample=True
        )


def open_edition(context: Context) -> int:
    """The reader on the user's own store."""
    _need_a_terminal()
    settings = context.settings
    from briefing.ui import run_reader

    return run_reader(settings=settings, store_path=settings.store_path)


def _need_a_terminal() -> None:
    # A driver that is named draws elsewhere: in a browser, or in a test.
    if "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    raise BriefingError(
        "the reader needs a terminal", "", "Use `briefing print` where there is none"
    )
