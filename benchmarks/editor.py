#!/usr/bin/env python3
"""What a second editor does to digests, on the labelled articles of the shared corpora.

Without options a scripted server answers with the labels themselves and leads: whatever is then
below 1 is lost on the way, or cannot be said in four bullets. With ``--server URL`` a real one is
one more weight of the ranking, and our digests stand beside: caveats may not get worse. Answers are
kept in ``--cache``, so that a slow model is asked once. Figures are those of the corpora's
``evaluate.py``. Ends with 1 where a floor is not met.
"""

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.shared_tool import shared_tool
from briefing.config import EditorSettings
from briefing.digest import digest_article
from briefing.editor import Editor
from briefing.model import Article, BriefingError
from briefing.model.codec import digest_to_json
from tests.editor.model_server import Exchange, ModelServer

FLOORS = {"marker.precision": 0.95, "claim.first": 0.95, "bullet.overlap": 0.95}
_MOST_LOST = 0.01  # of caveat.f1, by a server of whatever quality
_SHOWN = ("caveat.f1", "marker.precision", "claim.first", "bullet.overlap", "bullet.faithful")
_BULLETS = 4
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


class Labels:
    """A script for a server: the answer that the labels give to the question asked."""

    def __init__(self, articles: Sequence[Mapping[str, Any]]) -> None:
        self._by_title: dict[str, list[Mapping[str, Any]]] = {}
        for article in articles:
            title = " ".join((article["title"] or "").split())
            self._by_title.setdefault(title, []).append(article)

    def __call__(self, exchange: Exchange) -> None:
        """Answer one question."""
        user = exchange.request["messages"][1]["content"]
        asked = {int(number): text for number, text in _NUMBERED.findall(user)}
        title = user.split("\n", 1)[0].removeprefix("Title: ")
        article = max(
            self._by_title[title], key=lambda a: _common(" ".join(asked.values()), a["text"])
        )
        kinds = {c["sentence"]: c["kind"] for c in article["caveats"]}
        picks: list[tuple[int, str]] = []
        for label in sorted(article["bullets"], key=lambda label: label != article["main"]):
            number = _nearest(article["text"][slice(*article["sentences"][label])], asked)
            if number is not None and number not in [n for n, _ in picks]:
                kind = "claim" if label == article["main"] else kinds.get(label, "fact")
                picks.append((number, kind))
        exchange.pick(*picks[:_BULLETS])


def _common(one: str, other: str) -> float:
    a, b = Counter(one.split()), Counter(other.split())
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def _nearest(wanted: str, asked: Mapping[int, str]) -> int | None:
    """The number of the sentence that is, or holds, or is part of, the labelled one."""
    best = max(asked, key=lambda number: _common(wanted, asked[number]), default=None)
    return best if best is not None and _common(wanted, asked[best]) > 0.3 else None


def _evaluation(shared: Path) -> Any:
    """The corpora's own measures."""
    return shared_tool(shared / "tools/evaluate.py")


def figures(shared: Path, limit: int | None, editor: Editor | None) -> Mapping[str, float]:
    """The figures of the labelled articles, digested with the editor's help or without."""
    measures = _evaluation(shared)
    refused: Counter[str] = Counter()

    def digests(_command: str, _verb: str, items: Sequence[Mapping[str, str]]) -> Any:
        rows = []
        for item in items:
            article = Article(item["id"], item["text"], item["title"], language="en")
            digest = digest_article(article, bullets=_BULLETS)
            if editor is not None:
                try:
                    digest = editor.revised(digest, bullets=_BULLETS)
                except BriefingError as error:
                    refused[error.what] += 1
            rows.append(digest_to_json(digest))
        measures.conform(rows)
        return rows, 0.0

    measures.batch = digests
    found: Mapping[str, float] = measures.labels(shared / "data", "", limit)
    for what, count in refused.most_common():
        print(f"  {count} answers not used: {what}", file=sys.stderr)
    return found


def labelled(shared: Path, limit: int | None) -> Mapping[str, float]:
    """The figures where a server answers with the labels, and leads."""
    articles = _evaluation(shared).lines(shared / "data/labels/articles.jsonl")
    with tempfile.TemporaryDirectory() as folder, ModelServer(Labels(articles)) as server:
        settings = EditorSettings(server.url, model="labels", lead=True, daily_tokens=100_000_000)
        return figures(shared, limit, Editor(settings, Path(folder)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the options say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, help="articles; all by default")
    parser.add_argument("--server", help="a real server's base address, such as llama-server's")
    parser.add_argument("--model", default="", help="its model")
    parser.add_argument("--words", type=int, default=3000, help="of an article, sent at most")
    parser.add_argument("--cache", type=Path, help="where its answers are kept")
    options = parser.parse_args(arguments)
    shared = Path(os.environ.get("BRIEFING_SHARED", "../shared"))
    if options.server is None:
        found = labelled(shared, options.n)
        for name in _SHOWN:
            print(f"  {name:18} {found[name]:.3f}")
        return 0 if all(found[name] > floor for name, floor in FLOORS.items()) else 1
    settings = EditorSettings(
        options.server,
        model=options.model,
        seconds=600.0,
        max_words=options.words,
        daily_tokens=100_000_000,
    )
    with tempfile.TemporaryDirectory() as folder:
        theirs = figures(shared, options.n, Editor(settings, options.cache or Path(folder)))
    ours = figures(shared, options.n, None)
    print(f"  {'':18} without  with")
    for name in _SHOWN:
        print(f"  {name:18} {ours[name]:.3f}    {theirs[name]:.3f}")
    return 0 if theirs["caveat.f1"] >= ours["caveat.f1"] - _MOST_LOST else 1


if __name__ == "__main__":
    sys.exit(main())
