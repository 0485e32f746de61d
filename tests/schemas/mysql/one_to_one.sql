-- One-to-one: by a unique foreign key, and by a foreign key that is the primary key.
SET foreign_key_checks = 0;
CREATE TABLE person (id integer PRIMARY KEY, name varchar(20) NOT NULL, login varchar(20) UNIQUE);
INSERT INTO person VALUES (1, 'Ada', 'ada'), (2, 'Bob', 'bob'), (3, 'Cleo', NULL);
CREATE TABLE profile (
  id integer PRIMARY KEY, person_id integer UNIQUE, motto varchar(20), FOREIGN KEY (person_id) REFERENCES person (id)
);
INSERT INTO profile VALUES (10, 2, 'later'), (11, 1, 'now'), (12, NULL, 'free'), (13, 42, 'dangling');
CREATE TABLE passport (
  person_id integer PRIMARY KEY, number varchar(20), FOREIGN KEY (person_id) REFERENCES person (id)
);
INSERT INTO passport VALUES (1, 'P-1'), (9, 'P-9');
CREATE TABLE account (
  id integer PRIMARY KEY, login varchar(20) UNIQUE, plan varchar(20), FOREIGN KEY (login) REFERENCES person (login)
);
INSERT INTO account VALUES (3, 'ada', 'free'), (1, 'bob', 'paid');
SET foreign_key_checks = 1;
