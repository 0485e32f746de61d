-- The data of the conformance cases: tables, rows, then foreign keys.
CREATE TABLE addresses (id integer primary key, user_id integer, email_address varchar(100) not null);
INSERT INTO addresses VALUES
  (1,7,'dora@a.example'), (2,8,'bob@b.example'), (3,8,'bob@c.example'), (4,8,'bob@d.example'), (5,9,'cleo@e.example');
CREATE TABLE ca (id integer primary key);
INSERT INTO ca VALUES
  (1), (2);
CREATE TABLE cb (id integer primary key, a_id integer);
INSERT INTO cb VALUES
  (1,1), (2,1), (3,2), (4,NULL);
CREATE TABLE cc (id integer primary key, pa integer, pb integer);
INSERT INTO cc VALUES
  (1,1,1), (2,1,1), (3,1,2), (4,1,NULL), (5,NULL,NULL);
CREATE TABLE cp (a integer, b integer, primary key (a, b));
INSERT INTO cp VALUES
  (1,1), (1,2), (2,1);
CREATE TABLE dingalings (id integer primary key, address_id integer unique, data varchar(100));
INSERT INTO dingalings VALUES
  (1,2,'ding 1/2'), (2,5,'ding 2/5');
CREATE TABLE item_keywords (item_id integer, keyword_id integer, primary key (item_id, keyword_id));
INSERT INTO item_keywords VALUES
  (1,2), (2,2), (1,4), (1,6), (2,5), (3,3), (3,4), (2,7), (3,6);
CREATE TABLE items (id integer primary key, description varchar(100));
INSERT INTO items VALUES
  (1,'item 1'), (2,'item 2'), (3,'item 3'), (4,'item 4'), (5,'item 5');
CREATE TABLE keywords (id integer primary key, name varchar(100));
INSERT INTO keywords VALUES
  (1,'blue'), (2,'red'), (3,'green'), (4,'big'), (5,'small'), (6,'round'), (7,'square');
CREATE TABLE nodes (id integer primary key, parent_id integer, data varchar(100));
INSERT INTO nodes VALUES
  (1,NULL,'n1'), (2,1,'n11'), (3,1,'n12'), (4,1,'n13'), (5,3,'n121'), (6,3,'n122'), (7,3,'n123');
CREATE TABLE order_items (item_id integer, order_id integer, primary key (order_id, item_id));
INSERT INTO order_items VALUES
  (1,1), (2,1), (3,1), (1,2), (2,2), (3,2), (3,3), (4,3), (5,3), (1,4), (5,4), (5,5);
CREATE TABLE orders (id integer primary key, user_id integer, description varchar(100), isopen integer, address_id integer);
INSERT INTO orders VALUES
  (1,7,'order 1',0,1), (2,9,'order 2',0,4), (3,7,'order 3',1,1), (4,9,'order 4',1,4), (5,7,'order 5',0,NULL);
CREATE TABLE users (id integer primary key, name varchar(100) not null);
INSERT INTO users VALUES
  (7,'dora'), (8,'bob'), (9,'cleo'), (10,'ann');
ALTER TABLE addresses ADD FOREIGN KEY (user_id) REFERENCES users(id);
ALTER TABLE cb ADD FOREIGN KEY (a_id) REFERENCES ca(id);
ALTER TABLE cc ADD FOREIGN KEY (pa, pb) REFERENCES cp(a, b);
ALTER TABLE dingalings ADD FOREIGN KEY (address_id) REFERENCES addresses(id);
ALTER TABLE item_keywords ADD FOREIGN KEY (item_id) REFERENCES items(id);
ALTER TABLE item_keywords ADD FOREIGN KEY (keyword_id) REFERENCES keywords(id);
ALTER TABLE nodes ADD FOREIGN KEY (parent_id) REFERENCES nodes(id);
ALTER TABLE order_items ADD FOREIGN KEY (item_id) REFERENCES items(id);
ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders(id);
ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users(id);
ALTER TABLE orders ADD FOREIGN KEY (address_id) REFERENCES addresses(id);
