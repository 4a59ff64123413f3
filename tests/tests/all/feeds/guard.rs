//! Nothing private is reached: a listener that must never be connected to, and every trick to get there.

use std::{
    collections::HashMap,
    io,
    net::IpAddr,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use controller::tools::http::{Client, HttpError, HttpSettings, Lookup, Permit};
use tokio::net::TcpListener;

use super::server::{Reply, Server, status};

/// Counts connections.
struct Canary {
    port: u16,
    touched: Arc<AtomicUsize>,
}

impl Canary {
    async fn new() -> Self {
        let touched = Arc::new(AtomicUsize::new(0));
        let four = TcpListener::bind("0.0.0.0:0").await.unwrap();
        let port = four.local_addr().unwrap().port();
        // Where the machine has IPv6, the canary sits there too.
        let six = TcpListener::bind(("::1", port)).await;
        for listener in [Ok(four), six].into_iter().flatten() {
            let touched = Arc::clone(&touched);
            tokio::spawn(async move {
                while listener.accept().await.is_ok() {
                    touched.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        Self { port, touched }
    }

    #[track_caller]
    fn assert_untouched(&self, what: &str) {
        assert_eq!(self.touched.load(Ordering::SeqCst), 0, "{what} reached the canary");
    }
}

/// Names that answer what a test wants, each time the next of its lists; the last one stays.
#[derive(Default)]
struct Names {
    lists: HashMap<&'static str, Vec<Vec<IpAddr>>>,
    asked: std::sync::Mutex<HashMap<String, usize>>,
}

impl Names {
    fn with(mut self, name: &'static str, lists: &[&[&str]]) -> Self {
        let lists = lists.iter().map(|list| list.iter().map(|ip| ip.parse().unwrap()).collect()).collect();
        self.lists.insert(name, lists);
        self
    }
}

impl Lookup for Names {
    fn lookup<'a>(
        &'a self,
        host: &'a str,
    ) -> std::pin::Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>> {
        let mut asked = self.asked.lock().unwrap();
        let times = asked.entry(host.trim_end_matches('.').to_owned()).or_default();
        let lists = self.lists.get(host.trim_end_matches('.'));
        let list = lists.map(|lists| lists[(*times).min(lists.len() - 1)].clone());
        *times += 1;
        Box::pin(async move { list.ok_or_else(|| io::Error::other("no such name")) })
    }
}

fn names() -> Names {
    Names::default()
        .with("localhost", &[&["127.0.0.1", "::1"]])
        .with("127.0.0.1.nip.example", &[&["127.0.0.1"]])
        .with("metadata.example", &[&["169.254.169.254"]])
        .with("mapped.example", &[&["::ffff:127.0.0.1"]])
        .with("wrapped.example", &[&["64:ff9b::7f00:1", "2002:7f00:1::"]])
        .with("mixed.example", &[&["10.0.0.1", "127.0.0.1", "fe80::1", "fd00::1"]])
        .with("here.example", &[&["0.0.0.0"]])
        .with("rebinding.example", &[&["192.0.2.1"], &["127.0.0.1"]])
}

fn client(permits: &[String], names: Names) -> Client {
    let permits = permits.iter().map(|permit| Permit::parse(permit).unwrap()).collect();
    let total_timeout = std::time::Duration::from_secs(2);
    Client::new(HttpSettings { permits, total_timeout, lookup: Arc::new(names), ..HttpSettings::default() }).unwrap()
}

fn targets(port: u16) -> Vec<String> {
    let hosts = [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "017700000001",
        "127.0.0.1.",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "%31%32%37.0.0.1",
        "１２７.０.０.１",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1.nip.example",
        "metadata.example",
        "mapped.example",
        "wrapped.example",
        "mixed.example",
        "here.example",
        "rebinding.example",
    ];
    let mut targets: Vec<_> = hosts.iter().map(|host| format!("http://{host}:{port}/")).collect();
    targets.push(format!("https://127.0.0.1:{port}/"));
    targets.push(format!("http://public.example@127.0.0.1:{port}/"));
    targets.push(format!("http://127.0.0.1:{port}#@public.example/"));
    targets.push(format!("http:\\\\127.0.0.1:{port}\\"));
    targets.push(format!("http:127.0.0.1:{port}/"));
    targets.extend(["gopher", "ftp", "ws", "dict", "jar:http"].map(|scheme| format!("{scheme}://127.0.0.1:{port}/")));
    targets.push("file:///etc/passwd".to_owned());
    targets.push("data:text/xml,<rss/>".to_owned());
    targets.extend([22, 25, 6379].map(|port| format!("http://93.184.215.14:{port}/")));
    targets.extend(
        ["169.254.169.254", "10.0.0.1", "100.64.0.1", "192.168.1.1", "[fc00::1]", "[fe80::1]"]
            .map(|h| format!("http://{h}/")),
    );
    targets
}

#[tokio::test]
async fn no_address_leads_to_the_canary() {
    let canary = Canary::new().await;
    // Without exceptions, and with one that opens the very port for another host.
    for permits in [vec![], vec![format!("192.0.2.1:{}", canary.port)]] {
        let client = client(&permits, names());
        for target in targets(canary.port) {
            for _ in 0..2 {
                let error = client.get(&target).send().await.err().unwrap_or_else(|| panic!("{target} answered"));
                let refused = [
                    HttpError::BadAddress,
                    HttpError::Scheme,
                    HttpError::CredentialsInAddress,
                    HttpError::ForbiddenAddress,
                ];
                let fine = refused.contains(&error) || matches!(error, HttpError::ForbiddenPort { .. });
                // The one permitted place is there for nobody.
                let absent =
                    target.contains("rebinding") && matches!(error, HttpError::Timeout { .. } | HttpError::Refused);
                assert!(fine || absent, "{target}: {error}");
                canary.assert_untouched(&target);
            }
        }
    }
}

#[tokio::test]
async fn no_redirect_leads_to_the_canary() {
    let canary = Canary::new().await;
    // Without slashes it would be a path of the same server.
    let list: Vec<_> = targets(canary.port).into_iter().filter(|target| !target.starts_with("http:127")).collect();
    let locations = list.clone();
    let server = Server::new(move |path, _| {
        let number: usize = path.trim_start_matches('/').parse().unwrap();
        let code = [301, 302, 303, 307, 308][number % 5];
        Reply::Bytes(status(code, &format!("Location: {}\r\n", locations[number])).into_bytes())
    })
    .await;
    let client = client(&[server.address.to_string()], names());
    for (number, target) in list.iter().enumerate() {
        let answer = client.get(&server.url(&format!("/{number}"))).send().await;
        assert!(answer.is_err(), "{target} answered");
        canary.assert_untouched(target);
    }
    assert_eq!(server.heads().len(), list.len(), "every redirect was really asked for");
}

#[tokio::test]
async fn a_name_that_changes_its_address_gains_nothing() {
    let canary = Canary::new().await;
    let server = Server::always(&status(204, "")).await;
    // First the permitted server, then the canary: the address that was checked is the one connected to, every time.
    let here = server.address.port();
    let names = Names::default().with("rebinding.example", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let client = client(&[format!("127.0.0.1:{here}")], names);
    let address = format!("http://rebinding.example:{here}/");

    assert_eq!(client.get(&address).send().await.map(|answer| answer.status), Ok(204));
    assert_eq!(client.get(&address).send().await.err(), Some(HttpError::ForbiddenAddress));
    canary.assert_untouched("rebinding");
}

#[tokio::test]
async fn an_exception_permits_what_it_names() {
    let server = Server::always(&status(204, "")).await;
    let port = server.address.port();
    for permit in
        [format!("127.0.0.1:{port}"), "127.0.0.0/8".to_owned(), format!("localhost:{port}"), "127.0.0.1".to_owned()]
    {
        let client = client(std::slice::from_ref(&permit), names());
        let host = if permit.starts_with("localhost") { "localhost" } else { "127.0.0.1" };
        let answer = client.get(&format!("http://{host}:{port}/")).send().await;
        assert_eq!(answer.map(|answer| answer.status), Ok(204), "{permit}");
    }
}

#[tokio::test]
async fn proxies_of_the_environment_are_not_asked() {
    let canary = Canary::new().await;
    let server = Server::always(&super::server::ok("", "<rss><channel><title>T</title></channel></rss>")).await;
    let address = server.url("/feed");
    let permit = server.address.to_string();
    let proxy = format!("http://127.0.0.1:{}", canary.port);
    let output = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(harness::program("litfass"));
        for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env(name, &proxy);
        }
        command.env("NO_PROXY", "").args(["feed", "--allow", &permit, &address]).output().unwrap()
    })
    .await
    .unwrap();

    assert!(String::from_utf8_lossy(&output.stdout).contains("\"title\":\"T\""), "{output:?}");
    canary.assert_untouched("the proxy");
}
