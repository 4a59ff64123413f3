//! Browsers and systems by the name people know, out of what a browser says of itself.

/// Browsers by the mark they leave; the first that fits counts, because most claim to be others too.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("X11", "Unix"),
];

/// Browser and system; empty where they are not known.
pub fn read(agent: &str) -> (&'static str, &'static str) {
    (find(BROWSERS, agent), find(SYSTEMS, agent))
}

fn find(known: &[(&str, &'static str)], agent: &str) -> &'static str {
    known.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn who_claims_to_be_everybody_is_told_apart() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let cases = [
            (format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Chrome/1 Safari/5 Edg/1"), ("Edge", "Windows")),
            (format!("Mozilla/5.0 (Linux; Android 14; K) {webkit} Chrome/1 Mobile Safari/5"), ("Chrome", "Android")),
            (format!("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) {webkit} Safari/6"), ("Safari", "iPhone")),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko/2 Firefox/1".to_owned(), ("Firefox", "Linux")),
            ("something else".to_owned(), ("", "")),
        ];
        for (agent, expected) in cases {
            assert_eq!(read(&agent), expected, "{agent}");
        }
    }
}
