//! A name server on loopback whose records a test sets and takes away.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::net::UdpSocket;

const A: u16 = 1;
const TXT: u16 = 16;
/// Something failed (RFC 1035, 4.1.1).
const SERVER_FAILURE: u8 = 2;
/// There is no such name.
const NO_NAME: u8 = 3;

/// What is known of each name: texts, and whether it has an address.
#[derive(Default)]
struct Records {
    texts: BTreeMap<String, Vec<String>>,
    addresses: Vec<String>,
    failing: bool,
}

/// The name server; it answers until the test ends.
pub(super) struct NameServer {
    /// Where it listens.
    pub(super) address: SocketAddr,
    records: Arc<Mutex<Records>>,
}

impl NameServer {
    pub(super) async fn new() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let records: Arc<Mutex<Records>> = Arc::default();
        let known = Arc::clone(&records);
        tokio::spawn(async move {
            let mut buffer = [0; 1_500];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let answer = answer(&buffer[..length], &known.lock().unwrap());
                if let Some(answer) = answer {
                    drop(socket.send_to(&answer, from).await);
                }
            }
        });
        Self { address, records }
    }

    /// Sets the texts of a name; none for taking the record away.
    pub(super) fn say(&self, name: &str, texts: &[&str]) {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        self.records.lock().unwrap().texts.insert(name.to_owned(), texts);
    }

    /// Gives a name an address.
    pub(super) fn lead(&self, name: &str) {
        self.records.lock().unwrap().addresses.push(name.to_owned());
    }

    /// Forgets everything.
    pub(super) fn forget(&self) {
        *self.records.lock().unwrap() = Records::default();
    }

    /// Fails from now on, or works again.
    pub(super) fn fail(&self, failing: bool) {
        self.records.lock().unwrap().failing = failing;
    }
}

/// The answer to a question; `None` for what is none.
fn answer(asked: &[u8], known: &Records) -> Option<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let length = usize::from(*asked.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(asked.get(at..at + length)?).to_lowercase());
        at += length;
    }
    let question = asked.get(12..at + 4)?;
    let kind = u16::from_be_bytes([*asked.get(at)?, *asked.get(at + 1)?]);
    let name = labels.join(".");
    let texts = known.texts.get(&name).filter(|texts| !texts.is_empty());
    let led = known.addresses.contains(&name);
    let data: Vec<Vec<u8>> = match kind {
        TXT => texts.into_iter().flatten().map(|text| pieces(text)).collect(),
        A if led => vec![vec![127, 0, 0, 1]],
        _ => Vec::new(),
    };
    let data = if known.failing { Vec::new() } else { data };
    let code = match (known.failing, texts.is_some() || led) {
        (true, _) => SERVER_FAILURE,
        (false, true) => 0,
        (false, false) => NO_NAME,
    };
    let mut answer = asked.get(..2)?.to_vec();
    answer.extend([0x81, 0x80 | code, 0, 1]);
    answer.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
    answer.extend([0; 4]);
    answer.extend(question);
    for one in data {
        // The name is that of the question; a minute to live.
        answer.extend([0xc0, 12]);
        answer.extend(kind.to_be_bytes());
        answer.extend([0, 1, 0, 0, 0, 60]);
        answer.extend(u16::try_from(one.len()).ok()?.to_be_bytes());
        answer.extend(one);
    }
    Some(answer)
}

/// A text in pieces that say how long they are.
fn pieces(text: &str) -> Vec<u8> {
    let mut data = Vec::new();
    for piece in text.as_bytes().chunks(200) {
        data.push(u8::try_from(piece.len()).unwrap_or(0));
        data.extend(piece);
    }
    data
}
