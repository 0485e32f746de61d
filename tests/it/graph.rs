//! The relationship graph: what the builder refuses, told all at once and each mistake once; paths, cycles and the
//! order of entities. And what the resolver says of specifications that do not fit a graph.

use eagerly::error::{ErrorKind, Errors};
use eagerly::graph::{
    ColumnDef, ColumnType, Direction, EntityDef, GraphBuilder, IndexDef, OnDelete, RelationshipDef, RelationshipGraph,
};
use eagerly::spec::{
    At, CompareOp, Comparison, Field, Filter, LoadSpec, Operand, Quantifier, Strategy, joined, selectin,
};
use eagerly::{Planner, Sqlite};
use eagerly_tests::corpus::{database, reflect};
use std::thread;

/// An entity of integer columns, the first of them its primary key.
fn entity(name: &str, columns: &[&str]) -> EntityDef {
    let def = EntityDef::new(name).primary_key(columns.first().copied());
    columns.iter().fold(def, |def, column| def.column(ColumnDef::new(*column, ColumnType::Integer)))
}

fn many_to_one(name: &str, target: &str) -> RelationshipDef {
    RelationshipDef::many_to_one(name, target).on(format!("{target}_id"), "id")
}

fn one_to_many(name: &str, target: &str, key: &str) -> RelationshipDef {
    RelationshipDef::one_to_many(name, target).on("id", key)
}

fn tagged(name: &str, target: &str, here: &str) -> RelationshipDef {
    let there = format!("{target}_id");
    RelationshipDef::many_to_many(name, target).secondary("post_tag", [("id", here)], [("id", there.as_str())])
}

fn author() -> EntityDef {
    entity("author", &["id", "name"]).relationship(one_to_many("posts", "post", "author_id").back_populates("author"))
}

fn post() -> EntityDef {
    entity("post", &["id", "author_id", "title"])
        .relationship(many_to_one("author", "author").back_populates("posts"))
        .relationship(tagged("tags", "tag", "post_id").back_populates("posts"))
        .relationship(one_to_many("comments", "comment", "post_id").back_populates("post"))
}

fn comment() -> EntityDef {
    entity("comment", &["id", "post_id", "body"]).relationship(many_to_one("post", "post").back_populates("comments"))
}

fn tag() -> EntityDef {
    entity("tag", &["id", "name"]).relationship(tagged("posts", "post", "tag_id").back_populates("tags"))
}

fn post_tag() -> EntityDef {
    entity("post_tag", &["post_id", "tag_id"])
}

fn build(entities: impl IntoIterator<Item = EntityDef>) -> Result<RelationshipGraph, Errors> {
    entities.into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity).build()
}

fn blog() -> RelationshipGraph {
    build([author(), post(), comment(), tag(), post_tag()]).unwrap()
}

/// Every problem as it is shown: code, message, place and help.
fn told(errors: &Errors) -> Vec<String> {
    assert!(errors.all().iter().all(|e| e.kind == ErrorKind::Input || e.code == "E0301"), "{errors:?}");
    errors.all().iter().map(ToString::to_string).collect()
}

fn refused(entities: impl IntoIterator<Item = EntityDef>) -> Vec<String> {
    told(&build(entities).expect_err("a mistake"))
}

#[test]
fn a_graph_says_what_was_defined() {
    let graph = blog();
    let post = graph.entity_id("post").unwrap();
    let tags = graph.relationship(graph.relationship_id(post, "tags").unwrap());
    assert_eq!((tags.direction, tags.is_to_many()), (Direction::ManyToMany, true));
    assert_eq!(graph.entity(tags.secondary.as_ref().unwrap().entity).name, "post_tag");
    for (id, relationship) in graph.relationships() {
        let back = graph.relationship(relationship.back_populates.unwrap());
        assert_eq!(back.back_populates, Some(id), "{}", relationship.name);
        assert_eq!((back.source, back.target), (relationship.target, relationship.source));
    }
    let names: Vec<&str> = graph.entities().map(|(_, e)| e.name.as_str()).collect();
    assert_eq!(names, ["author", "post", "comment", "tag", "post_tag"]);
}

