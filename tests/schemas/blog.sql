-- Teams of authors and members, posts with tags and comments. Some keys are NULL, some point at nothing.
CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO team VALUES (1, 'core'), (2, 'docs'), (3, 'nobody');

CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, bio TEXT, team_id INTEGER REFERENCES team(id));
INSERT INTO author VALUES (1, 'Ada', 'counts', 1), (2, 'Bob', NULL, 1), (3, 'Cleo', 'writes', 2), (4, 'Dora', NULL, NULL);

CREATE TABLE member (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES team(id), role TEXT);
INSERT INTO member VALUES (1, 1, 'lead'), (2, 1, NULL), (3, 2, 'lead'), (4, 1, 'guest');

CREATE TABLE post (
  id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author(id), title TEXT NOT NULL,
  published BOOLEAN NOT NULL, score INTEGER, created_at TEXT
);
INSERT INTO post VALUES
  (1, 1, 'Rust at night', 1, 5, '2026-01-03'),
  (2, 1, 'Graphs', 1, NULL, '2026-01-01'),
  (3, 2, 'On rust', 0, 5, NULL),
  (4, 3, 'Joins', 1, 9, '2026-01-02'),
  (5, NULL, 'Found', 0, NULL, NULL),
  (6, 99, 'Orphan', 1, 1, '2026-01-05'),
  (7, 1, 'Waves', 1, 2, '2026-01-04');

CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT);
INSERT INTO tag VALUES (1, 'rust', 'rs'), (2, 'sql', 'sql'), (3, 'graph', NULL), (4, 'unused', 'unused');

CREATE TABLE post_tag (
  post_id INTEGER NOT NULL REFERENCES post(id), tag_id INTEGER NOT NULL REFERENCES tag(id), added_at TEXT,
  PRIMARY KEY (post_id, tag_id)
);
INSERT INTO post_tag VALUES
  (1, 1, 'mon'), (1, 3, 'tue'), (2, 3, NULL), (3, 1, 'wed'), (4, 2, 'thu'), (4, 3, 'fri'), (7, 2, 'sat'), (7, 98, 'sun');

CREATE TABLE comment (
  id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES post(id), author_id INTEGER REFERENCES author(id),
  body TEXT NOT NULL, created_at TEXT
);
INSERT INTO comment VALUES
  (1, 1, 2, 'first', '2026-02-01'), (2, 1, 3, 'second', '2026-02-03'), (3, 1, NULL, 'third', NULL),
  (4, 2, 2, 'fourth', '2026-02-02'), (5, 4, 1, 'fifth', NULL), (6, 4, 1, 'sixth', '2026-02-04'), (7, 97, 1, 'lost', NULL);
CREATE INDEX comment_post ON comment (post_id);
