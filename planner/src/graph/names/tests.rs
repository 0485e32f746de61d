//! One test for each sentence of the naming contract, in its order, and then what the contract leaves to us.

use super::clean::{clean, without_id};
use crate::graph::{
    Catalog, CatalogTable, ColumnDef, ColumnType, Direction, EntityDef, ForeignKey, OnDelete, RelationshipDef,
    RelationshipGraph, UniqueDef,
};

/// A table of these columns, separated by blanks; the first is the primary key.
fn table(name: &str, columns: &str) -> CatalogTable {
    let columns: Vec<ColumnDef> = columns.split(' ').map(|c| ColumnDef::new(c, ColumnType::Integer)).collect();
    let primary_key = vec![columns[0].name.clone()];
    CatalogTable { name: name.into(), columns, primary_key, ..CatalogTable::default() }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

impl CatalogTable {
    fn key(mut self, columns: &str) -> Self {
        self.primary_key = words(columns);
        self
    }

    fn unique(mut self, columns: &str, exact: bool) -> Self {
        self.unique_keys.push(UniqueDef::new(words(columns), exact));
        self
    }

    /// A foreign key; its target's columns may follow the target: `post(author_id)`.
    fn refers(mut self, columns: &str, target: &str) -> Self {
        let (target, target_columns) = target.trim_end_matches(')').split_once('(').unwrap_or((target, "id"));
        let (columns, target_columns) = (words(columns), words(target_columns));
        self.foreign_keys.push(ForeignKey {
            columns,
            target: target.into(),
            target_schema: None,
            target_columns,
            on_delete: None,
        });
        self
    }

    fn column(mut self, name: &str) -> Self {
        self.columns.push(ColumnDef::new(name, ColumnType::Integer));
        self
    }
}

/// The definitions, in whatever order the catalog lists its tables and keys, once they are seen to make a graph.
fn definitions(tables: &[CatalogTable]) -> Vec<EntityDef> {
    let catalog = Catalog::new(tables.to_vec());
    let definitions = RelationshipGraph::definitions(&catalog);
    RelationshipGraph::from_catalog(&catalog).unwrap();
    let mut reversed = catalog;
    reversed.tables.reverse();
    reversed.tables.iter_mut().for_each(|t| t.foreign_keys.reverse());
    assert_eq!(RelationshipGraph::definitions(&reversed), definitions);
    definitions
}

fn entity_names(tables: &[&str]) -> Vec<String> {
    let tables: Vec<CatalogTable> = tables.iter().map(|name| table(name, "id")).collect();
    definitions(&tables).into_iter().map(|e| e.name).collect()
}

fn find<'a>(definitions: &'a [EntityDef], entity: &str) -> &'a EntityDef {
    definitions.iter().find(|e| e.name == entity).unwrap()
}

fn relationship<'a>(definitions: &'a [EntityDef], entity: &str, name: &str) -> &'a RelationshipDef {
    let entity = find(definitions, entity);
    entity.relationships.iter().find(|r| r.name == name).unwrap_or_else(|| panic!("{:#?}", entity.relationships))
}

/// The relationships of an entity, `name: direction target`, in the order of their definition.
fn relationships(tables: &[CatalogTable], entity: &str) -> Vec<String> {
    let definitions = definitions(tables);
    let of = find(&definitions, entity);
    of.relationships.iter().map(|r| format!("{}: {} {}", r.name, r.direction.name(), r.target)).collect()
}

fn names(tables: &[CatalogTable], entity: &str) -> Vec<String> {
    find(&definitions(tables), entity).relationships.iter().map(|r| r.name.clone()).collect()
}

// Entities.

#[test]
fn an_entity_has_its_tables_name() {
    assert_eq!(entity_names(&["post", "Author", "a_2"]), ["Author", "a_2", "post"]);
}

#[test]
fn other_characters_become_underscores_and_a_leading_digit_gets_one() {
    assert_eq!(entity_names(&["Order Details"]), ["Order_Details"]);
    assert_eq!(clean("é\u{1F600}.x-1_Z"), "___x_1_Z");
    assert_eq!(clean("2fa"), "_2fa");
    assert_eq!(clean("٣x"), "_x", "a digit of another script is replaced like any other character");
    assert_eq!(clean(""), "_");
}

