//! `--max-rows`: the larger of rows read and objects written.

use crate::support::Place;

const SPEC: &str = "{ post { title tag { name } } }";

#[test]
fn rows_read_are_bounded() {
    let place = Place::blog();
    // Three posts, and three pairs of post and tag.
    assert_eq!(place.load(&["--max-rows", "6", SPEC]), place.load(&[SPEC]));
    for limit in ["0", "1", "3", "5"] {
        place.refuses(
            &["load", "blog.db", SPEC, "--max-rows", limit],
            4,
            &["E0501", &format!("more than {limit} rows")],
        );
    }
    assert_eq!(place.load(&["--max-rows", "0", "{ post(limit: 0) }"]), serde_json::json!([]));
    place.load(&["--max-rows", &u64::MAX.to_string(), SPEC]);
}

#[test]
fn objects_written_are_bounded() {
    let place = Place::blog();
    // One author of many posts: 100 rows and one more are read, 100 x 100 objects and more are written.
    let more = "INSERT INTO post SELECT value, value, 0, 0, 1 FROM generate";
    let numbers =
        "WITH RECURSIVE generate(value) AS (SELECT 10 UNION ALL SELECT value + 1 FROM generate WHERE value < 107)";
    place.connect("blog.db").execute_batch(&format!("{numbers} {more}")).unwrap();
    let spec = "{ post { id author @selectin { id post @selectin { id } } } }";
    place.refuses(&["load", "blog.db", spec, "--max-rows", "1000"], 4, &["E0501", "more than 1000 objects"]);
    assert_eq!(place.load(&[spec]).as_array().unwrap().len(), 101);
}

#[test]
fn the_default_is_ten_million() {
    let place = Place::blog();
    assert!(place.run(&["load", "--help"]).text().contains("10000000"));
    // A shared graph that unfolds to 2^24 objects or so.
    let doubling = "CREATE TABLE n (id INTEGER PRIMARY KEY);
        CREATE TABLE e (a_id INTEGER REFERENCES n, b_id INTEGER REFERENCES n, PRIMARY KEY (a_id, b_id));
        INSERT INTO n VALUES (1), (2); INSERT INTO e VALUES (1, 1), (1, 2), (2, 1), (2, 2);";
    let place = place.with("double.db", doubling);
    let to = "n_through_e_b_id";
    let spec = format!("{{ n {{ id {} {} }} }}", format!("x: {to} {{ id ").repeat(24), "}".repeat(24));
    place.refuses(&["load", "double.db", &spec], 4, &["E0501", "more than 10000000 objects"]);
}

#[test]
fn a_limit_is_a_whole_number() {
    let place = Place::blog();
    for limit in ["-1", "1.5", "many", "", "18446744073709551616"] {
        place.refuses(&["load", "blog.db", SPEC, "--max-rows", limit], 2, &["E0001", "--max-rows"]);
    }
}
