//! Doors to services beside the database.

pub mod storage;
