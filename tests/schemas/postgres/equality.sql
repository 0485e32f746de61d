-- Keys that are equal for PostgreSQL and not for a hash map of what a client reads, or that look so and are not.
CREATE EXTENSION citext;
CREATE COLLATION plain (provider = icu, locale = 'und-u-ks-level1', deterministic = false);

-- Neither case nor accents count, on both sides, on that of the children, on that of the parent.
CREATE TABLE writer (code text COLLATE plain PRIMARY KEY, name text);
INSERT INTO writer VALUES ('ABC', 'large'), ('Élan', 'accent'), ('x', 'other');
CREATE TABLE book (id integer PRIMARY KEY, writer_code text COLLATE plain);
INSERT INTO book VALUES
  (1, 'abc'), (2, 'ABC'), (3, 'Abc'), (4, 'elan'), (5, 'ÉLAN'), (6, 'x '), (7, 'x'), (8, 'zzz'), (9, NULL);
ALTER TABLE book ADD FOREIGN KEY (writer_code) REFERENCES writer (code) NOT VALID;
CREATE TABLE word (code text PRIMARY KEY);
INSERT INTO word VALUES ('abc'), ('ABC'), ('é');
CREATE TABLE spelling (id integer PRIMARY KEY, word_code text COLLATE plain);
INSERT INTO spelling VALUES (1, 'abc'), (2, 'ABC'), (3, 'Abc'), (4, 'e'), (5, 'é'), (6, NULL);
ALTER TABLE spelling ADD FOREIGN KEY (word_code) REFERENCES word (code) NOT VALID;
CREATE TABLE root (code text COLLATE plain PRIMARY KEY);
INSERT INTO root VALUES ('abc'), ('É');
CREATE TABLE leaf (id integer PRIMARY KEY, root_code text);
ALTER TABLE leaf ADD FOREIGN KEY (root_code) REFERENCES root (code);
INSERT INTO leaf VALUES (1, 'abc'), (2, 'ABC'), (3, 'Abc'), (4, 'e'), (5, 'É'), (6, NULL);

-- citext, and citext that refers to text.
CREATE TABLE author (code citext PRIMARY KEY);
INSERT INTO author VALUES ('ABC'), ('é');
CREATE TABLE poem (id integer PRIMARY KEY, author_code citext REFERENCES author (code));
INSERT INTO poem VALUES (1, 'abc'), (2, 'ABC'), (3, 'É'), (4, 'é'), (5, NULL);
CREATE TABLE label (code text PRIMARY KEY);
INSERT INTO label VALUES ('abc'), ('ABC');
CREATE TABLE mark (id integer PRIMARY KEY, label_code citext);
INSERT INTO mark VALUES (1, 'abc'), (2, 'ABC'), (3, 'Abc'), (4, NULL);
ALTER TABLE mark ADD FOREIGN KEY (label_code) REFERENCES label (code) NOT VALID;

-- The padding of char(n): of two lengths, and against text.
CREATE TABLE city (code char(5) PRIMARY KEY, name text);
INSERT INTO city VALUES ('x', 'X'), ('y  ', 'Y'), ('12345', 'full');
CREATE TABLE street (id integer PRIMARY KEY, city_code char(8) REFERENCES city (code));
INSERT INTO street VALUES (1, 'x'), (2, 'x  '), (3, 'y'), (4, '12345'), (5, NULL);
CREATE TABLE note (code text PRIMARY KEY);
INSERT INTO note VALUES ('a'), ('a  '), ('b    ');
CREATE TABLE memo (id integer PRIMARY KEY, note_code char(5));
INSERT INTO memo VALUES (1, 'a'), (2, 'b'), (3, NULL);
ALTER TABLE memo ADD FOREIGN KEY (note_code) REFERENCES note (code) NOT VALID;

