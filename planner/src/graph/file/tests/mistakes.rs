//! What a graph file must not say, and where that is told; and that no text whatever brings it down.

use super::over::catalog;
use super::*;

#[test]
fn every_mistake_of_a_text_is_told_at_once_and_where() {
    let text = r#"
version = 1
entity.a.colums = []
entity.a.view = 1
entity.a.columns = [{ name = "x", typ = "integer" }, { name = "x" }, { type = "integer" }, "y", { name = "z", type = "int" }]
entity.a.primary_key = "x"
entity.a.unique = ["x", { column = ["x"] }]
entity.b = 3
[entity.c.relationship]
r = true
s = { direction = "many-to-many-to", strategy = "selectn", on = 1, order_by = "x", on_delete = "drop", where = 1 }
t = { on = [["a"], ["a", "b", "c"]], where = { a = { gte = 1, gt = [1] }, b = 2026-01-01, c = {}, d = 99999999999999999999 } }
u = { where = '''{a: 1, b: {lk: 2}}''' }
v = { where = "{a: 1}, limit: 3" }
"#;
    assert_told(
        text,
        GraphFile::parse(text),
        &[
            "version| E0206: no key `version` here; there are `trusted`, `entity`",
            "colums| E0206: no key `colums` here (at a); did you mean `columns`?",
            "typ| E0206: no key `typ` here (at a); did you mean `type`?",
            "\"x\"| E0201: column `x` is given twice (at a); drop one of them",
            "{ type = \"integer\" }| E0204: a column without a name (at a); name it with `name`",
            "\"y\"| E0207: `columns` takes a list of tables `{ name = \"…\", type = \"…\" }`, found a string (at a)",
            "\"int\"| E0207: no type `int` (at a); did you mean `integer`?",
            "1| E0207: `view` takes true or false, found an integer (at a)",
            "\"x\"| E0207: `primary_key` takes a list of column names, found a string (at a)",
            "\"x\"| E0207: `unique` takes a list of lists of column names, or of tables `{ columns = […], exact = … }`, \
             found a string (at a)",
            "column| E0206: no key `column` here (at a); did you mean `columns`?",
            "3| E0207: `b` takes a table, found an integer (at b)",
            "true| E0207: `r` takes a table, or false to drop it, found a boolean (at c.r)",
            "\"many-to-many-to\"| E0207: no direction `many-to-many-to` (at c.s); did you mean `many-to-many`?",
            "1| E0207: `on` takes pairs of columns: `{ here = \"there\" }`, or `[[\"here\", \"there\"]]`, found an integer \
             (at c.s)",
            "\"x\"| E0207: `order_by` takes a list of column names, `-name` for descending, found a string (at c.s)",
            "\"selectn\"| E0207: no strategy `selectn` (at c.s); did you mean `selectin`?",
            "1| E0207: `where` takes a table of conditions, or their text: `{published: true}`, found an integer (at c.s)",
            "\"drop\"| E0207: no on_delete `drop` (at c.s); there are `no action`, `restrict`, `cascade`, `set null`, \
             `set default`",
            "[\"a\"]| E0207: `on` takes pairs of columns: `{ here = \"there\" }`, or `[[\"here\", \"there\"]]`, found a list \
             (at c.t)",
            "[\"a\", \"b\", \"c\"]| E0207: `on` takes pairs of columns: `{ here = \"there\" }`, or \
             `[[\"here\", \"there\"]]`, found a list (at c.t)",
            "gte| E0113: no operator `gte` (at c.t); there are eq, ne, lt, le, gt, ge, like, not_like, in, not_in, is_null",
            "[1]| E0207: `gt` takes a string, a number or a boolean, found a list (at c.t)",
            "2026-01-01| E0207: `b` takes a string, a number or a boolean, found a date or time (at c.t); put it in quotes",
            "{}| E0207: `c` takes a value or a table of operators, found a table (at c.t)",
            "99999999999999999999| E0107: the value of `d` does not fit 64 bits (at c.t); put it in quotes",
            "lk| E0113: no operator `lk` (at c.u); did you mean `like`?",
            "\"{a: 1}, limit: 3\"| E0207: `where` takes a table of conditions, or their text: `{published: true}` (at c.v)",
        ],
    );
}

