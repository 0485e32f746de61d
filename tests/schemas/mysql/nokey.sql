-- Tables without a primary key: equal rows stay apart, and all columns break ties.
SET foreign_key_checks = 0;
CREATE TABLE station (code varchar(20) UNIQUE, name varchar(20));
INSERT INTO station VALUES ('n', 'North'), ('s', 'South'), (NULL, 'Nowhere'), (NULL, 'Anywhere');
CREATE TABLE reading (
  station_code varchar(20), value double, unit varchar(20), FOREIGN KEY (station_code) REFERENCES station (code)
);
INSERT INTO reading VALUES ('n', 2.5, 'C'), ('n', 1.0, 'C'), ('n', 2.5, 'C'), ('s', 0.1, NULL), (NULL, 7.0, 'K'), ('?', 8.0, 'K');
SET foreign_key_checks = 1;
