-- Entries that turned out to be an article of their feed under another address and guid.

CREATE TABLE alias (
  feed_id    INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  guid       TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  PRIMARY KEY (feed_id, guid)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_by_article ON alias (article_id);