#[test]
fn syntax_errors_are_told_alone_and_all() {
    let text = "[entity.a\nview = tru\n[entity.b]\nview = 1\nview = 2\n";
    let told = told(text, &GraphFile::parse(text).unwrap_err());
    assert!(told.len() == 2 && told.iter().all(|error| error.contains("E0205")), "{told:#?}");
    assert!(told.iter().any(|error| error.starts_with("view| E0205: duplicate key")), "{told:#?}");
}

#[test]
fn one_syntax_error_is_told_once_and_has_its_place() {
    for depth in [2, 20, 5_000] {
        let text = format!("[entity.post]\nprimary_key = {}", "[".repeat(depth));
        let told = told(&text, &GraphFile::parse(&text).unwrap_err());
        assert!(told.len() <= 2 && told.iter().all(|error| error.contains("E0205")), "{told:#?}");
    }
    let key = vec!["long"; 5_000].join(".");
    for text in [format!("[entity.post]\nview = true\n  {key} = 1\n"), format!("\r\n[{key}]\nx = 1\n")] {
        assert_told(
            &text,
            GraphFile::parse(&text),
            &[
                "long| E0205: a key has too many parts; a graph file is TOML, as `eagerly inspect DB --format toml` writes it",
            ],
        );
    }
}

#[test]
fn a_column_stands_once_in_a_key() {
    let text = r#"
[entity.a]
columns = [{ name = "id", type = "integer" }]
primary_key = ["id", 'id']
unique = [["id", 'id'], { columns = ["id", 'id'] }]
indexes = [["id", 'id'], ["id"], { columns = ["id"], descending = ["id", 'id'] }]
"#;
    let twice = "'id'| E0201: column `id` is given twice (at a); drop one of them";
    assert_told(text, GraphFile::parse(text), &[twice; 5]);
    let text = "[entity.a]\ncolumns = [{ name = \"id\", type = \"integer\" }, { name = \"n\", type = \"text\" }]\n\
                indexes = [{ columns = [\"id\"], descending = ['n'] }]\n";
    let told =
        "a| E0203: an index that descends by `n`, which is none of its columns (at a); list it among the columns too";
    assert_told(text, GraphFile::parse(text).and_then(|file| file.build()), &[told]);
}

/// The rest of a definition is checked all the same, and nothing that only follows is told.
#[test]
fn a_relationship_that_lacks_something_is_checked_for_the_rest() {
    let text = r#"
[entity.post]
columns = [{ name = "id", type = "integer" }, { name = "author_id", type = "integer" }]

[entity.post.relationship.author]
target = "author"
on = { author_id = "idd" }
order_by = ["nam"]
back_populates = "posts"

[entity.post.relationship.id]
target = "autor"
on = { autor_id = "id" }

[entity.post.relationship.nowhere]
on = { nothing = "id" }

[entity.author]
columns = [{ name = "id", type = "integer" }, { name = "name", type = "text" }]

[entity.author.relationship.posts]
direction = "one-to-many"
target = "post"
on = { id = "author_id" }
back_populates = "author"

[entity.author.relationship.others]
direction = "one-to-many"
target = "post"
on = { id = "author_id" }
back_populates = "nowhere"
"#;
    let direction = "give `direction`, \"many-to-one\" or \"one-to-many\" for example";
    assert_told(
        text,
        GraphFile::parse(text).unwrap().build(),
        &[
            &format!("author| E0204: a relationship without a direction (at post.author); {direction}"),
            "\"idd\"| E0202: no column `idd` on `author` (at post.author); did you mean `id`?",
            "\"nam\"| E0202: no column `nam` on `author` (at post.author); did you mean `name`?",
            &format!("id| E0204: a relationship without a direction (at post.id); {direction}"),
            "id| E0201: `id` is a column of `post` too (at post.id); rename the relationship: both would come out under one \
             key",
            "\"autor\"| E0202: no entity `autor` (at post.id); did you mean `author`?",
            "autor_id| E0202: no column `autor_id` on `post` (at post.id); did you mean `author_id`?",
            "nowhere| E0204: a relationship without a target (at post.nowhere); name the entity it leads to with `target`",
            &format!("nowhere| E0204: a relationship without a direction (at post.nowhere); {direction}"),
            "nothing| E0202: no column `nothing` on `post` (at post.nowhere); there are `id`, `author_id`",
        ],
    );
}

