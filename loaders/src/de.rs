//! serde over the result: nested user structs straight from the stored columns, text borrowed where the struct
//! borrows it.

mod document;

use crate::graph::ResultGraph;
use crate::items::{Item, Items, Related};
use crate::row::{RowRef, Rows, refusal};
use crate::store::Slot;
use eagerly_planner::batch::PlannedNode;
use eagerly_planner::graph::ColumnType;
use eagerly_planner::ids::EntityId;
use eagerly_planner::logical::Output;
use eagerly_planner::value::ValueRef;
use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

/// Why rows do not fit a struct.
pub type DeError = serde::de::value::Error;

impl ResultGraph {
    /// The root rows as values of a struct whose fields are the output keys. Text and bytes can be borrowed.
    ///
    /// # Errors
    /// The first value that does not fit its field.
    pub fn deserialize<'g, T: Deserialize<'g>>(&'g self) -> Result<Vec<T>, DeError> {
        // Collecting results would not ask how many there are.
        let mut all = Vec::with_capacity(self.len());
        for row in self.roots() {
            all.push(row.deserialize()?);
        }
        Ok(all)
    }
}

impl<'g> RowRef<'g> {
    /// The row, with all below it, as a struct.
    ///
    /// # Errors
    /// The first value that does not fit its field.
    pub fn deserialize<T: Deserialize<'g>>(self) -> Result<T, DeError> {
        T::deserialize(Object { row: self, path: None })
    }
}

/// The deepest nesting of rows: structs are filled recursively, and a chain of rows can be as long as its table.
const MAX_DEPTH: usize = 128;

/// The rows above one that is being read.
#[derive(Clone, Copy)]
struct Path<'p> {
    row: (EntityId, Slot),
    depth: usize,
    above: Option<&'p Path<'p>>,
}

impl Path<'_> {
    fn has(&self, row: (EntityId, Slot)) -> bool {
        std::iter::successors(Some(self), |path| path.above).any(|path| path.row == row)
    }
}

/// A row on its path.
#[derive(Clone, Copy)]
struct Object<'p, 'de> {
    row: RowRef<'de>,
    path: Option<&'p Path<'p>>,
}

impl<'de> Deserializer<'de> for RowRef<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        Object { row: self, path: None }.deserialize_any(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

impl<'de> Deserializer<'de> for Object<'_, 'de> {
    type Error = DeError;

    // What a struct leaves out is not unfolded: a shared graph can be exponentially large.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        let row = self.row.graph.stored(self.row.node, self.row.local);
        let depth = self.path.map_or(0, |path| path.depth + 1);
        if depth == MAX_DEPTH {
            return Err(DeError::custom(format_args!(
                "rows are nested deeper than {MAX_DEPTH} levels: walk them with `RowRef::one` and `RowRef::many`"
            )));
        }
        // Only a recursion comes back to a row that stands above.
        let again = self.row.plan().recursion.is_some() && self.path.is_some_and(|path| path.has(row));
        let path = Path { row, depth, above: self.path };
        let items = Items::new(self.row, again);
        visitor.visit_map(Keys { unloaded: items.node.unloaded.iter(), items, path: &path, at: None })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier
    }
}

/// The output of one row, key by key, and behind it what was not loaded: empty, or refused when it is read.
struct Keys<'p, 'de> {
    items: Items<'de>,
    unloaded: std::slice::Iter<'de, Output>,
    path: &'p Path<'p>,
    at: Option<At<'de>>,
}

/// The value that is read next.
enum At<'de> {
    Item(Item<'de>),
    Unloaded(&'de PlannedNode),
}

impl<'de> Keys<'_, 'de> {
    fn unloaded(&mut self) -> Option<(&'de str, At<'de>)> {
        let row = self.items.row;
        self.unloaded.find_map(|output| match output {
            Output::Node { key, node } => Some((key.as_str(), At::Unloaded(row.graph.plan().node(*node)))),
            Output::Column { .. } => None,
        })
    }
}

