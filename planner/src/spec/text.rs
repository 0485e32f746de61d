//! The text form of load specifications.
