//! Generated cases that once failed, pasted as they were printed, with what they showed. The first one shows how, and
//! that what is printed compiles.

use eagerly_planner::graph::{ColumnDef, ColumnType, EntityDef, RelationshipDef};
use eagerly_planner::spec::{At, CompareOp, Field, Filter, LoadSpec, Quantifier, Strategy};
use eagerly_planner::value::Value;
use eagerly_tests::generate::Case;
use eagerly_tests::oracle::oracle;

#[test]
fn an_integer_key_finds_its_text_through_an_association_table() {
    let case = Case {
        ddl: vec![
            "CREATE TABLE \"alpha\" (\"id\" INT, \"it's\" TEXT, PRIMARY KEY (\"id\"))".into(),
            "CREATE TABLE \"be ta\" (\"k1\" INTEGER NOT NULL, \"k2\" TEXT NOT NULL, PRIMARY KEY (\"k2\", \"k1\"))"
                .into(),
            "CREATE TABLE \"link1\" (\"l\" TEXT COLLATE NOCASE, \"l_1\" TEXT, \"r\" TEXT)".into(),
        ],
        rows: vec![
            "INSERT INTO \"alpha\" VALUES (1, 'a')".into(),
            "INSERT INTO \"alpha\" VALUES (2, '😀')".into(),
            "INSERT INTO \"be ta\" VALUES (2, 'A')".into(),
            "INSERT INTO \"be ta\" VALUES (1, 'a')".into(),
            "INSERT INTO \"link1\" VALUES ('a', '1', '1')".into(),
            "INSERT INTO \"link1\" VALUES ('a', '2', '1')".into(),
            "INSERT INTO \"link1\" VALUES ('a', '1', '1')".into(),
        ],
        graph: vec![
            EntityDef::new("alpha")
                .table("alpha")
                .column(ColumnDef::new("id", ColumnType::Integer).nullable())
                .column(ColumnDef::new("it's", ColumnType::Text).nullable())
                .primary_key(["id"])
                .relationship(
                    RelationshipDef::many_to_many("m1_rev", "beta")
                        .secondary("link1", [("id", "r")], [("k2", "l"), ("k1", "l_1")])
                        .back_populates("m1"),
                ),
            EntityDef::new("beta")
                .table("be ta")
                .column(ColumnDef::new("k1", ColumnType::Integer))
                .column(ColumnDef::new("k2", ColumnType::Text))
                .primary_key(["k2", "k1"])
                .relationship(
                    RelationshipDef::many_to_many("m1", "alpha")
                        .secondary("link1", [("k2", "l"), ("k1", "l_1")], [("id", "r")])
                        .back_populates("m1_rev")
                        .strategy(Strategy::Selectin),
                ),
            EntityDef::new("link1")
                .table("link1")
                .column(ColumnDef::new("l", ColumnType::Text).nullable().collation("NOCASE"))
                .column(ColumnDef::new("l_1", ColumnType::Text).nullable())
                .column(ColumnDef::new("r", ColumnType::Text).nullable()),
        ],
        spec: LoadSpec::from(
            Field::new("alpha")
                .filter(Filter::Relationship {
                    name: "m1_rev".into(),
                    quantifier: Quantifier::Any,
                    filter: Box::new(Filter::compare("k1", CompareOp::Ge, Value::Integer(1))),
                    at: At::default(),
                })
                .load(Field::new("it's").alias("c0"))
                .load(
                    Field::new("m1_rev")
                        .strategy(Strategy::Joined)
                        .load(Field::new("k1"))
                        .load(Field::new("m1").order(["-it's"]).limit(2)),
                ),
        ),
    };
    // (a, 1) stands in the link table twice. (A, 2) does not equal the link's (a, 2), since the target's column is
    // BINARY; the other way round it would, since the link's is NOCASE.
    let expected = r#"[{"c0":"a","m1_rev":[{"k1":1,"m1":[{"id":1,"it's":"a"},{"id":1,"it's":"a"}]},{"k1":1,"m1":[{"id":1,"it's":"a"},{"id":1,"it's":"a"}]}]}]"#;
    assert_eq!(oracle(&case.connection(), &case.graph(), &case.spec).to_string(), expected);
}
