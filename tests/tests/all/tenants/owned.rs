//! Which routes take an id, and what each is sent.

/// What a route is sent.
#[derive(Clone, Copy)]
pub(super) enum Sent {
    /// `GET`
    Nothing,
    /// `POST` with these fields.
    Form(&'static [(&'static str, &'static str)]),
    /// `POST` with these fields, as forms with files are sent.
    Parts(&'static [(&'static str, &'static str)]),
    /// A request of the protocol of files in pieces.
    Piece(&'static str),
}
pub(super) use Sent::{Form, Nothing, Parts, Piece};

const LOOK: &[(&str, &str)] = &[
    ("name", "Meins"),
    ("description", ""),
    ("accent", "#000000"),
    ("background", "#ffffff"),
    ("language", "de"),
    ("time_zone", "Europe/Berlin"),
];
/// A name, for whatever wants one; what was seen is long past.
const EDIT: &[(&str, &str)] = &[("seen", "0"), ("name", "Meins"), ("what", "undo"), ("number", "1"), ("kind", "clock")];

/// A post of whoever sends it; what was seen is long past.
const OWN: &[(&str, &str)] = &[("seen", "0"), ("text", "Meiner"), ("language", "de"), ("publish", ""), ("until", "")];

/// A topic that takes what nobody else may read.
const TOPIC: &[(&str, &str)] =
    &[("name", "Deins"), ("at", "0.any"), ("is", "words"), ("text", "geheim"), ("what", "save")];

/// Somebody who is told of posts.
const HOOK: &[(&str, &str)] =
    &[("name", "Archiv"), ("address", "https://archive.example/hook"), ("published", "true"), ("withdrawn", "true")];

/// Rules that find what nobody else may read.
const RULES: &[(&str, &str)] = &[("seen", "0"), ("words", "geheim")];

/// Routes whose ids belong to an account; what ends something comes last.
pub(super) const OWNED: &[(&str, Sent)] = &[
    ("/dashboard/media/{sha256}", Nothing),
    ("/dashboard/stages/{stage_id}", Nothing),
    ("/dashboard/stages/{stage_id}/live", Nothing),
    ("/dashboard/stages/{stage_id}/look", Nothing),
    ("/dashboard/stages/{stage_id}/newsroom", Nothing),
    ("/dashboard/stages/{stage_id}/posts", Nothing),
    ("/dashboard/stages/{stage_id}/posts/new", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/delete", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/edit", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/history", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/origins", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/topics", Nothing),
    ("/dashboard/stages/{stage_id}/posts/{id}/feature", Nothing),
    ("/dashboard/stages/{stage_id}/rules", Nothing),
    ("/dashboard/stages/{stage_id}/stop", Nothing),
    ("/dashboard/stages/{stage_id}/history", Nothing),
    ("/dashboard/stages/{stage_id}/history.csv", Nothing),
    ("/dashboard/stages/{stage_id}/history.json", Nothing),
    ("/dashboard/stages/{stage_id}/topics", Nothing),
    ("/dashboard/stages/{stage_id}/topics/list", Nothing),
    ("/dashboard/stages/{stage_id}/topics/new", Nothing),
    ("/dashboard/stages/{stage_id}/topics/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/topics/{id}/remove", Nothing),
    ("/dashboard/stages/{stage_id}/webhooks", Nothing),
    ("/dashboard/stages/{stage_id}/webhooks/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/hits", Nothing),
    ("/dashboard/stages/{stage_id}/media", Nothing),
    ("/dashboard/stages/{stage_id}/media/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/media/{id}/delete", Nothing),
    ("/dashboard/stages/{stage_id}/sources", Nothing),
    ("/dashboard/stages/{stage_id}/sources/list", Nothing),
    ("/dashboard/stages/{stage_id}/sources/{id}/hook", Nothing),
    ("/dashboard/stages/{stage_id}/sources/{id}/unlink", Nothing),
    ("/dashboard/stages/{stage_id}/sources/choice", Nothing),
    ("/dashboard/stages/{stage_id}/screens", Nothing),
    ("/dashboard/stages/{stage_id}/screens/list", Nothing),
    ("/dashboard/stages/{stage_id}/screens/group", Nothing),
    ("/dashboard/stages/{stage_id}/screens/live", Nothing),
    ("/dashboard/stages/{stage_id}/screens/pair", Nothing),
    ("/dashboard/stages/{stage_id}/programmes", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/add", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/calendar", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/delete", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/history", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/item", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/layout", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/name", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/plan", Nothing),
    ("/dashboard/stages/{stage_id}/films/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/widget", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/preview", Nothing),
    ("/dashboard/stages/{stage_id}/programmes/{id}/preview/picture", Nothing),
    ("/dashboard/stages/{stage_id}/alerts", Nothing),
    ("/dashboard/stages/{stage_id}/alerts/preview", Nothing),
    ("/dashboard/stages/{stage_id}/alerts/preview/picture", Nothing),
    ("/dashboard/stages/{stage_id}/alerts/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/alerts/{id}/now", Nothing),
    ("/dashboard/stages/{stage_id}/screens/{id}", Nothing),
    ("/dashboard/stages/{stage_id}/screens/{id}/now", Nothing),
    ("/dashboard/stages/{stage_id}/screens/{id}/revoke", Nothing),
    ("/dashboard/screens/{id}/picture", Nothing),
    ("/dashboard/stages/{stage_id}/look", Parts(LOOK)),
    ("/dashboard/stages/{stage_id}/newsroom", Form(&[("profiles", "https://meins.example/")])),
    ("/dashboard/stages/{stage_id}/sources", Form(&[("network", "feed"), ("address", "http://127.0.0.1:1/")])),
    ("/dashboard/stages/{stage_id}/sources/sign-in", Form(&[("network", "instagram")])),
    ("/dashboard/stages/{stage_id}/sources/choice", Form(&[("id", "1"), ("profile", "1")])),
    ("/dashboard/stages/{stage_id}/sources/{id}/secret", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/visit", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/release", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/hold", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/follow", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/unfollow", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/new", Parts(OWN)),
    ("/dashboard/stages/{stage_id}/posts/{id}/edit", Parts(OWN)),
    ("/dashboard/stages/{stage_id}/posts/{id}/pin", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/unpin", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/show", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/hide", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/merge", Form(&[("into", "nobody")])),
    ("/dashboard/stages/{stage_id}/posts/{id}/split", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/topics", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/feature", Form(&[("until", "2026-06-01T12:00")])),
    ("/dashboard/stages/{stage_id}/rules", Form(RULES)),
    ("/dashboard/stages/{stage_id}/rules/preview", Form(RULES)),
    ("/dashboard/stages/{stage_id}/rules/apply", Form(&[])),
    ("/dashboard/stages/{stage_id}/stop", Form(&[("take", "since"), ("since", "2026-05-04T00:00")])),
    ("/dashboard/stages/{stage_id}/stop/release", Form(&[])),
    ("/dashboard/stages/{stage_id}/topics", Form(&[("name", "Meins"), ("what", "save")])),
    ("/dashboard/stages/{stage_id}/topics/preview", Form(TOPIC)),
    ("/dashboard/stages/{stage_id}/topics/{id}", Form(TOPIC)),
    ("/dashboard/stages/{stage_id}/topics/{id}/move", Form(&[("to", "down")])),
    ("/dashboard/stages/{stage_id}/topics/{id}/merge", Form(&[("into", "nobody")])),
    ("/dashboard/stages/{stage_id}/topics/{id}/remove", Form(&[])),
    ("/dashboard/stages/{stage_id}/programmes", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/do", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/item", Parts(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/layout", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/plan", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/history", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/name", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/programmes/{id}/copy", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/infoscreen", Form(&[("shows", "nothing")])),
    ("/dashboard/stages/{stage_id}/programmes/{id}/browsers", Form(&[("what", "renew")])),
    ("/dashboard/stages/{stage_id}/programmes/{id}/delete", Form(EDIT)),
    ("/dashboard/stages/{stage_id}/alerts", Form(&[("headline", "Meine")])),
    ("/dashboard/stages/{stage_id}/alerts/{id}/end", Form(&[])),
    ("/dashboard/stages/{stage_id}/screens/group", Form(&[("group", "Haus"), ("what", "rename"), ("name", "Haus")])),
    ("/dashboard/stages/{stage_id}/screens/{id}", Form(&[("name", "Meiner"), ("rotation", "90")])),
    ("/dashboard/stages/{stage_id}/screens/{id}/shot", Form(&[])),
    ("/dashboard/stages/{stage_id}/screens/{id}/revoke", Form(&[])),
    ("/dashboard/stages/{stage_id}/sources/{id}/unlink", Form(&[])),
    ("/dashboard/stages/{stage_id}/posts/{id}/delete", Form(&[])),
    ("/dashboard/stages/{stage_id}/media", Parts(&[])),
    ("/dashboard/stages/{stage_id}/media/{id}", Form(&[("name", "Meins"), ("focus_x", "1"), ("focus_y", "1")])),
    ("/dashboard/stages/{stage_id}/media/{id}/delete", Form(&[])),
    ("/dashboard/stages/{stage_id}/media/uploads/{id}/end", Form(&[])),
    ("/dashboard/uploads/{id}", Piece("HEAD")),
    ("/dashboard/uploads/{id}", Piece("PATCH")),
    ("/dashboard/uploads/{id}", Piece("DELETE")),
    ("/dashboard/stages/{stage_id}/webhooks", Form(HOOK)),
    ("/dashboard/stages/{stage_id}/webhooks/{id}", Form(HOOK)),
    ("/dashboard/stages/{stage_id}/webhooks/{id}/secret", Form(&[])),
    ("/dashboard/stages/{stage_id}/webhooks/{id}/resume", Form(&[])),
    ("/dashboard/stages/{stage_id}/webhooks/{id}/delete", Form(&[])),
    ("/dashboard/tokens/{id}/revoke", Form(&[])),
    ("/dashboard/sessions/{id}/end", Form(&[])),
];

/// Routes for everybody, which know no account: `everybody_reads_what_is_shown_and_nothing_else` asks them.
pub(super) const PUBLIC: &[&str] = &[
    "GET /embed/{at_handle}",
    "GET /media/{sha256}",
    "GET /screen/{file}",
    "GET /static/{version}/{*name}",
    "GET /widget/{file}",
    "GET /{at_handle}",
    "GET /{at_handle}/archive",
    "GET /{at_handle}/archive/{month}",
    "GET /{at_handle}/feed.atom",
    "GET /{at_handle}/feed.json",
    "GET /{at_handle}/feed.rss",
    "GET /{at_handle}/live",
    "GET /{at_handle}/look.css",
    "GET /{at_handle}/p/{slug}",
    "GET /{at_handle}/press",
    "GET /{at_handle}/screen",
    "GET /{at_handle}/screen/live",
    "GET /{at_handle}/screen/programme",
    "GET /{at_handle}/screen/{secret}",
    "GET /{at_handle}/screen/{secret}/live",
    "GET /{at_handle}/screen/{secret}/programme",
    "GET /{at_handle}/search",
    "GET /{at_handle}/sitemap.xml",
    "GET /{at_handle}/topics/{slug}",
    "GET /{at_handle}/topics/{slug}/feed.atom",
    "GET /{at_handle}/topics/{slug}/feed.json",
    "GET /{at_handle}/topics/{slug}/feed.rss",
];

/// Take nothing without a signature, or without our having asked for it, and show nothing without a code of ours: `hooks` asks them as every kind of stranger.
pub(super) const SIGNED: [&str; 3] = ["GET /hooks/{token}", "POST /hooks/{token}", "GET /privacy/deletion/{code}"];