#[test]
fn the_later_table_of_one_name_gets_a_number() {
    let definitions = definitions(&[table("a_b", "id"), table("a b", "id"), table("a.b", "id"), table("a_b_2", "id")]);
    let found: Vec<_> = definitions.iter().map(|e| (e.table.as_str(), e.name.as_str())).collect();
    assert_eq!(found, [("a b", "a_b"), ("a.b", "a_b_2"), ("a_b", "a_b_3"), ("a_b_2", "a_b_2_2")]);
    assert_eq!(entity_names(&["Post", "post"]), ["Post", "post"], "case tells names apart");
}

#[test]
fn sql_uses_the_exact_table_name() {
    let graph = RelationshipGraph::from_catalog(&Catalog::new(vec![table("Order Details", "id")])).unwrap();
    assert_eq!(graph.entity(graph.entity_id("Order_Details").unwrap()).table, "Order Details");
}

#[test]
fn views_and_tables_without_a_key_are_entities_and_views_have_no_relationships() {
    let mut view = table("v", "id author_id").refers("author_id", "author");
    view.view = true;
    view.primary_key.clear();
    let mut log = table("log", "author_id v_id").refers("author_id", "author").refers("v_id", "v");
    log.primary_key.clear();
    let tables = [view, log, table("author", "id")];
    assert_eq!(names(&tables, "v"), [""; 0]);
    assert_eq!(relationships(&tables, "log"), ["author: many-to-one author"]);
    assert_eq!(relationships(&tables, "author"), ["log: one-to-many log"]);
    assert!(find(&definitions(&tables), "v").view);
}

#[test]
fn column_names_stay_as_they_are() {
    let mut t = table("t", "id");
    t.columns.push(ColumnDef::new("Unit Price", ColumnType::Float).nullable());
    assert_eq!(definitions(&[t])[0].columns[1], ColumnDef::new("Unit Price", ColumnType::Float).nullable());
}

// Many-to-one.

#[test]
fn a_many_to_one_is_named_as_its_column_without_the_suffix() {
    for (column, name) in
        [("writer_id", "writer"), ("writer_ID", "writer"), ("writerId", "writer"), ("writerID", "writer")]
    {
        let tables = [table("post", "id").column(column).refers(column, "author"), table("author", "id")];
        assert_eq!(relationships(&tables, "post"), [format!("{name}: many-to-one author")]);
    }
    assert_eq!(without_id("writer_Id"), Some("writer_"), "the suffixes are these four, to the letter");
    assert_eq!(without_id("a_id_id"), Some("a_id"), "and come off once");
}

#[test]
fn without_suffix_or_rest_or_free_name_it_is_the_target() {
    for (column, others) in [("writer", ""), ("paid", ""), ("_id", ""), ("ID", ""), ("Id", ""), ("writer_id", "writer")]
    {
        let mut post = table("post", "key").column(column).refers(column, "author");
        if !others.is_empty() {
            post = post.column(others);
        }
        assert_eq!(names(&[post, table("author", "id")], "post"), ["author"], "{column}");
    }
}

#[test]
fn if_the_target_is_taken_too_it_is_via_the_columns() {
    let post = table("post", "id writer author editor_in_chief")
        .refers("writer", "author")
        .refers("editor_in_chief", "author");
    assert_eq!(names(&[post, table("author", "id")], "post"), ["author_via_editor_in_chief", "author_via_writer"]);
}

#[test]
fn a_composite_key_starts_at_the_target() {
    let stock = table("stock", "id shop_no item_id").refers("shop_no item_id", "item(shop id)");
    let item = table("item", "shop id").key("shop id");
    assert_eq!(names(&[stock.clone(), item.clone()], "stock"), ["item"]);
    assert_eq!(names(&[stock.column("item"), item], "stock"), ["item_via_shop_no_item_id"]);
}

