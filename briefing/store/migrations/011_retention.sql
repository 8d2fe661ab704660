-- Texts that are kept for a time only: when an article's was dropped; null: it is there.

ALTER TABLE article ADD COLUMN text_dropped_at INTEGER;
-- Old articles that still have theirs, feed by feed.
CREATE INDEX article_with_text ON article (feed_id, published) WHERE text_dropped_at IS NULL;
