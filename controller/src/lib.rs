//! The controller: gathers an institution's posts and shows them in newsroom, widget, platform and on screens.

pub mod networks;
pub mod tools;
