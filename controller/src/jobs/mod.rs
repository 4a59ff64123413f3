//! What the clock sets off. One more job is one file and one line.

use crate::app::App;

mod backlog;

macro_rules! jobs {
    ($($name:ident,)*) => {
        $(mod $name;)*

        /// Starts every job; they end when the app is told to stop.
        pub fn start(app: &App) {
            $($name::start(app);)*
        }
    };
}

jobs! {
    answers,
    cleanup,
    domains,
    feeds,
    films,
    hits,
    hubs,
    imports,
    links,
    media,
    merging,
    moderation,
    posts,
    programmes,
    renditions,
    screens,
    sessions,
    tokens,
    topics,
    webhooks,
    words,
}
