//! Debian's Chromium, driven as a person would, and watched closer than a person could.

use std::{collections::BTreeSet, path::PathBuf, process::Command, sync::Mutex, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{Process, eventually, free_port, parts::in_path, root, target};

/// How a visitor's browser is set up.
#[derive(Clone, Debug)]
pub struct Looks {
    /// Preferred language, `de` or `en`.
    pub language: &'static str,
    /// Prefers dark pages.
    pub dark: bool,
    /// Width and height of the window in CSS pixels.
    pub size: (u32, u32),
    /// Runs no JavaScript of the pages.
    pub without_scripts: bool,
}

impl Looks {
    /// A desktop browser in German.
    pub fn german() -> Self {
        Self { language: "de", dark: false, size: (1280, 900), without_scripts: false }
    }

    /// A desktop browser in English.
    pub fn english() -> Self {
        Self { language: "en", ..Self::german() }
    }

    /// The same on a telephone.
    pub fn phone(self) -> Self {
        Self { size: (390, 844), ..self }
    }

    /// The same in the dark.
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }
}

/// One browser with a profile of its own; it ends with this value.
pub struct Browser {
    /// The driver's client, for what has no shorter name here.
    pub client: Client,
    http: reqwest::Client,
    session: String,
    requests: Mutex<Vec<String>>,
    _driver: Process,
    _profile: tempfile::TempDir,
}

/// Each keeps Chromium from talking to anybody by itself, or lets it run without a desktop.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-quic",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
];

/// Waits until a page has been painted twice, or half a second where it is not.
const PAINTED: &str = "return Promise.race([
    new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))),
    new Promise(done => setTimeout(() => done(false), 500))])";

