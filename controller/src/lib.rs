//! The controller: gathers an institution's posts, lets its owner sort and
//! moderate them, and shows them in newsroom, widget, platform and on screens.

pub mod app;
pub mod commands;
pub mod config;
pub mod features;
pub mod jobs;
pub mod networks;
pub mod services;
pub mod store;
pub mod tools;
pub mod web;
