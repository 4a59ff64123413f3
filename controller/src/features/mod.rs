//! What the product does.

pub mod media;
pub mod posts;
pub mod sources;