#[test]
fn a_self_reference_takes_its_column_or_the_via_form() {
    let node = |column: &str| table("node", "id").column(column).refers(column, "node");
    assert_eq!(names(&[node("parent_id")], "node"), ["parent", "node_by_parent_id"]);
    assert_eq!(names(&[node("parent")], "node"), ["node_via_parent", "node_by_parent"]);
    assert_eq!(names(&[node("parent_id").column("parent")], "node"), ["node_via_parent_id", "node_by_parent_id"]);
    let composite = table("node", "id a b x y").refers("x y", "node(a b)");
    assert_eq!(names(&[composite], "node"), ["node_via_x_y", "node_by_x_y"]);
}

// Reverses.

#[test]
fn a_reverse_is_the_table_if_its_one_key_comes_from_another_table() {
    let tables = [table("post", "id author_id").refers("author_id", "author"), table("author", "id")];
    assert_eq!(relationships(&tables, "author"), ["post: one-to-many post"]);
}

#[test]
fn otherwise_a_reverse_is_by_the_columns() {
    let post = table("post", "id author_id editor_id").refers("author_id", "author");
    let two = [post.clone().refers("editor_id", "author"), table("author", "id")];
    assert_eq!(names(&two, "author"), ["post_by_author_id", "post_by_editor_id"]);
    let taken_by_column = [post.clone(), table("author", "id post")];
    assert_eq!(names(&taken_by_column, "author"), ["post_by_author_id"]);
    let taken_by_relationship = [post, table("author", "id post_id").refers("post_id", "post")];
    assert_eq!(names(&taken_by_relationship, "author"), ["post", "post_by_author_id"]);
}

#[test]
fn a_key_of_one_table_to_two_others_counts_for_each_alone() {
    let post = table("post", "id author_id topic_id").refers("author_id", "author").refers("topic_id", "topic");
    let tables = [post, table("author", "id"), table("topic", "id")];
    assert_eq!(names(&tables, "author"), ["post"]);
    assert_eq!(names(&tables, "topic"), ["post"]);
}

#[test]
fn it_is_one_to_one_when_the_columns_are_exactly_a_key() {
    let pair = table("pair", "a b").key("a b");
    let direction = |profile: CatalogTable| relationships(&[profile, pair.clone()], "pair").concat();
    let profile = |key: &str| table("profile", "id x y").key(key).refers("x y", "pair(a b)");
    assert_eq!(direction(profile("x y")), "profile: one-to-one profile");
    assert_eq!(direction(profile("y x")), "profile: one-to-one profile", "the order does not matter");
    assert_eq!(direction(profile("id").unique("y x", true)), "profile: one-to-one profile");
    assert_eq!(direction(profile("id").unique("x y", false)), "profile: one-to-one profile", "whatever the collation");
    assert_eq!(direction(profile("x")), "profile: one-to-many profile", "a part of the columns is not the key");
    assert_eq!(direction(profile("id x y")), "profile: one-to-many profile");
    assert_eq!(direction(profile("id").unique("x", true)), "profile: one-to-many profile");
}

// Many-to-many.

fn link(name: &str) -> CatalogTable {
    table(name, "post_id tag_id").key("post_id tag_id").refers("post_id", "post").refers("tag_id", "tag")
}

#[test]
fn a_link_table_gives_each_side_the_other_and_keeps_the_way_to_itself() {
    let tables = [link("post_tag"), table("post", "id"), table("tag", "id")];
    assert_eq!(relationships(&tables, "post"), ["post_tag: one-to-many post_tag", "tag: many-to-many tag"]);
    assert_eq!(relationships(&tables, "tag"), ["post_tag: one-to-many post_tag", "post: many-to-many post"]);
    assert_eq!(relationships(&tables, "post_tag"), ["post: many-to-one post", "tag: many-to-one tag"]);
    let definitions = definitions(&tables);
    let expected = RelationshipDef::many_to_many("tag", "tag")
        .secondary("post_tag", [("id", "post_id")], [("id", "tag_id")])
        .back_populates("post");
    assert_eq!(*relationship(&definitions, "post", "tag"), expected);
}

