-- One-to-one: by a unique foreign key, by a foreign key that is the primary key, and by a unique index that compares
-- otherwise than its column does, so that two rows are found and the first is taken.
CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE person (id integer PRIMARY KEY, name text NOT NULL, login text UNIQUE);
INSERT INTO person VALUES (1, 'Ada', 'ada'), (2, 'Bob', 'bob'), (3, 'Cleo', NULL);
CREATE TABLE profile (id integer PRIMARY KEY, person_id integer UNIQUE, motto text);
INSERT INTO profile VALUES (10, 2, 'later'), (11, 1, 'now'), (12, NULL, 'free'), (13, 42, 'dangling');
ALTER TABLE profile ADD FOREIGN KEY (person_id) REFERENCES person (id) NOT VALID;
CREATE TABLE passport (person_id integer PRIMARY KEY, number text);
INSERT INTO passport VALUES (1, 'P-1'), (9, 'P-9');
ALTER TABLE passport ADD FOREIGN KEY (person_id) REFERENCES person (id) NOT VALID;
CREATE TABLE account (id integer PRIMARY KEY, login text COLLATE nocase, plan text);
CREATE UNIQUE INDEX account_login ON account (login COLLATE "C");
INSERT INTO account VALUES (3, 'ada', 'free'), (2, 'ADA', 'paid'), (1, 'bob', 'paid');
ALTER TABLE account ADD FOREIGN KEY (login) REFERENCES person (login) NOT VALID;
