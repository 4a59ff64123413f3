//! What the product does.

pub mod accounts;
pub mod media;
pub mod posts;
pub mod sessions;
pub mod sources;
pub mod stages;
