-- A value of every type that has a form of its own in JSON, at its ends; a boolean column that holds more than booleans.
CREATE TABLE sample (
  id integer PRIMARY KEY, flag boolean, small smallint, number bigint, big bigint unsigned, ratio double,
  price decimal(10, 2), exact decimal(50, 20), text text, code char(4), bytes varbinary(20), document json, day date,
  clock time(6), at datetime(6), feeling enum('sad', 'happy')
);
INSERT INTO sample VALUES
  (1, true, -32768, 9223372036854775807, 18446744073709551615, 0.1, 1.10, 0.00000000000000000001, 'plain', 'ab', x'00ff',
   '{"b": [1, null], "a": "é"}', '2026-01-31', '23:59:59.999999', '2026-01-31 12:00:00.5', 'sad'),
  (2, false, 32767, -9223372036854775808, 0, 1e300, 100, 123456789012345678901234567890.5, 'é 😀 "q" \\ \t\n', '', x'',
   '"text"', '1000-01-01', '00:00', '2026-02-28', 'happy'),
  (3, 2, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, 'null', NULL, NULL, NULL, NULL);
CREATE TABLE mark (id integer PRIMARY KEY, sample_id integer, flag boolean, FOREIGN KEY (sample_id) REFERENCES sample (id));
INSERT INTO mark VALUES (1, 1, 1), (2, 1, 0), (3, 2, 1), (4, NULL, NULL);
