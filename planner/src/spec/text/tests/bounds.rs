//! Depth, size, the number of problems, and mutations of valid text.

use super::super::{MAX_BYTES, MAX_DEPTH};
use super::*;

/// Runs `work` on a third of the stack that a thread has by default.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(768 << 10).spawn(work);
    assert!(thread.unwrap().join().is_ok());
}

#[test]
fn depth() {
    on_a_small_stack(|| {
        let nested = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
        let relationships = nested("{ a ", "}", 200);
        assert!(LoadSpec::parse(&relationships).is_ok());
        assert!(LoadSpec::parse(&nested("{ a ", "}", MAX_DEPTH)).is_ok());
        let filters = |n| nested("{a: {any: ", "}}", n).replace('x', "{}");
        assert!(LoadSpec::parse(&format!("{{ post(where: {}) }}", filters(126))).is_ok());
        assert!(
            LoadSpec::parse(&format!("{{ post(where: {}) }}", nested("{not: ", "}", 250).replace('x', "{}"))).is_ok()
        );
        for n in [MAX_DEPTH + 1, 10_000, 1_000_000] {
            for text in [
                nested("{ a ", "}", n),
                "{".repeat(n),
                "{ a ".repeat(n),
                "[".repeat(n),
                "(".repeat(n),
                "{ ... ".repeat(n),
                "query ($x: ".to_owned() + &"[".repeat(n),
                format!("{{ post(where: {}) }}", nested("{a: ", "}", n)),
                format!("{{ post(where: {}) }}", filters(n)),
                format!("{{ post(where: {}) }}", nested("{and: [", "]}", n)),
                format!("{{ post(where: {{a: {}}}) }}", nested("[", "]", n)),
                format!("{{ post(where: {}", "{not: ".repeat(n)),
            ] {
                let errors = LoadSpec::parse(&text).unwrap_err();
                assert_eq!(errors.all().last().map(|e| e.code), Some(code::TOO_DEEP), "{errors}");
                assert!(errors.first().at.span.is_some());
            }
            // Closed by the wrong brackets, they never pile up for the scan.
            for text in ["{ a ) ".repeat(n), "{a([}".repeat(n), "([)".repeat(n), "}{".repeat(n), "{a(b:[)".repeat(n)] {
                assert!(LoadSpec::parse(&text).is_err());
            }
        }
    });
}

#[test]
fn size() {
    fails(&" ".repeat(MAX_BYTES + 1), &[(code::OUT_OF_RANGE, "no span", "")]);
    let long = "a".repeat(1 << 20);
    let errors = errors(&format!("{{ {long}({long}: 1, limit: {long}) {{ {long}(order: {long}) @{long} }} }}"));
    assert_eq!(errors.all().len(), 4);
    assert!(errors.to_string().len() < 2000, "{errors}");
}

#[test]
fn problems_are_bounded() {
    for text in [
        format!("{{ post({}) }}", "a: 1, a: 1,".repeat(1000)),
        format!("{{ post {{ {} }} }}", "?".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(limit: 01, order: ) ".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(limit:)".repeat(1000)),
        format!("{{ post {{ {} }} }}", "a(b)".repeat(1000)),
        "type ".repeat(1000) + &"} type".repeat(1000),
        "{}".repeat(1000),
    ] {
        let errors = errors(&text);
        assert!((2..=101).contains(&errors.all().len()), "{text}: {errors}");
    }
}

/// Valid specifications that the mutation test starts from.
const VALID: [&str; 33] = [
    "query Q($x: Int!, $y: [Int!]) { post(where: {a: $x, b: {in: $y}}) { id } }",
    r#"{ post @except(columns: ["body", "a b"]) @default(strategy: raise) { tags @lazy author @raise } }"#,
    r#"{ post { replies @recurse(depth: 2) { id } tags @subquery @link(columns: "at") up: parent @noload @recurse } }"#,
    "{ post }",
    "query { post }",
    "query Posts { post { id } }",
    "{ post { title author { name } } }",
    "{ p: post { t: title a: author { n: name } } }",
    "{ post(limit: 10) { id } }",
    "{ post(limit: 10, offset: 5) }",
    "{ post(offset: 0 limit: 9223372036854775807) }",
    r#"{ post(order: ["-created_at", "title"]) }"#,
    r#"{ post(order: "title") { id } }"#,
    "{ post { author @joined { name } } }",
    "{ post { author @joined(inner: true) { name } } }",
    "{ post { tags @selectin { name slug } comments @auto } }",
    "{ post(where: {}) }",
    "{ post(where: {published: true, draft: false, x: null}) }",
    r#"{ post(where: {title: "a\n\t\"b\" ä 😀"}) }"#,
    r#"{ post(where: {title: "\u00e4\ud83d\ude00\u{1F600}"}) }"#,
    "{ post(where: {body: \"\"\"\n  block\n    string \\\"\"\"\n\"\"\"}) }",
    "{ post(where: {a: {eq: 1, ne: 2, lt: 3, le: 4, gt: 5, ge: 6}}) }",
    r#"{ post(where: {a: {like: "%x%", not_like: "_"}}) }"#,
    "{ post(where: {a: {in: [1, 2, 3], not_in: []}}) }",
    "{ post(where: {a: {is_null: true}, b: {is_null: false}}) }",
    "{ post(where: {a: -1.5e-10, b: 0.0, c: 1E+3, d: -0}) }",
    "{ post(where: {a: $x, b: {in: $y}, c: {in: [$z, 1]}}) }",
    "{ post(where: {and: [{a: 1}, {b: 2}], or: [{c: 3}], not: {d: 4}}) }",
    "{ post(where: {tags: {any: {name: \"x\"}, none: {}}, author: {has: {age: {gt: 3}}}}) }",
    "# comment\n{ post, # another\n { id, title, } }\n",
    "\u{feff}{\tpost\r\n{\rid } }",
    "{ a { b { c { d { e { f { g { h } } } } } } } }",
    r#"{ post(where: {published: true, title: {like: "%rust%"}}, order: ["-created_at"], limit: 10) {
        title recent: comments(where: {created_at: {gt: $since}}, limit: 5) { body } } }"#,
];

/// A linear congruential generator: the same mutations on every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// A few changes to one of [`VALID`]: bytes replaced, dropped, doubled, inserted, pieces of another one spliced in.
fn mutated(random: &mut Lcg) -> String {
    const BYTES: &[u8] = b"{}()[]:,$@!=|&.\"\\#'-+0123456789eExu \n\rabtruefalsenull_\0\xc3\xa4\xf0\x9f";
    let mut bytes = VALID[random.below(VALID.len())].as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let byte = BYTES[random.below(BYTES.len())];
        match random.below(6) {
            0 if at < bytes.len() => bytes[at] = byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(at),
            3 => {
                let end = at + random.below(bytes.len() - at + 1);
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            4 => {
                let other = VALID[random.below(VALID.len())].as_bytes();
                let start = random.below(other.len());
                let end = start + random.below(other.len() - start + 1);
                bytes.splice(at..at, other[start..end].iter().copied());
            }
            _ => bytes.insert(at, byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn mutations_never_panic() {
    for text in VALID {
        parse(text);
    }
    let mut random = Lcg(1);
    for _ in 0..5000 {
        let text = mutated(&mut random);
        if let Err(errors) = LoadSpec::parse(&text) {
            for error in errors.all() {
                let span = error.at.span.map_or(0..0, |span| span.range());
                assert!(text.get(span).is_some(), "{text:?}: {error:?}");
                assert_ne!(error.kind, ErrorKind::Bug, "{text:?}: {error}");
            }
        }
    }
}
