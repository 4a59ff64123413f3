//! Doors to services beside the database.

pub mod calendar;
pub mod camera;
pub mod storage;
pub mod weather;
