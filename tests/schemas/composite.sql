-- Keys of two columns. The primary key of `shop` is in another order than its columns. Keys that are partly NULL
-- find nothing; (de, 2) and (fr, 1) differ from (de, 1) in one column only.
CREATE TABLE shop (number INTEGER NOT NULL, country TEXT NOT NULL, name TEXT, PRIMARY KEY (country, number));
INSERT INTO shop VALUES (1, 'de', 'Berlin'), (2, 'de', 'Bonn'), (1, 'fr', 'Paris'), (9, 'fr', NULL);

CREATE TABLE sale (
  id INTEGER PRIMARY KEY, country TEXT, shop_number INTEGER, amount INTEGER,
  FOREIGN KEY (country, shop_number) REFERENCES shop (country, number)
);
INSERT INTO sale VALUES
  (1, 'de', 1, 10), (2, 'de', 1, 30), (3, 'de', 2, 20), (4, 'fr', 1, 20), (5, 'fr', NULL, 5), (6, NULL, 1, 5),
  (7, NULL, NULL, 5), (8, 'it', 1, 5), (9, 'de', 1, NULL);

CREATE TABLE product (maker TEXT NOT NULL, code TEXT NOT NULL, title TEXT, PRIMARY KEY (maker, code));
INSERT INTO product VALUES ('acme', 'a', 'anvil'), ('acme', 'b', 'bell'), ('best', 'a', 'axe');

CREATE TABLE stock (
  country TEXT NOT NULL, number INTEGER NOT NULL, maker TEXT NOT NULL, code TEXT NOT NULL,
  PRIMARY KEY (country, number, maker, code),
  FOREIGN KEY (country, number) REFERENCES shop (country, number),
  FOREIGN KEY (maker, code) REFERENCES product (maker, code)
);
INSERT INTO stock VALUES
  ('de', 1, 'acme', 'a'), ('de', 1, 'best', 'a'), ('de', 2, 'acme', 'b'), ('fr', 1, 'acme', 'a'), ('fr', 1, 'acme', 'zz');
