//! LinkedIn's way of writing text ("little text"): escapes, mentions, hashtags.

use crate::{networks::draft::link_to, tools::html};

/// Text as LinkedIn writes it, plain and as HTML.
pub(super) fn read(text: &str) -> (String, String) {
    let (mut plain, mut rich) = (String::with_capacity(text.len()), String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((name, urn, after)) = mention(rest) {
            plain.push_str(&name);
            match urn.strip_prefix("urn:li:organization:").filter(|id| id.bytes().all(|b| b.is_ascii_digit())) {
                Some(id) => rich.push_str(&link_to(&format!("https://www.linkedin.com/company/{id}"), &name)),
                // A person is named and not linked.
                None => html::escape_into(&name, &mut rich),
            }
            rest = after;
            continue;
        }
        if let Some((tag, after)) = template(rest) {
            plain.push('#');
            plain.push_str(&tag);
            rich.push('#');
            html::escape_into(&tag, &mut rich);
            rest = after;
            continue;
        }
        rest = &rest[first.len_utf8()..];
        let shown = match rest.chars().next().filter(|next| first == '\\' && is_reserved(*next)) {
            Some(next) => {
                rest = &rest[next.len_utf8()..];
                next
            }
            None => first,
        };
        plain.push(shown);
        html::escape_into(shown.encode_utf8(&mut [0; 4]), &mut rich);
    }
    (plain, format!("<p>{}</p>", rich.replace("\n\n", "</p><p>").replace('\n', "<br>")))
}

fn is_reserved(c: char) -> bool {
    "|{}@[]()<>#\\*_~".contains(c)
}

/// `@[Name](urn:li:…)`: the name, what it names, and what follows.
fn mention(text: &str) -> Option<(String, &str, &str)> {
    let (name, rest) = until(text.strip_prefix("@[")?, ']')?;
    let (urn, rest) = rest.strip_prefix('(')?.split_once(')')?;
    urn.starts_with("urn:li:").then_some((name, urn, rest))
}

/// `{hashtag|\#|word}`: the word, and what follows.
fn template(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix("{hashtag|")?;
    let rest = rest
        .strip_prefix("\\#|")
        .or_else(|| rest.strip_prefix("#|"))
        .or_else(|| rest.strip_prefix("\\\u{ff03}|"))
        .or_else(|| rest.strip_prefix("\u{ff03}|"))?;
    until(rest, '}')
}

/// Everything up to a sign that is not escaped, without the escapes, and what follows it.
fn until(text: &str, end: char) -> Option<(String, &str)> {
    let mut found = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => found.push(characters.next()?.1),
            '\n' => return None,
            c if c == end => return Some((found, &text[at + c.len_utf8()..])),
            c => found.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_is_written_in_signs_is_read_as_meant() {
        let table = [
            (
                "We are hiring! {hashtag|\\#|jobs} Thanks @[Musterverein](urn:li:organization:998877) \\(until 30 Nov\\)",
                "We are hiring! #jobs Thanks Musterverein (until 30 Nov)",
                "<p>We are hiring! #jobs Thanks <a href=\"https://www.linkedin.com/company/998877\">Musterverein</a> (until 30 Nov)</p>",
            ),
            ("@[Erika \\[E.\\] Muster](urn:li:person:x)", "Erika [E.] Muster", "<p>Erika [E.] Muster</p>"),
            ("{hashtag|＃|東京} #plain a\\_b", "#東京 #plain a_b", "<p>#東京 #plain a_b</p>"),
            ("@[open {hashtag|x \\q \\", "@[open {hashtag|x \\q \\", "<p>@[open {hashtag|x \\q \\</p>"),
            ("1 \\< 2\n\nB", "1 < 2\n\nB", "<p>1 &lt; 2</p><p>B</p>"),
        ];
        for (written, plain, rich) in table {
            assert_eq!(read(written), (plain.to_owned(), rich.to_owned()));
        }
    }
}
