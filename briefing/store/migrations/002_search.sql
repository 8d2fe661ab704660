-- Search over title, text and bullets. The index keeps no copy of the texts: `body` is its content,
-- and triggers keep the two in step. No stemming: the texts are of many languages, and a word
-- with a star finds its endings.

CREATE VIRTUAL TABLE search USING fts5 (
  title, text, bullets,
  content = 'body', content_rowid = 'article_id',
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '2 3'                -- search as one types: the shortest beginnings are the slowest
);

CREATE TRIGGER body_added AFTER INSERT ON body BEGIN
  INSERT INTO search (rowid, title, text, bullets)
  VALUES (new.article_id, new.title, new.text, new.bullets);
END;

CREATE TRIGGER body_gone AFTER DELETE ON body BEGIN
  INSERT INTO search (search, rowid, title, text, bullets)
  VALUES ('delete', old.article_id, old.title, old.text, old.bullets);
END;

CREATE TRIGGER body_changed AFTER UPDATE OF title, text, bullets ON body
WHEN old.title <> new.title OR old.text <> new.text OR old.bullets <> new.bullets
BEGIN
  INSERT INTO search (search, rowid, title, text, bullets)
  VALUES ('delete', old.article_id, old.title, old.text, old.bullets);
  INSERT INTO search (rowid, title, text, bullets)
  VALUES (new.article_id, new.title, new.text, new.bullets);
END;

INSERT INTO search (search) VALUES ('rebuild');
