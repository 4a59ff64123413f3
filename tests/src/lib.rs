//! The harness: real databases, controllers, kiosks, displays, browsers and feeds for tests.
//!
//! It fails by panicking, like the tests that use it: hence the lints that are off.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::unwrap_used)]

mod browser;
mod bucket;
mod client;
pub mod closed;
mod controller_process;
mod cost;
mod display;
mod faults;
mod feed_server;
mod hub;
mod inside;
mod kiosk_process;
mod meddler;
pub mod networks;
mod owner;
mod paper;
mod parts;
pub mod playground;
mod postgres;
mod process;
mod program;
mod receiver;
mod screen;
mod sender;
mod waiting;

pub use browser::{Browser, Looks};
pub use bucket::Bucket;
pub use client::{Answer, TestClient};
pub use controller_process::Controller;
pub use cost::{children_secs, processor_secs};
pub use display::Display;
pub use faults::{Fault, Faults};
pub use feed_server::{FeedServer, Format, HubPlace, Post};
pub use hub::{FakeHub, HubRequest, Manner, Subscriber};
pub use inside::{NOON, TestController, TestStore, stores};
pub use kiosk_process::Kiosk;
pub use meddler::Meddler;
pub use owner::Owner;
pub use parts::{Part, at_hand, free_port, fuzzer, of_node, program, python, root, target};
pub use postgres::{Postgres, postgres_url};
pub use process::Process;
pub use program::Program;
pub use receiver::{Message, Receiver};
pub use screen::{TestLink, TestScreen, plain_source, plain_stage};
pub use sender::{Sender, hmac};
pub use waiting::{eventually, within};
