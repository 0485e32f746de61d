//! Which collations compare bytes: asked of the server, for each of its collations.

use crate::server::on;
use eagerly_mysql::Connection;
use eagerly_tests::database::Backend;
use mysql_async::prelude::Queryable;

/// Pairs of different texts that one collation or another takes for equal.
const PAIRS: [(&str, &str); 12] = [
    ("a", "A"),
    ("a", "a "),
    ("a", "a\t"),
    ("a", "a\0"),
    ("a", "\u{1}a"),
    ("e", "\u{e9}"),
    ("e\u{301}", "\u{e9}"),
    ("ss", "\u{df}"),
    ("a", "\u{ff41}"),
    ("a", "a\u{200b}"),
    ("\u{1f600}", "\u{1f601}"),
    ("\u{3b1}", "\u{391}"),
];

#[test]
fn collations_that_compare_bytes_are_those_that_are_named() {
    for backend in [Backend::Mariadb, Backend::Mysql] {
        on(backend, "", |connection, _| check(connection, backend));
    }
}

/// Whether the dialect takes a collation for one that compares bytes.
fn is_named(backend: Backend, collation: &str) -> bool {
    use eagerly::dialect::Dialect as _;
    let (mariadb, mysql) = (eagerly::MariaDb::new(), eagerly::MySql::new());
    let capabilities = if backend == Backend::Mysql { mysql.capabilities() } else { mariadb.capabilities() };
    capabilities.byte_collations.contains(&collation)
}

async fn check(mut connection: Connection, backend: Backend) {
    // MariaDB names a collation of several character sets once for each.
    let sql = match backend {
        Backend::Mysql => "SELECT COLLATION_NAME, CHARACTER_SET_NAME FROM information_schema.COLLATIONS",
        _ => {
            "SELECT FULL_COLLATION_NAME, CHARACTER_SET_NAME
            FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY"
        }
    };
    let collations: Vec<(String, String)> = connection.conn().unwrap().query(sql).await.unwrap();
    assert!(collations.len() > 200, "{}", collations.len());
    let (mut wrong, mut named) = (Vec::new(), 0);
    // Columns of the collation `binary` are no text.
    for (collation, charset) in collations.into_iter().filter(|(name, _)| name != "binary") {
        let mut found = None;
        for (a, b) in PAIRS {
            // Texts that the character set does not have become question marks: they say nothing.
            let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
            let text = |t: &str| format!("CONVERT(CONVERT(X'{}' USING utf8mb4) USING {charset})", hex(t));
            let back = |t: &str| format!("CAST(CONVERT({} USING utf8mb4) AS BINARY) = X'{}'", text(t), hex(t));
            let sql = format!("SELECT {} COLLATE {collation} = {} AND {} AND {}", text(a), text(b), back(a), back(b));
            let equal: Option<bool> =
                connection.conn().unwrap().query_first(&sql).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
            if equal == Some(true) {
                found = Some((a, b));
                break;
            }
        }
        named += usize::from(is_named(backend, &collation));
        // Those of rare character sets are not named: what compares otherwise must not be.
        let rare = collation.ends_with("_nopad_bin") && found.is_none();
        if found.is_none() != (is_named(backend, &collation) || rare) {
            wrong.push(format!("{collation}: {found:?}"));
        }
    }
    assert!(wrong.is_empty() && named > 0, "{wrong:#?}");
}

/// The blanks that a `char` pads with are gone before anything compares: with such a collation 'a' is no 'a '.
#[test]
fn a_char_compares_as_the_text_that_comes_out_of_it() {
    for (backend, collation) in [(Backend::Mariadb, "utf8mb4_nopad_bin"), (Backend::Mysql, "utf8mb4_0900_bin")] {
        let schema = format!(
            "CREATE TABLE t (c char(4) COLLATE {collation}, v varchar(4) COLLATE {collation});
            INSERT INTO t VALUES ('a', 'a'), ('b', 'b ')"
        );
        on(backend, &schema, |mut connection, _| async move {
            let sql = "SELECT c = v, c = 'a ', CONCAT(c, '.') FROM t ORDER BY c";
            let rows: Vec<(bool, bool, String)> = connection.conn().unwrap().query(sql).await.unwrap();
            assert_eq!(rows, [(true, false, "a.".into()), (false, false, "b.".into())]);
        });
    }
}