#[test]
fn only_a_primary_key_of_exactly_two_disjoint_keys_makes_a_link() {
    let sides = |link: CatalogTable| relationships(&[link, table("post", "id"), table("tag", "id a")], "post");
    let none = ["post_tag: one-to-many post_tag"];
    assert_eq!(sides(link("post_tag").key("tag_id post_id")).len(), 2, "the order does not matter");
    assert_eq!(sides(link("post_tag").column("note")).len(), 2, "other columns do not matter");
    assert_eq!(sides(link("post_tag").column("id").key("id")), none);
    assert_eq!(sides(link("post_tag").key("post_id")), ["post_tag: one-to-one post_tag"]);
    assert_eq!(sides(link("post_tag").column("nr").key("post_id tag_id nr")), none);
    let mut keyless = link("post_tag");
    keyless.primary_key.clear();
    assert_eq!(sides(keyless), none);
    let sharing = table("post_tag", "post_id tag_id").key("post_id tag_id").refers("post_id", "post");
    assert_eq!(sides(sharing.refers("post_id tag_id", "tag(id a)")), none);
}

#[test]
fn a_taken_name_is_through_the_table() {
    let tables = [link("post_tag"), table("post", "id tag"), table("tag", "id")];
    assert_eq!(names(&tables, "post"), ["post_tag", "tag_through_post_tag"]);
    let two = [link("likes"), link("post_tag"), table("post", "id"), table("tag", "id")];
    assert_eq!(names(&two, "post"), ["likes", "post_tag", "tag", "tag_through_post_tag"]);
    assert_eq!(names(&two, "tag"), ["likes", "post_tag", "post", "post_through_post_tag"]);
}

#[test]
fn between_rows_of_one_entity_the_columns_that_point_at_the_target_tell_the_sides_apart() {
    let follow =
        table("follow", "fan_id star_id").key("fan_id star_id").refers("fan_id", "user").refers("star_id", "user");
    let tables = [follow, table("user", "id")];
    let expected =
        ["follow_by_fan_id", "follow_by_star_id", "user_through_follow_star_id", "user_through_follow_fan_id"];
    assert_eq!(names(&tables, "user"), expected);
    let definitions = definitions(&tables);
    let stars = relationship(&definitions, "user", "user_through_follow_star_id");
    assert_eq!(stars.pairs, [("id".into(), "fan_id".into())], "starts at the fan");
    assert_eq!(stars.secondary.as_ref().unwrap().target_pairs, [("id".into(), "star_id".into())]);
    assert_eq!(stars.back_populates.as_deref(), Some("user_through_follow_fan_id"));
}

#[test]
fn every_pair_of_a_table_is_a_link() {
    let both = link("l").refers("tag_id", "label");
    let tables = [both, table("post", "id"), table("tag", "id"), table("label", "id")];
    assert_eq!(names(&tables, "post"), ["l", "label", "tag"]);
    assert_eq!(names(&tables, "tag"), ["l", "post"]);
    assert_eq!(names(&tables, "label"), ["l", "post"]);
}

#[test]
fn composite_sides_of_a_link_work() {
    let seat = table("seat", "row nr").key("row nr");
    let booking = table("booking", "guest_id row_no seat_no")
        .key("row_no guest_id seat_no")
        .refers("guest_id", "guest")
        .refers("row_no seat_no", "seat(row nr)");
    let tables = [seat, booking, table("guest", "id")];
    assert_eq!(names(&tables, "guest"), ["booking", "seat"]);
    let expected = RelationshipDef::many_to_many("guest", "guest")
        .secondary("booking", [("row", "row_no"), ("nr", "seat_no")], [("id", "guest_id")])
        .back_populates("seat");
    assert_eq!(*relationship(&definitions(&tables), "seat", "guest"), expected);
}

// Names in general.

#[test]
fn table_and_target_are_entity_names_and_columns_stand_in_the_order_of_the_foreign_key() {
    let line = table("Order Line", "id b a").refers("b a", "Big Order(x y)");
    let order = table("Big Order", "x y Order_Line").key("x y");
    let tables = [line, order];
    assert_eq!(names(&tables, "Order_Line"), ["Big_Order"]);
    assert_eq!(names(&tables, "Big_Order"), ["Order_Line_by_b_a"]);
}

