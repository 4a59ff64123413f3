//! The kiosk: shows a signed programme on a display, full-screen, for years.

pub mod health;
pub mod library;
pub mod link;
pub mod player;
pub mod screens;
pub mod settings;
pub mod slides;
pub mod stage;
pub mod tools;
