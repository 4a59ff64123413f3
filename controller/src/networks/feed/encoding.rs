//! Bytes to text, before anything is parsed: BOM, then HTTP charset, then XML declaration, then UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A document as text.
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// Name of the encoding it was in.
    pub(super) name: &'static str,
    /// Some bytes made no sense in it.
    pub(super) damaged: bool,
}

/// Turns bytes into text.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return as_utf8(rest),
        [0xff, 0xfe, 0, 0, rest @ ..] => return utf32(rest, u32::from_le_bytes, "UTF-32LE"),
        [0, 0, 0xfe, 0xff, rest @ ..] => return utf32(rest, u32::from_be_bytes, "UTF-32BE"),
        [0xff, 0xfe, rest @ ..] => return with(UTF_16LE, rest),
        [0xfe, 0xff, rest @ ..] => return with(UTF_16BE, rest),
        // Without a mark the zeros around the first character tell, whatever a header says.
        [0, 0, 0, b'<' | b'{' | b' ' | b'\n' | b'\r', ..] => return utf32(bytes, u32::from_be_bytes, "UTF-32BE"),
        [b'<' | b'{' | b' ' | b'\n' | b'\r', 0, 0, 0, ..] => return utf32(bytes, u32::from_le_bytes, "UTF-32LE"),
        [0, b'<' | b'{' | b' ' | b'\n' | b'\r', ..] => return with(UTF_16BE, bytes),
        [b'<' | b'{' | b' ' | b'\n' | b'\r', 0, ..] => return with(UTF_16LE, bytes),
        _ => {}
    }
    let declared = declaration(bytes);
    let label = content_type.and_then(charset).and_then(|label| Encoding::for_label(label.as_bytes())).or(declared);
    match std::str::from_utf8(bytes) {
        // Text in another encoding is hardly ever valid UTF-8 by accident, and headers are wrong more often than that.
        // Encodings that shift with ASCII characters look like ASCII.
        Ok(text) if label.is_none_or(|label| label.is_ascii_compatible() || label == UTF_16LE || label == UTF_16BE) => {
            return Decoded { text: Cow::Borrowed(text), name: UTF_8.name(), damaged: false };
        }
        _ => {}
    }
    let candidates = [label, declared].into_iter().flatten();
    for encoding in candidates.filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE) {
        let decoded = with(encoding, bytes);
        if !decoded.damaged {
            return decoded;
        }
    }
    as_utf8(bytes)
}

/// Lossy UTF-8 when most of it is that; else what Western programs write when they do not say.
fn as_utf8(bytes: &[u8]) -> Decoded<'_> {
    let text = String::from_utf8_lossy(bytes);
    let Cow::Owned(_) = &text else { return Decoded { text, name: UTF_8.name(), damaged: false } };
    let (mut wrong, mut right) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == '\u{fffd}' { wrong += 1 } else { right += 1 }
    }
    if wrong > right {
        let western = with(WINDOWS_1252, bytes);
        return Decoded { damaged: true, ..western };
    }
    Decoded { text, name: UTF_8.name(), damaged: true }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, name: encoding.name(), damaged }
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32, name: &'static str) -> Decoded<'static> {
    let mut damaged = !bytes.len().is_multiple_of(4);
    let text: String = bytes
        .chunks_exact(4)
        .map(|unit| {
            let unit = [unit[0], unit[1], unit[2], unit[3]];
            char::from_u32(read(unit)).unwrap_or_else(|| {
                damaged = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    Decoded { text: Cow::Owned(text), name, damaged }
}

/// The charset in `text/xml; charset="utf-8"`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// The encoding in `<?xml version="1.0" encoding="…"?>`.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024)];
    let start = head.windows(5).position(|window| window == b"<?xml")?;
    let end = start + head[start..].iter().position(|b| *b == b'>')?;
    let inside = std::str::from_utf8(&head[start..end]).ok()?;
    let value = inside.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], content_type: Option<&str>) -> (String, &'static str, bool) {
        let decoded = decode(bytes, content_type);
        (decoded.text.into_owned(), decoded.name, decoded.damaged)
    }

    fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn marks_and_zeros_win_over_everything() {
        let doc = "<a>Gruß 😀</a>";
        let mut marked = vec![0xfe, 0xff];
        marked.extend(wide(doc, u16::to_be_bytes));
        let wide32: Vec<u8> = doc.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();

        assert_eq!(text(&marked, Some("text/xml; charset=utf-8")), (doc.into(), "UTF-16BE", false));
        assert_eq!(text(&wide(doc, u16::to_be_bytes), Some("a; charset=utf-8")), (doc.into(), "UTF-16BE", false));
        assert_eq!(text(&wide(doc, u16::to_le_bytes), None), (doc.into(), "UTF-16LE", false));
        assert_eq!(text(&wide32, None), (doc.into(), "UTF-32LE", false));
        assert_eq!(text(b"\xef\xbb\xbf<a/>", Some("a; charset=latin1")), ("<a/>".into(), "UTF-8", false));
    }

    #[test]
    fn header_then_declaration_then_utf8() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>Gr\xfc\xdfe</a>";
        let sjis = b"<a>\x93\xfa\x96\x7b</a>";

        assert!(text(latin, None).0.ends_with("<a>Grüße</a>"));
        assert!(text(latin, Some("text/xml; charset=utf-8")).0.ends_with("<a>Grüße</a>"), "the header is wrong");
        assert_eq!(text(sjis, Some("text/xml;charset=\"Shift_JIS\"")), ("<a>日本</a>".into(), "Shift_JIS", false));
        assert_eq!(text(b"<a>\x1b$BF|K\\\x1b(B</a>", Some("a; charset=ISO-2022-JP")).0, "<a>日本</a>");
        assert_eq!(text("<a>Grüße</a>".as_bytes(), Some("a; charset=iso-8859-1")).0, "<a>Grüße</a>", "wrong header");
        assert_eq!(text(b"<?xml encoding='utf-16'?><a/>", None).0, "<?xml encoding='utf-16'?><a/>");
    }

    #[test]
    fn damage_is_said() {
        assert_eq!(text(b"<a>Gr\xfc\xdfe</a>", None), ("<a>Grüße</a>".into(), "windows-1252", true));
        assert!(!text("<a>äöü\u{0}".as_bytes(), None).2);
        let mut mostly = "<a>äöüäöü".as_bytes().to_vec();
        mostly.push(0xff);
        assert_eq!(text(&mostly, None), ("<a>äöüäöü\u{fffd}".into(), "UTF-8", true));
        assert_eq!(text(b"", None).0, "");
        assert!(text(&[0, 0, 0, b'<', 9], None).2);
    }
}
