//! Graph files over a catalog.

use super::*;

/// Authors, their posts, tags, and a view.
pub(super) fn catalog() -> Catalog {
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
