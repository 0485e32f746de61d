-- A forest: nodes with a parent, a root without one, one whose parent is missing, and a node that is its own parent.
CREATE TABLE node (id integer PRIMARY KEY, parent_id integer, name text NOT NULL, weight double precision);
INSERT INTO node VALUES
  (1, NULL, 'root', 1.5), (2, 1, 'left', 0.5), (3, 1, 'right', NULL), (4, 2, 'left.left', 2.0),
  (5, 2, 'left.right', 0.5), (6, 4, 'deep', 3.25), (7, 77, 'lost', 0.0), (8, 8, 'loop', 1.0);
ALTER TABLE node ADD FOREIGN KEY (parent_id) REFERENCES node (id) NOT VALID;
