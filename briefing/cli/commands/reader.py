"""The reader on today's edition, and ``briefing demo``: the same on the bundled sample.

Its imports come before the first paint: nothing here imports what is not needed to open.
"""

import os
import sys
from typing import TYPE_CHECKING

from briefing.cli.context import Context
from briefing.model import BriefingError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

EXAMPLES = ("briefing demo",)


def configure(parser: "ArgumentParser") -> None:
    """The demo has no options of its own."""
    del parser


def run(args: "Namespace", context: Context) -> int:
    """The demo: a copy of the sample store, thrown away at the end, at the sample's own time."""
    del args
    _need_a_terminal()
    return _open_sample(context)


def open_edition(context: Context) -> int:
    """The reader on the user's own store, or on the sample where its welcome was told so."""
    _need_a_terminal()
    settings = context.settings
    from briefing.ui import run_reader

    options = ("--ignore-config",) if context.ignore_config else ()
    code = run_reader(settings=settings, store_path=settings.store_path, options=options)
    if code == 0:
        return code
    from briefing.ui.screens.welcome import SHOW_SAMPLE

    return _open_sample(context) if code == SHOW_SAMPLE else code


def _open_sample(context: Context) -> int:
    import tempfile
    from pathlib import Path

    from briefing.sample import copy_sample, sample_now
    from briefing.ui import run_reader

    with tempfile.TemporaryDirectory(prefix="briefing-demo-") as folder:
        path = copy_sample(Path(folder) / "sample.sqlite3")
        return run_reader(
            settings=context.settings, store_path=path, now=sample_now(), read_only_sample=True
        )


def _need_a_terminal() -> None:
    # A driver that is named draws elsewhere: in a browser, or in a test.
    if "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    raise BriefingError(
        "the reader needs a terminal", "", "Use `briefing print` where there is none"
    )
