-- Every class of value SQLite stores, and a boolean column that holds more than booleans.
CREATE TABLE sample (
  id INTEGER PRIMARY KEY, flag BOOLEAN, number INTEGER, ratio REAL, price DECIMAL(10, 2), text TEXT, bytes BLOB,
  day DATE, any
);
INSERT INTO sample VALUES
  (1, 1, 9223372036854775807, 0.1, 1.10, 'plain', x'00ff', '2026-01-31', 1),
  (2, 0, -9223372036854775808, 1e300, 100, 'é 😀 "q" \ ' || char(9, 10), x'', '2026-02-28T12:00:00Z', '1'),
  (3, 2, 0, 2.0, 0.30, '', NULL, NULL, x'31'),
  (4, NULL, NULL, NULL, NULL, NULL, x'616263', NULL, 2.5),
  (5, 'yes', 1.5, -0.5, 'n/a', 7, 'not a blob', 20260131, NULL);
CREATE TABLE mark (id INTEGER PRIMARY KEY, sample_id INTEGER REFERENCES sample(id), flag BOOLEAN);
INSERT INTO mark VALUES (1, 1, 1), (2, 1, 0), (3, 2, 1), (4, 4, NULL);
