//! Small tools without a will of their own: time, chance, keys.

pub mod clock;
pub mod jitter;
pub mod keys;
