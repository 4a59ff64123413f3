//! Certificates: whom the kiosk believes, by which clock, and what it says when it does not.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use super::{Kiosk, quick};
use crate::{link::News, tools::clock::Clock};

const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/link/tests/tls/ca.pem");
/// An instant at which the certificates are valid: 2030, whatever the machine says.
const VALID: i64 = 1_900_000_000_000;

/// A controller with a certificate for `localhost`; counts the requests it could read.
struct Secure {
    port: u16,
    read: Arc<AtomicUsize>,
}

impl Secure {
    fn new() -> Self {
        let chain = CertificateDer::pem_slice_iter(include_bytes!("tls/server.pem")).map(Result::unwrap).collect();
        let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let (config, read) = (Arc::new(config), Arc::new(AtomicUsize::new(0)));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let counter = read.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream.unwrap());
                let mut head = vec![0; 8_192];
                if stream.read(&mut head).is_ok_and(|count| count > 0) {
                    counter.fetch_add(1, Ordering::Relaxed);
                    let body = r#"{"state":"waiting","code":"ABCD-2345","expires_at":9,"address":"https://x.example"}"#;
                    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";
                    let length = body.len();
                    let _ = stream.write_all(format!("{head}content-length: {length}\r\n\r\n{body}").as_bytes());
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                }
            }
        });
        Self { port, read }
    }

    fn kiosk(&self, host: &str, authority: &[&str], now: i64) -> Kiosk {
        let url = format!("https://{host}:{}", self.port);
        let flags = [&["--controller", url.as_str()], authority].concat();
        Kiosk::start_with(&flags, tempfile::tempdir().unwrap(), Clock::with_wall(move || now), quick())
    }
}

#[test]
fn an_own_authority_is_trusted_once_it_is_named() {
    let controller = Secure::new();

    let kiosk = controller.kiosk("localhost", &["--ca", AUTHORITY], VALID);

    kiosk.wait_for(|news| matches!(news, News::Pairing { code, .. } if code == "ABCD-2345").then_some(()));
}

#[test]
fn whoever_cannot_prove_to_be_the_controller_is_told_nothing() {
    let controller = Secure::new();

    controller.kiosk("localhost", &[], VALID).wait_for_fault("certificate");
    controller.kiosk("127.0.0.1", &["--ca", AUTHORITY], VALID).wait_for_fault("certificate");
    controller.kiosk("localhost", &["--ca", AUTHORITY], i64::from(u32::MAX) * 2_000).wait_for_fault("certificate");

    assert_eq!(controller.read.load(Ordering::Relaxed), 0);
}

#[test]
fn a_flat_battery_is_called_a_wrong_clock() {
    let controller = Secure::new();

    controller.kiosk("localhost", &["--ca", AUTHORITY], 3_000).wait_for_fault("clock");
}
