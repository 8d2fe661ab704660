-- Texts that are kept for a time only: when an article's was dropped; null: it is there.

ALTER TABLE article ADD COLUMN text_dropped_at INTEGER;
-- Old articles that still have theirs, feed by feed.
CREATE INDEX article_with_text ON article (feed_id, published) WHERE text_dropped_at IS NULL;

-- Digests and briefs are packed (packing.py): bytes, or text where an older version wrote it.
CREATE TABLE finding_packed (
  article_id  INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  findings    ANY NOT NULL,
  produced_by TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO finding_packed SELECT article_id, packed(findings), produced_by FROM finding;
DROP TABLE finding;
ALTER TABLE finding_packed RENAME TO finding;
CREATE INDEX finding_by_maker ON finding (produced_by, article_id);

CREATE TABLE story_detail_packed (
  story_id    INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE,
  brief       ANY NOT NULL,
  reasons     TEXT NOT NULL,
  snapshot    TEXT,                 -- what the reader was shown when last looked
  score_parts TEXT
) STRICT;
INSERT INTO story_detail_packed
SELECT story_id, packed(brief), reasons, snapshot, score_parts FROM story_detail;
DROP TABLE story_detail;
ALTER TABLE story_detail_packed RENAME TO story_detail;
