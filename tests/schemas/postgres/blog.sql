-- The blog. Foreign keys come after the rows; those with keys that point at nothing are not validated.
CREATE TABLE team (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO team VALUES (1, 'core'), (2, 'docs'), (3, 'nobody');

CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL, bio text, team_id integer REFERENCES team (id));
INSERT INTO author VALUES (1, 'Ada', 'counts', 1), (2, 'Bob', NULL, 1), (3, 'Cleo', 'writes', 2), (4, 'Dora', NULL, NULL);

CREATE TABLE member (id integer PRIMARY KEY, team_id integer NOT NULL REFERENCES team (id), role text);
INSERT INTO member VALUES (1, 1, 'lead'), (2, 1, NULL), (3, 2, 'lead'), (4, 1, 'guest');

CREATE TABLE post (
  id integer PRIMARY KEY, author_id integer, title text NOT NULL, published boolean NOT NULL, score integer, created_at text
);
INSERT INTO post VALUES
  (1, 1, 'Rust at night', true, 5, '2026-01-03'),
  (2, 1, 'Graphs', true, NULL, '2026-01-01'),
  (3, 2, 'On rust', false, 5, NULL),
  (4, 3, 'Joins', true, 9, '2026-01-02'),
  (5, NULL, 'Found', false, NULL, NULL),
  (6, 99, 'Orphan', true, 1, '2026-01-05'),
  (7, 1, 'Waves', true, 2, '2026-01-04');
ALTER TABLE post ADD FOREIGN KEY (author_id) REFERENCES author (id) NOT VALID;

CREATE TABLE tag (id integer PRIMARY KEY, name text NOT NULL, slug text);
INSERT INTO tag VALUES (1, 'rust', 'rs'), (2, 'sql', 'sql'), (3, 'graph', NULL), (4, 'unused', 'unused');

CREATE TABLE post_tag (
  post_id integer NOT NULL REFERENCES post (id), tag_id integer NOT NULL, added_at text, PRIMARY KEY (post_id, tag_id)
);
INSERT INTO post_tag VALUES
  (1, 1, 'mon'), (1, 3, 'tue'), (2, 3, NULL), (3, 1, 'wed'), (4, 2, 'thu'), (4, 3, 'fri'), (7, 2, 'sat'), (7, 98, 'sun');
ALTER TABLE post_tag ADD FOREIGN KEY (tag_id) REFERENCES tag (id) NOT VALID;

CREATE TABLE comment (
  id integer PRIMARY KEY, post_id integer NOT NULL, author_id integer REFERENCES author (id), body text NOT NULL,
  created_at text
);
INSERT INTO comment VALUES
  (1, 1, 2, 'first', '2026-02-01'), (2, 1, 3, 'second', '2026-02-03'), (3, 1, NULL, 'third', NULL),
  (4, 2, 2, 'fourth', '2026-02-02'), (5, 4, 1, 'fifth', NULL), (6, 4, 1, 'sixth', '2026-02-04'), (7, 97, 1, 'lost', NULL);
ALTER TABLE comment ADD FOREIGN KEY (post_id) REFERENCES post (id) NOT VALID;
CREATE INDEX comment_post ON comment (post_id);
