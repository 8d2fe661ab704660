-- The tables of the store. Times are seconds since 1970 in UTC; yes and no are 1 and 0.
-- Tables that lists are drawn from (article, story) are narrow; what is read one at a time
-- (texts, findings, briefs) stands apart.

CREATE TABLE feed (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  url           TEXT NOT NULL UNIQUE,
  address       TEXT NOT NULL UNIQUE,   -- url without scheme and last slash: one feed, one row
  title         TEXT NOT NULL,
  site_url      TEXT,
  category      TEXT NOT NULL DEFAULT '',
  weight        REAL NOT NULL DEFAULT 1.0,
  full_text     INTEGER NOT NULL DEFAULT 1,
  etag          TEXT,
  last_modified TEXT,
  language      TEXT,
  added_at      INTEGER,
  fetched_at    INTEGER,
  next_fetch_at INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,
  error         TEXT
) STRICT;

CREATE TABLE story (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: old ids redirect
  headline     TEXT NOT NULL,
  outlets      INTEGER NOT NULL,
  articles     INTEGER NOT NULL,
  latest       INTEGER NOT NULL,
  score        REAL NOT NULL,
  category     TEXT NOT NULL DEFAULT '',
  caveat       TEXT NOT NULL DEFAULT '',
  caveat_kind  TEXT,
  summary_only INTEGER NOT NULL DEFAULT 0,
  state        TEXT NOT NULL DEFAULT 'unread'
               CHECK (state IN ('unread', 'seen', 'updated', 'read')),
  is_starred   INTEGER NOT NULL DEFAULT 0,
  seen_at      INTEGER,
  read_at      INTEGER,
  looked_at    INTEGER
) STRICT;

-- Page by page, best first; `latest` and `category` stand in the index so that rows outside the
-- window are passed over without a visit to the table.
CREATE INDEX story_by_score ON story (score DESC, id, latest, category);
-- Small windows, and the counts of any window, from the index alone.
CREATE INDEX story_by_latest ON story (latest, articles, state);
CREATE INDEX story_unread ON story (score DESC, id, latest) WHERE state = 'unread';
CREATE INDEX story_starred ON story (latest DESC, id DESC) WHERE is_starred = 1;

CREATE TABLE story_detail (
  story_id INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE,
  brief    TEXT NOT NULL,
  reasons  TEXT NOT NULL,
  snapshot TEXT                 -- what the reader was shown when last looked
) STRICT;

CREATE TABLE redirect (
  old_id   INTEGER PRIMARY KEY,
  story_id INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX redirect_by_story ON redirect (story_id);

CREATE TABLE chapter (
  story_id   INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  earlier_id INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  PRIMARY KEY (story_id, earlier_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX chapter_by_earlier ON chapter (earlier_id);

CREATE TABLE article (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  feed_id    INTEGER REFERENCES feed (id),       -- null: kept from a feed that was removed
  guid       TEXT NOT NULL,
  url        TEXT,
  canonical  TEXT,                               -- for comparing only; null where it tells nothing
  title      TEXT NOT NULL,
  source     TEXT NOT NULL,
  category   TEXT NOT NULL DEFAULT '',           -- the feed's, kept in step by a trigger
  basis      TEXT NOT NULL DEFAULT 'summary',
  published  INTEGER NOT NULL,
  dated      INTEGER NOT NULL,                   -- whether the feed gave a time
  fetched_at INTEGER NOT NULL,
  version    TEXT NOT NULL,                      -- a hash of the entry's content
  pending    TEXT DEFAULT 'extract' CHECK (pending IN ('extract', 'digest', 'link')),
  tries      INTEGER NOT NULL DEFAULT 0,
  retry_at   INTEGER,
  problem    TEXT,
  story_id   INTEGER REFERENCES story (id) ON DELETE SET NULL,
  is_read    INTEGER NOT NULL DEFAULT 0,
  is_starred INTEGER NOT NULL DEFAULT 0,
  UNIQUE (feed_id, guid)
) STRICT;

CREATE INDEX article_by_time ON article (published DESC, id DESC);
CREATE INDEX article_by_feed ON article (feed_id, published DESC, id DESC);
CREATE INDEX article_by_category ON article (category, published DESC, id DESC);
CREATE INDEX article_by_story ON article (story_id, published, id) WHERE story_id IS NOT NULL;
CREATE INDEX article_linked ON article (published, id) WHERE story_id IS NOT NULL;
CREATE INDEX article_unread ON article (feed_id) WHERE is_read = 0;
CREATE INDEX article_starred ON article (published DESC, id DESC) WHERE is_starred = 1;
CREATE INDEX article_by_address ON article (feed_id, canonical) WHERE canonical IS NOT NULL;
CREATE INDEX article_pending ON article (pending, published) WHERE pending IS NOT NULL;

CREATE TRIGGER feed_category AFTER UPDATE OF category ON feed
WHEN old.category <> new.category
BEGIN
  UPDATE article SET category = new.category WHERE feed_id = new.id;
END;

-- What a feed said, for as long as its article has not been made of it.
CREATE TABLE entry (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  entry      TEXT NOT NULL
) STRICT;

CREATE TABLE body (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL DEFAULT '',
  bullets    TEXT NOT NULL DEFAULT '',
  byline     TEXT,
  language   TEXT NOT NULL DEFAULT 'en',
  links      TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE finding (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  findings   TEXT NOT NULL
) STRICT;

CREATE TABLE visit (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  begun_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- What a marking in bulk can be taken back to.
CREATE TABLE undo (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE undo_story (
  undo_id  INTEGER NOT NULL REFERENCES undo (id) ON DELETE CASCADE,
  story_id INTEGER NOT NULL,
  state    TEXT NOT NULL,
  read_at  INTEGER,
  PRIMARY KEY (undo_id, story_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE undo_article (
  undo_id    INTEGER NOT NULL REFERENCES undo (id) ON DELETE CASCADE,
  article_id INTEGER NOT NULL,
  PRIMARY KEY (undo_id, article_id)
) STRICT, WITHOUT ROWID;
