//! Graph files alone and over a catalog: what they say, what they refuse and where, and that what is written reads back.

use super::GraphFile;
use crate::error::{Errors, Result};
use crate::filter::{CompareOp, Filter};
use crate::graph::{
    Catalog, CatalogTable, ColumnDef, ColumnType, Direction, EntityDef, ForeignKey, IndexDef, IndexOrder, OnDelete,
    RelationshipDef, RelationshipGraph, TableStatistics, UniqueDef,
};
use crate::spec::Strategy;
use crate::value::Value;

/// Every problem: the marked text, then the error as it is shown.
fn told(text: &str, errors: &Errors) -> Vec<String> {
    let marked = |e: &crate::error::Error| e.at.span.map_or("nowhere", |span| &text[span.range()]).to_owned();
    errors.all().iter().map(|e| format!("{}| {e}", marked(e))).collect()
}

#[track_caller]
fn assert_told<T: std::fmt::Debug>(text: &str, result: Result<T>, expected: &[&str]) {
    let told = told(text, &result.expect_err("a mistake"));
    assert_eq!(told, expected, "{told:#?}");
}

fn alone(text: &str) -> Vec<EntityDef> {
    GraphFile::parse(text).unwrap().build().unwrap().to_definitions()
}

fn entity<'a>(entities: &'a [EntityDef], name: &str) -> &'a EntityDef {
    entities.iter().find(|e| e.name == name).unwrap()
}

fn relationship<'a>(entities: &'a [EntityDef], source: &str, name: &str) -> &'a RelationshipDef {
    entity(entities, source).relationships.iter().find(|r| r.name == name).unwrap()
}

const BLOG: &str = r#"
[entity.author]
columns = [{ name = "id", type = "integer" }, { name = "name", type = "text", native = "citext", collation = "NOCASE" }]
primary_key = ["id"]
unique = [["name"], { columns = ["id", "name"], exact = false }, { columns = ["name", "id"], searched = false }]
row_id = "rowid"
relationship.posts = { direction = "one-to-many", target = "post", on = { id = "author_id" }, back_populates = "author" }

[entity.post]
table = "All Posts"
schema = "blog"
view = true
columns = [
  { name = "id", type = "integer" },
  { name = "author_id", type = "integer", nullable = true },
  { name = "title", type = "text" },
  { name = "length", type = "integer", generated = true },
]
primary_key = ["id"]
inexact_primary_key = true
indexes = [
  ["author_id", "title"],
  { columns = ["title"] },
  { columns = ["title", "length"], descending = ["title"], order = "leading" },
  { columns = ["length"], order = "none" },
]

[entity.post.relationship.author]
direction = "many-to-one"
target = "author"
on = { author_id = "id" }
back_populates = "posts"
on_delete = "set null"
strategy = "joined"
trusted = true

[entity.post.relationship.tags]
target = "tag"
secondary = "post_tag"
on = [["id", "post_id"]]
target_on = { id = "tag_id" }
viewonly = true
uselist = true
order_by = ["-name", { column = "-odd" }, "id"]
where = { name = { like = "%r%", ne = "x" }, or = [{ id = { gt = 1 } }, { not = { id = { in = [2, 3] } } }] }

[entity.tag]
columns = [{ name = "id", type = "integer" }, { name = "name", type = "text" }, { name = "-odd", type = "other" }]

[entity.post_tag]
columns = [{ name = "post_id", type = "integer" }, { name = "tag_id", type = "integer" }]
"#;

