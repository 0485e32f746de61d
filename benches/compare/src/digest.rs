//! What was loaded becomes one SHA-256, the same for equal results in whatever language: fields end with a unit
//! separator, records with a record separator. `python/peer.py` writes the same bytes.

use sha2::{Digest as _, Sha256};
use std::fmt::Write;

/// The digest of posts in their order.
#[derive(Debug, Default)]
pub struct Digest {
    hash: Sha256,
    record: String,
}

impl Digest {
    /// Takes a post's own columns and its author's.
    pub fn post(&mut self, id: i64, title: &str, body: &str, author: i64, name: &str) {
        self.record(format_args!("post\x1f{id}\x1f{title}\x1f{body}\x1f{author}\x1f{name}\x1e"));
    }

    /// Takes one of its tags.
    pub fn tag(&mut self, id: i64, name: &str, slug: &str) {
        self.record(format_args!("tag\x1f{id}\x1f{name}\x1f{slug}\x1e"));
    }

    /// Hexadecimal digits.
    #[must_use]
    pub fn finish(self) -> String {
        self.hash.finalize().iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string never fails.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn record(&mut self, record: std::fmt::Arguments<'_>) {
        self.record.clear();
        let _ = self.record.write_fmt(record);
        self.hash.update(&self.record);
    }
}
