//! A document of a JSON column becomes the structure that a field has for it, in one reading of its text.

use super::DeError;
use serde::de::Error as _;
use serde_json::de::{Deserializer, StrRead};

/// Reads a document. Text that it has without escapes can be borrowed.
pub(super) fn read<'de, T>(
    text: &'de str,
    read: impl FnOnce(&mut Deserializer<StrRead<'de>>) -> serde_json::Result<T>,
) -> Result<T, DeError> {
    let mut document = Deserializer::from_str(text);
    let value = read(&mut document).and_then(|value| document.end().map(|()| value));
    value.map_err(|error| DeError::custom(format_args!("in the document: {error}")))
}

/// Whether a document is `null`, which is no value where a field is optional.
pub(super) fn is_null(text: &str) -> bool {
    text.trim_ascii() == "null"
}