#[test]
fn mistakes_of_the_graph_have_their_place_in_the_text() {
    let text = r#"
[entity.author]
columns = [{ name = "id", type = "integer" }, { name = "name" }]
primary_key = ["ident"]

[entity.author.relationship.posts]
direction = "one-to-many"
target = "pots"
on = { id = "author_id" }

[entity.author.relationship.notes]
direction = "one-to-many"
target = "post"
on = { id = "autor_id" }
order_by = ["titel"]
where = { publishd = true }

[entity.author.relationship.books]
on = { id = "author_id" }

[entity.post]
columns = [{ name = "id", type = "integer" }, { name = "author_id", type = "integer" }]

[entity.post.relationship.author]
direction = "many-to-one"
target = "author"
on = { author_id = "id" }
back_populates = "nots"

[entity.post.relationship.tags]
direction = "many-to-one"
target = "author"
on = { author_id = "id" }
target_on = { id = "id" }

[entity.post.relationship.gone]
[entity.post.relationship]
never = false

[entity.empty]
"#;
    let text = text.replace("[entity.post.relationship.gone]\n", "");
    assert_told(
        &text,
        GraphFile::parse(&text).unwrap().build(),
        &[
            "\"name\"| E0204: column `name` has no type (at author); give its `type`, \"integer\" for example",
            "\"ident\"| E0202: no column `ident` on `author` (at author); did you mean `id`?",
            "\"pots\"| E0202: no entity `pots` (at author.posts); did you mean `post`?",
            "\"autor_id\"| E0202: no column `autor_id` on `post` (at author.notes); did you mean `author_id`?",
            "\"titel\"| E0202: no column `titel` on `post` (at author.notes); there are `id`, `author_id`",
            "publishd| E0202: no column `publishd` on `post` (at author.notes); there are `id`, `author_id`",
            "books| E0204: a relationship without a target (at author.books); name the entity it leads to with `target`",
            "books| E0204: a relationship without a direction (at author.books); give `direction`, \"many-to-one\" or \
             \"one-to-many\" for example",
            "\"nots\"| E0202: no relationship `nots` on `author` to populate back (at post.author); did you mean `notes`?",
            "tags| E0203: `target_on` without an association table (at post.tags); name the association table with \
             `secondary`, or drop `target_on`",
            "never| E0202: no relationship `never` on `post` to drop (at post.never); there are `author`, `tags`",
            "empty| E0204: entity `empty` has no columns (at empty); list its columns: `columns = [{ name = \"…\", type = \"…\" }]`",
        ],
    );
}

#[test]
fn a_condition_as_text_has_its_places_too() {
    let text = r#"
[entity.t]
columns = [{ name = "id", type = "integer" }, { name = "n", type = "integer" }]
relationship.r = { direction = "one-to-one", target = "t", on = { id = "id" }, where = """{idd: 1, not: {rs: {any: {}}}}""" }
relationship.s = { direction = "one-to-one", target = "t", on = { id = "id" }, where = '{n: $id}' }
"#;
    assert_told(
        text,
        GraphFile::parse(text).unwrap().build(),
        &[
            "idd| E0202: no column `idd` on `t` (at t.r); did you mean `id`?",
            "rs| E0203: the predicate asks for the relationship `rs` (at t.r); a relationship's predicate can test columns \
             of its target only",
            "n| E0203: the predicate compares `n` with a variable (at t.s); a relationship's predicate is part of \
             the graph: give it a value",
        ],
    );
}

