//! Eagerly.
