-- What made a digest, what a story's score is made of, marks for a sync, tags and rules.

ALTER TABLE article RENAME COLUMN version TO content_hash;

-- The program and the data that made a digest; empty: before this was kept.
ALTER TABLE finding ADD COLUMN produced_by TEXT NOT NULL DEFAULT '';
CREATE INDEX finding_by_maker ON finding (produced_by, article_id);

-- What does not hang on the reader's preferences; null: told before this was kept.
ALTER TABLE story_detail ADD COLUMN score_parts TEXT;
-- A hash of the preferences that the score was worked out with.
ALTER TABLE story ADD COLUMN preferences TEXT NOT NULL DEFAULT '';

-- The last word on each mark of an article, for a server that is to hear of it.
CREATE TABLE mark_log (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  mark       TEXT NOT NULL CHECK (mark IN ('read', 'starred')),
  value      INTEGER NOT NULL,
  made_at    INTEGER NOT NULL,
  is_sent    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (article_id, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_log_unsent ON mark_log (made_at, article_id) WHERE is_sent = 0;

CREATE TABLE tag (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE article_tag (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  tag_id     INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tag_by_tag ON article_tag (tag_id, article_id);

-- Which articles (a filter in JSON), and what is done with them (an action in JSON), in order.
CREATE TABLE rule (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  filter     TEXT NOT NULL,
  action     TEXT NOT NULL,
  is_enabled INTEGER NOT NULL DEFAULT 1
) STRICT;
