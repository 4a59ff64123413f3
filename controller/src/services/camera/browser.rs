//! One Chromium, without a window, for one picture.

use std::{net::SocketAddr, os::unix::fs::MetadataExt, path::Path, process::Stdio, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use tokio::{
    process::{Child, Command},
    time::{Instant, timeout_at},
};
use url::Url;

use super::{Trouble, wire::Wire};
use crate::tools::http::HttpError;

/// Size of the window, which is that of most displays.
const SIZE: (u32, u32) = (1_920, 1_080);
/// A page that has not loaded by then is taken as it is.
const LOADED_WITHIN: Duration = Duration::from_secs(25);
/// What moves in has time to arrive.
const SETTLES_IN: Duration = Duration::from_millis(1_500);

/// Standard input and output become the two pipes of the browser's wire, which are number 3 and 4 by its own rule.
const START: &str = "exec nice -n 10 \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null";

const FLAGS: &[&str] = &[
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--mute-audio",
    "--force-device-scale-factor=1",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-plugins",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-component-update",
    "--disable-background-networking",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-notifications",
    "--deny-permission-prompts",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,AutofillServerCommunication,NetworkTimeServiceQuerying",
    "--no-pings",
    "--disable-search-engine-choice-screen",
    "--metrics-recording-only",
    "--password-store=basic",
    "--use-mock-keychain",
    // Whatever leaves, leaves through the proxy: nothing else is resolved, reached or spoken.
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--dns-prefetch-disable",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    // A page gets as much memory as a picture is worth.
    "--js-flags=--max-old-space-size=256",
    "--renderer-process-limit=2",
];

/// A browser; its whole process group ends with this value, and its profile goes.
pub(super) struct Browser {
    child: Child,
    wire: Wire,
    _home: tempfile::TempDir,
}

impl Browser {
    /// Starts one that reaches the world through a proxy only.
    pub(super) fn start(program: &Path, proxy: SocketAddr, language: &str) -> Result<Self, Trouble> {
        let broken = |error: std::io::Error| Trouble::Browser(error.to_string());
        let home = tempfile::Builder::new().prefix("litfass-page-").tempdir().map_err(broken)?;
        let mut command = Command::new("sh");
        command.args(["-c", START]).arg(program).args(FLAGS);
        command.arg(format!("--user-data-dir={}", home.path().join("profile").display()));
        command.arg(format!("--proxy-server=http://{proxy}"));
        command.arg(format!("--lang={language}")).arg(format!("--window-size={},{}", SIZE.0, SIZE.1));
        // Chromium's sandbox refuses to start for root, who needs none to do harm. Whoever runs the controller as root, in a
        // container for instance, has said so; for everybody else the sandbox stays.
        if std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0) {
            command.arg("--no-sandbox");
        }
        command.env_clear().env("HOME", home.path()).env("TMPDIR", home.path()).current_dir(home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into()));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.process_group(0).kill_on_drop(true).spawn().map_err(broken)?;
        if let Some(id) = child.id() {
            // When memory runs out this goes first; a system that does not let us say so is no reason to stop.
            let _ = std::fs::write(format!("/proc/{id}/oom_score_adj"), "1000");
        }
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Trouble::Browser("no pipes".to_owned()));
        };
        Ok(Self { child, wire: Wire::new(to, from), _home: home })
    }

    /// Takes a picture of a page.
    pub(super) async fn picture(&mut self, url: &Url) -> Result<Vec<u8>, Trouble> {
        let wire = &mut self.wire;
        wire.ask(None, "Browser.setDownloadBehavior", json!({ "behavior": "deny" })).await?;
        let target = wire.ask(None, "Target.createTarget", json!({ "url": "about:blank" })).await?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = wire.ask(None, "Target.attachToTarget", attach).await?;
        let session = attached["sessionId"].as_str().unwrap_or_default().to_owned();
        let session = Some(session.as_str());
        let size = json!({ "width": SIZE.0, "height": SIZE.1, "deviceScaleFactor": 1, "mobile": false });
        wire.ask(session, "Emulation.setDeviceMetricsOverride", size).await?;
        let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        wire.ask(session, "Emulation.setEmulatedMedia", calm).await?;
        wire.ask(session, "Page.enable", json!({})).await?;
        wire.ask(session, "Network.enable", json!({})).await?;
        let gone = wire.ask(session, "Page.navigate", json!({ "url": url.as_str() })).await?;
        let mut page = Page { frame: gone["frameId"].clone(), ..Page::default() };
        if gone.get("errorText").is_some_and(|text| text != "") {
            // A download is no page; all else that can go wrong here is the way there.
            let aborted = gone["errorText"] == "net::ERR_ABORTED";
            return Err(if aborted { Trouble::Blank } else { HttpError::Refused.into() });
        }
        page.watch(wire, Instant::now() + LOADED_WITHIN, true).await?;
        page.watch(wire, Instant::now() + SETTLES_IN, false).await?;
        page.verdict()?;
        let shot = json!({ "format": "png", "optimizeForSpeed": false });
        let picture = wire.ask(session, "Page.captureScreenshot", shot).await?;
        let text = picture["data"].as_str().unwrap_or_default();
        let bytes = BASE64_STANDARD.decode(text).map_err(|error| Trouble::Browser(error.to_string()))?;
        if bytes.is_empty() { Err(Trouble::Blank) } else { Ok(bytes) }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(id) = self.child.id() {
            // The shell has this built in; what is gone already cannot be killed, and need not.
            let kill = format!("kill -9 -{id}");
            let _ = std::process::Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status();
        }
    }
}

/// What is known of a page that loads.
#[derive(Default)]
struct Page {
    frame: Value,
    /// The request for the page itself, the last one if it leads on.
    request: Value,
    status: Option<u16>,
    failed: bool,
    loaded: bool,
}

impl Page {
    /// Watches until an instant, or until the page is loaded.
    async fn watch(&mut self, wire: &mut Wire, until: Instant, only_loading: bool) -> Result<(), Trouble> {
        while !(only_loading && (self.loaded || self.failed)) {
            let Ok(event) = timeout_at(until, wire.event()).await else { return Ok(()) };
            let event = event?;
            self.hear(event["method"].as_str().unwrap_or_default(), &event["params"]);
        }
        Ok(())
    }

    fn hear(&mut self, method: &str, said: &Value) {
        let own = !self.request.is_null() && said["requestId"] == self.request;
        match method {
            "Network.requestWillBeSent" if said["type"] == "Document" && said["frameId"] == self.frame => {
                self.request = said["requestId"].clone();
                (self.status, self.failed) = (None, false);
            }
            "Network.responseReceived" if own => {
                self.status = said["response"]["status"].as_u64().and_then(|status| u16::try_from(status).ok());
            }
            "Network.loadingFailed" if own => self.failed = true,
            "Page.loadEventFired" => self.loaded = true,
            _ => {}
        }
    }

    /// Whether this is a page that its owner wants to be seen: an error never is.
    fn verdict(&self) -> Result<(), Trouble> {
        match self.status {
            _ if self.failed => Err(HttpError::Refused.into()),
            None => Err(Trouble::Slow),
            Some(401) => Err(HttpError::Unauthorised.into()),
            Some(403) => Err(HttpError::Denied.into()),
            Some(404) => Err(HttpError::NotFound.into()),
            Some(410) => Err(HttpError::Gone.into()),
            Some(status) if status >= 400 => Err(HttpError::Status(status).into()),
            Some(_) => Ok(()),
        }
    }
}
