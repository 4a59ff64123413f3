//! Templates and scripts keep to the content security policy, and ask nobody else for anything.

use super::{files, name, nothing_wrong, read, root};

/// What the policy would block, or what would make a visitor's browser contact somebody.
const FORBIDDEN: &[(&str, &str)] = &[
    ("<style", "inline style"),
    (" style=", "inline style"),
    ("javascript:", "inline script"),
    ("hx-on", "inline script"),
    ("js:{", "inline script"),
    ("src=\"http", "another host"),
    ("src=\"//", "another host"),
    ("action=\"http", "another host"),
    ("rel=\"preconnect", "another host"),
    ("rel=\"dns-prefetch", "another host"),
];

#[test]
fn templates_hold_no_inline_style_script_or_handler() {
    let mut wrong = Vec::new();
    for file in files(&root().join("assets/templates"), &["html", "xml", "svg"]) {
        for (number, line) in (1..).zip(read(&file).lines()) {
            let low = line.to_ascii_lowercase();
            let mut say = |what: &str| wrong.push(format!("{}:{number}: {what}: {}", name(&file), line.trim()));
            for (_, what) in FORBIDDEN.iter().filter(|(text, _)| low.contains(text)) {
                say(what);
            }
            if has_inline_script(&low) {
                say("inline script");
            }
            if has_handler(&low) {
                say("event handler");
            }
        }
    }
    nothing_wrong(&wrong);
}

/// A script must come from a file; data for search engines is no script.
fn has_inline_script(line: &str) -> bool {
    line.match_indices("<script").any(|(at, _)| {
        let tag = line[at..].split('>').next().unwrap_or_default();
        !tag.contains("src=") && !tag.contains("application/ld+json")
    })
}

/// Finds `onclick=` and its like, but not `description=`.
fn has_handler(line: &str) -> bool {
    line.match_indices(" on").any(|(at, _)| {
        let rest = line[at + 3..].trim_start_matches(|c: char| c.is_ascii_lowercase());
        rest.starts_with("=\"") || rest.starts_with("='")
    })
}

#[test]
fn our_scripts_and_styles_ask_no_other_host_and_run_no_text() {
    let mut wrong = Vec::new();
    for file in files(&root().join("assets/static"), &["js", "css"]) {
        for (number, line) in (1..).zip(read(&file).lines()) {
            let bad = ["eval(", "new Function", "document.write", "insertAdjacentHTML", "url(http", "url(//"];
            let host = ["\"https://", "'https://", "\"http://", "'http://"];
            // The names of XML namespaces look like addresses and are none.
            let asks = host.iter().any(|text| line.contains(text)) && !line.contains("www.w3.org");
            for text in bad.iter().filter(|text| line.contains(**text)) {
                wrong.push(format!("{}:{number}: {text}", name(&file)));
            }
            if asks {
                wrong.push(format!("{}:{number}: another host", name(&file)));
            }
        }
    }
    nothing_wrong(&wrong);
}

#[test]
fn handlers_are_told_from_other_attributes() {
    assert!(has_handler("<a onclick=\"go()\">"));
    assert!(!has_handler("<input name=\"on\" description=\"on=\">"));
    assert!(has_inline_script("<script>alert(1)</script>"));
    assert!(!has_inline_script("<script src=\"{{ x }}\" defer></script>"));
}
