//! What a server says it runs (NodeInfo), and where an account really lives (WebFinger).

use std::time::Duration;

use super::handle::{Handle, Shape, origin};
use crate::networks::{Doors, ask, value};

/// A guess must not keep anybody waiting.
const PATIENCE: Duration = Duration::from_secs(6);

/// Where a server is asked: there, or where the operator says.
pub(super) fn base(doors: &Doors<'_>, key: &str, origin: &str) -> String {
    doors.settings.base(key, origin).trim_end_matches('/').to_owned()
}

/// Returns the name of the software behind a handle, in lower case; `None` where the server does not say.
pub(super) async fn find(doors: &Doors<'_>, key: &str, handle: &Handle) -> Option<String> {
    if let Some(name) = ask_node(doors, &base(doors, key, &handle.origin)).await {
        return Some(name);
    }
    if handle.shape != Shape::Name {
        return None;
    }
    let home = home(doors, key, handle).await?;
    ask_node(doors, &base(doors, key, &home)).await
}

/// Returns the server of an account whose name says another one (`@stadt@example.org` at `social.example.org`).
pub(super) async fn home(doors: &Doors<'_>, key: &str, handle: &Handle) -> Option<String> {
    let name: String = url::form_urlencoded::byte_serialize(handle.full_name().as_bytes()).collect();
    let address = format!("{}/.well-known/webfinger?resource=acct:{name}", base(doors, key, &handle.origin));
    let told = ask::ask(doors, ask::get(doors, &address, None).total_timeout(PATIENCE)).await.ok()?;
    let own = |link: &&serde_json::Value| value::text(link, "/rel") == Some("self");
    let home =
        value::list(&told.value, "/links").iter().filter(own).find_map(|link| origin(value::text(link, "/href")?))?;
    (home != handle.origin).then_some(home)
}

async fn ask_node(doors: &Doors<'_>, base: &str) -> Option<String> {
    let question = |address: &str| ask::get(doors, address, None).total_timeout(PATIENCE);
    let index = ask::ask(doors, question(&format!("{base}/.well-known/nodeinfo"))).await.ok()?;
    let links: Vec<_> = value::list(&index.value, "/links").iter().collect();
    let schema = |link: &&&serde_json::Value| {
        value::text(link, "/rel").is_some_and(|rel| rel.contains("nodeinfo.diaspora.software/ns/schema/"))
    };
    let link = links.iter().rfind(schema)?;
    // Only the place is taken from it, never another server.
    let path = url::Url::parse(value::text(link, "/href")?).ok()?.path().to_owned();
    let node = ask::ask(doors, question(&format!("{base}{path}"))).await.ok()?;
    value::text(&node.value, "/software/name").map(str::to_lowercase)
}
