//! Why a post was kept back by itself, in words.

use crate::{features::moderation::Reason, web::Page};

/// A reason as a sentence.
pub(in crate::web) fn words(page: &Page, reason: &Reason) -> String {
    match reason {
        Reason::Queue => page.t("moderation.reason.queue"),
        Reason::Warning => page.t("moderation.reason.warning"),
        Reason::Word { found, list, .. } if list.is_empty() => {
            page.t1("moderation.reason.word", "found", found.clone())
        }
        Reason::Word { found, list, .. } => {
            let language = page.t(&format!("topics.language.{list}"));
            page.t2("moderation.reason.supplied", "found", found.clone(), "language", language)
        }
        Reason::Account { account } => page.t1("moderation.reason.account", "account", account.clone()),
        Reason::Domain { host } => page.t1("moderation.reason.domain", "host", host.clone()),
        Reason::Flood { posts, minutes } => page.t2("moderation.reason.flood", "posts", *posts, "minutes", *minutes),
        Reason::Stop => page.t("moderation.reason.stop"),
        Reason::Card => page.t("moderation.reason.card"),
    }
}
