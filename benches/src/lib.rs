//! What the benchmarks share: a blog of any size, the load that everybody knows, and how it is written by hand.

pub mod blog;
pub mod by_hand;
pub mod cases;
pub mod eager;

pub use blog::Blog;
