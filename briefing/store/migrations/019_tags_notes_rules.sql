-- Tags by hand and by rules apart, notes, outlets that are hidden in a story, and what rules do.
-- All but the hidden outlets hangs on articles: it goes with them wherever their stories go.

ALTER TABLE article_tag ADD COLUMN by_rule INTEGER NOT NULL DEFAULT 0;
-- Taken away by hand: no rule gives it to an article of that story again.
CREATE TABLE refused_tag (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  tag_id     INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  text       TEXT NOT NULL,
  made_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_article ON note (article_id);

CREATE TABLE hidden_outlet (
  story_id INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  source   TEXT NOT NULL,
  PRIMARY KEY (story_id, source)
) STRICT, WITHOUT ROWID;

-- Rules stand in the configuration, not here.
DROP TABLE rule;
-- What each does with which articles; position: of the rule in the configuration.
CREATE TABLE rule_action (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  action     TEXT NOT NULL,
  rule       TEXT NOT NULL,
  PRIMARY KEY (article_id, position, action)
) STRICT, WITHOUT ROWID;
-- Marks that a rule has made: what is taken back when it no longer does.
CREATE TABLE rule_mark (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  mark       TEXT NOT NULL CHECK (mark IN ('read', 'starred')),
  PRIMARY KEY (article_id, mark)
) STRICT, WITHOUT ROWID;
-- Rules that are switched off until they are changed, as their queries take too long.
CREATE TABLE rule_fault (
  rule    TEXT PRIMARY KEY,
  version TEXT NOT NULL,             -- a hash of the rule
  problem TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- The rules that what stands here was worked out with, and for which articles: one row.
CREATE TABLE rules_applied (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  version  TEXT NOT NULL,            -- a hash of them all
  below    INTEGER NOT NULL,         -- articles before this one still wait since rules changed
  last     INTEGER NOT NULL          -- articles after this one came since, and wait too
) STRICT;

ALTER TABLE story ADD COLUMN is_muted INTEGER NOT NULL DEFAULT 0;  -- by rules
ALTER TABLE story ADD COLUMN boost REAL NOT NULL DEFAULT 1.0;      -- by rules; its score holds it
DROP INDEX story_by_latest;
CREATE INDEX story_by_latest ON story (latest, articles, state, is_muted);
CREATE INDEX story_muted ON story (latest DESC, id DESC) WHERE is_muted = 1;
