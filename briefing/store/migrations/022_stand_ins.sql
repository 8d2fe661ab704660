-- The articles for whose page a summary stands in until it is asked for again, by their time.

CREATE INDEX article_stand_in ON article (pending, published DESC, retry_at)
WHERE pending IS NULL AND retry_at IS NOT NULL;
