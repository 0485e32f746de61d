-- Two foreign keys to one table, and a many-to-many of a table with itself.
CREATE TABLE club (id integer PRIMARY KEY, name varchar(20) NOT NULL);
INSERT INTO club VALUES (1, 'Ants'), (2, 'Bees'), (3, 'Cats');
CREATE TABLE game (
  id integer PRIMARY KEY, home_id integer, away_id integer, goals integer,
  FOREIGN KEY (home_id) REFERENCES club (id), FOREIGN KEY (away_id) REFERENCES club (id)
);
INSERT INTO game VALUES (1, 1, 2, 3), (2, 2, 1, 0), (3, 1, 1, NULL), (4, 1, NULL, 2), (5, NULL, 2, 2);
CREATE TABLE rivalry (
  club_id integer NOT NULL, rival_id integer NOT NULL, PRIMARY KEY (club_id, rival_id),
  FOREIGN KEY (club_id) REFERENCES club (id), FOREIGN KEY (rival_id) REFERENCES club (id)
);
INSERT INTO rivalry VALUES (1, 2), (2, 1), (1, 3), (3, 3);
