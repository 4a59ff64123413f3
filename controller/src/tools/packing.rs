//! Text made smaller for its way to a browser.

use std::io::Write as _;

use brotli::enc::{BrotliEncoderParams, backward_references::BrotliEncoderMode};
use flate2::{Compression, write::GzEncoder};

/// How hard brotli tries: as small as gzip at its best, and several times as quick.
const QUALITY: i32 = 5;

/// Packs text with brotli; `None` where that fails.
pub fn brotli(plain: &[u8]) -> Option<Vec<u8>> {
    let mode = BrotliEncoderMode::BROTLI_MODE_TEXT;
    let params =
        BrotliEncoderParams { quality: QUALITY, mode, size_hint: plain.len(), ..BrotliEncoderParams::default() };
    let mut packed = Vec::with_capacity(plain.len() / 4);
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &params).ok()?;
    Some(packed)
}

/// Packs text with gzip; `None` where that fails.
pub fn gzip(plain: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::default());
    packer.write_all(plain).ok()?;
    packer.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::{brotli, gzip};

    #[test]
    fn what_is_packed_comes_out_whole_and_is_smaller_on_the_way() {
        let text = "<p>Die Freibäder öffnen am Samstag.</p>\n".repeat(200).into_bytes();

        let (br, gz) = (brotli(&text).unwrap(), gzip(&text).unwrap());

        assert!(
            br.len() < text.len() / 10 && gz.len() < text.len() / 10,
            "{} {} of {}",
            br.len(),
            gz.len(),
            text.len()
        );
        let (mut one, mut other) = (Vec::new(), Vec::new());
        brotli::Decompressor::new(&br[..], 4096).read_to_end(&mut one).unwrap();
        flate2::read::GzDecoder::new(&gz[..]).read_to_end(&mut other).unwrap();
        assert!(one == text && other == text);
    }
}
