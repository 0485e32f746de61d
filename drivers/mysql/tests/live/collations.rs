//! Which collations compare bytes: asked of the server, for each of its collations.

use crate::server::with_database;
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
fn collations_that_compare_bytes_end_in_nopad_bin() {
    with_database("", |mut connection, _| async move {
        let sql = "SELECT FULL_COLLATION_NAME, CHARACTER_SET_NAME FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY";
        let collations: Vec<(String, String)> = connection.conn().query(sql).await.unwrap();
        assert!(collations.len() > 300, "{}", collations.len());
        // Columns of the collation `binary` are no text.
        for (collation, charset) in collations.into_iter().filter(|(name, _)| name != "binary") {
            let mut found = None;
            for (a, b) in PAIRS {
                // Texts that the character set does not have become question marks: they say nothing.
                let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
                let text = |t: &str| format!("CONVERT(CONVERT(X'{}' USING utf8mb4) USING {charset})", hex(t));
                let back = |t: &str| format!("CAST(CONVERT({} USING utf8mb4) AS BINARY) = X'{}'", text(t), hex(t));
                let sql =
                    format!("SELECT {} COLLATE {collation} = {} AND {} AND {}", text(a), text(b), back(a), back(b));
                let equal: Option<bool> =
                    connection.conn().query_first(&sql).await.unwrap_or_else(|e| panic!("{e}: {sql}"));
                if equal == Some(true) {
                    found = Some((a, b));
                    break;
                }
            }
            assert_eq!(found.is_none(), collation.ends_with("_nopad_bin"), "{collation}: {found:?}");
        }
    });
}

/// The blanks that a `char` pads with are gone before anything compares: with such a collation 'a' is no 'a '.
#[test]
fn a_char_compares_as_the_text_that_comes_out_of_it() {
    let schema = "CREATE TABLE t (c char(4) COLLATE utf8mb4_nopad_bin, v varchar(4) COLLATE utf8mb4_nopad_bin);
        INSERT INTO t VALUES ('a', 'a'), ('b', 'b ')";
    with_database(schema, |mut connection, _| async move {
        let sql = "SELECT c = v, c = 'a ', CONCAT(c, '.') FROM t ORDER BY c";
        let rows: Vec<(bool, bool, String)> = connection.conn().query(sql).await.unwrap();
        assert_eq!(rows, [(true, false, "a.".into()), (false, false, "b.".into())]);
    });
}
