//! Addresses of pictures and films of LinkedIn, which posts only name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::Api;
use crate::networks::{
    Class, Trouble,
    oauth::segment,
    value::{list, text},
};

/// Most names in one question.
const AT_ONCE: usize = 50;

/// What lies behind a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The file itself.
    pub(super) file: Option<String>,
    /// A still of it; of a picture it is the file.
    pub(super) still: Option<String>,
}

/// Addresses by name.
pub(super) type Addresses = BTreeMap<String, Found>;

/// Names of all media of posts, as their posts have them.
pub(super) fn names(element: &Value) -> Vec<(&str, Option<&str>)> {
    let Some(content) = element.get("content") else { return Vec::new() };
    let image = |image| Some((text(image, "/id")?, text(image, "/altText")));
    if let Some(several) = content.get("multiImage") {
        return list(several, "/images").iter().filter_map(image).collect();
    }
    if let Some(article) = content.get("article") {
        return text(article, "/thumbnail").map(|name| (name, None)).into_iter().collect();
    }
    content.get("media").and_then(image).into_iter().collect()
}

/// Asks where the media of posts lie. What is still being prepared comes with a later visit.
pub(super) async fn resolve(api: &Api<'_>, elements: &[&Value]) -> Result<Addresses, Trouble> {
    let all: Vec<&str> = elements.iter().flat_map(|element| names(element)).map(|(name, _)| name).collect();
    let mut found = Addresses::new();
    let mut stills = Vec::new();
    for name in all.iter().filter(|name| name.starts_with("urn:li:video:")) {
        match api.get(&format!("/rest/videos/{}", segment(name)), "", None).await {
            Ok(video) if is_available(&video) => {
                let still = text(&video, "/thumbnail").map(str::to_owned);
                stills.extend(still.clone().filter(|still| still.starts_with("urn:li:image:")));
                let file = text(&video, "/downloadUrl").map(str::to_owned);
                found.insert((*name).to_owned(), Found { file, still });
            }
            Ok(_) => {}
            Err(trouble) => pass_over(trouble)?,
        }
    }
    let mut images: Vec<&str> = all.iter().copied().filter(|name| name.starts_with("urn:li:image:")).collect();
    images.extend(stills.iter().map(String::as_str));
    images.sort_unstable();
    images.dedup();
    for images in images.chunks(AT_ONCE) {
        let ids = images.iter().map(|name| segment(name)).collect::<Vec<_>>().join(",");
        match api.get("/rest/images", &format!("ids=List({ids})"), Some("BATCH_GET")).await {
            Ok(answer) => {
                let results = answer.get("results").and_then(Value::as_object);
                for (name, image) in results.into_iter().flatten().filter(|(_, image)| is_available(image)) {
                    let file = text(image, "/downloadUrl").map(str::to_owned);
                    found.insert(name.clone(), Found { still: file.clone(), file });
                }
            }
            Err(trouble) => pass_over(trouble)?,
        }
    }
    // A still that is named like a picture lies where that picture does.
    let pictures = found.clone();
    for video in found.values_mut() {
        if let Some(picture) = video.still.as_ref().filter(|still| still.starts_with("urn:")) {
            video.still = pictures.get(picture).and_then(|picture| picture.file.clone());
        }
    }
    Ok(found)
}

fn is_available(medium: &Value) -> bool {
    text(medium, "/status").is_none_or(|status| status == "AVAILABLE")
}

/// A post without its picture is better than none; but not where nothing else would be answered either.
fn pass_over(trouble: Trouble) -> Result<(), Trouble> {
    match trouble.class {
        Class::ReauthRequired | Class::RateLimited { .. } => Err(trouble),
        _ => Ok(()),
    }
}
