-- The blog of the README and of the reference.
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE post (
    id INTEGER PRIMARY KEY,
    author_id INTEGER REFERENCES author (id),
    title TEXT NOT NULL,
    published BOOLEAN NOT NULL,
    created_at TEXT
);
CREATE TABLE tag (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
CREATE TABLE post_tag (
    post_id INTEGER NOT NULL REFERENCES post (id),
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    added_at TEXT,
    PRIMARY KEY (post_id, tag_id)
);
CREATE TABLE comment (
    id INTEGER PRIMARY KEY,
    post_id INTEGER NOT NULL REFERENCES post (id),
    reply_to_id INTEGER REFERENCES comment (id),
    body TEXT NOT NULL
);
INSERT INTO author VALUES (1, 'Ada'), (2, 'Grace');
INSERT INTO post VALUES
    (1, 1, 'Eager loading', 1, '2026-01-03'), (2, 2, 'Lazy Sundays', 1, '2026-01-01'), (3, NULL, 'Orphans', 0, NULL);
INSERT INTO tag VALUES (1, 'orm'), (2, 'sql');
INSERT INTO post_tag VALUES (1, 1, '2026-01-03'), (1, 2, '2026-01-04'), (2, 1, '2026-01-01');
INSERT INTO comment VALUES (1, 1, NULL, 'First!'), (2, 1, 1, 'Second.'), (3, 1, 2, 'Third?'), (4, 2, NULL, 'So lazy.');
