//! What networks forbid to be given on leaves by no door.

use controller::{
    networks::{self, ReExport},
    store::{Post, PostPicture},
};
use harness::{NOON, TestController};

use super::{picture, post, source, with_posts};

#[tokio::test]
async fn of_each_network_as_much_is_given_on_as_it_permits() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, &[]).await;
        for (number, network) in (0_u8..).zip(networks::LIST) {
            let name = network.facts().name;
            let id = format!("of-{name}");
            wall.app.store.add_source(&source(&id, &stage.id, name)).await.unwrap();
            let picture: PostPicture = picture(&wall, &stage, &id, (320, 200), number).await;
            let post = Post {
                source_id: Some(id.clone()),
                text: format!("Worte von {name}"),
                html: format!("<p>Worte von {name}</p>"),
                author: Some(format!("Mensch von {name}")),
                ..post(&id, &stage.id, &format!("Titel von {name}"), NOON - i64::from(number) - 1)
            };
            wall.app.store.take_post(&post, &[picture]).await.unwrap();
        }
        let get = async |path: String| wall.client().get(&path).await;
        let page = get("/api/v1/stages/stadt/posts".to_owned()).await.expect(200).json();
        let frame = get("/embed/@stadt?count=60".to_owned()).await.expect(200).text();

        for network in networks::LIST {
            let facts = network.facts();
            let name = facts.name;
            let given = page["posts"].as_array().unwrap().iter().find(|post| post["id"] == format!("of-{name}"));
            let all = given.map_or_else(String::new, ToString::to_string);
            let says = |what: &str| {
                (all.contains(&format!("{what} von {name}")), frame.contains(&format!("{what} von {name}")))
            };
            let one = get(format!("/embed/@stadt?post=slug-of-{name}")).await;
            let oembed = get(format!("/oembed?url={}/@stadt/p/slug-of-{name}", wall.url)).await;
            match facts.policy.re_export {
                ReExport::Full => {
                    for what in ["Titel", "Worte", "Mensch"] {
                        assert_eq!(says(what), (true, true), "{name}: {what}");
                    }
                    assert_eq!(
                        (given.unwrap()["media"].as_array().unwrap().len(), one.status, oembed.status),
                        (1, 200, 200)
                    );
                }
                ReExport::LinkOnly => {
                    assert_eq!(says("Titel"), (true, true), "{name}");
                    for what in ["Worte", "Mensch"] {
                        assert_eq!(says(what), (false, false), "{name}: {what}");
                    }
                    let given = given.unwrap();
                    assert_eq!((given["extent"].as_str(), given["media"].as_array().unwrap().len()), (Some("link"), 0));
                    assert!(given["external_url"].is_string() && one.status == 200 && oembed.status == 200);
                    assert!(!one.text().contains("Worte") && !oembed.text().contains("thumbnail"));
                }
                ReExport::IdOnly => {
                    let given = given.unwrap();
                    assert_eq!(
                        (given["extent"].as_str(), given["network_id"].as_str()),
                        (Some("id"), Some(&*format!("remote-of-{name}")))
                    );
                    for what in ["Titel", "Worte", "Mensch"] {
                        assert_eq!(says(what), (false, false), "{name}: {what}");
                    }
                    assert!(given["url"].is_null() && given["external_url"].is_null() && given["source"].is_null());
                    assert_eq!((one.status, oembed.status), (404, 404), "{name}");
                }
                ReExport::No => {
                    assert!(given.is_none(), "{name}");
                    assert_eq!(
                        (says("Titel").1, says("Worte").1, one.status, oembed.status),
                        (false, false, 404, 404),
                        "{name}"
                    );
                }
            }
        }
        let desk = owner.client.get(&owner.path("widget")).await.expect(200).text();
        assert!(desk.contains("Von TikTok, YouTube zeigt das Widget nur Titel und Link"), "{desk}");
        assert!(desk.contains("Beiträge von LinkedIn, X zeigt das Widget nicht"), "{desk}");
    }
}
