"""The lines of a batch become the stories they belong to."""

from collections.abc import Iterable
from typing import BinaryIO

from briefing.export.json_text import json_text
from briefing.ingest import BatchError, parse_batch_line
from briefing.model import LINKED_CHARACTERS, Article, LinkCandidate
from briefing.stories import cluster


def cluster_lines(lines: Iterable[bytes], sink: BinaryIO) -> int:
    """Write the story of each article, in order, once all have been read; how many were bad.

    Only the head of each text is kept.
    """
    rows: list[LinkCandidate | BatchError] = []
    for line in lines:
        if not line.strip():
            continue
        item = parse_batch_line(line)
        if isinstance(item, BatchError):
            rows.append(item)
        else:
            rows.append(_link_item(item.article))
    stories = iter(cluster([row for row in rows if isinstance(row, LinkCandidate)]))
    bad = 0
    for row in rows:
        if isinstance(row, BatchError):
            bad += 1
            answer = {"id": row.id, "error": row.error}
        else:
            answer = {"id": row.article_id, "story": next(stories)}
        sink.write(json_text(answer).encode() + b"\n")
    return bad


def _link_item(article: Article) -> LinkCandidate:
    return LinkCandidate(
        article_id=article.id,
        title=article.title or "",
        text=article.text[:LINKED_CHARACTERS],
        published=article.published,
        source=article.source or "",
        url=article.url,
        language=article.language,
    )
