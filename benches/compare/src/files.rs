//! The files that are read: one for each size, with one post more than are loaded when that one is left out.

use crate::peer::Form;
use anyhow::Result;
use eagerly_benches::Blog;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The sizes when none are asked for.
pub const SIZES: &str = "1,100,1000,10000,40000";

/// The files, which go when this goes.
#[derive(Debug)]
pub struct Files {
    files: Vec<(u32, PathBuf)>,
    _directory: TempDir,
}

impl Files {
    /// Makes a file for each size.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub fn new(sizes: &[u32]) -> Result<Self> {
        let directory = TempDir::new()?;
        let file = |posts: &u32| {
            let path = directory.path().join(format!("{posts}.sqlite"));
            Blog::of(posts + 1).in_file(&path)?;
            Ok((*posts, path))
        };
        Ok(Self { files: sizes.iter().map(file).collect::<Result<_>>()?, _directory: directory })
    }

    /// Sizes and paths.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &Path)> {
        self.files.iter().map(|(posts, path)| (*posts, path.as_path()))
    }
}

/// The forms that are measured at a size: scans of whole tables say nothing of a handful of posts.
#[must_use]
pub fn forms(posts: u32) -> &'static [Form] {
    if posts < 1_000 { &[Form::Keyed] } else { &[Form::Keyed, Form::Whole] }
}
