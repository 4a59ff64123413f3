//! Two accounts in one house: what belongs to one is not there for the other, on every route, on both databases.

mod events;
mod kiosks;
mod matrix;
mod owned;
pub(crate) mod routes;

use controller::features::{media, sources};
use harness::{FeedServer, NOON, Owner, Post, TestController, TestScreen};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::Method;

/// The words that nobody but the museum's own people may read.
const SECRET: &str = "Noch geheim";

/// An account with one of everything, and the ids of it all.
struct Tenant {
    owner: Owner,
    screen: TestScreen,
    source: String,
    /// A source whose posts are sent to us.
    webhook: String,
    post: String,
    /// A draft that its owner has written.
    own: String,
    /// A session of its member, not the one that asks.
    session: String,
    /// Address of its screen's page ends with this.
    screen_id: String,
    /// Something it tells everybody at once.
    alert: String,
    /// A heading of its posts.
    topic: String,
    /// A film that waits to be prepared.
    film: String,
    /// File of a picture that only a hidden post has.
    picture: String,
    /// Something in its library.
    entry: String,
    /// A token of its member.
    token: String,
    /// Somebody who is told of its posts.
    hook: String,
    /// Two files that are being sent.
    uploads: [String; 2],
}

impl Tenant {
    /// Moves in: a stage, a feed whose posts wait, a picture, a paired screen that has sent its picture, two sessions.
    async fn new(wall: &TestController, feed: &FeedServer, handle: &str, number: u8) -> Self {
        feed.serve_picture(&format!("/{handle}.png"), 64, 48, [number, 0, 0]);
        feed.append(
            Post::new(handle, &format!("{SECRET}: {handle}"), "<p>Text</p>").with_picture(&format!("/{handle}.png")),
        );
        let owner = Owner::new(wall.client(), handle).await;
        let again = wall.client();
        let mail = format!("{handle}@owner.example");
        let fields = [("mail", mail.as_str()), ("password", "correct horse battery staple")];
        again.post("/login", &fields).await.expect(303);
        let fields = [("network", "feed"), ("address", &feed.url()), ("held", "true")];
        owner.client.post(&owner.path("sources"), &fields).await.expect(303);
        visit_all(wall).await;
        let fields = [("network", "webhook"), ("own", "true"), ("address", "Rathaus")];
        owner.client.post(&owner.path("sources"), &fields).await.expect(200);
        let screen = TestScreen::new(wall, number);
        let code = screen.code().await;
        let fields = [("code", code.as_str()), ("name", "Foyer"), ("programme", owner.stage_id.as_str())];
        let paired = owner.client.post("/dashboard/screens/pair", &fields).await.expect(303);
        let place = between(&format!("{}?", paired.location()), "/screens/", "?");
        let fields = [("name", "Foyer"), ("rotation", "0"), ("group", "Haus")];
        owner.client.post(&owner.path(&format!("screens/{place}")), &fields).await.expect(303);
        screen.send(Method::POST, "/screens/v1/report", "image/jpeg", jpeg(number)).await.expect(204);
        let told =
            owner.client.post(&owner.path("alerts"), &[("headline", "Bitte gehen Sie hinaus")]).await.expect(303);
        let fields = [("name", "Haus"), ("at", "0.any"), ("is", "words"), ("text", SECRET), ("what", "save")];
        owner.client.post(&owner.path("topics"), &fields).await.expect(303);
        let topics = owner.client.get(&owner.path("topics")).await.expect(200).text();
        let fields = [("text", SECRET), ("language", "de"), ("what", "draft")];
        let draft = owner.client.upload(&owner.path("posts/new"), &fields, "pictures_file", ("", Vec::new())).await;
        let sources = owner.client.get(&owner.path("sources")).await.expect(200).text();
        let posts = owner.client.get(&owner.path("posts")).await.expect(200).text();
        let sessions = owner.client.get("/dashboard/sessions").await.expect(200).text();
        owner.client.upload(&owner.path("media"), &[], "files", (SECRET, jpeg(number + 2))).await.expect(303);
        let fields = [("name", "Programm"), ("read", "true"), ("days", "0")];
        let tokens = owner.client.post("/dashboard/tokens", &fields).await.expect(200).text();
        let fields = [("name", "Archiv"), ("address", "https://archive.example/"), ("changed", "true")];
        let hooks = owner.client.post(&owner.path("webhooks"), &fields).await.expect(200).text();
        let media = owner.client.get(&owner.path("media")).await.expect(200).text();
        Self {
            token: between(&tokens, "/dashboard/tokens/", "/revoke"),
            hook: between(&hooks, "/webhooks/", "/secret"),
            entry: between(&media, "/media/", "\""),
            uploads: [begin_upload(&owner, 5).await, begin_upload(&owner, 6).await],
            film: film(wall, &owner, number).await,
            topic: between(&topics, "/topics/", "/remove"),
            source: between(&sources, "/sources/", "/visit"),
            webhook: between(&sources, "/sources/", "/hook"),
            post: between(&posts, "/posts/", "/show"),
            own: between(&format!("{}?", draft.expect(303).location()), "#post-", "?"),
            picture: between(&posts, "/dashboard/media/", "\""),
            session: between(&sessions, "/dashboard/sessions/", "/end"),
            alert: between(&format!("{}?", told.location()), "/alerts/", "?"),
            screen_id: between(&format!("{}?", paired.location()), "/screens/", "?"),
            owner,
            screen,
        }
    }

