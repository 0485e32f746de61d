-- The blog of the README's example.
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id), title TEXT NOT NULL);
CREATE TABLE tag (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
CREATE TABLE post_tag (
    post_id INTEGER NOT NULL REFERENCES post (id),
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (post_id, tag_id)
);
INSERT INTO author VALUES (1, 'Ada'), (2, 'Grace');
INSERT INTO post VALUES (1, 1, 'Eager loading'), (2, 2, 'Lazy Sundays'), (3, NULL, 'Orphans');
INSERT INTO tag VALUES (1, 'orm'), (2, 'sql');
INSERT INTO post_tag VALUES (1, 1), (1, 2), (2, 1);