#[test]
fn loops_of_counterparts_are_told_where_they_stand() {
    let node = |relationships: &str| {
        format!(
            "[entity.node]\ncolumns = [{{ name = \"id\", type = \"integer\" }}, {{ name = \"up\", type = \"integer\" }}]\n\
             {relationships}"
        )
    };
    let own = node(
        "relationship.twin = { direction = \"one-to-one\", target = \"node\", on = { id = \"id\" }, \
         back_populates = \"twin\" }",
    );
    assert_told(
        &own,
        GraphFile::parse(&own).unwrap().build(),
        &[
            "\"twin\"| E0203: `twin` is its own counterpart (at node.twin); back_populates names the relationship that leads \
           back, which is another one; drop it",
        ],
    );
    let way = |name: &str, direction: &str, (here, there): (&str, &str), back: &str| {
        format!(
            "relationship.{name} = {{ direction = \"{direction}\", target = \"node\", on = {{ {here} = \"{there}\" }}, \
             back_populates = \"{back}\" }}\n"
        )
    };
    let chain = node(
        &[
            way("a", "many-to-one", ("up", "id"), "b"),
            way("b", "one-to-many", ("id", "up"), "c"),
            way("c", "many-to-one", ("up", "id"), "d"),
            way("d", "one-to-many", ("id", "up"), "a"),
        ]
        .concat(),
    );
    assert_told(
        &chain,
        GraphFile::parse(&chain).unwrap().build(),
        &[
            "a| E0203: `node.b` does not name `a` back (at node.a); name `a` there with `back_populates`",
            "b| E0203: `node.c` does not name `b` back (at node.b); name `b` there with `back_populates`",
            "c| E0203: `node.d` does not name `c` back (at node.c); name `c` there with `back_populates`",
            "d| E0203: `node.a` does not name `d` back (at node.d); name `d` there with `back_populates`",
        ],
    );
}

#[test]
fn a_text_of_any_size_and_shape_is_a_file_or_errors() {
    for text in
        ["", "\u{feff}", "=", "[", "[entity", "entity = []", "[[entity]]", "entity.a.relationship = 1", "\0", "a = '''"]
    {
        let _ = GraphFile::parse(text).map(|file| (file.build(), file.over(&catalog())));
    }
    let deep = format!("entity.a.relationship.r.where = {}", "{ not = ".repeat(5_000));
    assert!(GraphFile::parse(&deep).is_err());
    let wide = format!("entity.a.columns = [{}]", "1, ".repeat(10_000));
    assert_eq!(GraphFile::parse(&wide).unwrap_err().all().len(), 10_000);
}

#[test]
fn every_cut_and_every_missing_character_of_a_text_is_a_file_or_errors_within_it() {
    let check = |text: &str| {
        let errors = match GraphFile::parse(text) {
            Err(errors) => vec![errors],
            Ok(file) => file.build().err().into_iter().chain(file.over(&catalog()).err()).collect(),
        };
        for error in errors.iter().flat_map(|errors| errors.all()) {
            assert!(error.kind == crate::error::ErrorKind::Input, "{error}\n{text}");
            let span = error.at.span.unwrap_or_default().range();
            assert!(text.get(span).is_some(), "{error}\n{text}");
        }
    };
    for (at, c) in BLOG.char_indices() {
        check(&BLOG[..at]);
        check(&format!("{}{}", &BLOG[..at], &BLOG[at + c.len_utf8()..]));
        check(&format!("{}é\"{}", &BLOG[..at], &BLOG[at..]));
    }
}
