//! Names for what a catalog holds.
