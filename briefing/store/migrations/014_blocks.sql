-- How lines of a text stand in their source: [kind, start, end, level] of each, in JSON.
ALTER TABLE body ADD COLUMN blocks TEXT NOT NULL DEFAULT '[]';
