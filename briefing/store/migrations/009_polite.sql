-- What polite fetching has to remember between refreshes.

-- When the permanent redirect to moved_to was first seen; the feed moves a day later at the soonest.
ALTER TABLE feed ADD COLUMN moved_at INTEGER;
-- How its user wants it fetched (FeedSettings), and what it says of its own rhythm (FeedRhythm);
-- JSON, empty where all is as usual.
ALTER TABLE feed ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';
-- For how many days the texts of its articles are kept; null: as all are.
ALTER TABLE feed ADD COLUMN keep_days INTEGER;
-- Why next_fetch_at is when it is, in words.
ALTER TABLE feed ADD COLUMN due_reason TEXT NOT NULL DEFAULT '';

-- Servers that are left alone for a while; none of their feeds is at fault.
CREATE TABLE host (
  name     TEXT PRIMARY KEY,        -- host and port
  failures INTEGER NOT NULL,        -- answers in a row that ask for rest, or say that it is down
  until    INTEGER NOT NULL,
  problem  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Article pages that were asked for: how to ask again, and which are closed to programs.
CREATE TABLE page (
  url           TEXT PRIMARY KEY,
  etag          TEXT,
  last_modified TEXT,
  validated_url TEXT,
  closed_until  INTEGER,
  asked_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX page_by_time ON page (asked_at);
