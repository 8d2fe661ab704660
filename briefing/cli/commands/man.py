"""``briefing man``: the manual page, made from the parser."""

import argparse

from briefing.cli.context import Context
from briefing.cli.run import DONE

EXAMPLES = (
    "briefing man | man -l -",
    "briefing man >~/.local/share/man/man1/briefing.1",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """It takes no options of its own."""
    del parser


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the page as ``man`` reads it."""
    del args
    from briefing.cli.manual import manual_page

    context.out.document(manual_page())
    return DONE
