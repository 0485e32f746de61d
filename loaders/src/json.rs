//! The result as nested JSON, written without recursion: a graph unfolds into a tree as deep as the specification, and
//! as large as it is shared.

mod document;

use crate::graph::ResultGraph;
use crate::items::{Item, Items, Related};
use crate::row::{RowRef, Rows};
use crate::store::Slot;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::graph::ColumnType;
use eagerly_planner::ids::EntityId;
use eagerly_planner::logical::{LinkColumn, Output};
use eagerly_planner::value::ValueRef;
use rustc_hash::FxHashSet;
use std::io::Write;

/// One object, half written, and its siblings behind it.
struct Frame<'g> {
    items: Items<'g>,
    siblings: Rows<'g>,
    /// Whether it stands in a list.
    list: bool,
    /// Whether a key was written.
    written: bool,
    /// Whether the row stands on the path above: it is a cycle's end.
    again: bool,
}

/// The rows from the root object to the one being written, where a recursion has to know them.
struct Path {
    rows: Option<FxHashSet<(EntityId, Slot)>>,
}

impl Path {
    /// Enters a row; whether it stood on the path before.
    fn enter(&mut self, row: RowRef<'_>) -> bool {
        self.rows.as_mut().is_some_and(|rows| !rows.insert(row.graph.stored(row.node, row.local)))
    }

    fn leave(&mut self, frame: &Frame<'_>) {
        if let (Some(rows), false) = (&mut self.rows, frame.again) {
            let row = frame.items.row;
            rows.remove(&row.graph.stored(row.node, row.local));
        }
    }
}

impl ResultGraph {
    /// The result as a JSON array of root objects.
    ///
    /// # Errors
    /// A float that is not finite; a document that is no JSON.
    pub fn to_json(&self) -> Result<String> {
        let mut out = Vec::new();
        self.write_json(&mut out, u64::MAX)?;
        Ok(String::from_utf8(out).map_err(|e| Error::bug(format!("JSON that is not UTF-8: {e}")))?)
    }

    /// Writes the result as a JSON array of root objects.
    ///
    /// # Errors
    /// A value without a JSON form; more than `max_objects` objects, since a shared graph can unfold exponentially;
    /// what the writer refuses.
    pub fn write_json(&self, out: &mut impl Write, max_objects: u64) -> Result<()> {
        let (mut writer, mut stack) = (self.writer(out, max_objects), Vec::new());
        writer.raw(b"[")?;
        for (index, root) in self.roots().enumerate() {
            if index > 0 {
                writer.raw(b",")?;
            }
            self.object(&mut writer, &mut stack, root)?;
        }
        writer.raw(b"]")?;
        Ok(())
    }

    /// Writes the result as one JSON object on a line of its own for each root object.
    ///
    /// # Errors
    /// Those of [`write_json`](Self::write_json).
    pub fn write_ndjson(&self, out: &mut impl Write, max_objects: u64) -> Result<()> {
        let (mut writer, mut stack) = (self.writer(out, max_objects), Vec::new());
        for root in self.roots() {
            self.object(&mut writer, &mut stack, root)?;
            writer.raw(b"\n")?;
        }
        Ok(())
    }

    fn writer<'w, W: Write>(&self, out: &'w mut W, max_objects: u64) -> Writer<'w, W> {
        let recurses = self.plan().nodes.iter().any(|node| node.recursion.is_some());
        Writer { out, objects: 0, max_objects, path: Path { rows: recurses.then(FxHashSet::default) } }
    }

    /// One root object with all below it. The stack is empty before and after.
    fn object<'g>(
        &'g self,
        writer: &mut Writer<'_, impl Write>,
        stack: &mut Vec<Frame<'g>>,
        root: RowRef<'g>,
    ) -> Result<()> {
        writer.open(stack, root, None)?;
        while let Some(frame) = stack.last_mut() {
            let Some(item) = frame.items.next() else {
                writer.raw(b"}")?;
                writer.path.leave(frame);
                match frame.siblings.next() {
                    Some(next) => writer.next(frame, next)?,
                    None => {
                        if frame.list {
                            writer.raw(b"]")?;
                        }
                        stack.pop();
                    }
                }
                continue;
            };
            writer.key(frame, item.key())?;
            let related = match item {
                Item::Output(Output::Column { key, column, ty }) => {
                    writer.value(frame.items.cell(*column), *ty).map_err(|e| self.at(e, frame, key))?;
                    continue;
                }
                Item::Link => {
                    self.link(writer, frame)?;
                    continue;
                }
                Item::Output(Output::Node { node, .. }) => frame.items.related(*node),
                Item::Recursion(_) => frame.items.next_level(),
            };
            match related {
                Related::One(Some(row)) => writer.open(stack, row, None)?,
                Related::One(None) => writer.raw(b"null")?,
                Related::Many(mut rows) => {
                    writer.raw(b"[")?;
                    match rows.next() {
                        Some(first) => writer.open(stack, first, Some(rows))?,
                        None => writer.raw(b"]")?,
                    }
                }
            }
        }
        Ok(())
    }

    /// The columns of the association table's row.
    fn link(&self, writer: &mut Writer<'_, impl Write>, frame: &Frame<'_>) -> Result<()> {
        let row = frame.items.row;
        let columns = row.plan().link.iter().flat_map(|(entity, columns)| columns.iter().map(move |c| (*entity, c)));
        writer.raw(b"{")?;
        for (index, (entity, LinkColumn { name, column, ty })) in columns.enumerate() {
            if index > 0 {
                writer.raw(b",")?;
            }
            writer.text(name)?;
            writer.raw(b":")?;
            let value = self.link_value(entity, row.link, *column);
            writer.value(value, *ty).map_err(|e| self.at(e, frame, name))?;
        }
        Ok(writer.raw(b"}")?)
    }

    /// The error with its place: the path of the cell, and the primary key of its row as far as it was read.
    fn at(&self, mut error: Error, frame: &Frame<'_>, key: &str) -> Error {
        let node = frame.items.row.plan();
        let entity = self.plan().entity(node.entity);
        let keys = entity.primary_key.iter().filter_map(|id| {
            let column = entity.columns.get(id.index())?.as_ref()?;
            Some(format!("{} = {}", column.name, frame.items.cell(*id).shown()))
        });
        let keys = keys.collect::<Vec<_>>().join(", ");
        if !keys.is_empty() && error.code == code::NO_JSON {
            error.message = format!("{}, in the row with {keys}", error.message);
        }
        error.path(format!("{}.{key}", node.path))
    }
}

