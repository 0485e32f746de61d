//! Graph files alone and over a catalog: what they say, what they refuse and where, and that what is written reads back.

mod mistakes;
mod over;

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
  { name = "n", type = "other", composite = true, settings = [] },
]
primary_key = ["id"]
"#;
    let found = alone(text);
    let columns = &entity(&found, "a").columns;
    assert_eq!(columns.iter().map(|column| column.ordered).collect::<Vec<_>>(), [true, false, true, true]);
    assert_eq!(columns.iter().map(|column| column.composite).collect::<Vec<_>>(), [false, false, false, true]);
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
