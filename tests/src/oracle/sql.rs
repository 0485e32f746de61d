//! A query, written from left to right.

use crate::database::{Cell, Database, Piece};

/// A query in the making.
#[derive(Debug)]
pub(super) struct Sql {
    pieces: Vec<Piece>,
}

impl Sql {
    pub(super) fn new(text: &str) -> Self {
        Self { pieces: vec![Piece::Text(text.to_owned())] }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.pieces.push(Piece::Text(text.to_owned()));
    }

    /// Writes a value.
    pub(super) fn bind(&mut self, value: Cell) {
        self.pieces.push(Piece::Value(value));
    }

    /// Runs the query.
    pub(super) fn rows(&self, database: &dyn Database) -> Vec<Vec<Cell>> {
        database.rows(&self.pieces)
    }
}
