-- Enclosures of articles, names of feeds that were only their addresses, attributes of outlines.

-- What the feed says is to be heard, seen or fetched with the article: JSON; null: nothing.
ALTER TABLE body ADD COLUMN enclosures TEXT;

-- A feed of a list without titles was called by its address: its own name takes that place. It is
-- asked without validators once, as an answer that nothing has changed has no name in it.
UPDATE article SET source = feed.url FROM feed
WHERE feed.id = article.feed_id AND article.source = feed.title
AND feed.url IN (feed.title, 'http://' || feed.title, 'https://' || feed.title);
UPDATE feed SET title = '', etag = NULL, last_modified = NULL
WHERE title <> '' AND url IN (title, 'http://' || title, 'https://' || title);

-- What a subscription list says of a feed beyond what is used here, to be written out again: JSON.
CREATE TABLE feed_outline (
  feed_id    INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
  attributes TEXT NOT NULL
) STRICT;

-- Entries without a time are known again by what they say.
CREATE INDEX article_undated ON article (feed_id, content_hash) WHERE dated = 0;
