-- Feeds that have moved, and rows that cannot be read.

-- The address that a permanent redirect led to when last fetched; the feed moves on the second sight.
ALTER TABLE feed ADD COLUMN moved_to TEXT;
-- Whose validators etag and last_modified are, where a redirect leads elsewhere than to url.
ALTER TABLE feed ADD COLUMN validated_url TEXT;
-- A feed without a name was called by its address: now its title is empty.
UPDATE feed SET title = '' WHERE title = url;

-- What could not be read, as it was: a refresh goes on without it, and doctor names it.
CREATE TABLE set_aside (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,             -- entry, article, digest or brief
  row_id  INTEGER NOT NULL,          -- of its article or story
  content TEXT NOT NULL,
  problem TEXT NOT NULL,
  UNIQUE (kind, row_id)
) STRICT;
