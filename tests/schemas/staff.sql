-- Teams with leads, people with managers, posts and notes: many ways to people and to teams.
CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lead_id INTEGER REFERENCES person(id));
CREATE TABLE person (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, manager_id INTEGER REFERENCES person(id),
  team_id INTEGER REFERENCES team(id)
);
CREATE TABLE post (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER REFERENCES person(id),
  team_id INTEGER REFERENCES team(id)
);
CREATE TABLE note (
  id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES post(id), author_id INTEGER REFERENCES person(id),
  body TEXT NOT NULL
);
CREATE INDEX note_post ON note (post_id);
INSERT INTO team VALUES (1, 'core', 3), (2, 'docs', 2), (3, 'nobody', NULL);
INSERT INTO person VALUES
  (1, 'Ada', NULL, 1), (2, 'Bob', 1, 1), (3, 'Cleo', 1, 2), (4, 'Dora', 2, NULL), (5, 'Emil', 4, 2);
INSERT INTO post VALUES (1, 'Rust', 4, 1), (2, 'SQL', 5, 2), (3, 'Joins', 2, 2), (4, 'Found', NULL, 3);
INSERT INTO note VALUES
  (1, 1, 2, 'first'), (2, 1, 3, 'second'), (3, 1, 5, 'third'), (4, 2, 1, 'fourth'), (5, 3, NULL, 'fifth'), (6, 3, 4, 'sixth');