#[test]
fn all_mistakes_of_a_graph_are_told_at_once() {
    let author = entity("author", &["id", "name", "name"])
        .primary_key(["ident"])
        .unique(["nam"])
        .unique(Vec::<&str>::new())
        .relationship(one_to_many("name", "post", "author_id"))
        .relationship(one_to_many("posts", "posts", "author_id"))
        .relationship(one_to_many("drafts", "post", "autor_id").back_populates("author"))
        .relationship(RelationshipDef::one_to_many("first", "post"));
    let post = entity("post", &["id", "author_id", "title"])
        .relationship(many_to_one("author", "author").back_populates("pots"))
        .relationship(many_to_one("writer", "author").uselist(true))
        .relationship(many_to_one("editor", "author").viewonly().on_delete(OnDelete::Cascade))
        .relationship(RelationshipDef::one_to_many("copies", "post").on("id", "author_id").trusted())
        .relationship(many_to_one("reader", "author").order_by(["name"]))
        .relationship(RelationshipDef::many_to_many("tags", "tag"))
        .relationship(many_to_one("owner", "author").predicate(Filter::eq("naem", 1)));
    let told = refused([author, post, entity("tag", &["id"]), entity("tag", &["id"]), EntityDef::new("empty")]);
    let expected = [
        "E0201: column `name` is defined twice (at author); drop one of them",
        "E0202: no column `ident` on `author` (at author); did you mean `id`?",
        "E0202: no column `nam` on `author` (at author); did you mean `name`?",
        "E0204: a unique key without columns (at author); name its columns",
        "E0201: entity `tag` is defined twice (at tag); rename one of them, its `table` can stay",
        "E0204: entity `empty` has no columns (at empty); add its columns with `column`",
        "E0201: `name` is a column of `author` too (at author.name); rename the relationship: both would come out under \
         one key",
        "E0202: no entity `posts` (at author.posts); did you mean `post`?",
        "E0202: no column `autor_id` on `post` (at author.drafts); did you mean `author_id`?",
        "E0204: nothing says which columns relate `author` to `post` (at author.first); give the pairs of key columns with `on`",
        "E0203: a many-to-one cannot be a list (at post.writer); drop `uselist`, or define the relationship as \
         one-to-many",
        "E0203: a viewonly relationship has no action on deletion (at post.editor); drop `on_delete` or `viewonly`",
        "E0203: a trusted relationship that is one-to-many (at post.copies); trust the many-to-one, whose source holds the \
         foreign key",
        "E0203: an order on what is not a list (at post.reader); drop `order_by`",
        "E0204: a many-to-many without an association table (at post.tags); name it with `secondary`",
        "E0202: no column `naem` on `author` (at post.owner); did you mean `name`?",
        "E0202: no relationship `pots` on `author` to populate back (at post.author); did you mean `posts`?",
    ];
    assert_eq!(told, expected, "{told:#?}");
}

/// A blog whose posts have one relationship more.
fn blog_with(relationship: RelationshipDef) -> [EntityDef; 5] {
    [author(), post().relationship(relationship), comment(), tag(), post_tag()]
}

