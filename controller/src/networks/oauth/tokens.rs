//! Tokens of a profile, and when they are renewed.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::networks::{Class, Credential, Link, Trouble, value::text};

/// Tokens of one profile. Cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Opens the profile.
    pub access: String,
    /// Renews both; `None` where the network gives none.
    pub refresh: Option<String>,
    /// When they came, in milliseconds since 1970.
    pub issued_at: i64,
    /// When `access` ends; `None`: it does not end by itself.
    pub expires_at: Option<i64>,
    /// Who signed in, as the network calls them, where it may tell us of them later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

impl Tokens {
    /// Reads an answer as RFC 6749 (section 5.1) has it; a refresh token that is not sent anew stays.
    pub fn read(answer: &Value, kept: Option<&str>, now: i64) -> Option<Self> {
        let lasts = answer.get("expires_in").and_then(|secs| secs.as_i64().or_else(|| secs.as_str()?.parse().ok()));
        Some(Self {
            access: text(answer, "/access_token")?.to_owned(),
            refresh: text(answer, "/refresh_token").or(kept).map(str::to_owned),
            issued_at: now,
            expires_at: lasts.map(|secs| now.saturating_add(secs.max(0).saturating_mul(1_000))),
            user: None,
        })
    }

    /// As a source's credential.
    pub fn credential(&self) -> Credential {
        // A struct of strings and numbers always becomes JSON.
        Credential::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// Out of a source's credential; `None` when it holds something else.
    pub fn of(credential: &Credential) -> Option<Self> {
        serde_json::from_str(credential.reveal()).ok()
    }

    /// Those of a link; without them the owner has to sign in.
    pub(in crate::networks) fn of_link(link: &Link) -> Result<Self, Trouble> {
        let missing = || Trouble::new(Class::ReauthRequired, "sources.error.sign_in_again", "no token");
        link.credential.as_ref().and_then(Self::of).ok_or_else(missing)
    }

    /// Whether they can be renewed at all.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some() && self.expires_at.is_some()
    }

    /// Whether `access` has ended, or will within the time that a visit takes.
    pub fn is_over(&self, now: i64) -> bool {
        const VISIT_MILLIS: i64 = 60_000;
        let lasts = self.expires_at.map_or(i64::MAX, |end| end.saturating_sub(self.issued_at));
        self.expires_at.is_some_and(|end| end.saturating_sub(VISIT_MILLIS.min(lasts / 10)) <= now)
    }

    /// When they are renewed: half-way, a tenth sooner or later so that not all do it together; `None`: never.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "milliseconds of a few years")]
    pub fn renew_at(&self, chance: f64) -> Option<i64> {
        let end = self.expires_at.filter(|_| self.is_renewable())?;
        let share = 0.45 + chance.clamp(0.0, 1.0) / 10.0;
        Some(self.issued_at.saturating_add((end.saturating_sub(self.issued_at) as f64 * share) as i64))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tokens;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn tokens_are_renewed_half_way_and_used_until_shortly_before_their_end() {
        let answer = json!({"access_token": "a", "refresh_token": "r", "expires_in": 7200});
        let tokens = Tokens::read(&answer, None, 0).unwrap();

        assert_eq!(tokens.renew_at(0.5), Some(HOUR));
        assert_eq!((tokens.renew_at(0.0), tokens.renew_at(1.0)), (Some(54 * 60_000), Some(66 * 60_000)));
        assert!(!tokens.is_over(2 * HOUR - 60_001) && tokens.is_over(2 * HOUR - 60_000));
    }

    #[test]
    fn what_cannot_be_renewed_is_never_due() {
        let answer = json!({"access_token": "a", "expires_in": "60"});
        let tokens = Tokens::read(&answer, None, 0).unwrap();
        assert_eq!((tokens.expires_at, tokens.renew_at(0.5)), (Some(60_000), None));
        let endless = Tokens::read(&json!({"access_token": "a"}), Some("r"), 0).unwrap();
        assert_eq!((endless.renew_at(0.5), endless.is_over(i64::MAX)), (None, false));
        assert_eq!(Tokens::read(&json!({"access_token": ""}), None, 0), None);
    }

    #[test]
    fn tokens_travel_as_a_credential_and_are_not_printed() {
        let tokens = Tokens { access: "hidden".into(), refresh: None, issued_at: 1, expires_at: Some(2), user: None };
        assert_eq!(Tokens::of(&tokens.credential()), Some(tokens.clone()));
        assert!(!format!("{tokens:?}").contains("hidden"));
    }
}
