-- What an article said when it was first fetched, only of those that were changed since. Of what
-- was kept before, the text that is there counts as the first.

CREATE TABLE first_text (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL,
  basis      TEXT NOT NULL,                  -- a summary and a whole text are not compared
  changed_at INTEGER NOT NULL
) STRICT;
