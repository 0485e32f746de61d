-- Teams with leads, people with managers, posts and notes: many ways to people and to teams.
SET foreign_key_checks = 0;
CREATE TABLE team (id integer PRIMARY KEY, name varchar(20) NOT NULL, lead_id integer,
  FOREIGN KEY (lead_id) REFERENCES person (id));
CREATE TABLE person (
  id integer PRIMARY KEY, name varchar(20) NOT NULL, manager_id integer,
  team_id integer,
  FOREIGN KEY (manager_id) REFERENCES person (id),
  FOREIGN KEY (team_id) REFERENCES team (id)
);
CREATE TABLE post (
  id integer PRIMARY KEY, title varchar(20) NOT NULL, author_id integer,
  team_id integer,
  FOREIGN KEY (author_id) REFERENCES person (id),
  FOREIGN KEY (team_id) REFERENCES team (id)
);
CREATE TABLE note (
  id integer PRIMARY KEY, post_id integer, author_id integer,
  body varchar(20) NOT NULL,
  FOREIGN KEY (post_id) REFERENCES post (id),
  FOREIGN KEY (author_id) REFERENCES person (id)
);
CREATE INDEX note_post ON note (post_id);
INSERT INTO team VALUES (1, 'core', 3), (2, 'docs', 2), (3, 'nobody', NULL);
INSERT INTO person VALUES
  (1, 'Ada', NULL, 1), (2, 'Bob', 1, 1), (3, 'Cleo', 1, 2), (4, 'Dora', 2, NULL), (5, 'Emil', 4, 2);
INSERT INTO post VALUES (1, 'Rust', 4, 1), (2, 'SQL', 5, 2), (3, 'Joins', 2, 2), (4, 'Found', NULL, 3);
INSERT INTO note VALUES
  (1, 1, 2, 'first'), (2, 1, 3, 'second'), (3, 1, 5, 'third'), (4, 2, 1, 'fourth'), (5, 3, NULL, 'fifth'), (6, 3, 4, 'sixth');
SET foreign_key_checks = 1;
