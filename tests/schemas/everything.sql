-- Every kind of table, key and foreign key that SQLite has. Some foreign keys point at nothing, or at a view.
CREATE TABLE "Order Details" ("Order Id" INTEGER PRIMARY KEY, "select" INTEGER REFERENCES "select", "it's ""x""" TEXT);
INSERT INTO "Order Details" VALUES (1, 1, 'a'), (2, 9, NULL), (3, NULL, 'c');
CREATE TABLE "select" ("group" INTEGER PRIMARY KEY, "FROM" TEXT);
INSERT INTO "select" VALUES (1, 'x'), (2, NULL);
CREATE TABLE Mixed (Id INTEGER PRIMARY KEY, PARENT_ID INTEGER REFERENCES mixed (ID));
INSERT INTO Mixed VALUES (1, NULL), (2, 1), (3, 1), (4, 4);
CREATE TABLE pair (a INTEGER, b TEXT, up_a INTEGER, up_b TEXT, PRIMARY KEY (b, a),
    FOREIGN KEY (up_b, up_a) REFERENCES pair);
INSERT INTO pair VALUES (1, 'x', NULL, NULL), (1, 'y', 1, 'x'), (2, 'x', 1, NULL);
CREATE TABLE game (id INTEGER PRIMARY KEY, home_id REFERENCES club, away_id REFERENCES club, referee REFERENCES club);
CREATE TABLE club (id INTEGER PRIMARY KEY, code TEXT UNIQUE, short TEXT, long TEXT, UNIQUE (short, long));
INSERT INTO club VALUES (1, 'A', 's', 'l'), (2, 'B', 's', 'm'), (3, NULL, NULL, NULL);
INSERT INTO game VALUES (1, 1, 2, NULL), (2, 2, 1, 3), (3, 1, 1, 1);
CREATE TABLE member (id INTEGER PRIMARY KEY, club_code TEXT REFERENCES club (code), s TEXT, l TEXT,
    FOREIGN KEY (s, l) REFERENCES club (short, long));
INSERT INTO member VALUES (1, 'A', 's', 'm'), (2, 'Z', 's', NULL), (3, NULL, NULL, NULL);
CREATE TABLE partly (id INTEGER PRIMARY KEY, club_id INTEGER REFERENCES club, live BOOLEAN, name TEXT);
CREATE UNIQUE INDEX partly_live ON partly (club_id) WHERE live;
CREATE UNIQUE INDEX partly_name ON partly (lower(name));
INSERT INTO partly VALUES (1, 1, 1, 'a'), (2, 1, 0, 'b');
CREATE TABLE computed (id INTEGER PRIMARY KEY, n INTEGER, twice INTEGER AS (n * 2), club_id INTEGER AS (n + 0) STORED
    REFERENCES club);
INSERT INTO computed (id, n) VALUES (1, 1), (2, 2), (3, NULL);
CREATE TABLE tag (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
INSERT INTO tag VALUES ('t', 'T'), ('u', 'U');
CREATE TABLE tagged (club_id INTEGER REFERENCES club, tag_code TEXT REFERENCES tag, PRIMARY KEY (club_id, tag_code))
    STRICT, WITHOUT ROWID;
INSERT INTO tagged VALUES (1, 't'), (1, 'u'), (2, 't');
CREATE TABLE rivals (club_id REFERENCES club, rival_id REFERENCES club, PRIMARY KEY (club_id, rival_id));
INSERT INTO rivals VALUES (1, 2), (2, 1), (3, 3);
CREATE TABLE strict (id INT PRIMARY KEY, value ANY, club_id INT REFERENCES club) STRICT;
INSERT INTO strict VALUES (1, 'text', 1), (2, 2.5, NULL);
CREATE TABLE log (at TEXT, club_id INTEGER REFERENCES club);
INSERT INTO log VALUES ('now', 1), ('now', 1), (NULL, NULL);
CREATE TABLE dangling (id INTEGER PRIMARY KEY, a REFERENCES nowhere, b REFERENCES nowhere (id), c REFERENCES club (no),
    d REFERENCES log, e REFERENCES busy, f REFERENCES club);
INSERT INTO dangling VALUES (1, 1, 1, 1, 1, 1, 1), (2, NULL, NULL, NULL, NULL, NULL, 77);
CREATE VIEW busy AS SELECT club.id, count(*) AS games FROM club JOIN game ON home_id = club.id GROUP BY 1;
CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES b);
CREATE TABLE b (id INTEGER PRIMARY KEY, a_id UNIQUE REFERENCES a);
INSERT INTO a VALUES (1, 1), (2, NULL);
INSERT INTO b VALUES (1, 1), (2, 2);
CREATE VIRTUAL TABLE words USING fts5 (word);
INSERT INTO words VALUES ('one'), ('two');
