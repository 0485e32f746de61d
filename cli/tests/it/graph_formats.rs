//! `inspect --format toml|json|dot|mermaid`: what is written is read back by its readers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use crate::support::Place;

/// Names that need every escape there is.
const AWKWARD: &str = r##"
    CREATE TABLE "Order Details" (
        "Order Id" INTEGER PRIMARY KEY, "PK" INTEGER UNIQUE REFERENCES "select" ("key"), "quo""te <b>&amp;{x|y}" TEXT,
        "back\slash 100%" TEXT, "naïve 😀" TEXT, "1st" TEXT, "" TEXT, "#quot;" TEXT, "it's" TEXT, "a-b[c](d)*" TEXT);
    CREATE TABLE "select" ("key" INTEGER PRIMARY KEY, "from" TEXT NOT NULL, "entity" TEXT);
    CREATE TABLE "erDiagram" (id INTEGER PRIMARY KEY, "select_id" INTEGER NOT NULL REFERENCES "select", "title" TEXT);
    CREATE TABLE "1+" (id INTEGER PRIMARY KEY, up_id INTEGER REFERENCES "1+");
    CREATE TABLE "one" (id INTEGER PRIMARY KEY REFERENCES "1+");
    CREATE TABLE "u" (
        a INTEGER NOT NULL REFERENCES "select", b INTEGER NOT NULL REFERENCES "1+", PRIMARY KEY (a, b));
    CREATE VIEW "view ""2""" AS SELECT "key" AS "order" FROM "select";
"##;

fn awkward() -> Place {
    Place::empty().with("a.db", AWKWARD)
}

fn chinook() -> Place {
    let place = Place::empty();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/chinook.sqlite");
    std::fs::copy(file, place.path("a.db")).unwrap();
    place
}

#[test]
fn toml_reads_back_alone_and_over_the_database() {
    for place in [awkward(), chinook(), Place::empty().with("a.db", "")] {
        let toml = place.run(&["inspect", "a.db", "--format", "toml"]).text();
        place.write("a.toml", &toml);
        for arguments in [&["inspect", "--graph", "a.toml"][..], &["inspect", "a.db", "--graph", "a.toml"]] {
            assert_eq!(place.run(&[arguments, &["--format", "toml"]].concat()).text(), toml);
            let text = place.run(&["inspect", "a.db"]).text();
            assert_eq!(place.run(arguments).text(), text);
        }
    }
}

/// This very text was accepted by Mermaid 11's parser, and gave these entities, columns and cardinalities.
#[test]
fn mermaid() {
    let expected = r##"erDiagram
  "_1_" {
    integer id PK
    integer up_id FK
  }
  "Order_Details" {
    integer Order_Id PK "Order Id"
    integer _PK FK, UK "PK"
    text quo_te__b__amp__x_y_ "quo#quot;te #lt;b#gt;#amp;amp#59;{x|y}"
    text back_slash_100_ "back#92;slash 100#37;"
    text na_ve__ "naïve 😀"
    text _1st "1st"
    text _ " "
    text _quot_ "#35;quot#59;"
    text it_s "it's"
    text a_b_c__d__ "a-b[c](d)*"
  }
  "erDiagram" {
    integer id PK
    integer select_id FK
    text title
  }
  "one" {
    integer id PK, FK
  }
  "select" {
    integer key PK
    text from
    text entity
  }
  "u" {
    integer a PK, FK
    integer b PK, FK
  }
  "view__2_" {
    integer order
  }
  "_1_" }o--o| "_1_" : "up / _1__by_up_id"
  "_1_" ||--o| "one" : "one / _1_"
  "_1_" ||--o{ "u" : "u / _1_"
  "_1_" }o--o{ "select" : "select / _1_"
  "Order_Details" |o--o| "select" : "select / Order_Details"
  "erDiagram" }o--|| "select" : "select / erDiagram"
  "select" ||--o{ "u" : "u / select"
"##;
    assert_eq!(awkward().run(&["inspect", "a.db", "--format", "mermaid"]).text(), expected);
}

