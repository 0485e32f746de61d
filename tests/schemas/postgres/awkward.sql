-- Names that survive only if they are quoted, and values that survive only if they are bound.
CREATE TABLE "select" ("key" integer PRIMARY KEY, "from" text, "what? ""now""" text);
INSERT INTO "select" VALUES (1, 'it''s', 'a "quote"'), (2, 'semi;colon', '-- no comment'), (3, '', NULL);
CREATE TABLE "Order Details" (
  "Order Id" integer PRIMARY KEY, "group" text, "select_id" integer REFERENCES "select" ("key"), "naïve 😀" text
);
INSERT INTO "Order Details" VALUES (1, 'a', 1, '😀'), (2, '%', 1, 'é'), (3, NULL, 2, '?1'), (4, 'A', NULL, ':x');
CREATE VIEW "group" AS SELECT "key" AS "order", upper("from") AS "where" FROM "select" WHERE "key" < 3;
