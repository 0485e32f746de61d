-- Tables without a primary key: equal rows stay apart, and all columns break ties.
CREATE TABLE station (code TEXT UNIQUE, name TEXT);
INSERT INTO station VALUES ('n', 'North'), ('s', 'South'), (NULL, 'Nowhere'), (NULL, 'Anywhere');
CREATE TABLE reading (station_code TEXT REFERENCES station(code), value REAL, unit TEXT);
INSERT INTO reading VALUES ('n', 2.5, 'C'), ('n', 1.0, 'C'), ('n', 2.5, 'C'), ('s', 0.1, NULL), (NULL, 7.0, 'K'), ('?', 8.0, 'K');