/// What Mermaid's lexer takes, line by line; names of a graph file can hold anything.
#[test]
fn mermaid_of_any_names_keeps_to_its_syntax() {
    let place = awkward();
    place.write("odd.toml", ODD);
    for arguments in [&["a.db"][..], &["a.db", "--graph", "odd.toml"]] {
        let text = place.run(&[&["inspect", "--format", "mermaid"], arguments].concat()).text();
        let quoted = |text: &str| {
            let inner = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or_else(|| panic!("{text}"));
            assert!(!inner.is_empty() && !inner.contains(['"', '%', '\\']), "{text}");
            assert!(inner.chars().all(|c| !c.is_control()), "{text:?}");
        };
        for line in text.lines().skip(1).filter(|line| *line != "  }") {
            if let Some(column) = line.strip_prefix("    ") {
                let (plain, comment) = column.split_at(column.find('"').unwrap_or(column.len()));
                let words: Vec<&str> = plain.trim_end().splitn(3, ' ').collect();
                assert!(words[1].chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{line}");
                assert!(!words[1].starts_with(|c: char| c.is_ascii_digit()), "{line}");
                assert!(words.get(2).is_none_or(|keys| keys.split(", ").all(|key| ["PK", "FK", "UK"].contains(&key))));
                if !comment.is_empty() {
                    quoted(comment);
                }
            } else if let Some(entity) = line.strip_suffix(" {") {
                quoted(entity.trim_start());
            } else {
                let (ends, label) = line.trim_start().rsplit_once(" : ").unwrap();
                quoted(label);
                let between = ["}o", "||", "|o"].iter().flat_map(|l| ["o{", "||", "o|"].map(|r| format!(" {l}--{r} ")));
                let (left, right) = between.into_iter().find_map(|way| ends.split_once(&way)).expect("a cardinality");
                quoted(left);
                quoted(right);
            }
        }
    }
}

const ODD: &str = r##"
    [entity."a \"q\" \\ 100% #quot; ; <b> & {x|y} é😀 \n\u0001"]
    table = "select"
    [entity."a \"q\" \\ 100% #quot; ; <b> & {x|y} é😀 \n\u0001".relationship]
    "r \"q\" \\ 100% \\N \\l <i>" = { direction = "one-to-many", target = " ", on = { key = "id" } }
    "  " = { direction = "one-to-one", target = " ", on = { key = "id" }, where = { title = { in = ["x", "\u202E"] } } }
    [entity." "]
    table = "erDiagram"
    [entity."ends with \\"]
    table = "one"
    [entity."\uFFFE\u202E"]
    table = "one"
    [entity."%%{init: {}}%%"]
    table = "one"
"##;

/// Graphviz 2.43 drew this text: `dot -Tsvg` without a warning, and the SVG is well-formed.
#[test]
fn dot() {
    let place = Place::empty().with(
        "a.db",
        "CREATE TABLE \"a \"\"<b>&\" (id INTEGER PRIMARY KEY, \"x{|}\\N\" TEXT, up_id INTEGER REFERENCES \"a \"\"<b>&\");
         CREATE TABLE l (a NOT NULL REFERENCES \"a \"\"<b>&\", b NOT NULL REFERENCES c, PRIMARY KEY (a, b));
         CREATE TABLE c (id INTEGER PRIMARY KEY, \"\" TEXT)",
    );
    let text = place.run(&["inspect", "a.db", "--format", "dot"]).text();
    let row = |name: &str, ty: &str| format!("<TR><TD ALIGN=\"LEFT\">{name}</TD><TD ALIGN=\"LEFT\">{ty}</TD></TR>");
    let table = |name: &str, rows: &[String]| {
        format!(
            "<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\"><TR><TD COLSPAN=\"2\" BGCOLOR=\"lightgray\">{name}</TD>\
             </TR>{}</TABLE>",
            rows.concat()
        )
    };
    let a = [row("<B>id</B>", "integer"), row("x{|}\\N", "text null"), row("up_id &#8594;", "integer null")];
    let expected = [
        "digraph \"entities\" {".to_owned(),
        "  graph [rankdir=LR];".to_owned(),
        "  node [shape=plain];".to_owned(),
        "  edge [dir=both];".to_owned(),
        format!("  e0 [label=<{}>];", table("a___b__", &a)),
        format!("  e1 [label=<{}>];", table("c", &[row("<B>id</B>", "integer"), row(" ", "text null")])),
        format!("  e2 [label=<{}>];", table("l", &["a", "b"].map(|n| row(&format!("<B>{n}</B> &#8594;"), "untyped")))),
        "  e0 -> e0 [label=\"up / a___b___by_up_id\", arrowtail=crowodot, arrowhead=teeodot];".to_owned(),
        "  e0 -> e2 [label=\"l / a___b__\", arrowtail=teetee, arrowhead=crowodot];".to_owned(),
        "  e0 -> e1 [label=\"c / a___b__\", arrowtail=crowodot, arrowhead=crowodot, style=dashed];".to_owned(),
        "  e1 -> e2 [label=\"l / c\", arrowtail=teetee, arrowhead=crowodot];".to_owned(),
        "}".to_owned(),
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn dot_of_any_names_keeps_to_its_syntax() {
    let place = awkward();
    place.write("odd.toml", ODD);
    let text = place.run(&["inspect", "a.db", "--graph", "odd.toml", "--format", "dot"]).text();
    assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{fffe}'), "{text:?}");
    for line in text.lines() {
        if let Some((_, html)) = line.split_once("[label=<") {
            let html = html.strip_suffix(">];").unwrap();
            // Every `<` opens or closes one of our own elements, and every `&` a character.
            for tag in html.split('<').skip(1) {
                let known = ["TABLE", "/TABLE", "TR>", "/TR>", "TD ", "/TD>", "B>", "/B>"];
                assert!(known.iter().any(|known| tag.starts_with(known)), "{tag}");
            }
            for character in html.split('&').skip(1) {
                let known = ["amp;", "lt;", "gt;", "quot;", "#8594;"];
                assert!(known.iter().any(|known| character.starts_with(known)), "{character}");
            }
        } else if let Some((_, label)) = line.split_once("[label=\"") {
            let label = label.split_once("\", arrowtail=").unwrap().0;
            let unescaped = label.replace("\\\\", "").replace("\\\"", "");
            assert!(!unescaped.contains(['"', '\\']), "{label}");
        }
    }
}

#[test]
fn json_has_all_keys_and_says_what_the_graph_says() {
    let place = Place::blog();
    place.write(
        "g.toml",
        r#"entity.post.relationship.author = { order_by = [], strategy = "joined", where = { name = { like = "A%" } } }"#,
    );
    let json = place.run(&["inspect", "blog.db", "--graph", "g.toml", "--format", "json"]).json();
    assert_eq!(json["load_order"].as_array().unwrap().len(), 4);
    assert_eq!(json["cycles"], serde_json::json!([]));
    let entity = |name: &str| json["entities"].as_array().unwrap().iter().find(|e| e["name"] == name).unwrap();
    let keys = |json: &serde_json::Value| json.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let post = entity("post");
    assert_eq!(keys(post), "name schema table view columns primary_key unique_keys indexes row_id rows relationships");
    let column = serde_json::json!(
        {"name": "score", "type": "float", "nullable": true, "collation": null, "generated": false}
    );
    assert_eq!(post["columns"][2], column);
    let relationships = post["relationships"].as_array().unwrap();
    assert_eq!(
        relationships[0],
        serde_json::json!({
            "name": "author", "direction": "many-to-one", "target": "author", "list": false,
            "on": [["author_id", "id"]], "secondary": null, "back_populates": "post", "viewonly": false,
            "trusted": false,
            "order_by": [], "strategy": "joined", "where": {"name": {"like": "A%"}}, "on_delete": "set null"
        })
    );
    let tag = relationships.iter().find(|r| r["name"] == "tag").unwrap();
    assert_eq!(tag["on"], serde_json::json!([["id", "post_id"]]));
    assert_eq!(tag["secondary"], serde_json::json!({"entity": "post_tag", "on": [["tag_id", "id"]]}));
    assert_eq!(entity("tag")["unique_keys"], serde_json::json!([{"columns": ["slug"], "exact": true}]));
    let awkward = awkward();
    awkward.write("odd.toml", ODD);
    let text = awkward.run(&["inspect", "a.db", "--graph", "odd.toml", "--format", "json"]).text();
    assert!(!text.contains(['\u{202e}', '\u{1}']), "{text}");
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["entities"].as_array().unwrap().last().unwrap()["name"], "%%{init: {}}%%");
    assert_eq!(json["cycles"], serde_json::json!([["_1_"]]));
}

#[test]
fn a_graph_file_shows_in_the_text() {
    let place = Place::blog();
    place.write(
        "g.toml",
        "[entity.author.relationship.post]\norder_by = [\"-title\", \"id\"]\nviewonly = false\nstrategy = \"selectin\"\n\
         where = \"{published: true}\"\n",
    );
    let text = place.run(&["inspect", "blog.db", "--graph", "g.toml"]).text();
    let expected = "back post.author  on delete set null  selectin  order -title, id  where { published = true }";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn mistakes_of_a_graph_file_show_its_text() {
    let place = Place::blog();
    place.write("g.toml", "[entity.post]\ncolums = []\nview = 1\n");
    let shown = place.refuses(
        &["inspect", "blog.db", "--graph", "g.toml"],
        2,
        &["E0206", "[g.toml:2:1]", "did you mean `columns`?", "E0207", "[g.toml:3:8]", "2 problems"],
    );
    assert!(shown.stderr.contains(" 2 | colums = []"), "{}", shown.stderr);
    place.write("g.toml", "[entity.pots]\nprimary_key = [\"id\"]\n");
    place.refuses(
        &["inspect", "blog.db", "--graph", "g.toml"],
        2,
        &["E0202", "no table or view `pots` in the database", "[g.toml:1:9]", "did you mean `post`?"],
    );
    place.refuses(&["inspect", "--graph", "g.toml"], 2, &["E0204", "has no columns", "[g.toml:1:9]"]);
    place.write("g.toml", "[entity.a\n");
    place.refuses(&["inspect", "--graph", "g.toml"], 2, &["E0205", "[g.toml:1:", "unclosed table"]);
    place.write("g.toml", b"\xff");
    place.refuses(&["inspect", "--graph", "g.toml"], 2, &["E0002", "the graph file in `g.toml` is not UTF-8"]);
    place.refuses(&["inspect", "--graph", "no.toml"], 2, &["E0002", "cannot read the graph file from `no.toml`"]);
    place.refuses(&["inspect"], 2, &["E0001", "<DB>"]);
}

const GRAPH: &str = r#"
[entity.post.relationship.writer]
direction = "many-to-one"
target = "author"
on = { author_id = "id" }
strategy = "joined"

[entity.post.relationship.author]
where = { name = { ne = "Ada" } }
"#;

/// A graph file adds to what the database says, and overrides it.
#[test]
fn load_and_plan_take_a_graph_file() {
    let place = Place::blog();
    place.write("g.toml", GRAPH);
    let spec = "{ post(limit: 1) { id writer { name } author { name } } }";
    let loaded = place.run(&["load", "blog.db", spec, "--graph", "g.toml"]).json();
    let post = &loaded[0];
    assert!(post["writer"]["name"].is_string(), "{loaded}");
    assert_eq!(post["author"].is_null(), post["writer"]["name"] == "Ada", "{loaded}");
    let plan = place.run(&["plan", "blog.db", spec, "--graph", "g.toml"]).text();
    assert!(plan.contains("joined post.writer"), "{plan}");
    place.refuses(&["load", "blog.db", spec], 2, &["no relationship `writer` on `post`"]);
}

/// With a graph file a plan needs no database; over the database it is the same plan.
#[test]
fn a_graph_file_alone_can_be_planned() {
    let place = Place::blog();
    let whole = place.run(&["inspect", "blog.db", "--format", "toml"]).text();
    place.write("g.toml", &whole);
    for spec in ["{ post { title author tag { slug } } }", "{ author(limit: 3) { post(limit: 2) } }"] {
        for format in ["text", "json"] {
            let plan = place.run(&["plan", "blog.db", spec, "--format", format]).text();
            assert_eq!(place.run(&["plan", "--graph", "g.toml", spec, "--format", format]).text(), plan);
            assert_eq!(place.run(&["plan", "blog.db", spec, "--format", format, "--graph", "g.toml"]).text(), plan);
        }
        let loaded = place.run(&["load", "blog.db", spec]).text();
        assert_eq!(place.run(&["load", "blog.db", spec, "--graph", "g.toml"]).text(), loaded);
    }
    place.refuses(&["plan", "--graph", "g.toml"], 2, &["E0001", "a specification is missing"]);
    place.refuses(&["plan", "--graph", "g.toml", "{ pots }"], 2, &["E0102", "<spec>:1:3", "did you mean `post`?"]);
    place.refuses(&["plan", "--graph", "none.toml", "{ post }"], 2, &["E0002", "none.toml"]);
}

/// What is wrong with the graph file is shown in its own text, and what is wrong with the specification in its own.
#[test]
fn mistakes_point_into_the_file_they_are_in() {
    let place = Place::blog();
    place.write("g.toml", GRAPH.replace("author_id", "autor_id"));
    let report = place.refuses(&["load", "blog.db", "{ pots }", "--graph", "g.toml"], 2, &["E0202", "g.toml:5"]);
    assert!(!report.stderr.contains("<spec>"), "{}", report.stderr);
    place.write("g.toml", GRAPH);
    place.refuses(&["load", "blog.db", "{ pots }", "--graph", "g.toml"], 2, &["E0102", "<spec>:1:3"]);
}

/// The plan as JSON is the plan: statements in order, with what explain says first.
#[test]
fn a_plan_as_json() {
    let place = Place::blog();
    let plan = place.run(&["plan", "blog.db", "{ post { title tag { slug } } }", "--format", "json"]).json();
    assert_eq!(
        (plan["eagerly_plan"].as_u64(), plan["waves"].as_u64(), plan["statements"].as_u64()),
        (Some(2), Some(2), Some(2))
    );
    assert_eq!(plan["dialect"], "sqlite");
    let names: Vec<&str> = plan["batches"].as_array().unwrap().iter().map(|b| b["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["post", "post.tag"]);
    let text = place.run(&["plan", "blog.db", "{ post { title tag { slug } } }"]).text();
    for batch in plan["batches"].as_array().unwrap() {
        assert!(text.contains(batch["sql"]["text"].as_str().unwrap()), "{text}");
    }
}
