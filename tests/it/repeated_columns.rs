//! Pairs of key columns that name one column several times: of the source, of the target, of the association table.

use crate::everywhere::agrees_everywhere;

const SCHEMA: &str = "
    CREATE TABLE post (id INTEGER PRIMARY KEY, reply_to_id INTEGER, post_id INTEGER);
    CREATE TABLE link (a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, PRIMARY KEY (a, b, c));
    CREATE TABLE word (id VARCHAR(10) PRIMARY KEY, one VARCHAR(10), other VARCHAR(10));
    INSERT INTO post VALUES (1, 1, 1), (2, 1, 2), (3, 3, 3), (4, 3, 3), (5, NULL, 5), (6, 1, 1);
    INSERT INTO link VALUES (1, 1, 3), (1, 2, 4), (3, 3, 3), (3, 3, 4), (4, 3, 1), (2, 2, 2);
    INSERT INTO word VALUES ('a', 'a', 'a'), ('b', 'a', 'b'), ('c', 'b', 'b'), ('d', 'a', 'a');
";

const FILE: &str = r#"
    [entity.post.relationship]
    both = { direction = "one-to-many", target = "post", on = [["id", "post_id"], ["id", "reply_to_id"]] }
    twice = { direction = "one-to-many", target = "post", on = [["id", "post_id"], ["id", "post_id"]] }
    same = { direction = "many-to-one", target = "post", on = [["post_id", "id"], ["reply_to_id", "id"]] }
    linked = { target = "post", secondary = "link", on = [["id", "a"], ["id", "b"]], target_on = { id = "c" } }
    linked_twice = { target = "post", secondary = "link", on = { id = "a" }, target_on = [["id", "b"], ["id", "c"]] }
    linked_here_and_there = { target = "post", secondary = "link", on = [["id", "a"], ["id", "a"]], target_on = [["id", "c"], ["id", "c"]] }

    [entity.word.relationship]
    both = { direction = "one-to-many", target = "word", on = [["id", "one"], ["id", "other"]] }
    same = { direction = "many-to-one", target = "word", on = [["one", "id"], ["other", "id"]] }
"#;

#[test]
fn pairs_may_name_a_column_twice() {
    let mut specs: Vec<String> = Vec::new();
    for (entity, relationships) in
        [("post", &["both", "twice", "linked", "linked_twice", "linked_here_and_there"][..]), ("word", &["both"])]
    {
        for name in relationships {
            specs.extend([
                format!("{{ {entity}(limit: 2) {{ id {name} @subquery {{ id }} }} }}"),
                format!("{{ {entity}(order: [\"-id\"], limit: 4, offset: 1) {{ id {name} @subquery {{ id {name} @subquery {{ id }} }} }} }}"),
                format!("{{ {entity} {{ id {name}(limit: 2, order: [\"-id\"]) {{ id }} }} }}"),
                format!("{{ {entity}(where: {{{name}: {{any: {{}}}}}}) {{ id {name}(limit: 9, offset: 1) {{ id }} }} }}"),
                format!("{{ {entity}(limit: 3) {{ id {name} @joined(inner: true) {{ id }} }} }}"),
            ]);
        }
        specs.push(format!("{{ {entity}(limit: 4) {{ id same @subquery {{ id both @subquery {{ id }} }} }} }}"));
        specs.push(format!("{{ {entity} {{ id same {{ id }} both @recurse {{ id }} }} }}"));
    }
    let specs: Vec<&str> = specs.iter().map(String::as_str).collect();
    agrees_everywhere(|_| SCHEMA.to_owned(), FILE, &specs);
}