/// One mistake in a blog that is right otherwise, and the one error it gives.
#[test]
fn a_mistake_is_told_once() {
    let writer = || many_to_one("writer", "author");
    let variable = Comparison::Compare(CompareOp::Eq, Operand::Variable("name".into()));
    let variable = Filter::Column { name: "name".into(), test: variable, at: At::default() };
    for (relationship, expected) in [
        (many_to_one("", "author"), "E0204: a relationship of `post` without a name (at post.); name it"),
        (
            many_to_one("author", "author").back_populates("posts"),
            "E0201: relationship `author` of `post` is defined twice (at post.author); rename one of them",
        ),
        (
            writer().uselist(true),
            "E0203: a many-to-one cannot be a list (at post.writer); drop `uselist`, or define the relationship as \
             one-to-many",
        ),
        (
            writer().predicate(Filter::any("posts", Filter::eq("id", 1))),
            "E0203: the predicate asks for the relationship `posts` (at post.writer); a relationship's predicate can \
             test columns of its target only",
        ),
        (
            writer().predicate(variable),
            "E0203: the predicate compares `name` with a variable (at post.writer); a relationship's predicate is part \
             of the graph: give it a value",
        ),
        (
            one_to_many("replies", "comment", "post_id").order_by(["-boby"]),
            "E0202: no column `boby` on `comment` (at post.replies); did you mean `body`?",
        ),
        (
            writer().back_populates("posts"),
            "E0203: `author.posts` does not name `writer` back (at post.writer); name `writer` there with `back_populates`",
        ),
    ] {
        assert_eq!(refused(blog_with(relationship)), [expected]);
    }
    let twice = "E0201: entity `author` is defined twice (at author); rename one of them, its `table` can stay";
    assert_eq!(refused([author(), author(), post(), comment(), tag(), post_tag()]), [twice]);
}

#[test]
fn a_column_stands_once_in_a_key() {
    let mut tag = tag().primary_key(["id", "id"]).unique(["id", "id"]);
    tag.relationships.clear();
    tag.indexes = Some(vec![IndexDef::new(["id", "id"])]);
    let twice = |what: &str| format!("E0201: column `id` stands twice in {what} (at tag); drop one of them");
    assert_eq!(refused([tag]), ["an index", "the primary key", "a unique key"].map(twice));
}

#[test]
fn a_mistake_about_an_association_table_is_told_once() {
    let through = |link: &str, source: &'static str, target: &[(&'static str, &'static str)]| {
        RelationshipDef::many_to_many("labels", "tag").secondary(link, [("id", source)], target.iter().copied())
    };
    let mut many_to_one = many_to_one("labels", "author");
    many_to_one.secondary = through("post_tag", "post_id", &[("id", "tag_id")]).secondary;
    for (relationship, expected) in [
        (
            RelationshipDef::many_to_many("labels", "tag").on("id", "post_id"),
            "E0204: a many-to-many without an association table (at post.labels); name it with `secondary`",
        ),
        (
            through("post_tag", "post", &[("id", "tag_id")]),
            "E0202: no column `post` on `post_tag` (at post.labels); did you mean `post_id`?",
        ),
        (
            through("post_tag", "post_id", &[("ids", "tag_id")]),
            "E0202: no column `ids` on `tag` (at post.labels); did you mean `id`?",
        ),
        (
            through("post_tags", "post_id", &[("id", "tag_id")]),
            "E0202: no entity `post_tags` (at post.labels); did you mean `post_tag`?",
        ),
        (
            through("post_tag", "post_id", &[]),
            "E0204: nothing says how `post_tag` reaches `tag` (at post.labels); give the pairs (column of the target, \
             column of the association table)",
        ),
        (
            many_to_one,
            "E0203: `labels` goes through `post_tag`, but is many-to-one (at post.labels); make it many-to-many, or \
             drop `secondary`",
        ),
    ] {
        assert_eq!(refused(blog_with(relationship)), [expected]);
    }
}

