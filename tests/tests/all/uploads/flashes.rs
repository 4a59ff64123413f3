//! Films that flash are refused; lively ones are not.

use harness::{Owner, Part, TestController, at_hand};

use super::{account, judge, make};

/// A film that says of every pixel how bright it is, and how red.
fn pattern(luma: &str, red: &str) -> Vec<u8> {
    let source =
        format!("color=gray:size=192x108:rate=30:duration=3,format=yuv444p,geq=lum='{luma}':cb=128:cr='{red}'");
    make("film.mp4", &format!("-f lavfi -i {source} -pix_fmt yuv420p -c:v libx264 -preset ultrafast"))
}

#[tokio::test]
async fn a_film_that_flashes_too_often_is_refused_and_told_where() {
    if !at_hand(Part::Films) {
        return;
    }
    let wall = TestController::new().await;
    let owner = Owner::new(wall.client(), "museum").await;
    let account = account(&wall, &owner).await;
    let on = |hertz: u32, yes: &str, no: &str| format!("if(lt(mod(T*{hertz}+0.001,1),0.5),{yes},{no})");
    let later = format!("if(gt(T,1.4),{},60)", on(10, "235", "16"));

    for (what, luma, red, problem) in [
        ("a strobe", later, "128".to_owned(), "media.film.flashes"),
        ("a slow light", on(2, "235", "16"), "128".to_owned(), ""),
        ("calm cuts", "80+mod(floor(T*7)*13+X/8,40)".to_owned(), "128".to_owned(), ""),
        ("red", "40".to_owned(), on(6, "200", "128"), "media.film.red"),
    ] {
        let film = judge(&wall, &account, &pattern(&luma, &red)).await;

        assert_eq!((film.problem.as_str(), film.is_ready()), (problem, problem.is_empty()), "{what}: {film:?}");
        if what == "a strobe" {
            assert_eq!(film.second, 1);
            let path = owner.path(&format!("films/{}", film.id));
            let told = owner.client.get(&path).await.expect(200).text();
            assert!(told.contains("Ab Sekunde") && told.contains("Epilepsie") && !told.contains("hx-get"), "{told}");
            owner.client.speak("en");
            let told = owner.client.get(&path).await.expect(200).text();
            assert!(told.contains("flashes more than three times in a second"), "{told}");
        }
    }
}
