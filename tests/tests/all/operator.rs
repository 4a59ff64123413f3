//! Whoever runs the instance: who that is, and what the legal pages say.

mod pages;
mod rows;