#[test]
fn names_are_cleaned_before_the_taken_test() {
    let mut post = table("post", "id lead_writer");
    for name in ["lead writer_id", "2nd_id"] {
        post.columns.push(ColumnDef::new(name, ColumnType::Integer));
        let columns = vec![name.to_owned()];
        let target_columns = vec!["id".into()];
        post.foreign_keys.push(ForeignKey {
            columns,
            target: "author".into(),
            target_schema: None,
            target_columns,
            on_delete: None,
        });
    }
    let tables = [post, table("author", "id")];
    assert_eq!(names(&tables, "post"), ["_2nd", "author"], "`lead_writer` is a column");
    assert_eq!(names(&tables, "author"), ["post_by_2nd_id", "post_by_lead_writer_id"]);
}

#[test]
fn case_counts_for_taken_names() {
    let post = table("post", "id Author author_id").refers("author_id", "author");
    assert_eq!(names(&[post, table("author", "id")], "post"), ["author"]);
}

#[test]
fn all_many_to_ones_are_named_before_all_reverses_before_all_many_to_manys() {
    // `a.tag` would be the link's far side, the reverse from `tag`, and the many-to-one of `z_id`, which comes last by
    // table and column; the kind decides.
    let a = table("a", "id tag_id").refers("tag_id", "tag");
    let tag = table("tag", "id a_id").refers("a_id", "a");
    let link = table("l", "x y").key("x y").refers("x", "a").refers("y", "tag");
    let tables = [a, tag, link];
    assert_eq!(names(&tables, "a"), ["tag", "l", "tag_by_a_id", "tag_through_l"]);
    assert_eq!(names(&tables, "tag"), ["a", "a_by_tag_id", "l", "a_through_l"]);
}

#[test]
fn within_a_kind_the_order_is_table_columns_target_and_referenced_columns() {
    let post = table("post", "id b a")
        .refers("b", "author(id)")
        .refers("a", "author(id)")
        .refers("a", "author(code)")
        .refers("a", "Zone(id)");
    let tables = [post, table("author", "id code"), table("Zone", "id")];
    let found = names(&tables, "post");
    // Upper case is before lower case in byte order; the free name goes to `a` -> `author(code)`.
    assert_eq!(found, ["Zone", "author", "author_via_a", "author_via_b"]);
    assert_eq!(relationship(&definitions(&tables), "post", "author").pairs, [("a".into(), "code".into())]);
    let lists = table("l", "id a_ a b").refers("a_", "t(y)").refers("a b", "t(x y)");
    let found = names(&[lists, table("t", "x y")], "l");
    assert_eq!(found, ["t", "t_via_a_"], "lists of names are compared, not their joins");
}

#[test]
fn a_taken_fallback_gets_a_number() {
    let post = table("post", "id author author_via_author x_y x y")
        .refers("author", "author")
        .refers("x_y", "author")
        .refers("x y", "author(a b)");
    let author = table("author", "id a b post_by_x_y");
    let tables = [post, author];
    assert_eq!(names(&tables, "post"), ["author_via_author_2", "author_via_x_y", "author_via_x_y_2"]);
    assert_eq!(names(&tables, "author"), ["post_by_author", "post_by_x_y_2", "post_by_x_y_3"]);
    let columns = "id tag tag_through_post_tag tag_through_post_tag_2";
    let tables = [link("post_tag"), table("post", columns), table("tag", "id")];
    assert_eq!(names(&tables, "post"), ["post_tag", "tag_through_post_tag_3"]);
}

// What the contract leaves to us.

#[test]
fn both_sides_know_each_other_and_the_action_on_deletion() {
    let mut post = table("post", "id author_id").refers("author_id", "author");
    post.foreign_keys[0].on_delete = Some(OnDelete::Cascade);
    let catalog = Catalog::new(vec![post, table("author", "id")]);
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let forward = graph.resolve_path("post.author").unwrap()[0];
    let reverse = graph.resolve_path("author.post").unwrap()[0];
    for (this, back) in [(forward, reverse), (reverse, forward)] {
        assert_eq!(graph.relationship(this).back_populates, Some(back));
        assert_eq!(graph.relationship(this).on_delete, Some(OnDelete::Cascade));
    }
    assert_eq!(graph.relationship(forward).direction, Direction::ManyToOne);
}

