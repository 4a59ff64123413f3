//! What the product does.

pub mod accounts;
pub mod alerts;
pub mod answers;
pub mod desk;
pub mod history;
pub mod hits;
pub mod infoscreen;
pub mod journal;
pub mod media;
pub mod merging;
pub mod moderation;
pub mod newsroom;
pub mod operator;
pub mod own_posts;
pub mod pairings;
pub mod platform;
pub mod posts;
pub mod programmes;
pub mod screens;
pub mod sessions;
pub mod sources;
pub mod stages;
pub mod tokens;
pub mod topics;
pub mod webhooks;
pub mod widget;
