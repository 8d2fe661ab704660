"""``briefing stories``: which articles of a batch tell the same story."""

import argparse

from briefing.cli.batch import opened_input, opened_output
from briefing.cli.context import Context

EXAMPLES = ("briefing stories --jsonl articles.jsonl --output stories.jsonl",)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--jsonl", required=True, metavar="IN", help="articles, oldest first; - for standard input"
    )
    parser.add_argument("--output", metavar="OUT", help="write here instead of standard output")


def run(args: argparse.Namespace, context: Context) -> int:
    """Write a line an article; 1 where a line could not be used."""
    from briefing.cli.batch_cluster import cluster_lines

    with opened_input(args.jsonl) as lines, opened_output(args.output, context.out) as sink:
        bad = cluster_lines(lines, sink)
    if bad:
        context.out.warn(f"{bad} of the lines could not be used; the output says why.")
    return 1 if bad else 0
