//! Small tools without a will of their own: time, chance, keys, memory.

pub mod clock;
pub mod jitter;
pub mod keys;
pub mod memory;