impl<'de> MapAccess<'de> for Keys<'_, 'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        let item = self.items.next().map(|item| (item.key(), At::Item(item)));
        let Some((key, at)) = item.or_else(|| self.unloaded()) else { return Ok(None) };
        self.at = Some(at);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, DeError> {
        let Some(at) = self.at.take() else { return Err(DeError::custom("a value without a key")) };
        let row = self.items.row;
        let path = Some(self.path);
        let item = match at {
            At::Item(item) => item,
            At::Unloaded(node) => return seed.deserialize(Unloaded(node)),
        };
        let related = |seed: T, related| match related {
            Related::Many(rows) => seed.deserialize(List { rows, path }),
            Related::One(Some(row)) => seed.deserialize(Object { row, path }),
            Related::One(None) => seed.deserialize(NULL),
        };
        let result = match item {
            Item::Output(Output::Column { column, ty, .. }) => {
                seed.deserialize(Cell { value: self.items.cell(*column), ty: *ty })
            }
            Item::Output(Output::Node { node, .. }) => related(seed, self.items.related(*node)),
            Item::Recursion(_) => related(seed, self.items.next_level()),
            Item::Link => {
                let cells = row.plan().link.iter().flat_map(|(entity, columns)| {
                    columns.iter().map(move |c| {
                        let value = row.graph.link_value(*entity, row.link, c.column);
                        (c.name.as_str(), Cell { value, ty: c.ty })
                    })
                });
                seed.deserialize(MapDeserializer::new(cells))
            }
        };
        result.map_err(|e| DeError::custom(format_args!("`{}`: {e}", item.key())))
    }
}

/// A relationship that was not loaded: nothing under `noload`, else an error that names its path, and never an empty
/// list.
struct Unloaded<'de>(&'de PlannedNode);

impl<'de> Deserializer<'de> for Unloaded<'de> {
    type Error = DeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match refusal(self.0) {
            Some(error) => Err(DeError::custom(error)),
            None if self.0.to_many => visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<Cell<'de>>())),
            None => visitor.visit_none(),
        }
    }

    // What a struct leaves out is not read.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// A to-many relationship.
struct List<'p, 'de> {
    rows: Rows<'de>,
    path: Option<&'p Path<'p>>,
}

impl<'de> Deserializer<'de> for List<'_, 'de> {
    type Error = DeError;

    // What a struct leaves out is not unfolded: a shared graph can be exponentially large.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_seq(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier
    }
}

impl<'de> SeqAccess<'de> for List<'_, 'de> {
    type Error = DeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError> {
        let path = self.path;
        self.rows.next().map(|row| seed.deserialize(Object { row, path })).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rows.len())
    }
}

/// No row.
const NULL: Cell<'static> = Cell { value: ValueRef::Null, ty: ColumnType::Other };

/// A cell with the type of its column.
#[derive(Clone, Copy)]
struct Cell<'de> {
    value: ValueRef<'de>,
    ty: ColumnType,
}

impl<'de> Cell<'de> {
    /// The text of a JSON document.
    fn document(self) -> Option<&'de str> {
        match self.value {
            ValueRef::Text(text) if self.ty == ColumnType::Json => Some(text),
            _ => None,
        }
    }

    /// A value as it is stored: a document is text.
    fn stored(self) -> Self {
        Self { ty: ColumnType::Other, ..self }
    }
}

impl<'de> IntoDeserializer<'de, DeError> for Cell<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = DeError;

    // What a struct leaves out is not unfolded: a shared graph can be exponentially large.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if let Some(text) = self.document() {
            return document::read(text, |document| document.deserialize_any(visitor));
        }
        match self.value {
            ValueRef::Boolean(b) => visitor.visit_bool(b),
            ValueRef::Integer(i @ (0 | 1)) if self.ty == ColumnType::Boolean => visitor.visit_bool(i == 1),
            ValueRef::Integer(i) => visitor.visit_i64(i),
            ValueRef::Unsigned(u) => visitor.visit_u64(u.get()),
            ValueRef::Float(f) => visitor.visit_f64(f),
            ValueRef::Text(s) => visitor.visit_borrowed_str(s),
            ValueRef::Bytes(b) => visitor.visit_borrowed_bytes(b),
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        let none = self.value.is_null() || self.document().is_some_and(document::is_null);
        if none { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    // Who asks for text gets the document's, whatever it holds.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.stored().deserialize_any(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        self.stored().deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DeError> {
        if let Some(text) = self.document() {
            return document::read(text, |document| document.deserialize_enum(name, variants, visitor));
        }
        match self.value {
            ValueRef::Text(s) => {
                IntoDeserializer::<DeError>::into_deserializer(s).deserialize_enum(name, variants, visitor)
            }
            _ => Err(DeError::custom(format_args!("`{name}` is stored as something else than text"))),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self.value {
            // The struct says that it is a boolean, whatever the column was declared as.
            ValueRef::Integer(i @ (0 | 1)) => visitor.visit_bool(i == 1),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}
