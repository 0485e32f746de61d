//! The result as nested JSON, written without recursion: a graph unfolds into a tree as deep as the specification, and
//! as large as it is shared.

use crate::graph::ResultGraph;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use eagerly_planner::error::{Error, ErrorKind, Result, code};
use eagerly_planner::graph::ColumnType;
use eagerly_planner::ids::LoadNodeId;
use eagerly_planner::logical::Output;
use eagerly_planner::value::ValueRef;
use std::io::Write;

/// One object, half written, and its siblings behind it.
struct Frame<'g> {
    node: LoadNodeId,
    siblings: Siblings<'g>,
    current: u32,
    /// The next key of the current object.
    next: usize,
    list: bool,
}

/// The objects of a list that are not written yet.
struct Siblings<'g>(std::slice::Iter<'g, u32>);

impl Siblings<'_> {
    fn next(&mut self) -> Option<u32> {
        self.0.next().copied()
    }
}

impl ResultGraph {
    /// The result as a JSON array of root objects.
    ///
    /// # Errors
    /// A float that is not finite.
    pub fn to_json(&self) -> Result<String> {
        let mut out = Vec::new();
        self.write_json(&mut out, u64::MAX)?;
        Ok(String::from_utf8(out).map_err(|e| Error::bug(format!("JSON that is not UTF-8: {e}")))?)
    }

    /// Writes the result as a JSON array of root objects.
    ///
    /// # Errors
    /// A float that is not finite; more than `max_objects` objects, since a shared graph can unfold exponentially;
    /// what the writer refuses.
    pub fn write_json(&self, out: &mut impl Write, max_objects: u64) -> Result<()> {
        let mut writer = Writer { out, objects: 0, max_objects };
        writer.raw(b"[")?;
        for root in 0..self.root_count() {
            if root > 0 {
                writer.raw(b",")?;
            }
            self.root(&mut writer, root)?;
        }
        writer.raw(b"]")?;
        Ok(())
    }

    /// Writes the result as one JSON object on a line of its own for each root object.
    ///
    /// # Errors
    /// Those of [`write_json`](Self::write_json).
    pub fn write_ndjson(&self, out: &mut impl Write, max_objects: u64) -> Result<()> {
        let mut writer = Writer { out, objects: 0, max_objects };
        for root in 0..self.root_count() {
            self.root(&mut writer, root)?;
            writer.raw(b"\n")?;
        }
        Ok(())
    }

    /// One root object with all below it.
    fn root(&self, writer: &mut Writer<'_, impl Write>, root: u32) -> Result<()> {
        writer.object()?;
        let none = Siblings([].iter());
        self.objects(writer, Frame { node: LoadNodeId::new(0), siblings: none, current: root, next: 0, list: false })
    }

    fn objects<'g>(&'g self, writer: &mut Writer<'_, impl Write>, root: Frame<'g>) -> Result<()> {
        let mut stack = vec![root];
        while let Some(frame) = stack.last_mut() {
            let output = &self.plan().node(frame.node).output;
            let Some(item) = output.get(frame.next) else {
                // The object is complete.
                match (frame.siblings.next(), frame.list) {
                    (Some(next), _) => {
                        writer.raw(b"},")?;
                        writer.object()?;
                        (frame.current, frame.next) = (next, 0);
                    }
                    (None, list) => {
                        writer.raw(if list { b"}]" } else { b"}" })?;
                        stack.pop();
                    }
                }
                continue;
            };
            if frame.next > 0 {
                writer.raw(b",")?;
            }
            frame.next += 1;
            writer.text(item.key())?;
            writer.raw(b":")?;
            match item {
                Output::Column { column, ty, key } => {
                    let value = self.value(frame.node, frame.current, *column);
                    writer.value(value, *ty).map_err(|e| self.at(e, frame.node, key))?;
                }
                Output::Node { node, .. } => {
                    let list = self.plan().node(*node).to_many;
                    let mut siblings = Siblings(self.targets(*node, frame.current).iter());
                    match siblings.next() {
                        Some(first) => {
                            if list {
                                writer.raw(b"[")?;
                            }
                            writer.object()?;
                            stack.push(Frame { node: *node, siblings, current: first, next: 0, list });
                        }
                        None => writer.raw(if list { b"[]" } else { b"null" })?,
                    }
                }
            }
        }
        Ok(())
    }

    fn at(&self, error: Error, node: LoadNodeId, key: &str) -> Error {
        error.path(format!("{}.{key}", self.plan().node(node).path))
    }
}

struct Writer<'w, W> {
    out: &'w mut W,
    objects: u64,
    max_objects: u64,
}

impl<W: Write> Writer<'_, W> {
    fn raw(&mut self, bytes: &[u8]) -> std::result::Result<(), Error> {
        self.out.write_all(bytes).map_err(|e| output_error(&e))
    }

    /// Opens an object, and counts it.
    fn object(&mut self) -> Result<()> {
        self.objects += 1;
        if self.objects > self.max_objects {
            let message = format!("more than {} objects were written", self.max_objects);
            let help = "rows that many parents share are written once for each: limit the specification, or allow more";
            return Err(Error::new(ErrorKind::Limit, code::LIMIT, message).help(help).into());
        }
        Ok(self.raw(b"{")?)
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
            ValueRef::Float(f) if !f.is_finite() => {
                let message = format!("the value {f} has no JSON form");
                Err(Error::new(ErrorKind::Database, code::NOT_FINITE, message)
                    .help("leave the column out, or mend the row"))
            }
            ValueRef::Float(f) => serde_json::to_writer(&mut *self.out, &f).map_err(|e| output_error(&e.into())),
            ValueRef::Text(text) => self.text(text),
            ValueRef::Bytes(bytes) => self.text(&STANDARD.encode(bytes)),
            _ => self.raw(b"null"),
        }
    }
}

/// The host's writer refused: a full disk, a closed pipe.
fn output_error(error: &std::io::Error) -> Error {
    Error::input(code::UNREADABLE, format!("the output could not be written: {error}"))
}
