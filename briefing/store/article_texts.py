"""Articles as they are made of entries and pages, on their way to a digest."""

from dataclasses import replace
from datetime import datetime

from briefing.model import Article, Basis
from briefing.model.codec import link_to_json
from briefing.store.packing import repacked
from briefing.store.revisions import Revisions
from briefing.store.rows import (
    FULL_ARTICLE,
    article_of,
    blocks_to_text,
    dumps,
    maybe_seconds,
    seconds,
    storable,
)
from briefing.store.set_aside import SettingAside


class ArticleTexts(Revisions, SettingAside):
    """The texts of articles, and what kept one from being made."""

    def save_article(
        self,
        article_id: str,
        article: Article,
        content_hash: str | None = None,
        *,
        problem: str = "",
        retry_at: datetime | None = None,
    ) -> bool:
        """Keep the article made of an entry; it is then due for its digest.

        ``retry_at``: when its page, which cannot be had now (``problem``), is asked for again; the
        entry is kept until then, and the summary stands in. ``content_hash`` is the
        ``PendingEntry``'s: where the entry has changed meanwhile, the article is kept and stays due
        for extraction. An article that is as before is not digested again. A text that was read
        whole is not replaced with a mere summary. False where the article is gone: its feed was
        removed, or it is one that the feed gave before under another address
        (``article.canonical``).
        """
        number = self._number("article", article_id)
        with self.transaction():
            row = self._row(
                "SELECT content_hash, title, published, dated, story_id, basis, tries FROM article"
                " WHERE id = ?",
                (number,),
            )
            if row is None:
                return False
            if row["basis"] == Basis.FULL and article.basis is not Basis.FULL:
                article = self._still_whole(number, article)
            title = storable(article.title or row["title"])
            changed = self._save_body(number, title, article)
            self._drop_unchanged(number)
            if article.canonical and self._same_as_another(number, article.canonical):
                return False
            digested = self._value("SELECT 1 FROM finding WHERE article_id = ?", (number,))
            if content_hash is not None and content_hash != row["content_hash"]:
                pending: str | None = "extract"
            elif changed or not digested:
                pending = "digest"
            else:
                pending = None if row["story_id"] else "link"
            again = retry_at is not None and pending != "extract"
            published = row["published"]
            if not row["dated"] and article.published is not None:
                published = min(published, seconds(article.published))
            self._run(
                "UPDATE article SET basis = :basis, opinion = :opinion, title = :title,"
                " pending = :pending, published = :published, source = coalesce(:source, source),"
                " tries = :tries, retry_at = :retry_at, problem = :problem, text_dropped_at = NULL"
                " WHERE id = :id",
                {
                    "id": number,
                    "basis": article.basis.value,
                    "opinion": article.opinion,
                    "title": title,
                    "pending": pending,
                    "published": published,
                    "source": article.source and storable(article.source),
                    "tries": row["tries"] + 1 if again else 0,
                    "retry_at": maybe_seconds(retry_at) if again else None,
                    "problem": storable(problem) if again else None,
                },
            )
            if pending != "extract" and not again:
                self._run("DELETE FROM entry WHERE article_id = ?", (number,))
            self._made_anew("entry", number)
            self._made_anew("article", number)
        return True

    def _still_whole(self, number: int, article: Article) -> Article:
        """The article with the whole text that is kept of it."""
        row = self._row(f"{FULL_ARTICLE} WHERE article.id = ?", (number,))
        if row is None or not row["text"]:
            return article
        kept = article_of(row)
        return replace(
            article,
            text=kept.text,
            links=kept.links,
            blocks=kept.blocks,
            pictures=kept.pictures,
            language=kept.language,
            basis=kept.basis,
        )

    def _save_body(self, number: int, title: str, article: Article) -> bool:
        """Keep the text; whether it, or what is told of it, could come out differently."""
        values = {
            "id": number,
            "title": title,
            "text": storable(article.text),
            "byline": article.byline and storable(article.byline),
            "language": article.language,
            "links": dumps([link_to_json(link) for link in article.links]),
            "blocks": blocks_to_text(article),
        }
        before = self._row(
            "SELECT body.title, body.text, body.language, body.links, article.basis,"
            " article.opinion, body.bullets"
            " FROM body JOIN article ON article.id = body.article_id WHERE article_id = ?",
            (number,),
        )
        self._run(
            "INSERT INTO body (article_id, title, text, byline, language, links, blocks)"
            " VALUES (:id, :title, :text, :byline, :language, :links, :blocks)"
            " ON CONFLICT DO UPDATE SET title = excluded.title, text = excluded.text,"
            " byline = excluded.byline, language = excluded.language, links = excluded.links,"
            " blocks = excluded.blocks",
            values,
        )
        if before is None:
            return True
        if before["text"] != values["text"]:
            self._pack_anew(number, before["bullets"], before["text"], storable(article.text))
        after = [values[name] for name in ("title", "text", "language", "links")]
        return [*before][:-1] != [*after, article.basis.value, article.opinion]

    def _pack_anew(self, number: int, bullets: bytes | str, before: str, after: str) -> None:
        """What is packed beside a text that was changed: it stays until it is made anew."""
        if bullets:
            self._run(
                "UPDATE body SET bullets = ? WHERE article_id = ?",
                (repacked(bullets, before, after), number),
            )
        findings = self._value("SELECT findings FROM finding WHERE article_id = ?", (number,))
        if findings is not None:
            self._run(
                "UPDATE finding SET findings = ? WHERE article_id = ?",
                (repacked(findings, before, after), number),
            )

    def mark_extract_failed(
        self, article_id: str, problem: str, retry_at: datetime | None = None
    ) -> None:
        """No article could be made, or none anew of one for whose page its summary stands in: try
        again after ``retry_at``, or never where it is None.
        """
        self._run(
            "UPDATE article SET tries = tries + 1, problem = :problem, retry_at = :retry,"
            " pending = CASE WHEN :retry IS NULL THEN NULL ELSE pending END"
            " WHERE id = :id"
            " AND (pending = 'extract' OR (pending IS NULL AND retry_at IS NOT NULL))",
            {
                "id": self._number("article", article_id),
                "problem": storable(problem),
                "retry": maybe_seconds(retry_at),
            },
        )

    def _same_as_another(self, number: int, canonical: str) -> bool:
        """Whether the page's own address shows the article to be another one of its feed, which
        then stands for both. The titles or texts have to agree: some sites give all their
        pages one address.
        """
        from briefing.text.urls import canonical_url

        address = storable(canonical_url(canonical))
        values = {"id": number, "address": address}
        other = self._value(
            "SELECT other.id FROM article AS own JOIN article AS other"
            " ON other.feed_id = own.feed_id AND other.canonical = :address AND other.id <> own.id"
            " JOIN body AS text ON text.article_id = own.id"
            " JOIN body AS twin ON twin.article_id = other.id"
            " WHERE own.id = :id AND own.story_id IS NULL"
            " AND (own.title = other.title OR text.text <> '' AND text.text = twin.text)"
            " ORDER BY other.id LIMIT 1",
            values,
        )
        if other is None:
            self._run("UPDATE article SET canonical = :address WHERE id = :id", values)
            return False
        self._run(
            "INSERT OR IGNORE INTO alias (feed_id, guid, article_id)"
            " SELECT feed_id, guid, ? FROM article WHERE id = ?",
            (other, number),
        )
        self._run("DELETE FROM article WHERE id = ?", (number,))
        return True
