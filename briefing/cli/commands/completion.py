"""``briefing completion``: what a shell reads to complete the command line.

The files are made from the parser when it changes, not when they are asked for: see
``tests/cli/test_completion.py``.
"""

import argparse
from pathlib import Path

from briefing.cli.context import Context
from briefing.cli.run import DONE

SHELLS = ("bash", "zsh", "fish")
EXAMPLES = (
    "briefing completion bash >~/.local/share/bash-completion/completions/briefing",
    "briefing completion zsh >~/.zfunc/_briefing    # a folder of $fpath",
    "briefing completion fish >~/.config/fish/completions/briefing.fish",
)
FOLDER = Path(__file__).parents[1] / "completions"


def configure(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(args: argparse.Namespace, context: Context) -> int:
    """Print the shell's script."""
    context.out.document((FOLDER / f"briefing.{args.shell}").read_text(encoding="utf-8"))
    return DONE
