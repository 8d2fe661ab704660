"""Shows that two installations digest and link the shared corpora equally, to the letter.

    python tools/compare_outputs.py OTHER_PYTHON [--keep DIR] [--added MEMBER ...]

Both this interpreter and OTHER_PYTHON (one of another virtual environment) run ``briefing digest
--jsonl`` over ``highlights`` and ``labels`` and ``briefing stories --jsonl`` over ``stories``. Each
corpus gets a line with the number of lines that differ; the first differing field of the first
three is named. Members that only this build writes are named by ``--added`` and left out of its
lines. Exit code 1 where any line differs. BRIEFING_SHARED names the corpora's folder.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.export.json_text import json_text

SHARED = Path(os.environ.get("BRIEFING_SHARED", Path(__file__).parents[2] / "shared"))
DIGESTED = ("highlights/cnn.jsonl.gz", "labels/articles.jsonl", "labels/caveats.jsonl")
LINKED = ("stories/ecb.jsonl", "stories/outlets.jsonl", "stories/dense.jsonl")
SHOWN = 3


def main() -> int:
    """Compare corpus by corpus; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("other", type=Path, help="the Python of another installation")
    parser.add_argument("--keep", type=Path, help="a folder in which OTHER's output is kept")
    parser.add_argument(
        "--added", nargs="+", default=(), help="members of objects that only this build writes"
    )
    options = parser.parse_args()
    differing = 0
    with tempfile.TemporaryDirectory() as scratch:
        for command, corpora in (("digest", DIGESTED), ("stories", LINKED)):
            for corpus in corpora:
                articles = _plain(SHARED / "data" / corpus, Path(scratch))
                ours = _run(Path(sys.executable), command, articles)
                if options.added:
                    ours = [_without(line, frozenset(options.added)) for line in ours]
                theirs = _kept(options.other, command, articles, options.keep)
                differing += _report(corpus, ours, theirs)
    return 1 if differing else 0


def _plain(corpus: Path, scratch: Path) -> Path:
    """The corpus as the batch commands read it: one article a line, without its labels."""
    opened = gzip.open if corpus.suffix == ".gz" else open
    target = scratch / corpus.name.removesuffix(".gz")
    with opened(corpus, "rt", encoding="utf-8") as lines, target.open("w") as out:
        for line in lines:
            article = json.loads(line)
            known = ("id", "text", "title", "url", "source", "published", "language")
            out.write(json.dumps({k: article[k] for k in known if k in article}) + "\n")
    return target


def _run(python: Path, command: str, articles: Path) -> list[str]:
    done = subprocess.run(
        [python, "-m", "briefing", command, "--jsonl", articles, "--ignore-config"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):  # 1: a line that cannot be digested, told in the output
        raise SystemExit(done.stderr)
    return done.stdout.split("\n")


def _kept(python: Path, command: str, articles: Path, folder: Path | None) -> list[str]:
    if folder is None:
        return _run(python, command, articles)
    kept = folder / f"{command}-{articles.name}"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text("\n".join(_run(python, command, articles)), encoding="utf-8")
    return kept.read_text(encoding="utf-8").split("\n")


def _without(line: str, added: frozenset[str]) -> str:
    """A line of JSON without the members ``added`` of any of its objects."""

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: cut(member) for name, member in value.items() if name not in added}
        return [cut(member) for member in value] if isinstance(value, list) else value

    return json_text(cut(json.loads(line))) if line else line


def _report(corpus: str, ours: list[str], theirs: list[str]) -> int:
    pairs = list(zip(ours, theirs, strict=len(ours) == len(theirs)))
    unlike = [(one, other) for one, other in pairs if one != other]
    count = len(unlike) + abs(len(ours) - len(theirs))
    print(f"{corpus}: {len(ours)} lines, {count} differ")
    for one, other in unlike[:SHOWN]:
        print(f"  {next(_differences(json.loads(one), json.loads(other)), 'key order')}")
    return count


def _differences(ours: Any, theirs: Any, place: str = "") -> Iterator[str]:
    if type(ours) is not type(theirs):
        yield f"{place}: {ours!r} for {theirs!r}"
    elif isinstance(ours, dict):
        for key in sorted({*ours, *theirs}):
            yield from _differences(ours.get(key), theirs.get(key), f"{place}.{key}")
    elif isinstance(ours, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differences(one, other, f"{place}[{index}]")
    elif ours != theirs:
        yield f"{place}: {ours!r} for {theirs!r}"


if __name__ == "__main__":
    raise SystemExit(main())
