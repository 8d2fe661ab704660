-- The time that a feed gives an article, where it lay in the future when the article was fetched: it is shown, and
-- counts as that of the fetch for everything else.

CREATE TABLE stated_time (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL
) STRICT;
