//! Answers that are kept in memory: compressed once, told from others by a tag.

use std::io::Write;

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};

use crate::tools::pictures::sha256;

/// Brotli looks back as far as this many bits say; more than anything here is long.
const WINDOW_BITS: u32 = 20;

/// How much time compression may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// While somebody waits.
    Quick,
    /// Once, for as long as the program runs.
    Best,
}

/// A body in every encoding that a browser may want.
#[derive(Clone, Debug)]
pub(super) struct Packed {
    plain: Bytes,
    gzip: Bytes,
    br: Bytes,
    tag: HeaderValue,
}

impl Packed {
    pub(super) fn new(body: Vec<u8>, effort: Effort) -> Self {
        let (gzip, br) = match effort {
            Effort::Quick => (6, 5),
            Effort::Best => (9, 11),
        };
        // The three encodings of one body are one answer: hence a weak tag.
        let tag = format!("W/\"{}\"", &sha256(&body)[..32]);
        Self {
            gzip: gzipped(&body, gzip).into(),
            br: brotlied(&body, br).into(),
            tag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("W/\"\"")),
            plain: body.into(),
        }
    }

    /// Bytes of memory it takes.
    pub(super) fn size(&self) -> usize {
        self.plain.len() + self.gzip.len() + self.br.len()
    }

    /// The body as `asked` wants it, or that it has not changed.
    pub(super) fn answer<const N: usize>(&self, asked: &HeaderMap, said: [(HeaderName, HeaderValue); N]) -> Response {
        let mut headers = HeaderMap::from_iter(said);
        headers.insert(header::ETAG, self.tag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if is_held(asked, &self.tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let encodings = [("br", &self.br), ("gzip", &self.gzip)];
        let Some((name, body)) = encodings.into_iter().find(|(name, _)| takes(asked, name)) else {
            return (headers, self.plain.clone()).into_response();
        };
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        (headers, body.clone()).into_response()
    }
}

fn gzipped(body: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    // Memory takes whatever is written.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

fn brotlied(body: &[u8], quality: u32) -> Vec<u8> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4_096, quality, WINDOW_BITS);
    let _ = encoder.write_all(body);
    encoder.into_inner()
}

/// Whether `If-None-Match` names the tag.
fn is_held(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let tag = strong(tag.to_str().unwrap_or_default());
    let held = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    held.trim() == "*" || held.split(',').any(|one| strong(one) == tag)
}

/// Whether `Accept-Encoding` names an encoding, and not with a weight of nothing.
fn takes(asked: &HeaderMap, encoding: &str) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding))
            && !parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Effort, Packed, brotlied, gzipped, takes};
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    fn asked(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn every_encoding_gives_the_same_body() {
        let body = b"Grosse Buehne, kleine Buehne".repeat(500);
        for effort in [Effort::Quick, Effort::Best] {
            let packed = Packed::new(body.clone(), effort);
            let mut plain = Vec::new();
            brotli::Decompressor::new(&packed.br[..], 4_096).read_to_end(&mut plain).unwrap();
            assert_eq!(plain, body);
            plain.clear();
            flate2::read::GzDecoder::new(&packed.gzip[..]).read_to_end(&mut plain).unwrap();
            assert_eq!(plain, body);
            assert!(packed.br.len() < 200 && packed.gzip.len() < 400);
        }
        assert!(!gzipped(b"", 6).is_empty() && !brotlied(b"", 5).is_empty(), "nothing is a body, too");
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_wanted() {
        for (line, br) in [("gzip, br;q=0.5", true), ("BR", true), ("br;q=0", false), ("gzip", false), ("", false)] {
            assert_eq!(takes(&asked(header::ACCEPT_ENCODING, line), "br"), br, "{line}");
        }
    }

    #[test]
    fn what_is_held_is_not_sent_again() {
        let packed = Packed::new(b"a".to_vec(), Effort::Quick);
        let tag = packed.tag.to_str().unwrap().to_owned();
        for held in [tag.clone(), tag.replace("W/", ""), format!("\"x\", {tag}"), "*".to_owned()] {
            let answer = packed.answer(&asked(header::IF_NONE_MATCH, &held), []);
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{held}");
            assert_eq!(answer.headers()[header::ETAG], tag.as_str());
        }
        assert_eq!(packed.answer(&asked(header::IF_NONE_MATCH, "W/\"x\""), []).status(), StatusCode::OK);
    }
}