#[test]
fn a_file_alone_says_all_that_definitions_can_say() {
    let found = alone(BLOG);
    assert_eq!(found.iter().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["author", "post", "tag", "post_tag"]);
    let unsearched = UniqueDef::new(vec!["name".into(), "id".into()], true).searched(false);
    let mut expected = EntityDef {
        row_id: Some("rowid".into()),
        ..EntityDef::new("author")
            .column(ColumnDef::new("id", ColumnType::Integer))
            .column(ColumnDef::new("name", ColumnType::Text).native("citext").collation("NOCASE"))
            .primary_key(["id"])
            .unique(["name"])
            .unique_inexact(["id", "name"])
            .relationship(RelationshipDef::one_to_many("posts", "post").on("id", "author_id").back_populates("author"))
    };
    expected.unique_keys.push(unsearched);
    assert_eq!(*entity(&found, "author"), expected);

    let post = entity(&found, "post");
    assert_eq!((post.table.as_str(), post.schema.as_deref(), post.view), ("All Posts", Some("blog"), true));
    assert!(post.inexact_primary_key && post.columns[1].nullable && post.columns[3].generated);
    let cut = IndexDef::new(["title", "length"]).descending(["title"]).order(IndexOrder::Leading);
    let hash = IndexDef::new(["length"]).order(IndexOrder::None);
    let plain = [IndexDef::new(["author_id", "title"]), IndexDef::new(["title"])];
    assert_eq!(post.indexes.as_deref().unwrap(), [plain.as_slice(), &[cut, hash]].concat());
    let author = RelationshipDef::many_to_one("author", "author")
        .on("author_id", "id")
        .back_populates("posts")
        .on_delete(OnDelete::SetNull)
        .strategy(Strategy::Joined)
        .trusted();
    assert_eq!(*relationship(&found, "post", "author"), author);

    let both = Filter::like("name", "%r%").and(Filter::compare("name", CompareOp::Ne, "x"));
    let either = Filter::compare("id", CompareOp::Gt, 1).or(Filter::Not(Box::new(Filter::is_in("id", [2, 3]))));
    let mut tags = RelationshipDef::many_to_many("tags", "tag")
        .secondary("post_tag", [("id", "post_id")], [("id", "tag_id")])
        .viewonly()
        .order_by(["-name", "-odd", "id"])
        .predicate(both.and(Filter::Or(match either {
            Filter::Or(all) => all,
            other => vec![other],
        })));
    (tags.order_by[1].column, tags.order_by[1].descending) = ("-odd".into(), false);
    assert_eq!(*relationship(&found, "post", "tags"), tags);
}

#[test]
fn what_is_written_reads_back() {
    let graph = GraphFile::parse(BLOG).unwrap().build().unwrap();
    let text = graph.to_toml().unwrap();
    assert_eq!(alone(&text), graph.to_definitions(), "{text}");
    assert_eq!(GraphFile::parse(&text).unwrap().build().unwrap().to_toml().unwrap(), text);
}

#[test]
fn columns_say_what_their_types_lack() {
    let text = r#"
[entity.a]
columns = [
  { name = "id", type = "integer" },
  { name = "doc", type = "json", ordered = false },
  { name = "k", type = "other", native = "double precision[]", settings = ["extra_float_digits"] },
  { name = "n", type = "other", settings = [] },
]
primary_key = ["id"]
"#;
    let found = alone(text);
    let columns = &entity(&found, "a").columns;
    assert_eq!(columns.iter().map(|column| column.ordered).collect::<Vec<_>>(), [true, false, true, true]);
    let settings: Vec<_> = columns.iter().map(|column| column.settings.as_ref().map(|all| all.join(" "))).collect();
    assert_eq!(settings, [None, None, Some("extra_float_digits".to_owned()), Some(String::new())]);
    let graph = GraphFile::parse(text).unwrap().build().unwrap();
    assert_eq!(format!("\n{}", graph.to_toml().unwrap()), text);
    let wrong = "[entity.a]\ncolumns = [{ name = \"x\", type = \"other\", settings = [1], ordered = 1 }]";
    assert_eq!(GraphFile::parse(wrong).unwrap_err().all().len(), 2);
}

#[test]
fn names_need_no_care() {
    let names = [
        "a b",
        "it's \"x\"",
        "é😀",
        "a.b",
        "",
        "line\nbreak\ttab\u{1b}\u{7f}",
        "'''",
        "\\",
        "-x",
        "and",
        "true",
        "\u{9b}\u{202e}'\u{feff}",
    ];
    let mut odd = EntityDef::new("a.b \"c\"\n").table("[x]\u{0}");
    for name in names {
        odd = odd.column(ColumnDef::new(name, ColumnType::Text).native(name).collation(name));
    }
    let pairs = names.iter().rev().fold(RelationshipDef::one_to_many("x\"\ny", "a.b \"c\"\n"), |d, n| d.on(*n, *n));
    let odd = odd
        .primary_key(names)
        .unique([names[0], names[1]])
        .relationship(pairs.order_by(["a b", "-it's \"x\""]))
        .relationship(RelationshipDef::many_to_one("same", "a.b \"c\"\n").on("a b", "é😀").on("a b", "a.b"))
        .relationship(
            RelationshipDef::one_to_one("one", "a.b \"c\"\n")
                .on("a b", "a b")
                .predicate(Filter::eq("é\u{1F600}", "\"\\\n").and(Filter::eq("a.b", 1.0)).and(Filter::eq("", true))),
        );
    let graph = RelationshipGraph::builder().entity(odd.clone()).build().unwrap();
    let text = graph.to_toml().unwrap();
    assert_eq!(alone(&text), [odd], "{text}");
    assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{text:?}");
}

