//! What a member's role permits, in every room: asked once, of the method and the path of a request.

use axum::http::Method;

use super::Owner;

/// What somebody's role has to permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    /// Being a member is enough.
    Look,
    /// Decides what is seen of the posts that are there.
    Moderate,
    /// Changes anything else.
    Write,
}

impl Need {
    fn of(method: &Method, path: &str) -> Self {
        if matches!(*method, Method::GET | Method::HEAD) {
            return Self::Look;
        }
        let parts: Vec<_> = path.split('/').skip(1).collect();
        match parts[..] {
            // One's own log-in.
            ["dashboard", "password" | "sessions", ..] => Self::Look,
            // Nobody gives a token more than they may do themselves.
            ["dashboard", "tokens", ..] => Self::Look,
            ["dashboard", "desk", ..] => Self::Moderate,
            [
                "dashboard",
                "stages",
                _,
                "posts",
                _,
                "hide" | "show" | "pin" | "unpin" | "topics" | "feature" | "merge" | "split",
            ] => Self::Moderate,
            ["dashboard", "stages", _, "stop", ..] => Self::Moderate,
            ["dashboard", ..] => Self::Write,
            _ => Self::Look,
        }
    }
}

/// Whether a member may send this. Pages that are for some only ask for themselves.
pub(super) fn permit(owner: &Owner, method: &Method, path: &str) -> bool {
    match Need::of(method, path) {
        Need::Look => true,
        Need::Moderate => owner.may_moderate(),
        Need::Write => owner.may_write(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::Need;

    #[test]
    fn what_changes_something_is_for_those_who_may() {
        let table = [
            (Method::GET, "/dashboard/stages/s/posts/p/delete", Need::Look),
            (Method::HEAD, "/dashboard/uploads/u", Need::Look),
            (Method::PATCH, "/dashboard/uploads/u", Need::Write),
            (Method::POST, "/dashboard/sessions/s/end", Need::Look),
            (Method::POST, "/dashboard/tokens/t/revoke", Need::Look),
            (Method::POST, "/dashboard/stages/s/webhooks", Need::Write),
            (Method::POST, "/dashboard/stages/s/posts/p/pin", Need::Moderate),
            (Method::POST, "/dashboard/desk/do", Need::Moderate),
            (Method::GET, "/dashboard/desk", Need::Look),
            (Method::POST, "/dashboard/stages/s/posts/p/topics", Need::Moderate),
            (Method::POST, "/dashboard/stages/s/posts/p/feature", Need::Moderate),
            (Method::POST, "/dashboard/stages/s/stop", Need::Moderate),
            (Method::POST, "/dashboard/stages/s/stop/release", Need::Moderate),
            (Method::POST, "/dashboard/stages/s/rules", Need::Write),
            (Method::POST, "/dashboard/stages/s/posts/p/split", Need::Moderate),
            (Method::POST, "/dashboard/stages/s/posts/p/edit", Need::Write),
            (Method::POST, "/dashboard/stages/s/topics/t/remove", Need::Write),
            (Method::DELETE, "/dashboard/something/new", Need::Write),
        ];
        for (method, path, need) in table {
            assert_eq!(Need::of(&method, path), need, "{method} {path}");
        }
    }
}
