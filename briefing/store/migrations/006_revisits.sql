-- Pages that are fetched once more because their feed says that they were changed since.

CREATE TABLE revisit (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  updated    INTEGER NOT NULL,               -- the feed's word on it, when last looked at
  times      INTEGER NOT NULL
) STRICT;
