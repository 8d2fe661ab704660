-- Two-way sync: what a server calls our feeds and articles, the marks that it has, and where the
-- last pull of it ended. What it is to hear of stands in mark_log.

CREATE TABLE sync_server (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  kind      TEXT NOT NULL,
  url       TEXT NOT NULL,
  account   TEXT NOT NULL,              -- whose data it gives, as it says itself
  version   TEXT NOT NULL DEFAULT '',   -- of its program
  cursor    TEXT NOT NULL DEFAULT '',   -- the client's own: what is new since
  tried_at  INTEGER,
  synced_at INTEGER,
  problem   TEXT NOT NULL DEFAULT '',   -- of the last try, in words
  retry_at  INTEGER                     -- it asked not to be asked before
) STRICT;

CREATE TABLE sync_feed (
  remote_id TEXT PRIMARY KEY,
  feed_id   INTEGER REFERENCES feed (id) ON DELETE SET NULL,  -- null: removed here
  url       TEXT NOT NULL,              -- this and what follows as the server had it last
  title     TEXT NOT NULL,
  folder    TEXT NOT NULL,
  is_served INTEGER NOT NULL DEFAULT 0, -- its entries come from the server: it is not fetched
  is_gone   INTEGER NOT NULL DEFAULT 0  -- the server has it no more: it is ours alone
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_feed_by_feed ON sync_feed (feed_id);

CREATE TABLE sync_entry (
  remote_id   TEXT PRIMARY KEY,
  article_id  INTEGER REFERENCES article (id) ON DELETE CASCADE,  -- null: not here yet
  remote_feed TEXT NOT NULL,
  address     TEXT NOT NULL,            -- canonical; empty where it tells nothing
  title       TEXT NOT NULL,
  is_read     INTEGER NOT NULL,         -- as the server had it last
  is_starred  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_entry_by_article ON sync_entry (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX sync_entry_waiting ON sync_entry (remote_feed, address) WHERE article_id IS NULL;
