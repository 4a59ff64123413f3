//! Webhook: posts that a program of the owner sends, one by one, signed as Standard Webhooks has it.

mod message;
mod signature;

use std::collections::HashSet;

use futures_util::future::BoxFuture;

use self::message::Message;
use super::{
    Answers, Batch, Candidate, Credential, Doors, Facts, Fed, Field, Flaw, Input, Link, LinkedBy, MediaRule, Network,
    News, Next, Parcel, Policy, PostRef, ReExport, Receipt, SourceFacts, Standing, Trouble, Unwelcome, Visit, Visited,
    assemble::Assembly, feed,
};
use crate::tools::text;

/// Posts that somebody sends.
pub struct Webhook;

const LONGEST_NAME: usize = 80;

static FACTS: Facts = Facts {
    name: "webhook",
    label: "networks.webhook",
    hint: "networks.webhook.hint",
    icon: "satellite-dish",
    linked_by: LinkedBy::Form,
    fed: Fed::Sent,
    quota: None,
    form: &[Field {
        name: "address",
        label: "networks.webhook.name",
        hint: "networks.webhook.name.hint",
        input: Input::Line(LONGEST_NAME),
        required: true,
    }],
    policy: Policy {
        keep_days: None,
        media: MediaRule::Store,
        re_export: ReExport::Full,
        verify_hours: None,
        minimum_secs: 1,
    },
};

impl Network for Webhook {
    fn facts(&self) -> &'static Facts {
        &FACTS
    }

    // What its owner calls it tells it from others of the stage; nobody is asked.
    fn connect<'a>(
        &'a self,
        _doors: &'a Doors<'a>,
        answers: &'a Answers,
    ) -> BoxFuture<'a, Result<Vec<Candidate>, Trouble>> {
        let typed = answers.get("address").map(String::as_str).unwrap_or_default();
        let name = text::line(typed, LONGEST_NAME);
        let candidate = Candidate {
            link: Link { address: name.clone(), credential: None },
            title: Some(name.clone()),
            page: None,
            preview: None,
        };
        let found = if name.is_empty() { Err(no_name()) } else { Ok(vec![candidate]) };
        Box::pin(std::future::ready(found))
    }

    fn receive(&self, parcel: &Parcel<'_>, secret: &Credential) -> Result<Receipt, Unwelcome> {
        let message = signature::verify(parcel, secret).ok_or(Unwelcome::Stranger)?;
        let body = std::str::from_utf8(parcel.body)
            .map_err(|_| Unwelcome::Flawed(vec![Flaw::at("", "hooks.flaw.not_utf8")]))?;
        let subject = message::check(body).map_err(Unwelcome::Flawed)?;
        Ok(Receipt { message: message.to_owned(), subject, body: body.to_owned() })
    }

    fn fetch<'a>(&'a self, _doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited> {
        let visited = Visited {
            outcome: Ok(News::Batch(Box::new(take(visit.sent)))),
            memory: String::new(),
            next: Next::WhenSent,
            moved_to: None,
            host_pause: None,
            renewed: None,
        };
        Box::pin(std::future::ready(visited))
    }

    // Nobody but the pages of the posts can be asked.
    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        feed::Feed.verify(doors, link, posts)
    }
}

fn no_name() -> Trouble {
    Trouble::new(super::Class::BadRequest, "networks.webhook.no_name", "a webhook without a name")
}

/// What was sent, as posts, newest first: of several words about one post the last one counts.
fn take(sent: &[String]) -> Batch {
    let mut said = HashSet::new();
    let mut batch = Batch { is_partial: true, ..Batch::default() };
    let mut assembly = Assembly::new(&[]);
    let values = sent.iter().rev().filter_map(|body| serde_json::from_str(body).ok());
    for (at, value) in values.collect::<Vec<serde_json::Value>>().iter().enumerate() {
        // It was looked at when it came; what an older version let pass is left out.
        let Ok(message) = message::read(value, at + 1) else { continue };
        match message {
            Message::Withdrawal(id) if said.insert(id.clone()) => batch.withdrawn.push(id),
            Message::Post(id, draft) if said.insert(id.clone()) => assembly.add(*draft),
            Message::Withdrawal(_) | Message::Post(..) => {}
        }
    }
    (batch.posts, _, _) = assembly.finish();
    batch.source = SourceFacts { format: "webhook".to_owned(), ..SourceFacts::default() };
    batch
}

#[cfg(test)]
mod tests {
    use super::take;

    #[test]
    fn of_several_words_about_a_post_the_last_one_counts() {
        let sent = [
            r#"{"id":"1","title":"Erste Fassung"}"#,
            r#"{"id":"2","withdrawn":true}"#,
            r#"{"id":"3","title":"Geht wieder"}"#,
            r#"{"id":"1","title":"Zweite Fassung"}"#,
            r#"{"id":"2","title":"Doch wieder da"}"#,
            r#"{"id":"3","withdrawn":true}"#,
        ]
        .map(str::to_owned);

        let batch = take(&sent);

        let posts: Vec<_> = batch.posts.iter().map(|p| (p.remote_id.as_str(), p.title.as_deref())).collect();
        assert_eq!(posts, [("2", Some("Doch wieder da")), ("1", Some("Zweite Fassung"))], "newest first");
        assert_eq!(batch.withdrawn, ["3"]);
    }
}
