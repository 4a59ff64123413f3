//! Own posts: written in the dashboard, shown from one instant to another, on every face.

mod migration;
mod rows;
