//! What holds of every list and every text.

use controller::features::moderation::{Action, Does, Ready, Rules, Subject, judge};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, Strategy, any},
    sample::select,
    test_runner::TestRunner,
};

const WORDS: &[&str] = &["Arschloch", "Knöllchen", "bitch", "Müll*", "*amt", "gute Laune", "Straße"];
const TEXTS: &[&str] =
    &["Guten", "Morgen", "Arschloch", "Müllabfuhr", "Rathaus", "Ordnungsamt", "gute", "Laune", "Strasse"];

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() })
}

fn some(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    vec(select(words).prop_map(str::to_owned), 0..5)
}

fn does() -> impl Strategy<Value = Does> {
    any::<bool>().prop_map(|hides| if hides { Does::Hide } else { Does::Queue })
}

fn text() -> impl Strategy<Value = String> {
    vec(select(TEXTS), 0..8).prop_map(|words| words.join(" "))
}

fn post(text: &str) -> Subject {
    Subject { text: text.to_owned(), ..Subject::default() }
}

#[test]
fn one_more_word_never_lets_more_through_and_an_exception_never_less() {
    let all = (some(WORDS), some(WORDS), some(WORDS), does(), text());

    let done = runner(1_000).run(&all, |(words, more, allowed, words_do, text)| {
        let action = |words: &[String], allowed: &[String]| {
            let rules = Rules { words: words.to_vec(), allowed_words: allowed.to_vec(), words_do, ..Rules::default() };
            judge(&post(&text), &Ready::new(&rules)).action
        };
        let both: Vec<_> = words.iter().chain(&more).cloned().collect();

        assert!(action(&both, &[]) >= action(&words, &[]));
        assert!(action(&words, &allowed) <= action(&words, &[]));
        assert_eq!(action(&words, &words), Action::Pass, "what is allowed in full finds nothing");
        Ok(())
    });

    done.unwrap();
}

#[test]
fn a_verdict_has_reasons_just_where_it_keeps_a_post_back() {
    let done = runner(1_000).run(&(some(WORDS), does(), text()), |(words, words_do, text)| {
        let rules = Rules { words, words_do, languages: vec!["de".into()], ..Rules::default() };

        let verdict = judge(&post(&text), &Ready::new(&rules));

        assert_eq!(verdict.reasons.is_empty(), verdict.action == Action::Pass);
        assert_eq!(judge(&post(&text), &Ready::new(&Rules::read(&rules.write()))), verdict, "stored and read again");
        Ok(())
    });

    done.unwrap();
}

#[test]
fn a_word_is_found_whatever_is_put_into_it_that_nobody_sees() {
    let unseen = vec(select(&['\u{200b}', '\u{200d}', '\u{ad}', '\u{2060}', '\u{feff}', '\u{fe0f}', '\u{301}'][..]), 9);
    let rules = Ready::new(&Rules { words: vec!["Arschloch".into()], ..Rules::default() });

    let done = runner(500).run(&(unseen, any::<bool>()), |(unseen, upper)| {
        let hidden: String = "Arschloch".chars().zip(unseen).flat_map(|(letter, mark)| [letter, mark]).collect();
        let text = if upper { hidden.to_uppercase() } else { hidden };

        assert_eq!(judge(&post(&format!("Du {text}!")), &rules).action, Action::Queue, "{text:?}");
        Ok(())
    });

    done.unwrap();
}

#[test]
fn no_text_is_too_odd() {
    let odd = || "[\\PC\u{200b}\u{301}@$!*#|0-9 ]{0,60}";
    let rules = Rules {
        languages: vec!["de".into(), "en".into(), "tr".into(), "ar".into(), "ru".into(), "fr".into()],
        domains: vec!["casino.example".into()],
        accounts: vec!["@troll".into()],
        ..Rules::default()
    };
    let ready = Ready::new(&rules);

    let done = runner(1_000).run(&(odd(), odd(), odd(), odd()), |(title, text, link, word)| {
        let subject = Subject {
            title,
            html: format!("<a href=\"{link}\">x</a>{text}"),
            text,
            author: Some(word.clone()),
            link: Some(link),
            ..Subject::default()
        };
        let _ = judge(&subject, &ready);
        let _ = judge(&subject, &Ready::new(&Rules { words: vec![word], ..Rules::default() }));
        Ok(())
    });

    done.unwrap();
}
