//! What a test needs from the machine: programs, ports, folders.

use std::{
    collections::BTreeSet,
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Mutex,
};

/// Something a machine may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Debian's PostgreSQL server.
    Postgres,
    /// Debian's Chromium and its driver.
    Browser,
    /// What draws documents.
    Documents,
    /// What reads and writes pictures of telephones.
    Heif,
    /// A virtual display and a program that takes its picture.
    Display,
    /// A Vulkan driver; lavapipe will do.
    Vulkan,
    /// An MQTT broker.
    Broker,
    /// What makes films.
    Films,
    /// curl and openssl.
    Curl,
    /// An S3 server.
    Bucket,
    /// What tries an API by its description.
    Fuzzer,
    /// Python with feedparser.
    Feedparser,
    /// What measures pages in a browser.
    Lighthouse,
    /// What reads the HTML of pages.
    Validator,
}

/// Tells whether a part is here. Where `CI` is set a missing part fails the
/// test; elsewhere it says how to get it, and the test may return.
pub fn at_hand(part: Part) -> bool {
    let here = match part {
        Part::Postgres => crate::postgres::programs().is_some(),
        Part::Browser => in_path("chromedriver").is_some() && in_path("chromium").is_some(),
        Part::Documents => in_path("pdftoppm").is_some(),
        Part::Heif => in_path("heif-enc").is_some(),
        Part::Display => in_path("Xvfb").is_some() && in_path("import").is_some(),
        Part::Vulkan => has_vulkan_driver(),
        Part::Broker => in_path("mosquitto").is_some(),
        Part::Films => in_path("ffmpeg").is_some(),
        Part::Curl => in_path("curl").is_some() && in_path("openssl").is_some(),
        Part::Bucket => s3_server().is_some(),
        Part::Fuzzer => fuzzer().is_some(),
        Part::Feedparser => python().is_some(),
        Part::Lighthouse => of_node("lighthouse").is_some() && in_path("chromium").is_some(),
        Part::Validator => of_node("html-validate").is_some(),
    };
    if !here {
        let advice = format!("{part:?} is not on this machine: `make test` installs it");
        assert!(std::env::var_os("CI").is_none(), "{advice}");
        eprintln!("skipped: {advice}");
    }
    here
}

/// Finds a program in the search path, and where Debian keeps servers.
pub(crate) fn in_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/bin", "/usr/local/bin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// The S3 server that `make test` installs beside what is built.
pub(crate) fn s3_server() -> Option<PathBuf> {
    let server = target().join("python/bin/moto_server");
    if server.is_file() { Some(server) } else { in_path("moto_server") }
}

/// What tries an API by its description; `make test` installs it beside what is built.
pub fn fuzzer() -> Option<PathBuf> {
    let program = target().join("python/bin/schemathesis");
    if program.is_file() { Some(program) } else { in_path("schemathesis") }
}

/// Python with what `make test` installs beside what is built.
pub fn python() -> Option<PathBuf> {
    Some(target().join("python/bin/python3")).filter(|program| program.is_file())
}

/// A program of Node.js; `make test` installs it beside what is built.
pub fn of_node(name: &str) -> Option<PathBuf> {
    let program = target().join("node/node_modules/.bin").join(name);
    let program = if program.is_file() { Some(program) } else { in_path(name) };
    program.filter(|_| in_path("node").is_some())
}

fn has_vulkan_driver() -> bool {
    std::env::var_os("VK_ICD_FILENAMES").is_some()
        || ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"]
            .iter()
            .any(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()))
}

/// Returns the root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests is a folder of the repository").to_owned()
}

/// Returns cargo's target folder: the one this very program was built in.
pub fn target() -> PathBuf {
    let this = std::env::current_exe().expect("path of the test program");
    this.ancestors()
        .find(|folder| folder.file_name().is_some_and(|name| name == "debug" || name == "release"))
        .and_then(Path::parent)
        .unwrap_or_else(|| panic!("{} is not in a target folder", this.display()))
        .to_owned()
}

/// Returns one of our own programs, built beside the tests.
pub fn program(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("path of the test program");
    let profile = if this.ancestors().any(|f| f.ends_with("release")) { "release" } else { "debug" };
    let file = target().join(profile).join(name);
    assert!(file.is_file(), "{} is not built: run `cargo build --workspace` first", file.display());
    file
}

/// Listens on a port of the loopback address, or on another one where that is taken.
pub(crate) async fn listen(port: u16) -> tokio::net::TcpListener {
    match tokio::net::TcpListener::bind(("127.0.0.1", port)).await {
        Ok(listener) => listener,
        Err(_) => tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port"),
    }
}

/// A photograph of a folder, by its name; nothing else of the machine.
pub(crate) fn photograph(folder: &Path, name: &str) -> Option<Vec<u8>> {
    let is_plain = name.ends_with(".jpg") && name.chars().all(|c| c.is_ascii_lowercase() || c == '.');
    std::fs::read(folder.join(name)).ok().filter(|_| is_plain)
}

/// Returns a port of the loopback address that nobody has, never the same twice.
pub fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        if GIVEN.lock().unwrap().insert(port) {
            return port;
        }
    }
}
