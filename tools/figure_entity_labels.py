"""The articles whose key figures and key names were labelled, as the trainers learn from them."""

from pathlib import Path
from typing import Any

from digest_labels import SEEDS, rows


def load_articles(shared: Path) -> list[dict[str, Any]]:
    """The labelled articles but the seed, in the order of their files, the shared set first.

    Each has ``id``, ``set`` (``articles``, ``news``), ``title``, ``text``, ``sentences`` (spans in
    the text), ``figures`` and ``entities``.
    """
    labels = shared / "data" / "labels"
    found = [{**row, "set": "articles"} for row in rows(labels / "articles.jsonl")]
    read = {row["source_id"]: row["sentences"] for row in rows(labels / "news.jsonl")}
    told = {row["source_id"]: row for row in rows(labels / "figures.jsonl")}
    texts = {
        row["id"]: row
        for path in sorted((shared / "data" / "news").glob("*.jsonl.gz"))
        for row in rows(path)
        if row["id"] in told
    }
    for name, row in told.items():
        source = texts[name]
        found.append(
            {
                **row,
                "set": "news",
                "title": source["title"],
                "text": source["text"],
                "sentences": read[name],
            }
        )
    return [row for row in found if row["id"] not in SEEDS]