/// A wrong relationship has a counterpart, columns or an entity that name it: they are not wrong for that.
#[test]
fn what_follows_from_a_mistake_is_not_told() {
    let books = |pair: RelationshipDef, back: RelationshipDef| {
        refused([entity("a", &["id", "b_id"]).relationship(pair), entity("b", &["id", "a_id"]).relationship(back)])
    };
    let (many, one) = (|| one_to_many("bs", "b", "a_id"), || many_to_one("a", "a"));
    assert!(
        build([
            entity("a", &["id"]).relationship(many().back_populates("a")),
            entity("b", &["id", "a_id"]).relationship(one().back_populates("bs"))
        ])
        .is_ok()
    );

    let wrong_column = books(one_to_many("bs", "b", "x").back_populates("a"), one().back_populates("bs"));
    assert_eq!(wrong_column, ["E0202: no column `x` on `b` (at a.bs); there are `id`, `a_id`"]);
    let wrong_order = books(many().order_by(["y"]).back_populates("a"), one().back_populates("bs"));
    assert_eq!(wrong_order, ["E0202: no column `y` on `b` (at a.bs); there are `id`, `a_id`"]);
    let no_pairs = books(RelationshipDef::one_to_many("bs", "b").back_populates("a"), one().back_populates("bs"));
    assert_eq!(no_pairs.len(), 1, "{no_pairs:?}");
    let no_link = books(RelationshipDef::many_to_many("bs", "b").back_populates("a"), one().back_populates("bs"));
    assert_eq!(no_link.len(), 1, "{no_link:?}");
    let no_target = books(one_to_many("bs", "c", "a_id").back_populates("a"), one().back_populates("bs"));
    assert_eq!(no_target, ["E0202: no entity `c` (at a.bs); there are `a`, `b`"]);

    // Both sides contradict each other: one contradiction.
    let columns =
        books(RelationshipDef::one_to_many("bs", "b").on("id", "id").back_populates("a"), one().back_populates("bs"));
    let counterpart = "back_populates joins two relationships over the same columns, in opposite directions";
    let side = |why: &str| {
        vec![format!("E0203: `b.a` is not this relationship seen from the other side: {why} (at a.bs); {counterpart}")]
    };
    assert_eq!(columns, side("it uses other columns"));
    let directions = books(many_to_one("bs", "b").back_populates("a"), one().back_populates("bs"));
    assert_eq!(directions, side("the directions do not fit"));
    let elsewhere = RelationshipDef::many_to_one("a", "b").on("a_id", "id").back_populates("bs");
    assert_eq!(books(many().back_populates("a"), elsewhere), side("it leads to another entity"));

    // A name misspelt on one side is told on that side.
    let misspelt = books(many().back_populates("a"), one().back_populates("sb"));
    assert_eq!(misspelt, ["E0202: no relationship `sb` on `a` to populate back (at b.a); there are `bs`"]);
    // An entity without columns: its key, and what leads to it.
    let empty = EntityDef::new("b").primary_key(["id"]).relationship(one().back_populates("bs"));
    let empty = refused([entity("a", &["id"]).relationship(many().back_populates("a")), empty]);
    assert_eq!(empty, ["E0204: entity `b` has no columns (at b); add its columns with `column`"]);
}

#[test]
fn two_mistakes_of_one_relationship_are_both_told() {
    let wrong = RelationshipDef::many_to_one("c", "c").on("x", "id").uselist(true).back_populates("nothing");
    let told = refused([entity("a", &["id"]).relationship(wrong), entity("b", &["id"])]);
    let codes: Vec<&str> = told.iter().map(|line| &line[..5]).collect();
    assert_eq!(codes, ["E0203", "E0202", "E0202"], "{told:#?}");
    let wrong = RelationshipDef::many_to_many("b", "c").secondary("l", [("x", "a")], [("y", "b")]);
    let told = refused([entity("a", &["id"]).relationship(wrong)]);
    assert_eq!(told.len(), 3, "source column, target and association table: {told:#?}");
}

#[test]
fn paths_are_resolved_along_relationships() {
    let graph = blog();
    let names = |path: &str| -> Vec<String> {
        let ids = graph.resolve_path(path).unwrap();
        ids.iter().map(|id| graph.relationship(*id).name.clone()).collect()
    };
    assert_eq!(names("author"), Vec::<String>::new());
    assert_eq!(names("author.posts.tags.posts.comments"), ["posts", "tags", "posts", "comments"]);
    let error = |path: &str| graph.resolve_path(path).unwrap_err().first().to_string();
    assert_eq!(error("autor.posts"), "E0102: no entity `autor`; did you mean `author`?");
    assert_eq!(error(""), "E0102: no entity ``; there are `author`, `post`, `comment`, `tag`, `post_tag`");
    assert_eq!(
        error("author.posts.tag"),
        "E0103: no relationship `tag` on `post` (at author.posts.tag); did you mean `tags`?"
    );
    // A column is no part of a path, and neither is an empty name.
    assert!(error("author.name").starts_with("E0103: no relationship `name` on `author`"));
    assert!(error("author..posts").starts_with("E0103: no relationship `` on `author`"));
    assert_eq!(
        error("author.comment"),
        "E0103: no relationship `comment` on `author` (at author.comment); `comment` is reached by \
         `posts.comments`"
    );
}

