//! serde over the result: nested user structs straight from the stored columns, text borrowed where the struct
//! borrows it.

use crate::graph::{ResultGraph, RowRef, Rows};
use eagerly_planner::graph::ColumnType;
use eagerly_planner::logical::Output;
use eagerly_planner::value::ValueRef;
use serde::de::value::BorrowedStrDeserializer;
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
        self.roots().map(RowRef::deserialize).collect()
    }
}

impl<'g> RowRef<'g> {
    /// The row, with all below it, as a struct.
    ///
    /// # Errors
    /// The first value that does not fit its field.
    pub fn deserialize<T: Deserialize<'g>>(self) -> Result<T, DeError> {
        T::deserialize(self)
    }
}

impl<'de> Deserializer<'de> for RowRef<'de> {
    type Error = DeError;

    // What a struct leaves out is not unfolded: a shared graph can be exponentially large.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_map(Keys { row: self, output: self.output().iter(), at: None })
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

/// The output of one row, key by key.
struct Keys<'de> {
    row: RowRef<'de>,
    output: std::slice::Iter<'de, Output>,
    at: Option<&'de Output>,
}

impl<'de> MapAccess<'de> for Keys<'de> {
    type Error = DeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DeError> {
        self.at = self.output.next();
        self.at.map(|output| seed.deserialize(BorrowedStrDeserializer::new(output.key()))).transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, DeError> {
        let Some(output) = self.at.take() else { return Err(DeError::custom("a value without a key")) };
        let result = match output {
            Output::Column { column, ty, .. } => {
                let value = self.row.graph.value(self.row.node, self.row.local, *column);
                seed.deserialize(Cell { value, ty: *ty })
            }
            Output::Node { key, .. } => match (self.row.many(key), self.row.one(key)) {
                (Some(rows), _) => seed.deserialize(List(rows)),
                (None, Some(Some(row))) => seed.deserialize(row),
                _ => seed.deserialize(Cell { value: ValueRef::Null, ty: ColumnType::Other }),
            },
        };
        result.map_err(|e| DeError::custom(format_args!("`{}`: {e}", output.key())))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.output.len())
    }
}

/// A to-many relationship.
struct List<'de>(Rows<'de>);

impl<'de> Deserializer<'de> for List<'de> {
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

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = DeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DeError> {
        self.0.next().map(|row| seed.deserialize(row)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A cell with the type of its column.
struct Cell<'de> {
    value: ValueRef<'de>,
    ty: ColumnType,
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = DeError;

    // What a struct leaves out is not unfolded: a shared graph can be exponentially large.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        visitor.visit_unit()
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        match self.value {
            ValueRef::Boolean(b) => visitor.visit_bool(b),
            ValueRef::Integer(i @ (0 | 1)) if self.ty == ColumnType::Boolean => visitor.visit_bool(i == 1),
            ValueRef::Integer(i) => visitor.visit_i64(i),
            ValueRef::Float(f) => visitor.visit_f64(f),
            ValueRef::Text(s) => visitor.visit_borrowed_str(s),
            ValueRef::Bytes(b) => visitor.visit_borrowed_bytes(b),
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DeError> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
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
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}
