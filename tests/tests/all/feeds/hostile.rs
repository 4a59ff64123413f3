//! Servers that are slow, endless, lying or confused cost a clear message, soon, and nothing else.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use controller::tools::http::HttpError;
use tokio::io::AsyncWriteExt as _;

use super::server::{Reply, Server, client, ok, status};

const LIMIT: usize = 1024 * 1024;

pub(super) fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut gzip = Command::new("gzip").arg("-9").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = gzip.stdin.take().unwrap();
    let plain = plain.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&plain).unwrap());
    let packed = gzip.wait_with_output().unwrap().stdout;
    writer.join().unwrap();
    packed
}

pub(super) fn with_body(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

async fn error(server: &Server, path: &str) -> (HttpError, Duration) {
    let started = Instant::now();
    let client = server.client();
    let answer = client.get(&server.url(path)).limit(LIMIT).send().await;
    (answer.and_then(|answer| answer.success(0)).err().unwrap_or_else(|| panic!("{path} succeeded")), started.elapsed())
}

#[tokio::test]
async fn bodies_without_end_are_cut_at_the_limit() {
    let bomb = gzip(&vec![b' '; 200 * LIMIT]);
    assert!(bomb.len() < LIMIT / 2, "{}", bomb.len());
    let server = Server::new(move |path, _| match path {
        "/chunked" => Reply::Endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n".to_vec()),
        "/plain" => Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        "/declared" => Reply::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n".to_vec()),
        "/bomb" => Reply::Bytes(with_body("Content-Encoding: gzip\r\n", &bomb)),
        _ => Reply::Endless(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
    })
    .await;
    for path in ["/chunked", "/plain", "/declared", "/bomb"] {
        let (error, took) = error(&server, path).await;
        assert_eq!(error, HttpError::TooLarge { limit_bytes: LIMIT }, "{path}");
        assert!(took < Duration::from_secs(2), "{path} took {took:?}");
    }
    let (error, took) = error(&server, "/endless-header").await;
    assert!(matches!(error, HttpError::Broken(_)), "{error}");
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[tokio::test]
async fn patience_has_an_end() {
    let server = Server::new(|path, _| match path {
        "/slow" => Reply::Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".to_vec()),
        "/slow-header" => Reply::Slow(b"HTTP/1.1 200 OK\r\nX: ".to_vec()),
        _ => Reply::Silence,
    })
    .await;
    for path in ["/slow", "/slow-header", "/silence"] {
        let (error, took) = error(&server, path).await;
        assert_eq!(error, HttpError::Timeout { secs: 2 }, "{path}");
        assert!(took < Duration::from_secs(3), "{path} took {took:?}");
    }
}

#[tokio::test]
async fn lies_and_confusion_have_a_name() {
    let server = Server::new(|path, _| {
        Reply::Bytes(match path {
            "/short" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort".to_vec(),
            "/not-http" => b"SSH-2.0-OpenSSH_10.0\r\n".to_vec(),
            "/nothing" => Vec::new(),
            "/bad-gzip" => with_body("Content-Encoding: gzip\r\n", b"this is not gzip"),
            "/cut-gzip" => with_body("Content-Encoding: gzip\r\n", &gzip(b"hello hello hello hello")[..15]),
            "/401" => status(401, "WWW-Authenticate: Basic\r\n").into_bytes(),
            "/403" => status(403, "").into_bytes(),
            "/404" => status(404, "").into_bytes(),
            "/410" => status(410, "").into_bytes(),
            "/418" => status(418, "").into_bytes(),
            "/429" => status(429, "Retry-After: 60\r\n").into_bytes(),
            "/500" => status(500, "").into_bytes(),
            "/503" => status(503, "Retry-After: Thu, 01 Jan 1970 00:02:00 GMT\r\n").into_bytes(),
            "/loop" => status(302, "Location: /loop\r\n").into_bytes(),
            "/ping" => status(302, "Location: /pong\r\n").into_bytes(),
            "/pong" => status(302, "Location: /ping#x\r\n").into_bytes(),
            "/bad-redirect" => status(302, "Location: http://[\r\n").into_bytes(),
            path => {
                let hop: u32 = path.trim_start_matches("/hop").parse().unwrap();
                status(307, &format!("Location: /hop{}\r\n", hop + 1)).into_bytes()
            }
        })
    })
    .await;
    let table = [
        ("/401", HttpError::Unauthorised),
        ("/403", HttpError::Denied),
        ("/404", HttpError::NotFound),
        ("/410", HttpError::Gone),
        ("/418", HttpError::Status(418)),
        ("/429", HttpError::RateLimited { until: 60_000 }),
        ("/500", HttpError::Status(500)),
        ("/503", HttpError::Unavailable { until: 120_000 }),
        ("/loop", HttpError::Redirects),
        ("/ping", HttpError::Redirects),
        ("/hop1", HttpError::Redirects),
        ("/bad-redirect", HttpError::BadAddress),
    ];
    for (path, expected) in table {
        assert_eq!(error(&server, path).await.0, expected, "{path}");
    }
    for path in ["/short", "/not-http", "/nothing", "/bad-gzip", "/cut-gzip"] {
        let (error, _) = error(&server, path).await;
        assert!(matches!(error, HttpError::Broken(_)), "{path}: {error}");
    }
}

#[tokio::test]
async fn nobody_there_and_no_tls_have_a_name() {
    let port = harness::free_port();
    let nobody = client(&[&format!("127.0.0.1:{port}")]);
    let answer = nobody.get(&format!("http://127.0.0.1:{port}/")).send().await;
    assert_eq!(answer.err(), Some(HttpError::Refused));

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 this is no TLS\r\n").await.unwrap();
        std::future::pending::<()>().await;
    });
    let client = client(&[&address]);
    let error = client.get(&format!("https://{address}/")).send().await.err();
    assert!(matches!(error, Some(HttpError::Tls(_))), "{error:?}");

    let answer = client.get("https://no-such-name.invalid/").send().await;
    assert_eq!(answer.err(), Some(HttpError::Dns));
}

#[tokio::test]
async fn what_is_ours_stays_ours() {
    let other = Server::always(&ok("", "there")).await;
    let target = other.url("/there");
    let server = Server::new(move |path, _| {
        let answer = match path {
            "/away" => status(302, &format!("Location: {target}\r\nSet-Cookie: a=b\r\n")),
            "/near" => status(302, "Location: /here\r\nSet-Cookie: a=b\r\n"),
            "/planted" => status(302, &format!("Location: {}\r\n", target.replace("//", "//user:secret@"))),
            _ => ok("Set-Cookie: a=b\r\n", "here"),
        };
        Reply::Bytes(answer.into_bytes())
    })
    .await;
    let client = client(&[&server.address.to_string(), &other.address.to_string()]);
    for path in ["/near", "/away", "/planted"] {
        let answer = client.get(&server.url(path)).basic("anna", "secret").send().await.unwrap();
        assert_eq!(answer.hops.len(), 1);
    }

    assert!(server.heads().iter().all(|head| head.contains("authorization: basic")), "{:?}", server.heads());
    assert!(other.heads().iter().all(|head| !head.contains("authorization")), "{:?}", other.heads());
    for head in server.heads().iter().chain(&other.heads()) {
        assert!(!head.contains("cookie") && !head.contains("referer"), "{head}");
    }
}

#[tokio::test]
async fn a_permanent_move_is_known_from_a_passing_one() {
    let server = Server::new(|path, _| {
        let answer = match path {
            "/moved" => status(301, "Location: /new\r\n"),
            "/moved-twice" => status(308, "Location: /moved\r\n"),
            "/partly" => status(301, "Location: /passing\r\n"),
            "/passing" => status(302, "Location: /new\r\n"),
            _ => ok("", "x"),
        };
        Reply::Bytes(answer.into_bytes())
    })
    .await;
    let client = server.client();
    for (path, moved) in
        [("/moved", true), ("/moved-twice", true), ("/partly", false), ("/passing", false), ("/new", false)]
    {
        let answer = client.get(&server.url(path)).send().await.unwrap();
        assert_eq!(answer.moved_to().map(url::Url::path), moved.then_some("/new"), "{path}");
    }
}