#[test]
fn the_shortest_path_has_the_fewest_relationships() {
    let graph = blog();
    let path = |from: &str, to: &str| -> Option<Vec<&str>> {
        let [from, to] = [from, to].map(|name| graph.entity_id(name).unwrap());
        let ids = graph.shortest_path(from, to)?;
        Some(ids.iter().map(|id| graph.relationship(*id).name.as_str()).collect())
    };
    assert_eq!(path("author", "post"), Some(vec!["posts"]));
    assert_eq!(path("comment", "tag"), Some(vec!["post", "tags"]));
    assert_eq!(path("tag", "author"), Some(vec!["posts", "author"]));
    assert_eq!(path("tag", "tag"), Some(vec![]));
    // Association tables are not entities on the way.
    assert_eq!(path("author", "post_tag"), None);
}

#[test]
fn cycles_of_foreign_keys_are_found() {
    let names = |graph: &RelationshipGraph| -> Vec<Vec<String>> {
        let name = |id: &eagerly::ids::EntityId| graph.entity(*id).name.clone();
        graph.cycles().iter().map(|group| group.iter().map(name).collect()).collect()
    };
    // A foreign key and its reverse are no cycle.
    assert_eq!(names(&blog()), Vec::<Vec<String>>::new());
    let refers = |name: &str, to: &[&str]| {
        let keys: Vec<String> = to.iter().map(|t| format!("{t}_id")).collect();
        let columns: Vec<&str> = std::iter::once("id").chain(keys.iter().map(String::as_str)).collect();
        to.iter().fold(entity(name, &columns), |def, t| def.relationship(many_to_one(&format!("to_{t}"), t)))
    };
    assert_eq!(names(&build([refers("tree", &["tree"]), refers("leaf", &["tree"])]).unwrap()), [["tree"]]);
    let graph = build([
        refers("child", &["left"]),
        refers("left", &["right", "root"]),
        refers("right", &["left"]),
        refers("root", &[]),
        refers("self", &["self", "child"]),
    ]);
    let graph = graph.unwrap();
    assert_eq!(names(&graph), [vec!["left", "right"], vec!["self"]]);
    let order: Vec<&str> = graph.dependency_order().iter().map(|id| graph.entity(*id).name.as_str()).collect();
    assert_eq!(order, ["root", "left", "right", "child", "self"]);
    check_order(&graph);
}

/// Every entity stands once, behind those its foreign keys point at, but for cycles.
fn check_order(graph: &RelationshipGraph) {
    let order = graph.dependency_order();
    let place = |id| order.iter().position(|o| *o == id).unwrap();
    assert_eq!(order.len(), graph.entities().count());
    let cycles = graph.cycles();
    let mut foreign_keys = 0;
    for (_, r) in graph.relationships().filter(|(_, r)| r.direction == Direction::ManyToOne) {
        foreign_keys += 1;
        let cyclic = cycles.iter().any(|group| group.contains(&r.source) && group.contains(&r.target));
        assert!(cyclic || place(r.target) < place(r.source), "{}", r.name);
    }
    assert!(foreign_keys > 0);
}

#[test]
fn parents_come_before_children() {
    check_order(&blog());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/chinook.sqlite");
    let connection = eagerly_rusqlite::open(path.as_ref()).unwrap();
    let graph = reflect(&connection);
    check_order(&graph);
    let names: Vec<&str> = graph.dependency_order().iter().map(|id| graph.entity(*id).name.as_str()).collect();
    let place = |name: &str| names.iter().position(|n| *n == name).unwrap();
    assert!(place("Artist") < place("Album") && place("Album") < place("Track"), "{names:?}");
    assert!(place("Employee") < place("Customer") && place("Invoice") < place("InvoiceLine"), "{names:?}");
}

