//! The peer: Chromium in kiosk mode with a page that shows the same.

use std::{
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{Router, extract::Path, response::Html, routing::get};
use harness::{Display, Process, free_port};
use tempfile::TempDir;
use tokio::sync::watch;

use super::{POSTS, now, photo};

/// A running Chromium; it ends with this value.
pub struct Chromium {
    process: Process,
    begun: i64,
    painted: watch::Receiver<i64>,
    _profile: TempDir,
    _server: tokio::task::JoinHandle<()>,
}

impl Chromium {
    /// Starts it on a display with nothing kept from before.
    pub async fn start(display: &Display) -> Self {
        let (told, painted) = watch::channel(0);
        let told = Arc::new(told);
        let hear = get(move |Path(at): Path<f64>| {
            let told = told.clone();
            async move {
                told.send_replace(at as i64);
            }
        });
        let picture = get(|Path(name): Path<String>| async move { ([("content-type", "image/jpeg")], photo(&name)) });
        let app = Router::new()
            .route("/", get(|| async { Html(page()) }))
            .route("/picture/{name}", picture)
            .route("/painted/{at}", hear);
        let port = free_port();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a port");
        let server = tokio::spawn(async move { axum::serve(listener, app).await.expect("serve the page") });
        let profile = tempfile::tempdir().expect("a folder");
        let mut command = Command::new("chromium");
        command
            .args(["--kiosk", "--no-first-run", "--no-sandbox", "--disable-features=Translate", "--lang=de"])
            .args(["--disable-background-networking", "--disable-component-update", "--window-position=0,0"])
            .arg(format!("--window-size={},{}", display.width, display.height))
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("http://127.0.0.1:{port}/"))
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY");
        let begun = now();
        let process = Process::start_family("chromium", &command);
        Self { process, begun, painted, _profile: profile, _server: server }
    }

    /// The process that started all others.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Milliseconds from its start to its first contentful paint.
    pub async fn painted_after(&self) -> i64 {
        let mut painted = self.painted.clone();
        let limit = Instant::now() + Duration::from_secs(60);
        let at = tokio::time::timeout_at(limit.into(), painted.wait_for(|at| *at > 0)).await;
        let at = *at
            .unwrap_or_else(|_| panic!("Chromium paints nothing; it said:\n{}", self.process.log()))
            .expect("a page");
        at - self.begun
    }
}

/// Header, clock by the minute, and posts that fade into one another, as the kiosk shows them where things may move.
fn page() -> String {
    let post = |(title, text, picture): &(&str, &str, &str)| {
        format!(
            "<section><img src=\"/picture/{picture}\" alt=\"\"><div><small>LINDENHAFEN</small><h1>{title}</h1><p>{text}</p></div></section>"
        )
    };
    let posts: String = POSTS.iter().map(post).collect();
    format!(
        r##"<!doctype html><html lang="de"><meta charset="utf-8"><title>Wand</title><style>
        * {{ margin: 0; box-sizing: border-box }}
        body {{ background: #0c1b1e; color: #eef5f4; font-family: sans-serif; overflow: hidden; height: 100vh }}
        header {{ height: 12vh; padding: 0 3vw; display: flex; justify-content: space-between; align-items: center; font-size: 4.5vh }}
        section {{ position: absolute; inset: 12vh 0 0 0; display: flex; opacity: 0; transition: opacity .6s }}
        section.on {{ opacity: 1 }}
        img {{ width: 60%; height: 100%; object-fit: cover }}
        div {{ padding: 6vh 3vw }} h1 {{ font-size: 8vh; line-height: 1.1; margin: 2vh 0 }} p {{ font-size: 4.5vh; line-height: 1.35 }}
        small {{ font-size: 2.7vh }}
        </style><header><b>Lindenhafen</b><time></time></header>{posts}<script>
        const all = [...document.querySelectorAll("section")], time = document.querySelector("time");
        let on = 0; all[0].classList.add("on");
        setInterval(() => {{ all[on].classList.remove("on"); on = (on + 1) % all.length; all[on].classList.add("on") }}, 10000);
        const tell = () => time.textContent = new Date().toLocaleTimeString("de", {{ hour: "2-digit", minute: "2-digit" }});
        tell(); setInterval(tell, 1000);
        new PerformanceObserver(list => list.getEntriesByName("first-contentful-paint").forEach(paint =>
            fetch("/painted/" + (performance.timeOrigin + paint.startTime)))).observe({{ type: "paint", buffered: true }});
        </script></html>"##
    )
}
