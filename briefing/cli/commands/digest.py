"""``briefing digest``: one article, or a batch of them."""

import argparse
import os
import re

from briefing.cli.context import Context
from briefing.cli.options import positive
from briefing.export import ExportOptions, digest_exporter_named, digest_formats, is_text
from briefing.model import Article, BriefingError, UsageError
from briefing.wording import editor_lines

EXAMPLES = (
    "briefing digest https://coast.example/harbour-bridge",
    "briefing digest article.html --bullets 6 --format markdown",
    "briefing digest article.html --editor",
    "pbpaste | briefing digest - --title 'Harbour bridge closed'",
    "briefing digest --jsonl articles.jsonl --output digests.jsonl --jobs 4",
    "briefing digest --jsonl archive.jsonl --output digests.jsonl --scheduler tcp://10.0.0.5:8786",
)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "source", nargs="?", metavar="SOURCE", help="an address, a file, or - for standard input"
    )
    parser.add_argument("--jsonl", metavar="IN", help="a batch: one article a line; - for input")
    parser.add_argument("--output", metavar="OUT", help="of a batch; standard output by default")
    parser.add_argument(
        "--jobs", type=positive, metavar="N", help="processes of a batch; one a core by default"
    )
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", help="spread a batch over the workers of a Dask cluster"
    )
    parser.add_argument("--format", choices=digest_formats(), help="of one digest; text by default")
    parser.add_argument("--bullets", type=positive, metavar="N", help="at most so many bullets")
    parser.add_argument("--algorithm", metavar="NAME", help="the ranking; briefing by default")
    parser.add_argument("--language", metavar="CODE", help="the text's language, such as en")
    parser.add_argument("--title", metavar="T", help="the title; the first line is then text")
    parser.add_argument(
        "--editor", action="store_true", help="ask the second editor that you have set, too"
    )
    parser.add_argument("--explain", action="store_true", help="say how each sentence was ranked")


def run(args: argparse.Namespace, context: Context) -> int:
    """Digest; 1 where a line of a batch could not be used."""
    from briefing.digest import check_algorithm

    _check(args)
    preferred = context.settings.digest
    algorithm = args.algorithm or preferred.algorithm
    check_algorithm(algorithm)
    bullets = args.bullets or preferred.bullets
    language = args.language.replace("_", "-").split("-")[0].lower() if args.language else None
    if args.jsonl is not None:
        return _batch(args, context, bullets, algorithm, language)
    from briefing.cli.digest_input import read_source

    article = read_source(args.source, context.settings, title=args.title, language=language)
    return _one(article, args, context, bullets, algorithm)


def _check(args: argparse.Namespace) -> None:
    """What argparse cannot say: which options go with which."""
    if (args.source is None) == (args.jsonl is None):
        raise UsageError("give one SOURCE, or --jsonl IN", "digest", "See `briefing digest --help`")
    for_one = {"--format": args.format, "--title": args.title, "--explain": args.explain or None}
    for_one["--editor"] = args.editor or None
    for_batch = {"--output": args.output, "--jobs": args.jobs, "--scheduler": args.scheduler}
    wrong = for_one if args.jsonl is not None else for_batch
    for option, value in wrong.items():
        if value is not None:
            kind = "one SOURCE" if args.jsonl is not None else "--jsonl"
            raise UsageError(
                f"{option} belongs to {kind}", "digest", "See `briefing digest --help`"
            )
    if args.scheduler is not None and args.jobs is not None:
        raise UsageError(
            "--jobs is for this machine's processes, and --scheduler for a cluster's",
            "digest",
            "Give one of them",
        )
    if args.language is not None and not _LANGUAGE.fullmatch(args.language):
        raise UsageError(
            f"'{args.language}' is no language code", "--language", "Use one such as en or pt-BR"
        )


def _one(
    article: Article, args: argparse.Namespace, context: Context, bullets: int, algorithm: str
) -> int:
    from briefing.digest import digest_article

    out = context.out
    digest = digest_article(article, bullets=bullets, algorithm=algorithm)
    if args.editor:
        from briefing.refresh import configured_editor

        editor = configured_editor(context.settings)
        try:
            digest = editor.revised(digest, bullets=bullets, algorithm=algorithm)
        except BriefingError as error:
            out.warn(f"The digest is ours alone: {error}")
    exporter = digest_exporter_named(args.format or "text")
    printed = exporter.render_digest(digest, ExportOptions(width=out.width))
    out.rendered(printed, is_text=is_text(exporter))
    if args.explain:
        from briefing.cli.explain_output import explanation

        for line in explanation(article, bullets=bullets, algorithm=algorithm, width=out.width):
            out.aligned(line)
    if args.editor:
        for line in editor_lines(digest):
            out.aligned(line)
    return 0


def _batch(
    args: argparse.Namespace, context: Context, bullets: int, algorithm: str, language: str | None
) -> int:
    from briefing.cli.batch import answer_lines, opened_input, opened_output
    from briefing.cli.batch_digest import DigestLine
    from briefing.cli.batch_progress import batch_progress

    work = DigestLine(bullets, algorithm, language)
    bad = 0
    with (
        opened_input(args.jsonl) as lines,
        opened_output(args.output, context.out) as sink,
        batch_progress(context.out, with_bar=args.output not in (None, "-")) as told,
    ):
        if args.scheduler is not None:
            from briefing.cli.batch_scheduler import answer_lines_there

            answers = answer_lines_there(lines, work, args.scheduler, on_workers=told.workers)
        else:
            answers = answer_lines(lines, work, args.jobs or _cores())
        for answer, usable in answers:
            sink.write(answer.encode() + b"\n")
            bad += not usable
            told.done()
    if bad:
        context.out.warn(f"{bad} of the lines could not be used; the output says why.")
    return 1 if bad else 0


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