impl Browser {
    /// Opens a browser.
    pub async fn new(looks: &Looks) -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let port = free_port();
        let mut command = Command::new(in_path("chromedriver").expect("chromedriver"));
        command.arg(format!("--port={port}")).arg("--allowed-ips=127.0.0.1");
        // Chromium keeps crash reports and fonts below the home folder.
        command.env("HOME", profile.path()).env("TMPDIR", profile.path());
        let driver = Process::start_family("chromedriver", &command);
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let address = format!("http://127.0.0.1:{port}");
        eventually("chromedriver answers", || async { http.get(format!("{address}/status")).send().await.ok() }).await;

        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(looks, profile.path().join("profile")));
        let client = builder.connect(&address).await.expect("open Chromium");
        let id = client.session_id().await.expect("a session").expect("a session");
        let session = format!("{address}/session/{id}");
        let browser = Self { client, http, session, requests: Mutex::default(), _driver: driver, _profile: profile };
        browser.wear(looks.size, looks.dark).await;
        if looks.without_scripts {
            browser.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
        }
        browser
    }

    /// Changes the size of the window, in CSS pixels, and whether pages are to be dark.
    pub async fn wear(&self, (width, height): (u32, u32), dark: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if dark { "dark" } else { "light" };
        let calm = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }, calm] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
        // Colours are not all painted anew at once.
        self.run(PAINTED).await;
    }

    /// Opens an address and waits for it.
    pub async fn open(&self, url: &str) {
        self.client.goto(url).await.unwrap_or_else(|error| panic!("open {url}: {error}"));
    }

    /// Returns the path of the page that is open.
    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("an address").path().to_owned()
    }

    /// Waits for an element to be there.
    pub async fn find(&self, css: &str) -> Element {
        let wait = self.client.wait().at_most(Duration::from_secs(20));
        match wait.for_element(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css} on {}: {error}\n{}", self.path().await, self.text("body").await),
        }
    }

    /// Tells whether an element is there now.
    pub async fn has(&self, css: &str) -> bool {
        self.client.find(Locator::Css(css)).await.is_ok()
    }

    /// Presses a button or follows a link; once more where the page drew it anew at that very moment.
    pub async fn click(&self, css: &str) {
        for _ in 0..3 {
            match self.find(css).await.click().await {
                Err(error) if error.to_string().contains("stale element") => {}
                done => return done.unwrap_or_else(|error| panic!("click {css}: {error}")),
            }
        }
        panic!("click {css}: it is drawn anew all the time");
    }

    /// Replaces what stands in a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap_or_else(|error| panic!("clear {css}: {error}"));
        field.send_keys(text).await.unwrap_or_else(|error| panic!("type into {css}: {error}"));
    }

    /// Returns the text a person sees in an element; empty when it is missing.
    pub async fn text(&self, css: &str) -> String {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until an element shows a text; for what arrives without a reload.
    pub async fn wait_for_text(&self, css: &str, words: &str) {
        eventually(&format!("{css} says {words:?}"), || async { self.text(css).await.contains(words).then_some(()) })
            .await;
    }

    /// Runs a script of the test in the page and returns its value.
    pub async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("run {script}: {error}"))
    }

    /// Returns what axe finds wrong on this page, one line for each element; empty is good.
    pub async fn accessibility_problems(&self) -> Vec<String> {
        let axe = std::fs::read_to_string(root().join("tests/vendor/axe-core/axe.min.js")).expect("axe");
        self.client.execute(&axe, Vec::new()).await.expect("load axe");
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                result => done(result.violations.flatMap(rule => rule.nodes.map(
                    node => rule.id + ': ' + node.html + ' ' + node.failureSummary))),
                error => done(['axe failed: ' + error]));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("run axe");
        serde_json::from_value(found).expect("a list of problems")
    }

    /// Returns the address of every request the pages have made since the browser was opened.
    pub async fn requests(&self) -> Vec<String> {
        let entries = self.log("performance").await;
        let mut requests = self.requests.lock().unwrap();
        for entry in entries {
            let message: Value =
                serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
            let message = &message["message"];
            let address = match message["method"].as_str().unwrap_or_default() {
                "Network.requestWillBeSent" => &message["params"]["request"]["url"],
                "Network.webSocketCreated" => &message["params"]["url"],
                _ => continue,
            };
            requests.extend(address.as_str().map(str::to_owned));
        }
        requests.clone()
    }

    /// Returns every host that a page has contacted, with its port; addresses without a host do not count.
    pub async fn hosts(&self) -> BTreeSet<String> {
        let requests = self.requests().await;
        let urls = requests.iter().filter_map(|text| url::Url::parse(text).ok());
        urls.filter(|url| !matches!(url.scheme(), "data" | "about" | "blob" | "chrome"))
            .filter_map(|url| Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?)))
            .collect()
    }

    /// Returns what the console complained about: script errors, refused content, missing files.
    pub async fn complaints(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        entries.iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Returns the names of all cookies the browser holds, those hidden from scripts too.
    pub async fn cookie_names(&self) -> BTreeSet<String> {
        let answer = self.devtools("Network.getAllCookies", json!({})).await;
        let cookies = answer["cookies"].as_array().cloned().unwrap_or_default();
        cookies.iter().filter_map(|cookie| Some(cookie["name"].as_str()?.to_owned())).collect()
    }

    /// Keeps a picture of the whole page in `target/screenshots`, for people to look at.
    pub async fn keep_picture(&self, name: &str) -> PathBuf {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let mut clip = metrics["cssContentSize"].clone();
        clip["scale"] = json!(1);
        let params = json!({ "captureBeyondViewport": true, "clip": clip });
        let answer = self.devtools("Page.captureScreenshot", params).await;
        let file = target().join("screenshots").join(format!("{name}.png"));
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder for pictures");
        let png = STANDARD.decode(answer["data"].as_str().expect("a picture")).expect("base64");
        std::fs::write(&file, png).expect("write a picture");
        file
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn devtools(&self, command: &str, params: Value) -> Value {
        self.driver_command("goog/cdp/execute", &json!({ "cmd": command, "params": params })).await
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.driver_command("se/log", &json!({ "type": kind })).await;
        entries.as_array().cloned().unwrap_or_default()
    }

    async fn driver_command(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}/{path}", self.session)).json(body);
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        assert!(answer["value"]["error"].is_null(), "{path} {body}: {}", answer["value"]);
        answer["value"].clone()
    }
}

fn capabilities(looks: &Looks, profile: PathBuf) -> serde_json::Map<String, Value> {
    let mut flags: Vec<String> = FLAGS.iter().map(|&flag| flag.to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--window-size={},{}", looks.size.0, looks.size.1));
    flags.push(format!("--accept-lang={}", looks.language));
    flags.push(format!("--lang={}", looks.language));
    if !can_be_boxed_in() {
        flags.push("--no-sandbox".to_owned());
    }
    let options = json!({
        "binary": in_path("chromium").expect("chromium"),
        "args": flags,
        "prefs": { "intl.accept_languages": looks.language },
    });
    let logs = json!({ "performance": "ALL", "browser": "ALL" });
    [("browserName", json!("chrome")), ("goog:chromeOptions", options), ("goog:loggingPrefs", logs)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Chromium's box needs a user that is not root and a kernel that gives it namespaces; containers often do not.
fn can_be_boxed_in() -> bool {
    let root = std::fs::metadata("/proc/self").is_ok_and(|this| std::os::unix::fs::MetadataExt::uid(&this) == 0);
    !root && Command::new("unshare").args(["--user", "true"]).output().is_ok_and(|made| made.status.success())
}
