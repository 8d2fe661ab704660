-- Opinion pieces. What was kept before is not judged again: its feeds' words are no longer there.

ALTER TABLE article ADD COLUMN opinion INTEGER NOT NULL DEFAULT 0;  -- its feed or page says so
ALTER TABLE story ADD COLUMN opinion INTEGER NOT NULL DEFAULT 0;    -- all its articles are
