-- Keys that are equal for MariaDB and MySQL and not for a hash map of what a client reads, or that look so and are not.
SET foreign_key_checks = 0;

-- Neither case nor accents nor trailing blanks count.
CREATE TABLE writer (code varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, name varchar(20));
INSERT INTO writer VALUES ('ABC', 'large'), ('Élan', 'accent'), ('x', 'other');
CREATE TABLE book (
  id integer PRIMARY KEY, writer_code varchar(20) COLLATE utf8mb4_general_ci,
  FOREIGN KEY (writer_code) REFERENCES writer (code)
);
INSERT INTO book VALUES
  (1, 'abc'), (2, 'ABC'), (3, 'Abc'), (4, 'elan'), (5, 'ÉLAN'), (6, 'x '), (7, 'x'), (8, 'zzz'), (9, NULL);

-- Bytes count, trailing blanks do not.
CREATE TABLE city (code varchar(20) COLLATE utf8mb4_bin PRIMARY KEY, name varchar(20));
INSERT INTO city VALUES ('x', 'X'), ('y  ', 'Y'), ('12345', 'full');
CREATE TABLE street (
  id integer PRIMARY KEY, city_code varchar(30) COLLATE utf8mb4_bin, FOREIGN KEY (city_code) REFERENCES city (code)
);
INSERT INTO street VALUES (1, 'x'), (2, 'x  '), (3, 'y'), (4, '12345'), (5, NULL), (6, 'X');

-- Numbers: scales differ, one is beyond what is signed, zero has two signs.
CREATE TABLE price (amount decimal(30, 1) PRIMARY KEY, name varchar(20));
INSERT INTO price VALUES (1.0, 'one'), (0.1, 'dime'), (12345678901234567890.5, 'long');
CREATE TABLE offer (id integer PRIMARY KEY, price_amount decimal(30, 2), FOREIGN KEY (price_amount) REFERENCES price (amount));
INSERT INTO offer VALUES (1, 1), (2, 1.00), (3, 0.1), (4, 12345678901234567890.50), (5, 12345678901234567890.40), (6, NULL);
CREATE TABLE wide (n bigint unsigned PRIMARY KEY);
INSERT INTO wide VALUES (1), (9007199254740993), (18446744073709551615);
CREATE TABLE narrow (id integer PRIMARY KEY, wide_n bigint unsigned, FOREIGN KEY (wide_n) REFERENCES wide (n));
INSERT INTO narrow VALUES (1, 1), (2, 9007199254740993), (3, 9007199254740992), (4, 18446744073709551615);
CREATE TABLE level (x double PRIMARY KEY);
INSERT INTO level VALUES (0), (0.1), (1e300);
CREATE TABLE dot (id integer PRIMARY KEY, level_x double, FOREIGN KEY (level_x) REFERENCES level (x));
INSERT INTO dot VALUES (1, -0e0), (2, 0), (3, 0.1), (4, 1e300), (5, NULL);

-- Points in time that differ by a microsecond.
CREATE TABLE moment (at datetime(6) PRIMARY KEY, name varchar(20));
INSERT INTO moment VALUES ('2026-01-31 12:00:00.000001', 'one'), ('2026-01-31 12:00:00.000002', 'two'), ('2026-01-31', 'midnight');
CREATE TABLE event (id integer PRIMARY KEY, moment_at datetime(6), FOREIGN KEY (moment_at) REFERENCES moment (at));
INSERT INTO event VALUES
  (1, '2026-01-31 12:00:00.000001'), (2, '2026-01-31 12:00:00.000002'), (3, '2026-01-31 12:00:00.000003'),
  (4, '2026-01-31 00:00'), (5, NULL);

-- Tuples of text without case and numbers, and both between tables.
CREATE TABLE kit (a varchar(20) COLLATE utf8mb4_general_ci, b decimal(9, 1), name varchar(20), PRIMARY KEY (a, b));
INSERT INTO kit VALUES ('x', 1.0, 'x one'), ('x', 2, 'x two'), ('Y', 1, 'y one');
CREATE TABLE part (
  id integer PRIMARY KEY, a varchar(20) COLLATE utf8mb4_general_ci, b decimal(9, 2), FOREIGN KEY (a, b) REFERENCES kit (a, b)
);
INSERT INTO part VALUES (1, 'x', 1), (2, 'X', 1.00), (3, 'X', 2.0), (4, 'y', 1), (5, 'y', 2), (6, NULL, 1), (7, 'x', NULL);
CREATE TABLE post (code decimal(9, 1) PRIMARY KEY);
INSERT INTO post VALUES (1.0), (2);
CREATE TABLE tag (slug varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY);
INSERT INTO tag VALUES ('rust'), ('SQL');
CREATE TABLE pair (
  post_code decimal(9, 2), tag_slug varchar(20) COLLATE utf8mb4_general_ci, PRIMARY KEY (post_code, tag_slug),
  FOREIGN KEY (post_code) REFERENCES post (code), FOREIGN KEY (tag_slug) REFERENCES tag (slug)
);
INSERT INTO pair VALUES (1, 'Rust'), (1, 'sql'), (2.0, 'SQL'), (2, 'none'), (3, 'rust');
SET foreign_key_checks = 1;