fn compile(spec: &LoadSpec) -> Vec<String> {
    told(&Planner::new(blog(), Sqlite::new()).compile(spec).expect_err("a mistake"))
}

fn compile_text(text: &str) -> Vec<String> {
    compile(&LoadSpec::parse(text).unwrap())
}

#[test]
fn every_mistake_of_a_specification_has_its_code_and_place() {
    for (spec, expected) in [
        ("{ posts { id } }", "E0102: no entity `posts` (at posts); did you mean `post`?"),
        (
            "{ author { posts { autor { id } } } }",
            "E0103: no relationship `autor` on `post` (at author.posts); did you mean `author`?",
        ),
        (
            "{ author(where: {posts: {any: {tag: {any: {}}}}}) }",
            "E0103: no relationship `tag` on `post` (at author); did you mean `tags`?",
        ),
        (
            "{ author(where: {name: {any: {}}}) }",
            "E0103: `name` is a column of `author` (at author); `any`, `none` and `has` ask for related rows",
        ),
        (
            "{ post { p: comments(where: {bdy: 1}) { id } } }",
            "E0104: no column `bdy` on `comment` (at post.p); did you mean `body`?",
        ),
        (
            "{ post { comments(order: [\"-bdy\"]) { id } } }",
            "E0104: no column `bdy` on `comment` (at post.comments); did you mean `body`?",
        ),
        (
            "{ post(where: {comments: 1}) }",
            "E0104: `comments` is a relationship of `post` (at post); ask for related rows: `comments: {any: {…}}`",
        ),
        (
            "{ post { id x: title x: id } }",
            "E0108: `x` of `post` comes out twice (at post); give one of them an alias: `other: x`",
        ),
        (
            "{ post { comments { id } comments { body } } }",
            "E0108: `comments` of `post` comes out twice (at post); give one of them an alias: `other: comments`",
        ),
        (
            "{ comment { post(limit: 1) { id } } }",
            "E0111: `limit` on a to-one relationship (at comment.post); a to-one relationship takes `where` only",
        ),
        (
            "{ post { title { id } } }",
            "E0111: braces on the column `title` (at post.title); only relationships take arguments, directives and \
             braces",
        ),
        (
            "{ post { t: title(limit: 1) } }",
            "E0111: arguments on the column `title` (at post.t); only relationships take arguments, directives and \
             braces",
        ),
        (
            "{ post { title @joined } }",
            "E0111: a directive on the column `title` (at post.title); only relationships take arguments, directives \
             and braces",
        ),
        (
            "{ post(where: {comments: {has: {}}}) }",
            "E0111: `has` on the to-many relationship `comments` (at post); use `any`",
        ),
    ] {
        assert_eq!(compile_text(spec), [expected], "{spec}");
    }
}

#[test]
fn what_only_a_program_can_ask_for_is_refused_too() {
    let root = |change: &dyn Fn(&mut Field)| {
        let mut spec = LoadSpec::new("post");
        change(spec.root_mut());
        compile(&spec)
    };
    let help = "the root is always loaded by a statement of its own: put the directive on a relationship";
    let strategy = format!("E0111: a strategy on the root (at post); {help}");
    assert_eq!(root(&|r| r.strategy = Some(Strategy::Joined)), [strategy.as_str()]);
    assert_eq!(root(&|r| r.inner = true), [strategy.as_str()]);
    let large = i64::MAX as u64 + 1;
    let message = |name: &str| format!("E0107: `{name}` is larger than 9223372036854775807 (at post)");
    assert_eq!(root(&|r| r.arguments.limit = Some(large)), [message("limit")]);
    assert_eq!(root(&|r| r.arguments.offset = Some(u64::MAX)), [message("offset")]);
    let planner = Planner::new(blog(), Sqlite::new());
    assert!(planner.compile(&LoadSpec::new("post").limit(i64::MAX as u64).offset(i64::MAX as u64)).is_ok());
    let variable = Comparison::Compare(CompareOp::Eq, Operand::Variable("who".into()));
    let filter = Filter::Column { name: "title".into(), test: variable, at: At::default() };
    let told = compile(&LoadSpec::new("post").load(selectin("comments")).filter(filter));
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("E0112: the variable `$who` has no value (at post)"), "{told:?}");
    for (change, expected) in [
        (
            Field::new("author").recurse(),
            "E0111: `@recurse` on `author`, which leads from `post` to `author` (at post.author)",
        ),
        (
            Field::new("author").link(["x"]),
            "E0111: `@link` on `author`, which has no association table (at post.author)",
        ),
    ] {
        let told = compile(&LoadSpec::new("post").load(change));
        assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    }
    let recurse = |root: Field| compile(&LoadSpec::from(root));
    assert!(recurse(Field::new("post").recurse())[0].starts_with("E0111: `@recurse` on the root"));
    assert!(recurse(Field::new("post").link(["id"]))[0].starts_with("E0111: `@link` on the root"));
}

