//! Files that are the same for as long as the program runs: compressed once, as small as can be.

use std::io::Write;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};

use super::kept::{names, text, understands};
use crate::tools::pictures::sha256;

/// Brotli looks back as far as this many bits say; more than anything here is long.
const WINDOW_BITS: u32 = 20;

/// A body in every encoding that a browser may want.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    plain: Bytes,
    gzip: Bytes,
    br: Bytes,
    tag: HeaderValue,
}

impl Packed {
    pub(super) fn new(body: Vec<u8>) -> Self {
        // The three encodings of one body are one answer: hence a weak tag.
        let tag = format!("W/\"{}\"", &sha256(&body)[..32]);
        Self {
            gzip: gzipped(&body).into(),
            br: brotlied(&body).into(),
            tag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\"")),
            plain: body.into(),
        }
    }

    /// The body as `asked` wants it, or that it has not changed.
    pub(super) fn answer<const N: usize>(&self, asked: &HeaderMap, said: [(HeaderName, HeaderValue); N]) -> Response {
        let mut headers = HeaderMap::from_iter(said);
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        let held =
            text(asked, &header::IF_NONE_MATCH).is_some_and(|tags| names(tags, self.tag.to_str().unwrap_or_default()));
        if held {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let encodings = [("br", &self.br), ("gzip", &self.gzip)];
        let taken = text(asked, &header::ACCEPT_ENCODING).unwrap_or_default();
        let Some((name, body)) = encodings.into_iter().find(|(name, _)| understands(taken, name)) else {
            return (headers, self.plain.clone()).into_response();
        };
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        (headers, body.clone()).into_response()
    }
}

fn gzipped(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Memory takes whatever is written.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

fn brotlied(body: &[u8]) -> Vec<u8> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4_096, 11, WINDOW_BITS);
    let _ = encoder.write_all(body);
    encoder.into_inner()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Packed, brotlied, gzipped};
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    fn asked(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn every_encoding_gives_the_same_body() {
        let body = b"Grosse Buehne, kleine Buehne".repeat(500);
        let packed = Packed::new(body.clone());
        let mut plain = Vec::new();
        brotli::Decompressor::new(&packed.br[..], 4_096).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, body);
        plain.clear();
        flate2::read::GzDecoder::new(&packed.gzip[..]).read_to_end(&mut plain).unwrap();
        assert_eq!(plain, body);
        assert!(packed.br.len() < 200 && packed.gzip.len() < 400);
        assert!(!gzipped(b"").is_empty() && !brotlied(b"").is_empty(), "nothing is a body, too");
    }

    #[test]
    fn what_is_held_is_not_sent_again() {
        let packed = Packed::new(b"a".to_vec());
        let tag = packed.tag.to_str().unwrap().to_owned();
        for held in [tag.clone(), tag.replace("W/", ""), format!("\"x\", {tag}"), "*".to_owned()] {
            let answer = packed.answer(&asked(header::IF_NONE_MATCH, &held), []);
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{held}");
            assert_eq!(answer.headers()[header::ETAG], tag.as_str());
        }
        assert_eq!(packed.answer(&asked(header::IF_NONE_MATCH, "W/\"x\""), []).status(), StatusCode::OK);
    }
}
