-- Keys of two columns. The primary key of `shop` is in another order than its columns. Keys that are partly NULL
-- find nothing; (de, 2) and (fr, 1) differ from (de, 1) in one column only.
SET foreign_key_checks = 0;
CREATE TABLE shop (number integer NOT NULL, country varchar(20) NOT NULL, name varchar(20), PRIMARY KEY (country, number));
INSERT INTO shop VALUES (1, 'de', 'Berlin'), (2, 'de', 'Bonn'), (1, 'fr', 'Paris'), (9, 'fr', NULL);

CREATE TABLE sale (
  id integer PRIMARY KEY, country varchar(20), shop_number integer, amount integer,
  FOREIGN KEY (country, shop_number) REFERENCES shop (country, number)
);
INSERT INTO sale VALUES
  (1, 'de', 1, 10), (2, 'de', 1, 30), (3, 'de', 2, 20), (4, 'fr', 1, 20), (5, 'fr', NULL, 5), (6, NULL, 1, 5),
  (7, NULL, NULL, 5), (8, 'it', 1, 5), (9, 'de', 1, NULL);

CREATE TABLE product (maker varchar(20) NOT NULL, code varchar(20) NOT NULL, title varchar(20), PRIMARY KEY (maker, code));
INSERT INTO product VALUES ('acme', 'a', 'anvil'), ('acme', 'b', 'bell'), ('best', 'a', 'axe');

CREATE TABLE stock (
  country varchar(20) NOT NULL, number integer NOT NULL, maker varchar(20) NOT NULL, code varchar(20) NOT NULL,
  PRIMARY KEY (country, number, maker, code), FOREIGN KEY (country, number) REFERENCES shop (country, number),
  FOREIGN KEY (maker, code) REFERENCES product (maker, code)
);
INSERT INTO stock VALUES
  ('de', 1, 'acme', 'a'), ('de', 1, 'best', 'a'), ('de', 2, 'acme', 'b'), ('fr', 1, 'acme', 'a'), ('fr', 1, 'acme', 'zz');
SET foreign_key_checks = 1;
