//! Who acts. The door knows it, the history wants it, and nothing in between has any use for it: so it goes along with the
//! work, and is handed through no function.

use std::future::Future;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member, by id.
    Member(String),
    /// A program of a member, with a token.
    Token {
        /// The member, by id.
        member_id: String,
        /// What the token is for, in the member's words.
        name: String,
    },
    /// Nobody: it happens by itself, for the reason that this translation key names.
    Nobody(&'static str),
}

tokio::task_local! {
    static ACTOR: Actor;
}

/// Does work for a member.
pub async fn as_member<F: Future>(member_id: &str, work: F) -> F::Output {
    ACTOR.scope(Actor::Member(member_id.to_owned()), work).await
}

/// Does work for a program of a member.
pub async fn as_token<F: Future>(member_id: &str, name: &str, work: F) -> F::Output {
    let actor = Actor::Token { member_id: member_id.to_owned(), name: name.to_owned() };
    ACTOR.scope(actor, work).await
}

/// Does work that nobody asked for.
pub async fn by_itself<F: Future>(reason: &'static str, work: F) -> F::Output {
    ACTOR.scope(Actor::Nobody(reason), work).await
}

/// Who acts now.
pub fn who() -> Actor {
    ACTOR.try_with(Clone::clone).unwrap_or(Actor::Nobody("history.because.itself"))
}

#[cfg(test)]
mod tests {
    use super::{Actor, as_member, by_itself, who};

    #[tokio::test]
    async fn whoever_acts_does_so_until_the_work_is_done() {
        let inner =
            as_member("m1", async { (who(), by_itself("history.because.same", async { who() }).await, who()) }).await;

        let member = Actor::Member("m1".to_owned());
        assert_eq!(inner, (member.clone(), Actor::Nobody("history.because.same"), member));
        assert_eq!(who(), Actor::Nobody("history.because.itself"));
    }
}
