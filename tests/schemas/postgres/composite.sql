-- Keys of two columns. The primary key of `shop` is in another order than its columns. Keys that are partly NULL
-- find nothing; (de, 2) and (fr, 1) differ from (de, 1) in one column only.
CREATE TABLE shop (number integer NOT NULL, country text NOT NULL, name text, PRIMARY KEY (country, number));
INSERT INTO shop VALUES (1, 'de', 'Berlin'), (2, 'de', 'Bonn'), (1, 'fr', 'Paris'), (9, 'fr', NULL);

CREATE TABLE sale (id integer PRIMARY KEY, country text, shop_number integer, amount integer);
INSERT INTO sale VALUES
  (1, 'de', 1, 10), (2, 'de', 1, 30), (3, 'de', 2, 20), (4, 'fr', 1, 20), (5, 'fr', NULL, 5), (6, NULL, 1, 5),
  (7, NULL, NULL, 5), (8, 'it', 1, 5), (9, 'de', 1, NULL);
ALTER TABLE sale ADD FOREIGN KEY (country, shop_number) REFERENCES shop (country, number) NOT VALID;

CREATE TABLE product (maker text NOT NULL, code text NOT NULL, title text, PRIMARY KEY (maker, code));
INSERT INTO product VALUES ('acme', 'a', 'anvil'), ('acme', 'b', 'bell'), ('best', 'a', 'axe');

CREATE TABLE stock (
  country text NOT NULL, number integer NOT NULL, maker text NOT NULL, code text NOT NULL,
  PRIMARY KEY (country, number, maker, code), FOREIGN KEY (country, number) REFERENCES shop (country, number)
);
INSERT INTO stock VALUES
  ('de', 1, 'acme', 'a'), ('de', 1, 'best', 'a'), ('de', 2, 'acme', 'b'), ('fr', 1, 'acme', 'a'), ('fr', 1, 'acme', 'zz');
ALTER TABLE stock ADD FOREIGN KEY (maker, code) REFERENCES product (maker, code) NOT VALID;
