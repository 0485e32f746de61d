-- A value of every type that has a form of its own in JSON, at its ends.
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE sample (
  id integer PRIMARY KEY, flag boolean, small smallint, number bigint, ratio double precision, price numeric(10, 2),
  exact numeric, text text, code char(4), bytes bytea, uid uuid, document jsonb, day date, clock time, at timestamp, feeling mood
);
INSERT INTO sample VALUES
  (1, true, -32768, 9223372036854775807, 0.1, 1.10, 0.00000000000000000001, 'plain', 'ab', '\x00ff',
   '6F9619FF-8B86-D011-B42D-00C04FC964FF', '{"b": [1, null], "a": "é"}', '2026-01-31', '23:59:59.999999',
   '2026-01-31 12:00:00.5', 'sad'),
  (2, false, 32767, -9223372036854775808, 1e300, 100, 123456789012345678901234567890.5, E'é 😀 "q" \\ \t\n', '', '', NULL,
   '"text"', '0001-01-01', '00:00', '2026-02-28', 'happy'),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, '', NULL, NULL, NULL, 'null', NULL, NULL, NULL, NULL);
CREATE TABLE mark (id integer PRIMARY KEY, sample_id integer REFERENCES sample (id), flag boolean);
INSERT INTO mark VALUES (1, 1, true), (2, 1, false), (3, 2, true), (4, NULL, NULL);
