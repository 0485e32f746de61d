-- Tables without a primary key: equal rows stay apart, and all columns break ties.
CREATE TABLE station (code text UNIQUE, name text);
INSERT INTO station VALUES ('n', 'North'), ('s', 'South'), (NULL, 'Nowhere'), (NULL, 'Anywhere');
CREATE TABLE reading (station_code text, value double precision, unit text);
INSERT INTO reading VALUES ('n', 2.5, 'C'), ('n', 1.0, 'C'), ('n', 2.5, 'C'), ('s', 0.1, NULL), (NULL, 7.0, 'K'), ('?', 8.0, 'K');
ALTER TABLE reading ADD FOREIGN KEY (station_code) REFERENCES station (code) NOT VALID;
