"""A line of a batch becomes a digest. Imported whole by the processes that do it."""

from dataclasses import dataclass

from briefing.digest.pipeline import digest_article
from briefing.export.json_text import json_text
from briefing.ingest import BatchError, parse_batch_line
from briefing.model.codec import digest_to_json


@dataclass(frozen=True, slots=True)
class DigestLine:
    """What to do with each line: a callable value that can be sent to another process."""

    bullets: int
    algorithm: str
    language: str | None = None

    def __call__(self, line: bytes) -> tuple[str, bool]:
        """The digest as a line of JSON and True; else an object with the error, and False."""
        item = parse_batch_line(line, language=self.language)
        if isinstance(item, BatchError):
            return json_text({"id": item.id, "error": item.error}), False
        article = item.article
        try:
            digest = digest_article(article, bullets=self.bullets, algorithm=self.algorithm)
        except Exception as error:  # noqa: BLE001  one article must never end a batch of thousands
            what = f"the article could not be digested ({type(error).__name__}: {error})"
            return json_text({"id": article.id, "error": what}), False
        return json_text(digest_to_json(digest)), True
