//! Documents, texts and bytes that are longer than a server's sort buffer come out in any order, from everywhere.

use eagerly::LoadSpec;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine as _, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{Settings, read_under, server};

/// MySQL's sort buffer has 262 144 bytes by default.
const LONG: usize = 300_000;

/// Two parents with two children each, of which one is long in every way, and a view of them.
fn schema() -> String {
    let long = format!(
        "JSON_QUOTE(REPEAT('j', {LONG})), REPEAT('t', {LONG}), REPEAT('m', {LONG}), REPEAT('b', {LONG}), REPEAT('c', {LONG})"
    );
    format!(
        "CREATE TABLE p (id int PRIMARY KEY, name varchar(9));
         CREATE TABLE d (id int PRIMARY KEY, p_id int, k int, j json, t longtext, m mediumtext, b longblob, c mediumblob,
             v longtext AS (CONCAT(t, 'v')) VIRTUAL, FOREIGN KEY (p_id) REFERENCES p (id));
         CREATE TABLE l (owner int, doc int, PRIMARY KEY (owner, doc), FOREIGN KEY (owner) REFERENCES p (id),
             FOREIGN KEY (doc) REFERENCES d (id));
         CREATE VIEW w AS SELECT id, k, p_id, CONCAT(t, 'w') AS t, CONCAT(m, 'w') AS m, j FROM d;
         INSERT INTO p VALUES (1, 'a'), (2, 'b');
         INSERT INTO d (id, p_id, k, j, t, m, b, c) VALUES
             (1, 1, 4, '[1]', 'x', 'x', 'x', 'x'), (2, 1, 3, {long}), (3, 2, 2, '[2]', 'y', 'y', 'y', 'y'), (4, 2, 1, {long});
         INSERT INTO l SELECT p_id, id FROM d;"
    )
}

fn sorted_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = server.database(&schema());
    // The oracle asks for sorted rows too.
    let roomy = Settings::new(["SET sort_buffer_size = 67108864"]);
    let (database, catalog) = read_under(backend, &url, &roomy);
    let own = eagerly::RelationshipGraph::from_catalog(&catalog).unwrap();
    let (graph, engine) = (server.reflect(&url), OnServers::default());
    for column in ["j", "t", "v"] {
        let mut texts = vec![
            format!("{{ d {{ {column} }} }}"),
            format!("{{ d(order: [\"k\"]) {{ {column} p {{ name }} }} }}"),
            format!("{{ d(order: [\"{column}\", \"k\"]) {{ k }} }}"),
            format!("{{ d(order: [\"k\"], where: {{p: {{has: {{name: {{ne: \"\"}}}}}}}}) {{ {column} }} }}"),
            format!("{{ p {{ d(order: [\"k\"]) {{ {column} }} }} }}"),
            format!("{{ p {{ d(order: [\"-k\"], limit: 1) {{ {column} }} }} }}"),
            format!("{{ p {{ d(order: [\"-k\"], limit: 20) {{ {column} }} }} }}"),
            format!("{{ p {{ d_through_l(order: [\"-k\"]) {{ {column} }} }} }}"),
            format!("{{ p {{ d_through_l(order: [\"-k\"], limit: 2) {{ {column} }} }} }}"),
        ];
        if column == "j" {
            texts.push("{ d(order: [\"k\"]) { m b c p { name } } }".to_owned());
            texts.push("{ w(order: [\"k\"]) { m } }".to_owned());
        }
        if ["j", "t"].contains(&column) {
            texts.push(format!("{{ w(order: [\"k\"]) {{ {column} }} }}"));
            texts.push(format!("{{ w(order: [\"{column}\", \"k\"], limit: 3) {{ k }} }}"));
        }
        for text in texts {
            let spec = LoadSpec::parse(&text).unwrap();
            let expected = oracle_on(database.as_ref(), &own, &spec);
            for treatment in Treatment::DEFAULT {
                let loaded = engine.load(backend, &url, &graph, &treatment.apply(&graph, &spec));
                judge(treatment, loaded, &expected).unwrap_or_else(|problem| panic!("{text}: {problem:.2000}"));
            }
        }
    }
}

#[test]
fn what_is_longer_than_a_sort_buffer_is_sorted_on_mysql() {
    sorted_on(Backend::Mysql);
}

#[test]
fn what_is_longer_than_a_sort_buffer_is_sorted_on_mariadb() {
    sorted_on(Backend::Mariadb);
}