#[test]
fn a_foreign_key_declared_twice_is_one() {
    let mut post = table("post", "id author_id").refers("author_id", "author");
    let copy = ForeignKey { on_delete: Some(OnDelete::SetNull), ..post.foreign_keys[0].clone() };
    post.foreign_keys.push(copy);
    let definitions = RelationshipGraph::definitions(&Catalog::new(vec![post, table("author", "id")]));
    assert_eq!(relationship(&definitions, "author", "post").on_delete, None, "the first declaration's");
    assert_eq!(find(&definitions, "post").relationships.len(), 1);
}

#[test]
fn a_foreign_key_to_nothing_is_no_relationship() {
    let mut post = table("post", "id author_id")
        .refers("author_id", "nobody")
        .refers("author_id", "author(nothing)")
        .refers("nothing", "author")
        .refers("author_id", "author");
    post.foreign_keys.push(ForeignKey {
        columns: words("author_id id"),
        target: "author".into(),
        target_schema: None,
        target_columns: words("id"),
        on_delete: None,
    });
    let tables = [post, table("author", "id")];
    assert_eq!(names(&tables, "post"), ["author"]);
    assert_eq!(names(&tables, "author"), ["post"], "and does not count as one");
}

#[test]
fn a_foreign_key_stays_in_its_schema_where_it_can() {
    let in_schema = |mut table: CatalogTable| {
        table.schema = Some("s".into());
        table
    };
    let other = in_schema(table("post", "id author_id").refers("author_id", "author").refers("id", "common"));
    let tables = [table("author", "id"), in_schema(table("author", "id")), other, table("common", "id")];
    assert_eq!(relationships(&tables, "post"), ["author: many-to-one author_2", "common: many-to-one common"]);
    assert_eq!(find(&definitions(&tables), "author_2").schema.as_deref(), Some("s"));
}

#[test]
fn a_table_without_columns_is_left_out() {
    let empty = CatalogTable { name: "empty".into(), ..CatalogTable::default() };
    let tables = [empty, table("t", "id").refers("id", "empty")];
    assert_eq!(definitions(&tables).len(), 1);
    assert_eq!(names(&tables, "t"), [""; 0]);
}

#[test]
fn a_link_can_be_one_of_its_own_sides() {
    let tree = table("tree", "id up").key("id up").refers("id", "thing").refers("up", "tree(id)");
    let tables = [tree, table("thing", "id")];
    let expected = ["thing: many-to-one thing", "tree_via_up: many-to-one tree", "tree_by_up: one-to-many tree"];
    assert_eq!(relationships(&tables, "tree")[..3], expected);
    assert_eq!(relationships(&tables, "tree")[3..], ["thing_through_tree: many-to-many thing"]);
    assert_eq!(relationships(&tables, "thing"), ["tree: one-to-many tree", "tree_through_tree: many-to-many tree"]);
}

/// A catalog of tables of several schemas, `a` first; a table is written as `schema.name`, and a key's target too.
fn catalog_of(schemas: &str, default: &str, tables: &[CatalogTable]) -> Catalog {
    let mut tables = tables.to_vec();
    for table in &mut tables {
        let (schema, name) = table.name.split_once('.').unwrap();
        table.schema = Some(schema.to_owned()).filter(|schema| schema != default);
        table.name = name.to_owned();
        for key in &mut table.foreign_keys {
            if let Some((schema, name)) = key.target.clone().split_once('.') {
                (key.target_schema, key.target) = (Some(schema.to_owned()), name.to_owned());
            }
        }
    }
    let mut catalog = Catalog::new(tables);
    catalog.default_schema = Some(default.to_owned());
    catalog.schemas = words(schemas);
    catalog
}

fn names_in(schemas: &str, default: &str, tables: &[&str]) -> Vec<String> {
    let tables: Vec<CatalogTable> = tables.iter().rev().map(|name| table(name, "id")).collect();
    let catalog = catalog_of(schemas, default, &tables);
    RelationshipGraph::from_catalog(&catalog).unwrap().entities().map(|(_, entity)| entity.name.clone()).collect()
}

