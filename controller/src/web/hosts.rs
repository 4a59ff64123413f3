//! Which host is asked: under the domain of a stage its newsroom stands, and nothing that knows a session.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, Uri, header, uri::PathAndQuery},
    response::{IntoResponse, Response},
};

use crate::{
    app::App,
    features::domains::{self, Home},
    store::ActiveDomain,
};

/// Where a request belongs.
#[derive(Debug, PartialEq, Eq)]
enum Way {
    /// It is answered as it is.
    Stay,
    /// It is answered as this path.
    As(String),
    /// The same page of the newsroom stands under its own address: with this path.
    Home(String),
    /// It is for a page that is open since before its newsroom moved.
    Reload,
    /// It is for the instance's own address.
    Away,
}

/// The domain of a stage under which a request comes, among what the request carries.
#[derive(Clone, Debug)]
pub(super) struct Under(pub(super) String);

/// What becomes of a request.
pub(super) enum Sorted {
    /// It is answered as what it asks for.
    Asked(Request),
    /// So it is, under the domain of a stage.
    OfStage(Request),
    /// It is answered already.
    Answered(Response),
}

/// Lets a request to the domain of a stage find its newsroom, and leads one to the newsroom of such a stage to its domain.
pub(super) async fn sort(app: &App, mut request: Request) -> Sorted {
    let path = request.uri().path();
    if is_odd(request.uri()) && !path.starts_with("/api/") {
        return Sorted::Answered(StatusCode::BAD_REQUEST.into_response());
    }
    if !matches!(path, "/healthz" | "/readyz")
        && !path.starts_with("/static/")
        && let Err(error) = domains::refresh(app).await
    {
        // What was known a moment ago is better than nothing.
        tracing::error!("read the domains of newsrooms: {error}");
    }
    let known = app.domains.known();
    if known.is_empty() {
        return Sorted::Asked(request);
    }
    let (method, path) = (request.method(), request.uri().path());
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let here = host(&request).and_then(|host| known.of_host(&host));
    let named = handle(path).and_then(|handle| known.of_handle(&handle));
    let way = match (here, named) {
        (Some(domain), _) if reads || *method == Method::OPTIONS => way(domain, path),
        (Some(_), _) => Way::Away,
        (None, Some(_)) if reads => moved(path, request.uri().query().unwrap_or_default()),
        (None, _) => Way::Stay,
    };
    match way {
        Way::Stay => {}
        Way::As(path) => {
            let Some(uri) = replaced(request.uri(), &path) else {
                return Sorted::Answered(StatusCode::BAD_REQUEST.into_response());
            };
            *request.uri_mut() = uri;
        }
        Way::Home(path) => {
            let origin = here.or(named).map(|domain| Home::at(app, &domain.host).origin().to_owned());
            let to = format!("{}{path}", origin.unwrap_or_default());
            return Sorted::Answered(lead(StatusCode::PERMANENT_REDIRECT, &with_query(&to, request.uri())));
        }
        Way::Reload => {
            return Sorted::Answered((StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response());
        }
        Way::Away => {
            let to = app.config.address(path);
            return Sorted::Answered(lead(StatusCode::SEE_OTHER, &with_query(&to, request.uri())));
        }
    }
    let Some(domain) = here else { return Sorted::Asked(request) };
    let under = Under(domain.host.clone());
    request.extensions_mut().insert(under);
    Sorted::OfStage(request)
}

/// Whether an address has a sign that no text here may hold, and that one of the databases refuses.
pub(super) fn is_odd(uri: &Uri) -> bool {
    uri.path().contains("%00") || uri.query().is_some_and(|query| query.contains("%00"))
}

/// The host that is asked, in small letters and without a port.
fn host(request: &Request) -> Option<String> {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = request.uri().host().or(named)?;
    let bare = host.rsplit_once(':').map_or(host, |(name, _)| name);
    Some(bare.strip_suffix('.').unwrap_or(bare).to_ascii_lowercase())
}

/// The handle of a path `/@handle…`.
fn handle(path: &str) -> Option<String> {
    let handle = path.strip_prefix("/@")?.split('/').next()?;
    Some(handle.to_lowercase())
}

/// What a path says below `/@handle`.
fn below(path: &str) -> &str {
    let inside = path.strip_prefix("/@").unwrap_or_default();
    inside.find('/').map_or("", |at| &inside[at..])
}

/// Whether a path below a newsroom is a page of it. Feeds are not, nor what pages fetch by themselves.
fn is_page(below: &str) -> bool {
    let parts: Vec<_> = below.split('/').skip(1).collect();
    match parts[..] {
        [] | ["archive" | "press" | "search" | "sitemap.xml"] => true,
        ["archive" | "topics" | "p", name] => !name.is_empty(),
        _ => false,
    }
}

/// Whether a path below a newsroom is fetched by readers of feeds, or by its pages.
fn is_part(below: &str) -> bool {
    let feed = |name: &str| matches!(name, "feed.atom" | "feed.rss" | "feed.json");
    let parts: Vec<_> = below.split('/').skip(1).collect();
    match parts[..] {
        ["live" | "look.css" | "robots.txt"] => true,
        [name] | ["topics", _, name] => feed(name),
        _ => false,
    }
}

/// Where a request to the newsroom of a stage belongs that has a domain, when it comes to another host. What an open page
/// fetches by itself must not be led elsewhere, because its browser forbids it to ask there: it is told to load anew.
fn moved(path: &str, query: &str) -> Way {
    let (path, by_itself) = (below(path), query.split('&').any(|pair| pair == "part=posts"));
    match (is_page(path), by_itself) {
        (false, _) => Way::Stay,
        (true, true) => Way::Reload,
        (true, false) if path.is_empty() => Way::Home("/".to_owned()),
        (true, false) => Way::Home(path.to_owned()),
    }
}

/// Where a request to the domain of a stage belongs.
fn way(domain: &ActiveDomain, path: &str) -> Way {
    if path == "/" {
        return Way::As(format!("/@{}", domain.handle));
    }
    if is_page(path) || is_part(path) {
        return Way::As(format!("/@{}{path}", domain.handle));
    }
    if let Some(handle) = handle(path) {
        let below = below(path);
        return match below {
            "" if handle == domain.handle => Way::Home("/".to_owned()),
            _ if handle == domain.handle && (is_page(below) || is_part(below)) => Way::Home(below.to_owned()),
            _ => Way::Away,
        };
    }
    let own = |handle: &str| handle.to_lowercase() == domain.handle;
    let parts: Vec<_> = path.split('/').skip(1).collect();
    match parts[..] {
        ["static" | "media" | "widget", ..] | ["favicon.ico" | "widget.js" | "oembed" | "healthz" | "readyz"] => {
            Way::Stay
        }
        ["imprint" | "privacy"] | ["privacy", "deletion", _] => Way::Stay,
        // What everybody may read of this stage.
        ["api", "v1", "stages", handle] if own(handle) => Way::Stay,
        ["api", "v1", "stages", handle, "posts" | "topics" | "live", ..] if own(handle) => Way::Stay,
        ["embed", handle] if handle.strip_prefix('@').is_some_and(own) => Way::Stay,
        _ => Way::Away,
    }
}

/// An address with another path and the same query.
fn replaced(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(with_query(path, uri)).ok()?);
    Uri::from_parts(parts).ok()
}

