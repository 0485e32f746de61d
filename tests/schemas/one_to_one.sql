-- One-to-one: by a unique foreign key, by a foreign key that is the primary key, and by a unique index that compares
-- otherwise than its column does, so that two rows are found and the first is taken.
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, login TEXT UNIQUE);
INSERT INTO person VALUES (1, 'Ada', 'ada'), (2, 'Bob', 'bob'), (3, 'Cleo', NULL);
CREATE TABLE profile (id INTEGER PRIMARY KEY, person_id INTEGER UNIQUE REFERENCES person(id), motto TEXT);
INSERT INTO profile VALUES (10, 2, 'later'), (11, 1, 'now'), (12, NULL, 'free'), (13, 42, 'dangling');
CREATE TABLE passport (person_id INTEGER PRIMARY KEY REFERENCES person(id), number TEXT);
INSERT INTO passport VALUES (1, 'P-1'), (9, 'P-9');
CREATE TABLE account (id INTEGER PRIMARY KEY, login TEXT COLLATE NOCASE REFERENCES person(login), plan TEXT);
CREATE UNIQUE INDEX account_login ON account (login COLLATE BINARY);
INSERT INTO account VALUES (3, 'ada', 'free'), (2, 'ADA', 'paid'), (1, 'bob', 'paid');