    /// A route with ids of this account in the place of names.
    fn with_ids(&self, route: &str) -> String {
        let mut path = route.replace("{stage_id}", &self.owner.stage_id).replace("{sha256}", &self.picture);
        // A network is nobody's.
        path = path.replace("{network}", "instagram");
        let sent = ["/hook", "/secret"].iter().any(|leaf| route.ends_with(leaf));
        // What came from elsewhere is edited and deleted there.
        for leaf in ["edit", "delete"] {
            path = path.replace(&format!("posts/{{id}}/{leaf}"), &format!("posts/{}/{leaf}", self.own));
        }
        for (room, id) in [
            ("media/uploads", &self.uploads[0]),
            ("dashboard/uploads", &self.uploads[1]),
            ("media", &self.entry),
            ("sources", if sent { &self.webhook } else { &self.source }),
            ("posts", &self.post),
            ("screens", &self.screen_id),
            ("sessions", &self.session),
            ("tokens", &self.token),
            ("webhooks", &self.hook),
            ("alerts", &self.alert),
            ("films", &self.film),
            ("topics", &self.topic),
            // The first programme of a stage has its id.
            ("programmes", &self.owner.stage_id),
        ] {
            path = path.replace(&format!("{room}/{{id}}"), &format!("{room}/{id}"));
        }
        assert!(!path.contains('{'), "no id for {path}");
        path
    }

    /// Everything its owner sees: whatever somebody changes shows on one of these pages.
    async fn pages(&self) -> Vec<String> {
        let screen = format!("screens/{}", self.screen_id);
        let mut pages = Vec::new();
        let programme = format!("programmes/{}", self.owner.stage_id);
        let (history, entry) = (format!("{programme}/history"), format!("media/{}", self.entry));
        let hook = format!("webhooks/{}", self.hook);
        let rooms = [
            "posts",
            "rules",
            "stop",
            "topics",
            "sources",
            "look",
            "screens",
            "programmes",
            "alerts",
            "media",
            "webhooks",
        ];
        for leaf in rooms.into_iter().chain([programme.as_str(), &history, &screen, &entry, &hook]) {
            pages.push(self.owner.client.get(&self.owner.path(leaf)).await.expect(200).text());
        }
        for path in [
            "/dashboard".to_owned(),
            "/dashboard/sessions".to_owned(),
            "/dashboard/tokens".to_owned(),
            format!("/@{}", self.owner.handle),
        ] {
            pages.push(self.owner.client.get(&path).await.expect(200).text());
        }
        let picture =
            self.owner.client.get(&format!("/dashboard/screens/{}/picture", self.screen_id)).await.expect(200);
        pages.push(format!("{:?}", picture.bytes));
        pages
    }
}

/// Feeds come from here, and nothing draws previews.
fn settings(config: &mut controller::config::Config) {
    config.allow.push("127.0.0.0/8".to_owned());
    config.kiosk = Some("/nowhere/litfass-kiosk".into());
}

/// A controller on each database, with a museum and a club that know nothing of each other.
async fn houses() -> Vec<(TestController, Tenant, Tenant, [FeedServer; 2])> {
    let mut all = Vec::new();
    for wall in TestController::on_each_with(settings).await {
        let feeds = [FeedServer::new().await, FeedServer::new().await];
        let museum = Tenant::new(&wall, &feeds[0], "museum", 1).await;
        let club = Tenant::new(&wall, &feeds[1], "club", 2).await;
        all.push((wall, museum, club, feeds));
    }
    all
}

/// Does what the job does with sources that are due.
async fn visit_all(wall: &TestController) {
    for source in wall.app.store.claim_due_sources(NOON, NOON + 60_000, 9).await.unwrap() {
        assert_eq!(sources::visit(&wall.app, &source).await.unwrap().new, 1);
    }
}

/// Sends a film, which nobody prepares here; its id.
async fn film(wall: &TestController, owner: &Owner, number: u8) -> String {
    let stage = wall.app.store.find_any_stage(&owner.stage_id).await.unwrap().unwrap();
    let mut upload = media::Upload::start(&wall.app).await.unwrap();
    upload.write(&[b"\0\0\0\x18ftypmp42", [number; 99].as_slice()].concat()).await.unwrap();
    media::library::take_film(&wall.app, &stage.account_id, "film.mp4", upload).await.unwrap()
}

/// Begins to send a file in pieces; its id.
async fn begin_upload(owner: &Owner, length: u8) -> String {
    let request = owner.client.request(Method::POST, "/dashboard/uploads").header("tus-resumable", "1.0.0");
    let request = request.header("x-xsrf", owner.client.cookie("xsrf").unwrap());
    let begun = owner.client.send(request.header("upload-length", length.to_string())).await.expect(201);
    begun.location().rsplit('/').next().unwrap().to_owned()
}

fn jpeg(shade: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::from_pixel(64, 36, Rgb([shade * 50, 0, 0])));
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

#[track_caller]
fn between(text: &str, before: &str, after: &str) -> String {
    let ids = text.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(id, _)| id);
    let mut ids = ids.filter(|id| id.len() >= 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    ids.next().unwrap_or_else(|| panic!("nothing between {before:?} and {after:?} in {text}")).to_owned()
}
