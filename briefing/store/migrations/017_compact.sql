-- Digests and bullets are packed beside their article's text, briefs beside that of their leading
-- article; the search index has the bullets by a view.

CREATE TABLE finding_packed (
  article_id  INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  findings    ANY NOT NULL,         -- packed beside the text
  produced_by TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO finding_packed SELECT finding.article_id,
coalesce(packed_beside(compact_digest(findings), text), findings), produced_by
FROM finding LEFT JOIN body ON body.article_id = finding.article_id ORDER BY finding.article_id;
DROP TABLE finding;
ALTER TABLE finding_packed RENAME TO finding;
CREATE INDEX finding_by_maker ON finding (produced_by, article_id);

CREATE TABLE story_detail_packed (
  story_id    INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE,
  beside      INTEGER,              -- the article whose text the brief is packed beside; or null
  brief       ANY NOT NULL,
  reasons     ANY NOT NULL,         -- packed, as what follows
  score_parts ANY,                  -- beside the brief
  snapshot    TEXT                  -- what the reader was shown when last looked
) STRICT;
INSERT INTO story_detail_packed
SELECT story_id, body.article_id, coalesce(packed_beside(compact_brief(brief), text), brief),
packed(reasons), packed_beside(score_parts, compact_brief(brief)), snapshot
FROM story_detail LEFT JOIN body ON body.article_id = lead_of(brief) ORDER BY story_id;
DROP TABLE story_detail;
ALTER TABLE story_detail_packed RENAME TO story_detail;
CREATE INDEX story_detail_beside ON story_detail (beside) WHERE beside IS NOT NULL;

DROP TRIGGER body_added;
DROP TRIGGER body_gone;
DROP TRIGGER body_changed;
DROP TABLE search;

CREATE TABLE body_packed (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL DEFAULT '',
  bullets    ANY NOT NULL DEFAULT '',       -- packed beside the text, or none
  byline     TEXT,
  language   TEXT NOT NULL DEFAULT 'en',
  links      TEXT NOT NULL DEFAULT '[]',
  blocks     TEXT NOT NULL DEFAULT '[]',    -- [kind, start, end, level] of each
  enclosures TEXT
) STRICT;
INSERT INTO body_packed
SELECT article_id, title, text, CASE bullets WHEN '' THEN '' ELSE packed_beside(bullets, text) END,
byline, language, links, blocks, enclosures FROM body ORDER BY article_id;
DROP TABLE body;
ALTER TABLE body_packed RENAME TO body;

CREATE VIEW searched AS
SELECT article_id, title, text, bullets_of(bullets, text) AS bullets FROM body;

CREATE VIRTUAL TABLE search USING fts5 (
  title, text, bullets,
  content = 'searched', content_rowid = 'article_id',
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '2 3'                -- search as one types: the shortest beginnings are the slowest
);

CREATE TRIGGER body_added AFTER INSERT ON body BEGIN
  INSERT INTO search (rowid, title, text, bullets)
  VALUES (new.article_id, new.title, new.text, bullets_of(new.bullets, new.text));
END;

CREATE TRIGGER body_gone AFTER DELETE ON body BEGIN
  INSERT INTO search (search, rowid, title, text, bullets)
  VALUES ('delete', old.article_id, old.title, old.text, bullets_of(old.bullets, old.text));
END;

CREATE TRIGGER body_changed AFTER UPDATE OF title, text, bullets ON body
WHEN old.title <> new.title OR old.text <> new.text OR old.bullets <> new.bullets
BEGIN
  INSERT INTO search (search, rowid, title, text, bullets)
  VALUES ('delete', old.article_id, old.title, old.text, bullets_of(old.bullets, old.text));
  INSERT INTO search (rowid, title, text, bullets)
  VALUES (new.article_id, new.title, new.text, bullets_of(new.bullets, new.text));
END;

-- A brief does without a text that goes.
CREATE TRIGGER text_gone BEFORE DELETE ON body BEGIN
  UPDATE story_detail SET brief = packed_alone(brief, old.text), beside = NULL
  WHERE beside = old.article_id;
END;

CREATE TRIGGER text_changed BEFORE UPDATE OF text ON body WHEN old.text <> new.text BEGIN
  UPDATE story_detail SET brief = packed_alone(brief, old.text), beside = NULL
  WHERE beside = old.article_id;
END;

INSERT INTO search (search) VALUES ('rebuild');