#[test]
fn all_mistakes_of_a_specification_are_told_at_once() {
    let spec = LoadSpec::new("author")
        .load_only(["name", "nam"])
        .order(["-nmae"])
        .filter(Filter::eq("naame", 1).and(Filter::any("post", Filter::eq("id", 1))))
        .load(
            selectin("posts")
                .order(["titel"])
                .load(joined("author").limit(1).load(joined("friend")))
                .load(selectin("comments").filter(Filter::eq("boby", 1)).load(Field::new("id").limit(3)))
                .load(selectin("comments")),
        );
    let told = compile(&spec);
    let expected = [
        "E0104: no column `naame` on `author` (at author); did you mean `name`?",
        "E0103: no relationship `post` on `author` (at author); did you mean `posts`?",
        "E0104: no column `nmae` on `author` (at author); did you mean `name`?",
        "E0103: no column or relationship `nam` on `author` (at author); did you mean `name`?",
        "E0104: no column `titel` on `post` (at author.posts); did you mean `title`?",
        "E0111: `limit` on a to-one relationship (at author.posts.author); a to-one relationship takes `where` only",
        "E0103: no relationship `friend` on `author` (at author.posts.author); there are `posts`",
        "E0104: no column `boby` on `comment` (at author.posts.comments); did you mean `body`?",
        "E0111: arguments on the column `id` (at author.posts.comments.id); only relationships take arguments, \
         directives and braces",
        "E0108: `comments` of `post` comes out twice (at author.posts); give one of them an alias: `other: comments`",
    ];
    assert_eq!(told, expected, "{told:#?}");
}

#[test]
fn the_name_of_a_reachable_entity_suggests_the_way_there() {
    let told = compile_text("{ author { name comment { body } } }");
    let expected = "E0103: no relationship `comment` on `author` (at author); `comment` is reached by \
                    `posts.comments`";
    assert_eq!(told, [expected]);
    // One step away the name of the relationship says it all.
    assert_eq!(
        compile_text("{ author { post { title } } }"),
        ["E0103: no relationship `post` on `author` (at author); did you mean `posts`?"]
    );
    // An entity that nothing leads to is none that could be meant.
    assert_eq!(
        compile_text("{ author { post_tag { tag_id } } }"),
        ["E0103: no relationship `post_tag` on `author` (at author); did you mean `posts`?"]
    );
}

/// The stack of the thread on which the deepest specifications are built, compiled and dropped. A specification is a
/// tree, and its drop, clone and comparison recurse; compiling it does not (`reviewed` has that on an ordinary stack).
const DEEP_STACK: usize = 256 << 20;

fn on_a_deep_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(DEEP_STACK).spawn(work).unwrap().join().unwrap()
}

/// `n` relationships, each inside the one before.
fn nested(n: usize) -> LoadSpec {
    let below = (0..n).rev().fold(None, |below, level| {
        let field = selectin(if level.is_multiple_of(2) { "comments" } else { "post" });
        Some(match below {
            Some(below) => field.load(below),
            None => field,
        })
    });
    below.into_iter().fold(LoadSpec::new("post"), LoadSpec::load)
}

