//! Words both programs use: what plays when, slides and their forms, and what
//! controller and kiosk say to each other. No clock, no file, no socket.

pub mod envelope;
pub mod forms;
pub mod hex;
pub mod programme;
pub mod protocol;
pub mod slides;
