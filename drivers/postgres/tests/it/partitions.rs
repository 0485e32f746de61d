//! Foreign keys that stand on the partitions of a table and not on the table.

use crate::plain::plan;
use crate::server::{Database, database};
use eagerly::RelationshipGraph;
use eagerly_postgres::{catalog, load};

/// `payment` has four keys by its partitions: to `customer` on all, at two levels of partitioning, once by a key of the
/// partition above them; to `item`, composite, in two spellings; to `payment` itself. `shop_id` has one on some alone.
const PAYMENTS: &str = "
    CREATE TABLE customer (id int PRIMARY KEY, name text); CREATE TABLE shop (id int PRIMARY KEY);
    CREATE TABLE item (a int, b int, PRIMARY KEY (a, b)); CREATE TABLE day (d date PRIMARY KEY);
    CREATE TABLE payment (id int, customer_id int, at date, a int, b int, shop_id int, up_id int, up_at date,
        PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
    CREATE TABLE payment_2023 PARTITION OF payment FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
    CREATE TABLE payment_2024 (up_at date, up_id int, shop_id int, b int, a int, at date NOT NULL, gone int, customer_id int, id int NOT NULL)
        PARTITION BY RANGE (at);
    ALTER TABLE payment_2024 DROP COLUMN gone;
    CREATE TABLE payment_2024_1 PARTITION OF payment_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-06-01');
    CREATE TABLE payment_2024_2 PARTITION OF payment_2024 DEFAULT;
    CREATE TABLE payment_2025 PARTITION OF payment FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY RANGE (at);
    ALTER TABLE payment_2023 ADD FOREIGN KEY (customer_id) REFERENCES customer ON DELETE CASCADE,
        ADD FOREIGN KEY (a, b) REFERENCES item, ADD UNIQUE (customer_id), ADD FOREIGN KEY (shop_id) REFERENCES shop;
    ALTER TABLE payment_2024 ADD FOREIGN KEY (customer_id) REFERENCES customer ON DELETE CASCADE;
    ALTER TABLE payment_2024_1 ADD FOREIGN KEY (b, a) REFERENCES item (b, a) ON DELETE SET NULL, ADD UNIQUE (customer_id),
        ADD FOREIGN KEY (at) REFERENCES day;
    ALTER TABLE payment_2024_2 ADD FOREIGN KEY (a, b) REFERENCES item (a, b), ADD FOREIGN KEY (shop_id) REFERENCES shop,
        ADD UNIQUE (customer_id);";

/// What needs the table as a whole.
const ATTACHED: &str = "
    ALTER TABLE payment ATTACH PARTITION payment_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    ALTER TABLE payment_2023 ADD FOREIGN KEY (up_id, up_at) REFERENCES payment;
    ALTER TABLE payment_2024 ADD FOREIGN KEY (up_id, up_at) REFERENCES payment;
    INSERT INTO customer VALUES (1, 'Ada'), (2, 'Ben'); INSERT INTO shop VALUES (1), (2); INSERT INTO item VALUES (1, 2), (2, 1);
    INSERT INTO day VALUES ('2024-05-05');
    INSERT INTO payment VALUES (1, 1, '2023-05-05', 1, 2, 1, NULL, NULL), (2, 1, '2024-05-05', 2, 1, 1, 1, '2023-05-05'),
        (3, 2, '2024-05-05', NULL, 1, 2, 2, '2024-05-05');";

impl Database {
    fn reflected(&self) -> RelationshipGraph {
        self.runtime.block_on(eagerly_postgres::reflect(self.connection.client())).unwrap()
    }

    fn json(&self, spec: &str) -> String {
        let graph = self.runtime.block_on(load(&self.connection, &plan(self.reflected(), spec))).unwrap();
        graph.to_json().unwrap()
    }
}

#[test]
fn a_key_that_every_partition_has_is_one_of_the_table() {
    let Some(database) = &database(&format!("{PAYMENTS}{ATTACHED}")) else { return };
    let found = database.runtime.block_on(catalog(database.connection.client())).unwrap();
    let payment = found.tables.iter().find(|table| table.name == "payment").unwrap();
    let keys: Vec<String> = payment
        .foreign_keys
        .iter()
        .map(|key| {
            let action = key.on_delete.map_or("mixed", |action| action.name());
            format!("{:?} {} {:?} {action}", key.columns, key.target, key.target_columns)
        })
        .collect();
    let expected = [
        r#"["a", "b"] item ["a", "b"] mixed"#,
        r#"["customer_id"] customer ["id"] cascade"#,
        r#"["up_id", "up_at"] payment ["id", "at"] no action"#,
    ];
    assert_eq!(keys, expected);
    // Unique within each partition is not unique.
    assert_eq!(payment.unique_keys, []);
    let graph = database.reflected();
    for path in
        ["payment.customer", "customer.payment", "item.payment", "payment.item", "payment.payment_by_up_id_up_at"]
    {
        assert!(graph.resolve_path(path).is_ok(), "{path} in {}", graph.to_toml().unwrap());
    }
    for path in ["payment.shop", "shop.payment", "day.payment"] {
        assert!(graph.resolve_path(path).is_err(), "{path}");
    }
}

#[test]
fn rows_of_all_partitions_are_found_in_both_directions() {
    let Some(database) = &database(&format!("{PAYMENTS}{ATTACHED}")) else { return };
    for strategy in ["@selectin", "@joined", "@subquery", "@auto"] {
        let found =
            database.json(&format!("{{ customer {{ name payment {strategy} {{ id item {strategy} {{ a }} }} }} }}"));
        let expected = r#"[{"name":"Ada","payment":[{"id":1,"item":{"a":1}},{"id":2,"item":{"a":2}}]},{"name":"Ben","payment":[{"id":3,"item":null}]}]"#;
        assert_eq!(found, expected, "{strategy}");
        let found = database.json(&format!("{{ payment {{ id customer {strategy} {{ name }} }} }}"));
        let expected = r#"[{"id":1,"customer":{"name":"Ada"}},{"id":2,"customer":{"name":"Ada"}},{"id":3,"customer":{"name":"Ben"}}]"#;
        assert_eq!(found, expected, "{strategy}");
    }
    let found =
        database.json("{ customer { name payment(limit: 1, order: [\"-id\"]) { id payment_by_up_id_up_at { id } } } }");
    let expected = r#"[{"name":"Ada","payment":[{"id":2,"payment_by_up_id_up_at":[{"id":3}]}]},{"name":"Ben","payment":[{"id":3,"payment_by_up_id_up_at":[]}]}]"#;
    assert_eq!(found, expected);
    // Nothing follows from such a key: rows without a target stay.
    let orphans =
        "SET session_replication_role = replica; INSERT INTO payment VALUES (9, 77, '2023-06-06', 1, 2, 1, NULL, NULL);
        SET session_replication_role = origin;";
    database.runtime.block_on(database.connection.client().batch_execute(orphans)).unwrap();
    for strategy in ["@selectin", "@joined", "@subquery"] {
        let found = database.json(&format!("{{ payment(where: {{id: 9}}) {{ id customer {strategy} {{ id }} }} }}"));
        assert_eq!(found, r#"[{"id":9,"customer":null}]"#, "{strategy}");
    }
}

#[test]
fn what_no_or_not_every_partition_has_is_none() {
    let setup = "
        CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
        CREATE TABLE a (id int PRIMARY KEY, n int UNIQUE);
        CREATE TABLE none (id int, a_id int) PARTITION BY RANGE (id);
        CREATE TABLE hollow (id int, a_id int) PARTITION BY RANGE (id);
        CREATE TABLE hollow_1 PARTITION OF hollow DEFAULT PARTITION BY RANGE (id);
        ALTER TABLE hollow_1 ADD FOREIGN KEY (a_id) REFERENCES a;
        CREATE TABLE far (id int, a_id int) PARTITION BY RANGE (id);
        CREATE TABLE far_1 PARTITION OF far FOR VALUES FROM (1) TO (2);
        CREATE FOREIGN TABLE far_2 PARTITION OF far FOR VALUES FROM (2) TO (3) SERVER far;
        ALTER TABLE far_1 ADD FOREIGN KEY (a_id) REFERENCES a;
        CREATE TABLE other (id int, a_id int) PARTITION BY RANGE (id);
        CREATE TABLE other_1 PARTITION OF other FOR VALUES FROM (1) TO (2);
        CREATE TABLE other_2 PARTITION OF other FOR VALUES FROM (2) TO (3);
        ALTER TABLE other_1 ADD FOREIGN KEY (a_id) REFERENCES a; ALTER TABLE other_2 ADD FOREIGN KEY (a_id) REFERENCES a (n);
        CREATE TABLE own (id int, a_id int REFERENCES a) PARTITION BY RANGE (id);
        CREATE TABLE own_1 PARTITION OF own FOR VALUES FROM (1) TO (2); CREATE TABLE own_2 PARTITION OF own DEFAULT;
        ALTER TABLE own_1 ADD FOREIGN KEY (a_id) REFERENCES a; ALTER TABLE own_2 ADD FOREIGN KEY (a_id) REFERENCES a;
        CREATE TABLE heads (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE heads_1 PARTITION OF heads FOR VALUES FROM (1) TO (2); CREATE TABLE heads_2 PARTITION OF heads DEFAULT;
        CREATE TABLE split (id int, heads_id int) PARTITION BY RANGE (id);
        CREATE TABLE split_1 PARTITION OF split FOR VALUES FROM (1) TO (2); CREATE TABLE split_2 PARTITION OF split DEFAULT;
        ALTER TABLE split_1 ADD FOREIGN KEY (heads_id) REFERENCES heads; ALTER TABLE split_2 ADD FOREIGN KEY (heads_id) REFERENCES heads;";
    let Some(database) = &database(setup) else { return };
    let found = database.runtime.block_on(catalog(database.connection.client())).unwrap();
    let keys = found.tables.iter().map(|table| {
        let targets: Vec<&str> = table.foreign_keys.iter().map(|key| key.target.as_str()).collect();
        format!("{} {}", table.name, targets.join(" "))
    });
    let keys: Vec<String> = keys.filter(|line| !line.ends_with(' ')).collect();
    assert_eq!(keys, ["own a", "split heads"]);
}
