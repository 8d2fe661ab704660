-- Up to which article hooks have been told of what is new, and what waits to be given to each.

CREATE TABLE hook_progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE hook_call (
    id INTEGER PRIMARY KEY,
    hook TEXT NOT NULL,
    event TEXT NOT NULL,
    story_id INTEGER,
    article_id INTEGER
) STRICT;

CREATE INDEX hook_call_of ON hook_call (hook, id);