fn with_query(to: &str, uri: &Uri) -> String {
    uri.query().map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"))
}

/// Leads elsewhere. Whoever keeps the answer asks again each time: a domain may go.
fn lead(status: StatusCode, to: &str) -> Response {
    let Ok(to) = HeaderValue::from_str(to) else { return StatusCode::BAD_REQUEST.into_response() };
    let headers = [(header::LOCATION, to), (header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))];
    (status, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::{Way, moved, replaced, way};
    use crate::store::ActiveDomain;

    #[test]
    fn the_newsroom_stands_at_the_root_of_its_domain() {
        let domain =
            ActiveDomain { host: "news.stadt.example".into(), stage_id: "s".into(), handle: "stadt".to_owned() };
        for (path, inside) in [
            ("/", "/@stadt"),
            ("/p/sommerfest", "/@stadt/p/sommerfest"),
            ("/topics/kultur", "/@stadt/topics/kultur"),
            ("/topics/kultur/feed.rss", "/@stadt/topics/kultur/feed.rss"),
            ("/archive", "/@stadt/archive"),
            ("/archive/2026-05", "/@stadt/archive/2026-05"),
            ("/press", "/@stadt/press"),
            ("/search", "/@stadt/search"),
            ("/feed.atom", "/@stadt/feed.atom"),
            ("/live", "/@stadt/live"),
            ("/look.css", "/@stadt/look.css"),
            ("/sitemap.xml", "/@stadt/sitemap.xml"),
            ("/robots.txt", "/@stadt/robots.txt"),
        ] {
            assert_eq!(way(&domain, path), Way::As(inside.to_owned()), "{path}");
        }
        for path in [
            "/static/1/newsroom.css",
            "/media/00ff",
            "/favicon.ico",
            "/imprint",
            "/privacy",
            "/oembed",
            "/widget.js",
            "/embed/@stadt",
            "/api/v1/stages/stadt",
            "/api/v1/stages/stadt/posts",
            "/api/v1/stages/stadt/live",
        ] {
            assert_eq!(way(&domain, path), Way::Stay, "{path}");
        }
        for (path, inside) in [("/@stadt", "/"), ("/@Stadt/p/a", "/p/a"), ("/@stadt/feed.rss", "/feed.rss")] {
            assert_eq!(way(&domain, path), Way::Home(inside.to_owned()), "{path}");
        }
        for path in [
            "/dashboard",
            "/login",
            "/register",
            "/language",
            "/wall",
            "/worker.js",
            "/api",
            "/api/v1/media",
            "/api/v1/stages",
            "/api/v1/stages/museum/posts",
            "/api/v1/stages/stadt/desk",
            "/embed/@museum",
            "/@museum",
            "/@stadt/screen",
            "/hooks/webhook.1",
            "/kiosk/link",
            "/domains/ask",
            "/p/",
            "/p/a/b",
        ] {
            assert_eq!(way(&domain, path), Way::Away, "{path}");
        }
    }

    #[test]
    fn pages_move_to_the_domain_and_what_they_fetch_does_not() {
        for (path, query, to) in [
            ("/@stadt", "", "/"),
            ("/@stadt", "media=films", "/"),
            ("/@stadt/p/sommerfest", "lang=en", "/p/sommerfest"),
            ("/@stadt/topics/kultur", "", "/topics/kultur"),
            ("/@stadt/sitemap.xml", "part=1", "/sitemap.xml"),
        ] {
            assert_eq!(moved(path, query), Way::Home(to.to_owned()), "{path}?{query}");
        }
        for path in [
            "/@stadt/live",
            "/@stadt/look.css",
            "/@stadt/feed.atom",
            "/@stadt/topics/kultur/feed.json",
            "/@stadt/screen",
            "/@stadt/screen/live",
        ] {
            assert_eq!(moved(path, ""), Way::Stay, "{path}");
        }
        assert_eq!(moved("/@stadt", "part=posts"), Way::Reload);
    }

    #[test]
    fn a_query_comes_along() {
        let uri = "/search?q=a%20b".parse().unwrap();

        assert_eq!(replaced(&uri, "/@stadt/search").unwrap(), "/@stadt/search?q=a%20b");
    }
}
