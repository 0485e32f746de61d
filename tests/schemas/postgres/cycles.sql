-- What a recursion meets: a chain, loops of one, two and three steps, a tail that leads into a loop; and packages that
-- need each other: a diamond, a loop of three, one that needs itself, one whose need is missing.
CREATE TABLE step (id integer PRIMARY KEY, next_id integer, name text NOT NULL);
INSERT INTO step VALUES
  (1, 2, 'tail'), (2, 3, 'three.a'), (3, 4, 'three.b'), (4, 2, 'three.c'), (5, 6, 'two.a'), (6, 5, 'two.b'),
  (7, 7, 'one'), (8, NULL, 'end'), (9, 8, 'last'), (10, 99, 'lost');
ALTER TABLE step ADD FOREIGN KEY (next_id) REFERENCES step (id) NOT VALID;

CREATE TABLE owner (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO owner VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Cleo');
CREATE TABLE package (id integer PRIMARY KEY, name text NOT NULL, owner_id integer, size integer);
INSERT INTO package VALUES
  (1, 'app', 1, 90), (2, 'web', 2, 50), (3, 'db', 2, NULL), (4, 'log', NULL, 10),
  (5, 'x', 1, 1), (6, 'y', 1, 2), (7, 'z', 77, 3), (8, 'self', 3, 4), (9, 'alone', 3, NULL);
ALTER TABLE package ADD FOREIGN KEY (owner_id) REFERENCES owner (id) NOT VALID;
CREATE TABLE dependency (
  package_id integer NOT NULL REFERENCES package (id), needs_id integer NOT NULL, kind text, optional boolean,
  PRIMARY KEY (package_id, needs_id)
);
INSERT INTO dependency VALUES
  (1, 2, 'run', false), (1, 3, 'run', true), (2, 4, 'run', false), (3, 4, 'build', NULL), (4, 98, 'run', false),
  (5, 6, 'run', false), (6, 7, 'test', true), (7, 5, NULL, false), (8, 8, 'run', true);
ALTER TABLE dependency ADD FOREIGN KEY (needs_id) REFERENCES package (id) NOT VALID;
CREATE TABLE release (id integer PRIMARY KEY, package_id integer REFERENCES package (id), version text NOT NULL);
INSERT INTO release VALUES (1, 1, '1.0'), (2, 1, '1.1'), (3, 4, '0.9'), (4, 4, '0.8'), (5, 4, '1.0'), (6, 2, '2.0'), (7, NULL, '?');
CREATE INDEX release_package ON release (package_id);