#[test]
fn relationships_are_nested_as_deep_as_the_limit_and_no_deeper() {
    let planner = Planner::new(blog(), Sqlite::new());
    assert!(planner.compile(&nested(199)).is_ok(), "200 levels with the root");
    let told = compile(&nested(200));
    assert_eq!(told, ["E0109: more than 199 relationships within each other (at post.comments.post)"]);
    let told = on_a_deep_stack(|| compile(&nested(10_000)));
    assert_eq!(told, ["E0109: more than 199 relationships within each other (at post.comments.post)"]);
}

#[test]
fn conditions_are_nested_as_deep_as_the_limit_and_no_deeper() {
    fn wrapped(n: usize, wrap: fn(Filter) -> Filter) -> LoadSpec {
        LoadSpec::new("post").filter((0..n).fold(Filter::eq("id", 1), |inner, _| wrap(inner)))
    }
    let wraps: [fn(Filter) -> Filter; 4] = [
        |inner| Filter::Not(Box::new(inner)),
        |inner| Filter::And(vec![inner]),
        |inner| Filter::Or(vec![inner]),
        |inner| Filter::Relationship {
            name: "comments".into(),
            quantifier: Quantifier::Any,
            filter: Box::new(Filter::any("post", inner)),
            at: At::default(),
        },
    ];
    for (index, wrap) in wraps.into_iter().enumerate() {
        let planner = Planner::new(blog(), Sqlite::new());
        // Related rows are asked for by EXISTS, of which a database takes fewer within each other.
        let levels = if index == 3 { 8 } else { 200 };
        assert!(planner.compile(&wrapped(levels, wrap)).is_ok(), "{index}");
        let told = planner.compile(&wrapped(levels + 1, wrap)).unwrap_err().to_string();
        let refusal = match index {
            3 => {
                "E0302: conditions on related rows within each other, 18 deep, where this database takes 16 (at post); \
                 nest `any`, `none`, `has` and `inner` less deeply"
            }
            _ => "E0109: more than 200 levels of conditions (at post); flatten the condition",
        };
        assert_eq!(told, refusal, "{index}");
        let told = on_a_deep_stack(move || compile(&wrapped(10_000, wrap)));
        assert_eq!(told, ["E0109: more than 200 levels of conditions (at post); flatten the condition"], "{index}");
    }
}

#[test]
fn predicates_are_nested_as_deep_as_the_limit_and_no_deeper() {
    let told = on_a_deep_stack(|| {
        let filter = (0..10_000).fold(Filter::eq("id", 1), |inner, _| Filter::Not(Box::new(inner)));
        let replies = one_to_many("replies", "comment", "post_id").predicate(filter);
        refused(blog_with(replies))
    });
    let expected =
        "E0109: more than 200 levels of conditions in the predicate (at post.replies); flatten the predicate";
    assert_eq!(told, [expected]);
}

/// What compiles within the limits runs on a thread of the usual size.
#[test]
fn the_deepest_specification_is_loaded() {
    let sql = "CREATE TABLE post (id INTEGER PRIMARY KEY, author_id, title); CREATE TABLE comment (id INTEGER PRIMARY KEY, \
               post_id INTEGER, body); INSERT INTO post VALUES (1, 1, 1); INSERT INTO comment VALUES (7, 1, 1)";
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let connection = database(sql);
        // As deep a plan as there can be; and one in which each way back is the post itself, whose comments are there.
        let deep = Planner::new(blog(), Sqlite::new()).without_passes(&["way_back"]).unwrap();
        [(deep, 200), (Planner::new(blog(), Sqlite::new()), 2)].map(|(planner, batches)| {
            let plan = planner.compile(&nested(199)).unwrap();
            assert_eq!(plan.batches().batches.len(), batches);
            eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap()
        })
    });
    let [json, other] = worker.unwrap().join().unwrap();
    assert_eq!(json.matches("\"title\"").count(), 100);
    assert_eq!(json.matches("\"body\"").count(), 100);
    assert_eq!(json, other);
}
