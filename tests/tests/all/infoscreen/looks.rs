//! Every kind of slide in a browser, beside the kiosk's expected picture, for people to look at; and that nothing leaves its
//! place. The pictures are in `target/screenshots/infoscreen`.

use std::{
    collections::BTreeMap,
    fs,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use controller::features::infoscreen::{Sight, document};
use harness::{Browser, Looks, Owner, Part, TestController, at_hand, eventually, root};
use serde_json::{Value, json};
use shared::programme::Offset;

use crate::pictures::scenes::{self, NOW, Shown, Sizes};

/// Finds words that stand outside their part of the display, or that are cut off.
const OUTSIDE: &str = "return [...document.querySelectorAll('#screen .part.on')].flatMap(part => {
        const home = part.getBoundingClientRect();
        return [...part.querySelectorAll('.words')].filter(words => {
            const box = words.getBoundingClientRect();
            const off = box.left < home.left - 8 || box.right > home.right + 8 || box.top < home.top - 8 || box.bottom > home.bottom + 8;
            // Letters reach a little over tight lines.
            return off || words.scrollWidth > words.clientWidth + 3 || words.scrollHeight > words.clientHeight + 4 + 0.2 * parseFloat(getComputedStyle(words).fontSize);
        }).map(words => part.dataset.entry + ': ' + words.textContent.slice(0, 60));
    })";

type Documents = Arc<Mutex<BTreeMap<String, String>>>;

/// Serves documents of scenes where the pages of a controller look for them, and passes on everything else.
struct Front {
    url: String,
    documents: Documents,
}

#[derive(Clone)]
struct Back {
    wall: String,
    media: std::path::PathBuf,
    documents: Documents,
}

impl Front {
    async fn new(wall: &TestController, media: &std::path::Path) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let documents = Documents::default();
        let back = Back { wall: wall.url.clone(), media: media.to_owned(), documents: Arc::clone(&documents) };
        let router = Router::new()
            .route("/{handle}/screen/{scene}/programme", get(scene))
            .route("/{handle}/screen/{scene}", get(page))
            .route("/media/{sha256}", get(file))
            .route("/screen/time", get(|| async { NOW.to_string() }))
            .fallback(pass_on)
            .with_state(back);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, documents }
    }
}

async fn scene(State(back): State<Back>, Path((_, scene)): Path<(String, String)>) -> Response {
    match back.documents.lock().unwrap().get(&scene) {
        Some(text) => ([(header::CONTENT_TYPE, "application/json")], text.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn page(State(back): State<Back>) -> Response {
    fetched(&format!("{}/@museum/screen", back.wall)).await
}

async fn file(State(back): State<Back>, Path(sha256): Path<String>) -> Response {
    match fs::read(back.media.join(sha256)) {
        Ok(bytes) => bytes.into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn pass_on(State(back): State<Back>, uri: axum::http::Uri) -> Response {
    fetched(&format!("{}{}", back.wall, uri.path())).await
}

async fn fetched(address: &str) -> Response {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.get(address).send().await.unwrap();
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
    let keep = [header::CONTENT_TYPE, header::CONTENT_SECURITY_POLICY];
    let headers: axum::http::HeaderMap = keep
        .into_iter()
        .filter_map(|name| Some((name.clone(), answer.headers().get(name.as_str())?.clone())))
        .collect();
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    (status, headers, answer.bytes().await.unwrap()).into_response()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_slide_stands_in_its_place() {
    if !at_hand(Part::Browser) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let wall = TestController::new().await;
    Owner::new(wall.client(), "museum").await;
    let front = Front::new(&wall, folder.path()).await;
    let browser = Browser::new(&Looks::german()).await;
    let mut wrong = Vec::new();
    for (size, least) in [((1920, 1080), Sizes::One), ((1080, 1920), Sizes::Upright)] {
        browser.wear(size, true).await;
        for scene in scenes::all(&root(), folder.path()) {
            let Shown::Programme(programme) = scene.shown else { continue };
            if scene.sizes < least || scene.moves {
                continue;
            }
            let mut programme = *programme;
            // The kiosk knows zones by their names, a browser by their tables.
            programme.zone.offsets = vec![Offset(0, 3_600)];
            let text = serde_json::to_string(&document(programme, Sight::All, NOW)).unwrap();
            front.documents.lock().unwrap().insert(scene.name.to_owned(), text);
            browser.open(&format!("{}/@museum/screen/{}", front.url, scene.name)).await;
            eventually(scene.name, || async {
                let ready = "return [...document.querySelectorAll('#screen .part.on')].length > 0
                    && document.querySelector('#screen .part.on').dataset.region !== undefined
                    && !document.querySelector('#screen').textContent.includes('wird geladen')
                    && document.fonts.status === 'loaded'
                    && !document.querySelector('#screen [class*=from-]')";
                (browser.run(ready).await == json!(true)).then_some(())
            })
            .await;
            tokio::time::sleep(std::time::Duration::from_millis(150)).await;
            browser.keep_picture(&format!("infoscreen/{}-{}x{}", scene.name, size.0, size.1)).await;
            if let Value::Array(outside) = browser.run(OUTSIDE).await {
                wrong.extend(outside.iter().map(|words| format!("{} {size:?}: {words}", scene.name)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