struct Writer<'w, W> {
    out: &'w mut W,
    objects: u64,
    max_objects: u64,
    path: Path,
}

impl<W: Write> Writer<'_, W> {
    fn raw(&mut self, bytes: &[u8]) -> std::result::Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| output_error(&e))
    }

    /// Opens an object with its siblings behind it.
    fn open<'g>(&mut self, stack: &mut Vec<Frame<'g>>, row: RowRef<'g>, siblings: Option<Rows<'g>>) -> Result<()> {
        let again = self.enter(row)?;
        let list = siblings.is_some();
        let siblings = siblings.unwrap_or_else(|| Rows::none(row.graph));
        stack.push(Frame { items: Items::new(row, again), siblings, list, written: false, again });
        Ok(())
    }

    /// Opens the next sibling in place of one that is complete.
    fn next<'g>(&mut self, frame: &mut Frame<'g>, row: RowRef<'g>) -> Result<()> {
        self.raw(b",")?;
        frame.again = self.enter(row)?;
        frame.items.restart(row, frame.again);
        frame.written = false;
        Ok(())
    }

    /// Begins an object, and counts it; whether the row stands on the path above.
    fn enter(&mut self, row: RowRef<'_>) -> Result<bool> {
        self.objects += 1;
        if self.objects > self.max_objects {
            let message = format!("more than {} objects were written", self.max_objects);
            let help = "rows that many parents share are written once for each: limit the specification, or allow more";
            return Err(Error::new(ErrorKind::Limit, code::LIMIT, message).help(help).into());
        }
        self.raw(b"{")?;
        Ok(self.path.enter(row))
    }

    fn key(&mut self, frame: &mut Frame<'_>, key: &str) -> Result<()> {
        if std::mem::replace(&mut frame.written, true) {
            self.raw(b",")?;
        }
        self.text(key)?;
        Ok(self.raw(b":")?)
    }

    fn text(&mut self, text: &str) -> std::result::Result<(), Error> {
        serde_json::to_writer(&mut *self.out, text).map_err(|e| output_error(&e.into()))
    }

    fn value(&mut self, value: ValueRef<'_>, ty: ColumnType) -> std::result::Result<(), Error> {
        match value {
            ValueRef::Integer(i @ (0 | 1)) if ty == ColumnType::Boolean => {
                self.raw(if i == 1 { b"true" } else { b"false" })
            }
            ValueRef::Boolean(b) => self.raw(if b { b"true" } else { b"false" }),
            ValueRef::Integer(i) => serde_json::to_writer(&mut *self.out, &i).map_err(|e| output_error(&e.into())),
            ValueRef::Unsigned(u) => {
                serde_json::to_writer(&mut *self.out, &u.get()).map_err(|e| output_error(&e.into()))
            }
            ValueRef::Float(f) if !f.is_finite() => Err(no_form(&format!("the value {f}"))),
            ValueRef::Float(f) => serde_json::to_writer(&mut *self.out, &f).map_err(|e| output_error(&e.into())),
            ValueRef::Text(text) if ty == ColumnType::Json => {
                let mut parts = document::parts(text).ok_or_else(|| no_form("a document that is no JSON"))?;
                parts.try_for_each(|part| self.raw(part.as_bytes()))
            }
            ValueRef::Text(text) => self.text(text),
            ValueRef::Bytes(bytes) => self.text(&STANDARD.encode(bytes)),
            _ => self.raw(b"null"),
        }
    }
}

/// A value that cannot be written; its place is added where that is known.
fn no_form(what: &str) -> Error {
    Error::new(ErrorKind::Database, code::NO_JSON, format!("{what} has no JSON form"))
        .help("leave the column out, or mend the row")
}

/// The host's writer refused: a full disk, a closed pipe.
fn output_error(error: &std::io::Error) -> Error {
    Error::input(code::UNREADABLE, format!("the output could not be written: {error}"))
}
