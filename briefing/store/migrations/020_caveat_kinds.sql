-- The kinds of all caveats of a story, for its line in the list. Of stories that were older than any
-- edition reaches back, the weightiest one alone is shown until they are told anew.

ALTER TABLE story ADD COLUMN caveat_kinds TEXT NOT NULL DEFAULT '';  -- weightiest first
UPDATE story SET caveat_kinds = coalesce((
  SELECT caveat_kinds_of(brief, text) FROM story_detail
  LEFT JOIN body ON body.article_id = story_detail.beside WHERE story_detail.story_id = story.id
), '')
WHERE caveat <> '' AND latest >= (SELECT max(latest) FROM story) - 14 * 86400;