#[test]
fn a_table_of_a_later_schema_whose_name_is_taken_has_its_schema_before_it() {
    // Whichever is the default one: what is named first keeps its names.
    for default in ["a", "b", "elsewhere"] {
        assert_eq!(names_in("a b", default, &["a.item", "b.item", "b.other"]), ["item", "b_item", "other"]);
        assert_eq!(names_in("b a", default, &["a.item", "b.item", "b.other"]), ["item", "other", "a_item"]);
    }
    assert_eq!(names_in("z a", "z", &["a.b", "z.c", "z.a"]), ["a", "c", "b"], "schemas come as they are given");
}

#[test]
fn a_schema_and_table_that_are_taken_too_get_a_number() {
    assert_eq!(names_in("a b", "a", &["a.item", "a.b_item", "b.item"]), ["b_item", "item", "b_item_2"]);
    let three = ["a.item", "a.b_item", "a.b_item_2", "b.item"];
    assert_eq!(names_in("a b", "a", &three), ["b_item", "b_item_2", "item", "b_item_3"]);
    // Also what one schema cleans to one name.
    assert_eq!(names_in("a b", "a", &["a.x y", "a.x_y", "b.x y", "b.x_y"]), ["x_y", "x_y_2", "b_x_y", "b_x_y_2"]);
    assert_eq!(names_in("a 2-b", "a", &["a.x y", "2-b.x_y"]), ["x_y", "_2_b_x_y"]);
    assert_eq!(names_in("a b", "a", &["b.x y", "b.x_y"]), ["x_y", "b_x_y"]);
}

#[test]
fn keys_between_schemas_are_relationships_named_by_their_entities() {
    let tables = [
        table("a.item", "id peer").refers("peer", "b.item"),
        table("b.item", "id peer self_id").refers("peer", "a.item").refers("self_id", "item"),
        table("b.link", "x_id y_id").key("x_id y_id").refers("x_id", "a.item").refers("y_id", "b.item"),
    ];
    for default in ["a", "b", "c"] {
        let graph = RelationshipGraph::from_catalog(&catalog_of("a b", default, &tables)).unwrap();
        let of = |entity: &str| {
            let entity = graph.entity(graph.entity_id(entity).unwrap());
            entity.relationships.keys().map(String::as_str).collect::<Vec<_>>()
        };
        assert_eq!(of("item"), ["b_item", "b_item_by_peer", "link", "b_item_through_link"], "{default}");
        assert_eq!(
            of("b_item"),
            ["item", "self", "item_by_peer", "b_item_by_self_id", "link", "item_through_link"],
            "{default}"
        );
        assert_eq!(graph.leaving(), []);
    }
}

/// The order in which relationships are named is that of schemas, then of tables.
#[test]
fn by_table_name_means_the_position_of_the_schema_first() {
    let tables = [
        table("a.target", "id"),
        table("a.z", "id target_id").refers("target_id", "target"),
        table("b.a", "id target_id").refers("target_id", "a.target"),
    ];
    let graph = RelationshipGraph::from_catalog(&catalog_of("a b", "a", &tables)).unwrap();
    let target = graph.entity(graph.entity_id("target").unwrap());
    assert_eq!(target.relationships.keys().collect::<Vec<_>>(), ["z", "a"]);
}

#[test]
fn a_key_into_what_is_not_read_is_told_and_no_relationship() {
    let tables = [
        table("b.child", "id parent_id other_id").refers("parent_id", "a.parent").refers("other_id", "b.parts"),
        table("b.lost", "id").refers("id", "nobody"),
    ];
    let graph = RelationshipGraph::from_catalog(&catalog_of("b", "b", &tables)).unwrap();
    let child = graph.entity(graph.entity_id("child").unwrap());
    assert!(child.relationships.is_empty());
    let told = graph.leaving().iter().map(|key| {
        assert_eq!(key.is_of(child), key.table == "child");
        format!("{} ({}) {}.{} ({})", key.table, key.columns[0], key.target_schema, key.target, key.target_columns[0])
    });
    assert_eq!(told.collect::<Vec<_>>(), ["child (other_id) b.parts (id)", "child (parent_id) a.parent (id)"]);
}
