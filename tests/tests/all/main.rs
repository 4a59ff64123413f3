//! One test program: a module for each room, and for what the house as a whole promises.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests fail by panicking"
)]

mod accounts;
mod answers;
mod api;
mod architecture;
mod buckets;
mod demo;
mod desk;
mod domains;
mod end_to_end;
mod feeds;
mod films;
mod harness;
mod history;
mod hits;
mod hooks;
mod infoscreen;
mod library;
mod lighthouse;
mod media;
mod media_command;
mod merging;
mod moderation;
mod networks;
mod newsroom;
mod operator;
mod own_posts;
mod pictures;
mod platform;
mod posts;
mod programmes;
mod screens;
mod search;
mod sign_in;
mod stages;
mod tenants;
mod topics;
mod uploads;
mod walk;
mod widget;
