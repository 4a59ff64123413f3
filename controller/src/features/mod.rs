//! What the product does.

pub mod media;
