-- Two foreign keys to one table, and a many-to-many of a table with itself.
CREATE TABLE club (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO club VALUES (1, 'Ants'), (2, 'Bees'), (3, 'Cats');
CREATE TABLE game (
  id INTEGER PRIMARY KEY, home_id INTEGER REFERENCES club(id), away_id INTEGER REFERENCES club(id), goals INTEGER
);
INSERT INTO game VALUES (1, 1, 2, 3), (2, 2, 1, 0), (3, 1, 1, NULL), (4, 1, NULL, 2), (5, NULL, 2, 2);
CREATE TABLE rivalry (
  club_id INTEGER NOT NULL REFERENCES club(id), rival_id INTEGER NOT NULL REFERENCES club(id),
  PRIMARY KEY (club_id, rival_id)
);
INSERT INTO rivalry VALUES (1, 2), (2, 1), (1, 3), (3, 3);
