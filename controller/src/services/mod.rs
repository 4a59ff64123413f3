//! Doors to services beside the database.
