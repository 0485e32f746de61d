-- The blog. Foreign keys are not checked while rows are written, as by a dump that is read back.
SET foreign_key_checks = 0;
CREATE TABLE team (id integer PRIMARY KEY, name varchar(100) NOT NULL);
INSERT INTO team VALUES (1, 'core'), (2, 'docs'), (3, 'nobody');

CREATE TABLE author (
  id integer PRIMARY KEY, name varchar(100) NOT NULL, bio text, team_id integer, FOREIGN KEY (team_id) REFERENCES team (id)
);
INSERT INTO author VALUES (1, 'Ada', 'counts', 1), (2, 'Bob', NULL, 1), (3, 'Cleo', 'writes', 2), (4, 'Dora', NULL, NULL);

CREATE TABLE member (
  id integer PRIMARY KEY, team_id integer NOT NULL, role varchar(100), FOREIGN KEY (team_id) REFERENCES team (id)
);
INSERT INTO member VALUES (1, 1, 'lead'), (2, 1, NULL), (3, 2, 'lead'), (4, 1, 'guest');

CREATE TABLE post (
  id integer PRIMARY KEY, author_id integer, title varchar(100) NOT NULL, published boolean NOT NULL, score integer,
  created_at varchar(100), FOREIGN KEY (author_id) REFERENCES author (id)
);
INSERT INTO post VALUES
  (1, 1, 'Rust at night', 1, 5, '2026-01-03'),
  (2, 1, 'Graphs', 1, NULL, '2026-01-01'),
  (3, 2, 'On rust', 0, 5, NULL),
  (4, 3, 'Joins', 1, 9, '2026-01-02'),
  (5, NULL, 'Found', 0, NULL, NULL),
  (6, 99, 'Orphan', 1, 1, '2026-01-05'),
  (7, 1, 'Waves', 1, 2, '2026-01-04');

CREATE TABLE tag (id integer PRIMARY KEY, name varchar(100) NOT NULL, slug varchar(100));
INSERT INTO tag VALUES (1, 'rust', 'rs'), (2, 'sql', 'sql'), (3, 'graph', NULL), (4, 'unused', 'unused');

CREATE TABLE post_tag (
  post_id integer NOT NULL, tag_id integer NOT NULL, added_at varchar(100), PRIMARY KEY (post_id, tag_id),
  FOREIGN KEY (post_id) REFERENCES post (id), FOREIGN KEY (tag_id) REFERENCES tag (id)
);
INSERT INTO post_tag VALUES
  (1, 1, 'mon'), (1, 3, 'tue'), (2, 3, NULL), (3, 1, 'wed'), (4, 2, 'thu'), (4, 3, 'fri'), (7, 2, 'sat'), (7, 98, 'sun');

CREATE TABLE comment (
  id integer PRIMARY KEY, post_id integer NOT NULL, author_id integer, body text NOT NULL, created_at varchar(100),
  FOREIGN KEY (post_id) REFERENCES post (id), FOREIGN KEY (author_id) REFERENCES author (id)
);
INSERT INTO comment VALUES
  (1, 1, 2, 'first', '2026-02-01'), (2, 1, 3, 'second', '2026-02-03'), (3, 1, NULL, 'third', NULL),
  (4, 2, 2, 'fourth', '2026-02-02'), (5, 4, 1, 'fifth', NULL), (6, 4, 1, 'sixth', '2026-02-04'), (7, 97, 1, 'lost', NULL);
SET foreign_key_checks = 1;
