//! The shape of a specification: all of it but its values.
