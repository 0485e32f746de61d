-- Keys that are equal for the database and not for a hash map, or the other way round. The target's column decides.
CREATE TABLE writer (code TEXT PRIMARY KEY NOT NULL, name TEXT);
INSERT INTO writer VALUES ('abc', 'small'), ('ABC', 'large'), ('xyz', 'other');
CREATE TABLE book (id INTEGER PRIMARY KEY, writer_code TEXT COLLATE NOCASE REFERENCES writer(code), title TEXT);
INSERT INTO book VALUES (1, 'abc', 'one'), (2, 'ABC', 'two'), (3, 'Abc', 'three'), (4, 'zzz', 'four'), (5, NULL, 'five');

CREATE TABLE city (code TEXT COLLATE RTRIM PRIMARY KEY NOT NULL, name TEXT);
INSERT INTO city VALUES ('x', 'X'), ('y  ', 'Y');
CREATE TABLE street (id INTEGER PRIMARY KEY, city_id TEXT REFERENCES city(code));
INSERT INTO street VALUES (1, 'x'), (2, 'x  '), (3, 'y'), (4, 'y  '), (5, ' x');

CREATE TABLE room (code TEXT PRIMARY KEY NOT NULL, name TEXT);
INSERT INTO room VALUES ('2', 'two'), ('02', 'zero two'), ('2.0', 'two point zero'), ('x', 'ex');
CREATE TABLE booking (id INTEGER PRIMARY KEY, room_id INTEGER REFERENCES room(code));
INSERT INTO booking VALUES (1, 2), (2, '02'), (3, 2.0), (4, 'x'), (5, 3), (6, NULL);

CREATE TABLE thing (key PRIMARY KEY NOT NULL, name TEXT);
INSERT INTO thing VALUES (1, 'integer'), ('1', 'text'), (x'31', 'blob'), (2.5, 'real');
CREATE TABLE note (id INTEGER PRIMARY KEY, thing_id REFERENCES thing(key));
INSERT INTO note VALUES (1, 1), (2, '1'), (3, x'31'), (4, 1.0), (5, 2.5), (6, '2.5'), (7, NULL);