-- Numbers: scales differ, types differ, zero has two signs.
CREATE TABLE price (amount numeric PRIMARY KEY, name text);
INSERT INTO price VALUES (1.0, 'one'), (0.10, 'dime'), (12345678901234567890.5, 'long');
CREATE TABLE offer (id integer PRIMARY KEY, price_amount numeric);
INSERT INTO offer VALUES (1, 1), (2, 1.00), (3, 0.1), (4, 12345678901234567890.50), (5, 12345678901234567890.4), (6, NULL);
ALTER TABLE offer ADD FOREIGN KEY (price_amount) REFERENCES price (amount) NOT VALID;
CREATE TABLE number (n numeric PRIMARY KEY);
INSERT INTO number VALUES (1.0), (2), (1.5);
CREATE TABLE whole (id integer PRIMARY KEY, number_n integer);
INSERT INTO whole VALUES (1, 1), (2, 2), (3, 3), (4, NULL);
ALTER TABLE whole ADD FOREIGN KEY (number_n) REFERENCES number (n) NOT VALID;
CREATE TABLE wide (n numeric PRIMARY KEY);
INSERT INTO wide VALUES (1.00), (9007199254740993), (9223372036854775807);
CREATE TABLE narrow (id integer PRIMARY KEY, wide_n bigint);
INSERT INTO narrow VALUES (1, 1), (2, 9007199254740993), (3, 9007199254740992), (4, 9223372036854775807);
ALTER TABLE narrow ADD FOREIGN KEY (wide_n) REFERENCES wide (n) NOT VALID;
CREATE TABLE level (x double precision PRIMARY KEY);
INSERT INTO level VALUES (0), (0.1), (1e300);
CREATE TABLE dot (id integer PRIMARY KEY, level_x double precision REFERENCES level (x));
INSERT INTO dot VALUES (1, '-0'), (2, 0), (3, 0.1), (4, 1e300), (5, NULL);

-- Points in time that differ by a microsecond, and one that is written in two zones.
CREATE TABLE moment (at timestamp PRIMARY KEY, name text);
INSERT INTO moment VALUES ('2026-01-31 12:00:00.000001', 'one'), ('2026-01-31 12:00:00.000002', 'two'), ('2026-01-31', 'midnight');
CREATE TABLE event (id integer PRIMARY KEY, moment_at timestamp);
INSERT INTO event VALUES
  (1, '2026-01-31 12:00:00.000001'), (2, '2026-01-31 12:00:00.000002'), (3, '2026-01-31 12:00:00.000003'),
  (4, '2026-01-31 00:00'), (5, NULL);
ALTER TABLE event ADD FOREIGN KEY (moment_at) REFERENCES moment (at) NOT VALID;
CREATE TABLE stamp (at timestamptz PRIMARY KEY, name text);
INSERT INTO stamp VALUES ('2026-01-31 12:00:00+00', 'noon'), ('2026-01-31 12:00:00.000001+00', 'later');
CREATE TABLE tick (id integer PRIMARY KEY, stamp_at timestamptz REFERENCES stamp (at));
INSERT INTO tick VALUES (1, '2026-01-31 13:00:00+01'), (2, '2026-01-31 12:00:00.000001+00'), (3, NULL);

-- Tuples of text without case and numbers, and both between tables.
CREATE TABLE kit (a text COLLATE plain, b numeric, name text, PRIMARY KEY (a, b));
INSERT INTO kit VALUES ('x', 1.0, 'x one'), ('x', 2, 'x two'), ('Y', 1, 'y one');
CREATE TABLE part (id integer PRIMARY KEY, a text COLLATE plain, b numeric);
INSERT INTO part VALUES (1, 'x', 1), (2, 'X', 1.00), (3, 'X', 2.0), (4, 'y', 1), (5, 'y', 2), (6, NULL, 1), (7, 'x', NULL);
ALTER TABLE part ADD FOREIGN KEY (a, b) REFERENCES kit (a, b) NOT VALID;
CREATE TABLE post (code numeric PRIMARY KEY);
INSERT INTO post VALUES (1.0), (2);
CREATE TABLE tag (slug text COLLATE plain PRIMARY KEY);
INSERT INTO tag VALUES ('rust'), ('SQL');
CREATE TABLE pair (post_code numeric, tag_slug text COLLATE "C", PRIMARY KEY (post_code, tag_slug));
INSERT INTO pair VALUES (1, 'Rust'), (1.00, 'RUST'), (1, 'sql'), (2.0, 'SQL'), (2, 'none'), (3, 'rust');
ALTER TABLE pair ADD FOREIGN KEY (post_code) REFERENCES post (code) NOT VALID;
ALTER TABLE pair ADD FOREIGN KEY (tag_slug) REFERENCES tag (slug) NOT VALID;
