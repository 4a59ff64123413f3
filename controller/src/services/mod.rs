//! Ways to other services: files, programs that convert films and documents; mail and invoices later.

pub mod calendar;
pub mod camera;
pub mod converters;
pub mod previews;
pub mod storage;
pub mod weather;
