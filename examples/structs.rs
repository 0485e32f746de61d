//! Loads rows into structs: the specification and the structs say the same, and text is borrowed from the result.
//!
//! ```sh
//! cargo run --example structs
//! ```
#![allow(clippy::print_stdout)]

use eagerly::spec::{joined, selectin};
use eagerly::{LoadSpec, Planner, Sqlite};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Post<'a> {
    title: &'a str,
    /// A to-one: an object or null.
    author: Option<Author<'a>>,
    /// A to-many: a list, possibly empty.
    tag: Vec<Tag<'a>>,
}

#[derive(Debug, Deserialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Debug, Deserialize)]
struct Tag<'a> {
    slug: &'a str,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let connection = rusqlite::Connection::open_in_memory()?;
    connection.execute_batch(include_str!("../docs/blog.sql"))?;

    // Once per program: the relationships come from the foreign keys.
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection)?, Sqlite::new());

    // Once per request. Compiled plans are cached by the shape of the specification.
    let spec = LoadSpec::new("post")
        .load_only(["title"])
        .order(["title"])
        .load(joined("author").load_only(["name"]))
        .load(selectin("tag").load_only(["slug"]));
    let plan = planner.compile(&spec)?;
    let result = eagerly_rusqlite::load(&connection, &plan)?;

    for post in result.deserialize::<Post<'_>>()? {
        let author = post.author.map_or("nobody", |author| author.name);
        let tags: Vec<_> = post.tag.iter().map(|tag| tag.slug).collect();
        println!("{} by {author}, tagged {}", post.title, tags.join(", "));
    }
    Ok(())
}
