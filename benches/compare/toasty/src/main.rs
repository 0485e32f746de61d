//! Toasty as its guide says: models with `belongs_to` and `has_many(via = …)`, preloaded by `include`
//! (<https://tokio-rs.github.io/toasty/nightly/guide/preloading-associations.html>,
//! <https://tokio-rs.github.io/toasty/nightly/guide/many-to-many.html>). A program of its own, which speaks as
//! `../../src/peers/program.rs` says: arguments are a file and a form.

#[path = "../../src/digest.rs"]
mod digest;
#[path = "../../src/statements.rs"]
mod statements;

use anyhow::{Context, Result, bail};
use digest::Digest;
use std::hint::black_box;
use std::io::{BufRead, Write, stdin, stdout};
use std::time::Instant;
use toasty::{Db, Deferred};
use tokio::runtime::{Builder, Runtime};

#[derive(Debug, toasty::Model)]
#[table = "author"]
struct Author {
    #[key]
    id: i64,
    name: String,
    #[has_many]
    posts: Deferred<Vec<Post>>,
}

#[derive(Debug, toasty::Model)]
#[table = "post"]
struct Post {
    #[key]
    id: i64,
    #[index]
    author_id: i64,
    #[belongs_to(key = author_id, references = id)]
    author: Deferred<Author>,
    title: String,
    body: String,
    #[has_many]
    links: Deferred<Vec<PostTag>>,
    #[has_many(via = links.tag)]
    tags: Deferred<Vec<Tag>>,
}

#[derive(Debug, toasty::Model)]
#[table = "post_tag"]
#[key(post_id, tag_id)]
struct PostTag {
    #[index]
    post_id: i64,
    #[belongs_to(key = post_id, references = id)]
    post: Deferred<Post>,
    #[index]
    tag_id: i64,
    #[belongs_to(key = tag_id, references = id)]
    tag: Deferred<Tag>,
}

#[derive(Debug, toasty::Model)]
#[table = "tag"]
struct Tag {
    #[key]
    id: i64,
    name: String,
    slug: String,
    #[has_many]
    links: Deferred<Vec<PostTag>>,
    #[has_many(via = links.post)]
    posts: Deferred<Vec<Post>>,
}

struct Peer {
    runtime: Runtime,
    db: Db,
    keyed: bool,
}

impl Peer {
    fn load(&mut self) -> Result<Vec<Post>> {
        let Self { runtime, db, keyed } = self;
        let query = if *keyed { Post::filter(Post::fields().id().ne(1)) } else { Post::all() };
        let query =
            query.order_by(Post::fields().id().asc()).include(Post::fields().author()).include(Post::fields().tags());
        Ok(runtime.block_on(query.exec(db))?)
    }

    fn digest(&mut self) -> Result<String> {
        let mut digest = Digest::default();
        for post in self.load()? {
            let author = post.author.get();
            digest.post(post.id, &post.title, &post.body, author.id, &author.name);
            // Toasty 0.11 cannot order what it reaches by `via` ("not yet implemented"); its time is without a sort.
            let mut tags: Vec<&Tag> = post.tags.get().iter().collect();
            tags.sort_unstable_by_key(|tag| tag.id);
            tags.into_iter().for_each(|tag| digest.tag(tag.id, &tag.name, &tag.slug));
        }
        Ok(digest.finish())
    }

    fn answer(&mut self, question: &str) -> Result<String> {
        if let Some(loads) = question.strip_prefix("time ") {
            let mut times = Vec::new();
            for _ in 0..loads.parse()? {
                let start = Instant::now();
                drop(black_box(self.load()?));
                times.push(start.elapsed().as_nanos().to_string());
            }
            return Ok(times.join(" "));
        }
        match question {
            "digest" => self.digest(),
            "statements" => {
                let before = statements::executed();
                self.load()?;
                Ok((statements::executed() - before).to_string())
            }
            _ => bail!("no such question: {question}"),
        }
    }
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (path, form) = (arguments.next().context("no file")?, arguments.next().context("no form")?);
    let runtime = Builder::new_current_thread().enable_all().build()?;
    statements::count()?;
    let mut db = Db::builder();
    db.models(toasty::models!(crate::*)).max_pool_size(1);
    let db = runtime.block_on(db.connect(&format!("sqlite:{path}")))?;
    let mut peer = Peer { runtime, db, keyed: form == "keyed" };
    let version = include_str!("../Cargo.lock");
    let version = version.split_once("name = \"toasty\"\nversion = \"").and_then(|(_, rest)| rest.split_once('"'));
    let sqlite = libsqlite3_sys::SQLITE_VERSION.to_str()?;
    println!("ready in a program of its own, on SQLite {sqlite}: toasty {}", version.map_or("?", |(v, _)| v));
    for question in stdin().lock().lines() {
        match peer.answer(&question?) {
            Ok(answer) => println!("ok {answer}"),
            Err(error) => println!("error {}", format!("{error:#}").replace('\n', " ")),
        }
        stdout().flush()?;
    }
    Ok(())
}
