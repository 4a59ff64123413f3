//! The page on which a widget is set up.

use controller::features::topics::{TopicName, create, rule::Rule};
use harness::TestController;
use reqwest::Method;

use super::with_posts;

#[tokio::test]
async fn what_is_chosen_stands_in_every_snippet() {
    for wall in TestController::on_each().await {
        let (owner, stage) = with_posts(&wall, &["Freibad"]).await;
        create(&wall.app, &stage, &TopicName::parse("Bäder").unwrap(), &Rule::default()).await.unwrap();
        let base = &wall.url;

        let usual = owner
            .client
            .get(&owner.path("widget"))
            .await
            .expect(200)
            .text()
            .replace("&#34;", "\"")
            .replace("&#60;", "<")
            .replace("&#62;", ">");
        assert!(
            usual.contains(&format!(
                "<script src=\"{base}/widget.js\" data-stage=\"stadt\" data-layout=\"grid\" async></script>"
            )),
            "{usual}"
        );
        assert!(
            usual.contains("<litfass-wall stage=\"stadt\" layout=\"grid\">")
                && usual.contains("<option value=\"baeder\">Bäder</option>")
        );

        let query = "widget?layout=carousel&topic=baeder&count=5&theme=dark&language=en&height=640";
        let request = owner.client.request(Method::GET, &owner.path(query)).header("hx-request", "true");
        let part = owner.client.send(request).await.expect(200).text();
        assert!(!part.contains("<html") && part.contains("<litfass-wall stage=\"stadt\" layout=\"carousel\" topic=\"baeder\" count=\"5\" theme=\"dark\" language=\"en\" height=\"640\">"), "{part}");
        let text = part.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&");
        // A height is kept free from the start, which a script alone cannot.
        let plain = text.split("id=\"snippet-plain\"").nth(1).unwrap().split("</code>").next().unwrap();
        let whole = format!(
            "<script src=\"{base}/widget.js\" async></script>\n<litfass-wall stage=\"stadt\" layout=\"carousel\" topic=\"baeder\" count=\"5\" theme=\"dark\" language=\"en\" height=\"640\"><noscript><iframe "
        );
        assert!(plain.contains(&whole) && plain.contains("<svg display=\"block\""), "{plain}");
        let text_of = async |query: &str| {
            let request = owner.client.request(Method::GET, &owner.path(query)).header("hx-request", "true");
            owner.client.send(request).await.expect(200).text().replace("&#34;", "\"")
        };
        let high = text_of("widget?layout=carousel&topic=baeder&count=5&theme=dark&language=en").await;
        assert!(high.contains("data-layout=\"carousel\" data-topic=\"baeder\" data-count=\"5\" data-theme=\"dark\" data-language=\"en\" async"), "{high}");
        assert!(text.contains(&format!("<iframe src=\"{base}/embed/@stadt?layout=carousel&amp;topic=baeder&amp;count=5&amp;theme=dark&amp;language=en\"")), "{text}");
        assert!(
            text.contains("height=\"640\"")
                && text.contains("svg display=")
                && text.contains("integrity=\"sha384-")
                && text.contains("<noscript><iframe")
        );
        assert!(text.contains(&format!("script-src {base}; connect-src {base}; img-src {base}")));

        let odd = owner
            .client
            .get(&owner.path("widget?layout=spiral&topic=%22%3E%3Cscript%3E&count=-1"))
            .await
            .expect(200)
            .text();
        assert!(
            !odd.contains("<script>") && odd.contains("layout=\"grid\"") && !odd.contains("topic=\""),
            "nonsense is as good as nothing"
        );
    }
}