#[test]
fn conditions_are_tables_or_text() {
    let with = |condition: &str| {
        let text = format!(
            "[entity.t]\ncolumns = [{{ name = \"a\", type = \"integer\" }}, {{ name = \"b c\", type = \"text\" }}]\n\
             relationship.r = {{ direction = \"one-to-one\", target = \"t\", on = {{ a = \"a\" }}, where = {condition} }}"
        );
        let parsed = GraphFile::parse(&text).unwrap().build().unwrap();
        let written = parsed.to_toml().unwrap();
        let filter = relationship(&parsed.to_definitions(), "t", "r").predicate.clone().unwrap();
        assert_eq!(relationship(&alone(&written), "t", "r").predicate, Some(filter.clone()), "{written}");
        filter
    };
    assert_eq!(with(r#""{a: 1}""#), Filter::eq("a", 1));
    assert_eq!(with("{ a = 1 }"), Filter::eq("a", 1));
    assert_eq!(with(r#"'{a: {gt: 1.5}, or: [{a: 2}, {a: {is_null: true}}]}'"#), {
        let or = Filter::eq("a", 2).or(Filter::is_null("a"));
        Filter::And(vec![Filter::compare("a", CompareOp::Gt, 1.5), or])
    });
    assert_eq!(with(r#"{ "b c" = { is_null = false } }"#), Filter::is_not_null("b c"));
    assert_eq!(with("{ }"), Filter::And(Vec::new()));
    assert_eq!(with("'''{a: {not_in: []}}\n'''"), with("{ a = { not_in = [] } }"));
}

#[test]
fn what_toml_cannot_say_is_refused_when_it_is_written() {
    for filter in [
        Filter::eq("and", 1),
        Filter::compare("a", CompareOp::Lt, Value::Null),
        Filter::eq("a", vec![1_u8]),
        Filter::eq("a", f64::NAN),
    ] {
        let text = ColumnDef::new("a", ColumnType::Text);
        let entity = EntityDef::new("t")
            .column(text)
            .column(ColumnDef::new("and", ColumnType::Text))
            .relationship(RelationshipDef::one_to_one("r", "t").on("a", "a").predicate(filter));
        let graph = RelationshipGraph::builder().entity(entity).build().unwrap();
        let error = graph.to_toml().unwrap_err();
        assert_eq!(error.first().code, "E0302", "{error}");
    }
}

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

/// Authors, their posts, tags, and a view.
fn catalog() -> Catalog {
    let table = |name: &str, columns: &[&str], key: &[&str]| CatalogTable {
        name: name.into(),
        columns: columns.iter().map(|c| ColumnDef::new(*c, ColumnType::Integer)).collect(),
        primary_key: key.iter().map(ToString::to_string).collect(),
        row_id: Some("rowid".into()),
        ..CatalogTable::default()
    };
    let refers = |mut table: CatalogTable, column: &str, target: &str| {
        let (columns, target_columns) = (vec![column.to_owned()], vec!["id".to_owned()]);
        let on_delete = Some(OnDelete::NoAction);
        table.foreign_keys.push(ForeignKey {
            columns,
            target: target.into(),
            target_schema: None,
            target_columns,
            on_delete,
        });
        table
    };
    let mut author = table("author", &["id", "name"], &["id"]);
    author.unique_keys.push(UniqueDef::new(vec!["name".into()], true));
    let post = refers(table("post", &["id", "author_id", "title"], &["id"]), "author_id", "author");
    let link = table("post_tag", &["post_id", "tag_id"], &["post_id", "tag_id"]);
    let link = refers(refers(link, "post_id", "post"), "tag_id", "tag");
    let mut recent = table("Recent Posts", &["id", "author_id"], &[]);
    (recent.view, recent.row_id) = (true, None);
    Catalog::new(vec![author, post, link, table("tag", &["id", "name"], &["id"]), recent])
}

fn over(text: &str) -> Vec<EntityDef> {
    GraphFile::parse(text).unwrap().over(&catalog()).unwrap().to_definitions()
}

#[test]
fn a_file_written_from_a_database_changes_nothing_over_it_and_says_the_same_alone() {
    let graph = RelationshipGraph::from_catalog(&catalog()).unwrap();
    let text = graph.to_toml().unwrap();
    assert_eq!(over(&text), graph.to_definitions(), "{text}");
    assert_eq!(alone(&text), graph.to_definitions(), "{text}");
    assert_eq!(over(""), graph.to_definitions());
}

#[test]
fn a_file_trusts_all_keys_or_single_ones() {
    let trusted = |text: &str| {
        let graph = GraphFile::parse(text).unwrap().over(&catalog()).unwrap();
        let found = graph.relationships().filter(|(_, r)| graph.is_trusted(r));
        found.map(|(_, r)| format!("{}.{}", graph.entity(r.source).name, r.name)).collect::<Vec<_>>()
    };
    assert_eq!(trusted(""), Vec::<String>::new(), "a catalog is no proof");
    assert_eq!(trusted("trusted = false"), Vec::<String>::new());
    let all = ["post.author", "post_tag.post", "post_tag.tag"];
    assert_eq!(trusted("trusted = true"), all);
    let but = |relationship: &str, is: bool| format!("entity.{relationship} = {{ trusted = {is} }}");
    assert_eq!(trusted(&format!("trusted = true\n{}", but("post.relationship.author", false))), all[1..]);
    assert_eq!(trusted(&but("post.relationship.author", true)), all[..1]);
    let writer = "[entity.post.relationship.writer]\ntarget = \"author\"\ndirection = \"many-to-one\"\n";
    let writer = format!("trusted = true\n{writer}on = {{ author_id = \"id\" }}");
    assert!(trusted(&writer).contains(&"post.writer".to_owned()), "also what the file defines");

    let graph = RelationshipGraph::from_catalog(&catalog()).unwrap().with_trusted_keys();
    let written = graph.to_toml().unwrap();
    assert_eq!(trusted(&written), all, "{written}");
    let alone = GraphFile::parse(&written).unwrap().build().unwrap();
    assert!(alone.relationships().all(|(_, r)| alone.is_trusted(r) == (r.direction == Direction::ManyToOne)));
    assert_told(
        "trusted = 1",
        GraphFile::parse("trusted = 1"),
        &["1| E0207: `trusted` takes true or false, found an integer"],
    );
}

#[test]
fn an_entity_is_changed_key_by_key() {
    let found = over(
        r#"
        [entity.Recent_Posts]
        primary_key = ["id"]
        columns = [{ name = "author_id", type = "text", nullable = true, collation = "NOCASE" }]
        [entity.Recent_Posts.relationship.author]
        direction = "many-to-one"
        target = "author"
        on = { author_id = "id" }
        "#,
    );
    let view = entity(&found, "Recent_Posts");
    assert!(view.view && view.row_id.is_none() && view.table == "Recent Posts");
    assert_eq!(view.primary_key, ["id"]);
    let author_id = ColumnDef::new("author_id", ColumnType::Text).nullable().collation("NOCASE");
    assert_eq!(view.columns, [ColumnDef::new("id", ColumnType::Integer), author_id]);
    assert_eq!(view.relationships.len(), 1);
    let unchanged = RelationshipGraph::from_catalog(&catalog()).unwrap().to_definitions();
    assert_eq!(*entity(&found, "post"), *entity(&unchanged, "post"));
}

#[test]
fn a_column_keeps_the_databases_own_type_unless_the_file_names_one() {
    let id = ColumnDef::new("id", ColumnType::Other).native("mood");
    let table = CatalogTable { name: "post".into(), columns: vec![id.clone()], ..CatalogTable::default() };
    let over = |native: &str| {
        let text = format!("[entity.post]\ncolumns = [{{ name = \"id\", type = \"text\"{native} }}]");
        let graph = GraphFile::parse(&text).unwrap().over(&Catalog::new(vec![table.clone()])).unwrap();
        graph.to_definitions()[0].columns[0].native.clone()
    };
    assert_eq!(over(""), id.native);
    assert_eq!(over(", native = \"\\\"Mood\\\"\"").as_deref(), Some("\"Mood\""));
}

#[test]
fn a_relationship_is_changed_replaced_or_dropped() {
    let found = over(
        r#"
        [entity.author.relationship]
        post = { strategy = "selectin", order_by = ["-title"] }
        [entity.post.relationship]
        tag = false
        [entity.post.relationship.author]
        direction = "many-to-one"
        target = "author"
        on = { author_id = "id" }
        back_populates = "post"
        "#,
    );
    let posts = relationship(&found, "author", "post");
    assert_eq!((posts.strategy, posts.order_by.len()), (Some(Strategy::Selectin), 1));
    assert_eq!((posts.back_populates.as_deref(), posts.on_delete), (Some("author"), Some(OnDelete::NoAction)));
    assert_eq!(relationship(&found, "post", "author").on_delete, None, "the file's own, and nothing of the database's");
    assert!(entity(&found, "post").relationships.iter().all(|r| r.name != "tag"));
    assert_eq!(relationship(&found, "tag", "post").back_populates, None, "what led back leads on");
}

#[test]
fn relationships_of_the_database_lead_back_to_the_files() {
    let renamed = over(
        r#"
        [entity.author.relationship]
        post = false
        posts = { direction = "one-to-many", target = "post", on = { id = "author_id" }, back_populates = "author" }
        "#,
    );
    assert_eq!(relationship(&renamed, "post", "author").back_populates.as_deref(), Some("posts"));
    let added = over(
        r#"
        [entity.author.relationship]
        posts = { direction = "one-to-many", target = "post", on = { id = "author_id" }, back_populates = "author" }
        "#,
    );
    assert_eq!(relationship(&added, "post", "author").back_populates.as_deref(), Some("posts"));
    assert_eq!(relationship(&added, "author", "post").back_populates, None);
    let alone = over(
        r#"
        [entity.author.relationship]
        post = { direction = "one-to-many", target = "post", on = { id = "id" } }
        "#,
    );
    assert_eq!(relationship(&alone, "post", "author").back_populates, None);
}

#[test]
fn an_entity_of_a_new_name_is_another_view_of_its_table() {
    let found = over(
        r#"
        [entity.writer]
        table = "author"
        relationship.works = { direction = "one-to-many", target = "post", on = { id = "author_id" } }
        [entity.tag]
        table = "author"
        "#,
    );
    let (writer, author) = (entity(&found, "writer"), entity(&found, "author"));
    assert_eq!(
        (&writer.columns, &writer.primary_key, &writer.row_id),
        (&author.columns, &author.primary_key, &author.row_id)
    );
    assert_eq!(writer.unique_keys.len(), 1);
    assert_eq!(writer.relationships.len(), 1, "those of the table stay with its own entity");
    assert_eq!(relationship(&found, "writer", "works").direction, Direction::OneToMany);
    let tag = entity(&found, "tag");
    assert_eq!((tag.table.as_str(), tag.columns[1].name.as_str(), tag.relationships.len()), ("author", "name", 2));
    assert_eq!(found.last().unwrap().name, "writer");
}

#[test]
fn what_the_database_does_not_have_is_told_where_the_file_says_it() {
    let text = r#"
[entity.pots]
primary_key = ["id"]
[entity.reader]
table = "authors"
columns = [{ name = "id", type = "integer" }]
primary_key = ["id"]
relationship.posts = { direction = "one-to-many", target = "post", on = { id = "author_id" } }
[entity.stats]
schema = "other"
[entity.author]
columns = [{ name = "nmae", type = "text" }]
primary_key = ["nmae"]
[entity.author.relationship]
posts = false
comments = { strategy = "joined" }
"#;
    assert_told(
        text,
        GraphFile::parse(text).unwrap().over(&catalog()),
        &[
            "pots| E0202: no table or view `pots` in the database (at pots); did you mean `post`?",
            "\"authors\"| E0202: no table or view `authors` in the database (at reader); did you mean `author`?",
            "\"other\"| E0202: no schema `other` was read from the database (at stats); read it too, with \
             `--schema`; leave `schema` out; or plan without the database",
            "\"nmae\"| E0202: no column `nmae` in the table `author` of the database (at author); did you mean `name`?",
            "posts| E0202: no relationship `posts` on `author` to drop (at author.posts); did you mean `post`?",
            "comments| E0202: no relationship `comments` on `author` to change (at author.comments); there are `post`",
        ],
    );
}

#[test]
fn a_change_of_what_is_not_there_is_no_definition() {
    let text = r#"
[entity.post.relationship]
autor = { strategy = "joined" }
authr = { on = { author_id = "id" } }
[entity.author.relationship]
readers = { direction = "one-to-many", on = { idd = "id" } }
[entity.tag]
schema = "main"
relationship.posts = { order_by = ["id"] }
"#;
    let mut catalog = catalog();
    catalog.default_schema = Some("main".to_owned());
    assert_told(
        text,
        GraphFile::parse(text).unwrap().over(&catalog),
        &[
            "autor| E0202: no relationship `autor` on `post` to change (at post.autor); did you mean `author`?",
            "authr| E0202: no relationship `authr` on `post` to change (at post.authr); did you mean `author`?",
            "readers| E0204: a relationship without a target (at author.readers); name the entity it leads to with `target`",
            "idd| E0202: no column `idd` on `author` (at author.readers); did you mean `id`?",
            "posts| E0202: no relationship `posts` on `tag` to change (at tag.posts); did you mean `post`?",
        ],
    );
    let text = "[entity.tag]\nschema = \"main\"\ntable = \"tag\"\n";
    let plain = RelationshipGraph::from_catalog(&catalog).unwrap().to_definitions();
    assert_eq!(GraphFile::parse(text).unwrap().over(&catalog).unwrap().to_definitions(), plain);
}

/// Two relationships of the database that the file parts are counterparts no more; no error blames the other side.
#[test]
fn a_relationship_related_anew_keeps_its_counterpart_as_long_as_that_fits() {
    let back = |found: &[EntityDef]| {
        let back = |source, name| relationship(found, source, name).back_populates.clone();
        (back("post", "author"), back("author", "post"))
    };
    let both = (Some("post".to_owned()), Some("author".to_owned()));
    for (text, expected) in [
        ("[entity.post.relationship.author]\non = { id = \"id\" }", (None, None)),
        ("[entity.post.relationship.author]\non = { author_id = \"id\" }", both.clone()),
        ("[entity.post.relationship.author]\ndirection = \"one-to-many\"", (None, None)),
        ("[entity.author.relationship.post]\ndirection = \"one-to-one\"", both.clone()),
        ("[entity.author.relationship.post]\non = { id = \"id\" }", (None, None)),
        (
            "[entity.author.relationship.post]\non = { id = \"id\" }\n[entity.post.relationship.author]\non = { id = \"id\" }",
            both.clone(),
        ),
        ("[entity.post.relationship.author]\nstrategy = \"joined\"", both),
    ] {
        assert_eq!(back(&over(text)), expected, "{text}");
    }
    let found = over("[entity.post.relationship.tag]\ntarget_on = { name = \"tag_id\" }");
    assert_eq!(relationship(&found, "tag", "post").back_populates, None);
    // What the file itself names is held to it.
    let text = "[entity.post.relationship.author]\non = { id = \"id\" }\nback_populates = \"post\"\n";
    let errors = GraphFile::parse(text).unwrap().over(&catalog()).unwrap_err();
    assert!(told(text, &errors).iter().all(|error| !error.starts_with("nowhere")), "{errors}");
}

/// Names are given before the file is read: a relationship that the file drops still takes its name from others.
#[test]
fn the_names_of_the_database_do_not_depend_on_the_file() {
    let plain = RelationshipGraph::from_catalog(&catalog()).unwrap().to_definitions();
    let names = |entities: &[EntityDef]| -> Vec<String> {
        entities.iter().flat_map(|e| e.relationships.iter().map(move |r| format!("{}.{}", e.name, r.name))).collect()
    };
    let mut expected = names(&plain);
    let changed = names(&over(
        r#"
        [entity.post.relationship]
        author = false
        [entity.author]
        columns = [{ name = "name", type = "text" }]
        [entity.post_tag]
        primary_key = []
        "#,
    ));
    expected.retain(|name| name != "post.author");
    assert_eq!(changed, expected);
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

#[test]
fn statistics_are_given_and_stand_over_what_the_database_counted() {
    let text = r#"
        [entity.post]
        rows = 1_000
        columns = [{ name = "id", type = "integer" }, { name = "body", type = "text", width = 0x10, distinct = 7 }]
        primary_key = ["id"]
        [entity.seen]
        table = "post"
        columns = [{ name = "id", type = "integer" }]
    "#;
    let statistics =
        |graph: &RelationshipGraph, name: &str| graph.entity(graph.entity_id(name).unwrap()).statistics.clone();
    let given = TableStatistics::new().rows(1_000).column_width("body", 16).distinct(["body"], 7);
    let alone = GraphFile::parse(text).unwrap().build().unwrap();
    // Two entities of one table have one table's rows.
    assert_eq!([statistics(&alone, "post"), statistics(&alone, "seen")], [given.clone(), given]);
    assert!(!alone.to_toml().unwrap().contains("rows"), "they do not last, and are not written");

    let columns = vec![ColumnDef::new("id", ColumnType::Integer), ColumnDef::new("body", ColumnType::Text)];
    let counted = TableStatistics::new().rows(5).row_width(40).column_width("body", 30).column_width("id", 4);
    let table = CatalogTable { name: "post".into(), columns, statistics: counted.clone(), ..CatalogTable::default() };
    let catalog = Catalog::new(vec![table]);
    assert_eq!(statistics(&RelationshipGraph::from_catalog(&catalog).unwrap(), "post"), counted);
    let over = GraphFile::parse(text).unwrap().over(&catalog).unwrap();
    let expected = TableStatistics::new().rows(1_000).row_width(40).column_width("id", 4).column_width("body", 16);
    assert_eq!(statistics(&over, "post"), expected.distinct(["body"], 7));

    let wrong = "[entity.post]\nrows = -1\nrow_width = 1.5\ncolumns = [{ name = \"id\", width = \"8\" }]";
    let errors = GraphFile::parse(wrong).unwrap_err();
    assert_eq!(errors.all().len(), 3, "{errors}");
    assert!(errors.all().iter().all(|e| e.message.contains("an integer from 0 on")), "{errors}");
}

/// Two posts and their audits: what each side says of its pairs has to agree.
#[test]
fn counterparts_cast_alike() {
    let file = |there: &str| {
        format!(
            r#"
[entity.post]
columns = [{{ name = "id", type = "integer" }}]
primary_key = ["id"]
relationship.audits = {{ direction = "one-to-many", target = "audit", on = {{ id = {{ column = "record", cast = "text" }} }}, back_populates = "post" }}
[entity.audit]
columns = [{{ name = "record", type = "text" }}]
relationship.post = {{ direction = "many-to-one", target = "post", on = {there}, back_populates = "audits" }}
"#
        )
    };
    let graph = GraphFile::parse(&file(r#"[["record", { column = "id", cast = "text" }]]"#)).unwrap().build().unwrap();
    assert_eq!(
        GraphFile::parse(&graph.to_toml().unwrap()).unwrap().build().unwrap().to_definitions(),
        graph.to_definitions()
    );
    let text = file("{ record = \"id\" }");
    let errors = GraphFile::parse(&text).unwrap().build().unwrap_err();
    assert_eq!((errors.all().len(), errors.first().code), (1, "E0203"));
    assert!(errors.first().message.ends_with("it compares them as another type"), "{errors}");
}

#[test]
fn mistakes_in_a_cast_are_told_at_their_place() {
    let text = r#"
[entity.a]
columns = [{ name = "id", type = "integer" }]
relationship.x = { direction = "one-to-many", target = "a", on = { id = { colum = "id", cast = "txt" } } }
relationship.y = { direction = "one-to-many", target = "a", on = [["id", { cast = "text" }]], cast = 1 }
relationship.z = { direction = "one-to-many", target = "a", on = { id = { column = "nothing", cast = "text" } } }
"#;
    assert_told(
        text,
        GraphFile::parse(text),
        &[
            "colum| E0206: no key `colum` here (at a.x); did you mean `column`?",
            "{ colum = \"id\", cast = \"txt\" }| E0204: a pair without its second column (at a.x); name it with `column`",
            "\"txt\"| E0207: no cast `txt` (at a.x); did you mean `text`?",
            "{ cast = \"text\" }| E0204: a pair without its second column (at a.y); name it with `column`",
            "1| E0207: `cast` takes a string, found an integer (at a.y)",
        ],
    );
}
