//! Own posts: written in the dashboard, shown from one instant to another, on every face.

mod migration;
mod pages;
mod rights;
mod rows;
mod turns;
mod walk;

use std::io::Cursor;

use harness::{Answer, Owner, TestController};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
pub(crate) use rights::everybody_is;

/// What a form of a post holds where a test says nothing else.
const EMPTY: &[(&str, &str)] =
    &[("seen", "0"), ("title", ""), ("text", ""), ("link", ""), ("language", "de"), ("publish", ""), ("until", "")];

/// Sends the form of a post, without a file.
async fn send(owner: &Owner, leaf: &str, fields: &[(&str, &str)]) -> Answer {
    send_with(owner, leaf, fields, ("", Vec::new())).await
}

/// Sends the form of a post with a picture.
async fn send_with(owner: &Owner, leaf: &str, fields: &[(&str, &str)], file: (&str, Vec<u8>)) -> Answer {
    let rest = EMPTY.iter().filter(|(name, _)| !fields.iter().any(|(said, _)| said == name));
    let all: Vec<_> = fields.iter().chain(rest).copied().collect();
    owner.client.upload(&owner.path(leaf), &all, "pictures_file", file).await
}

/// Writes a post and publishes it; its id.
pub(crate) async fn write(owner: &Owner, fields: &[(&str, &str)]) -> String {
    id_of(&send(owner, "posts/new", fields).await.expect(303))
}

/// The post that an answer leads back to.
fn id_of(answer: &Answer) -> String {
    answer.location().split_once("#post-").expect("the post in the list").1.to_owned()
}

/// Sends the form of a post as it is open now, with other values in it.
async fn edit(owner: &Owner, id: &str, fields: &[(&str, &str)]) -> Answer {
    let leaf = format!("posts/{id}/edit");
    let page = owner.client.get(&owner.path(&leaf)).await.expect(200).text();
    let held: Vec<_> = ["seen", "title", "link", "publish", "until"].map(|name| (name, value(&page, name))).into();
    let text = between(&page, "<textarea", "</textarea>").split_once('>').expect("a text").1;
    let mut all: Vec<(&str, &str)> = fields.to_vec();
    let held = held.iter().map(|(name, value)| (*name, value.as_str())).chain([("text", text)]);
    all.extend(held.filter(|(name, _)| !fields.iter().any(|(said, _)| said == name)));
    send(owner, &leaf, &all).await
}

/// What stands in a control of a page.
fn value(page: &str, name: &str) -> String {
    let tag = page.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).unwrap_or_default();
    between(tag, "value=\"", "\"").to_owned()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after} behind {before}")).0
}

/// A picture as a camera gives it; another shade is another file.
fn photo(shade: u8) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let picture = DynamicImage::from(RgbImage::from_pixel(320, 200, Rgb([shade, 90, 140])));
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// Whether the newsroom says something now.
async fn is_public(owner: &Owner, words: &str) -> bool {
    owner.newsroom().await.contains(words)
}

/// The address of a post in the newsroom.
async fn permalink(wall: &TestController, owner: &Owner, id: &str) -> String {
    let post = wall.app.store.find_post(&owner.stage_id, id).await.unwrap().unwrap();
    format!("/@{}/p/{}", owner.handle, post.slug)
}

/// Writes a post with a headline and a picture, and publishes it.
pub(crate) async fn write_with_picture(owner: &Owner, title: &str) {
    send_with(owner, "posts/new", &[("title", title), ("text", title)], ("a.jpg", photo(7))).await.expect(303);
}
