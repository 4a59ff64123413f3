//! Whoever runs this instance: which account that is, and what they say on its legal pages.

mod words;

use crate::{
    app::{App, Error, Problem, Result},
    store::{self, LegalText},
    tools::words::Language,
};

/// Longest text of a legal page, in characters.
pub const LONGEST: usize = 30_000;

/// A page that the law asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Who answers for this instance.
    Imprint,
    /// What becomes of personal data here.
    Privacy,
}

impl Leaf {
    /// Its name in the database, in addresses and in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imprint => "imprint",
            Self::Privacy => "privacy",
        }
    }
}

/// What the operator says on legal pages, as it is typed; in the order of [`Language::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Who answers for this instance.
    pub imprint: [String; 2],
    /// What becomes of personal data here.
    pub privacy: [String; 2],
    /// Whether what the program says of itself is left out of the privacy statement.
    pub alone: bool,
}

/// What the operator says on a legal page, ready to be drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Harmless HTML; empty where nothing was said.
    pub html: String,
    /// What it is written in: another language, where nothing was said in the one that was asked for.
    pub language: Language,
    /// Whether nothing that the program says by itself is to follow.
    pub alone: bool,
}

/// Gets what the operator says on a page, in a language if there is anything in it.
pub async fn said(app: &App, leaf: Leaf, language: Language) -> Result<Said> {
    let texts = app.store.list_legal_texts().await?;
    let mut here = texts.iter().filter(|text| text.page == leaf.name() && !text.words.is_empty()).collect::<Vec<_>>();
    here.sort_by_key(|text| text.language != language.code());
    Ok(here.first().map_or_else(Said::default, |text| Said {
        html: words::html(&text.words),
        language: Language::find(&text.language).unwrap_or_default(),
        alone: text.alone,
    }))
}

/// Whether this instance lacks the imprint that the law asks for.
pub async fn lacks_imprint(app: &App) -> Result<bool> {
    Ok(said(app, Leaf::Imprint, Language::default()).await?.html.is_empty())
}

/// Gets what the operator says on all legal pages, to be edited.
pub async fn typed(app: &App) -> Result<Typed> {
    let texts = app.store.list_legal_texts().await?;
    let of = |leaf: Leaf| {
        Language::ALL.map(|language| {
            let here = texts.iter().find(|text| text.page == leaf.name() && text.language == language.code());
            here.map(|text| text.words.clone()).unwrap_or_default()
        })
    };
    Ok(Typed { imprint: of(Leaf::Imprint), privacy: of(Leaf::Privacy), alone: texts.iter().any(|text| text.alone) })
}

/// Keeps what the operator says on all legal pages.
pub async fn change(app: &App, typed: &Typed) -> Result<()> {
    let mut problems = Vec::new();
    let mut texts = Vec::new();
    for (leaf, words, fields) in [
        (Leaf::Imprint, &typed.imprint, ["imprint_de", "imprint_en"]),
        (Leaf::Privacy, &typed.privacy, ["privacy_de", "privacy_en"]),
    ] {
        for ((language, words), field) in Language::ALL.into_iter().zip(words).zip(fields) {
            let words = words.replace("\r\n", "\n");
            if words.chars().count() > LONGEST {
                problems.push(Problem { field, key: "operator.text.long" });
            }
            texts.push(LegalText {
                page: leaf.name().to_owned(),
                language: language.code().to_owned(),
                words: words.trim().to_owned(),
                alone: leaf == Leaf::Privacy && typed.alone,
            });
        }
    }
    // Without a word of one's own, what the program says of itself is all there is.
    if typed.alone && typed.privacy.iter().all(|words| words.trim().is_empty()) {
        problems.push(Problem { field: "alone", key: "operator.alone.empty" });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    app.store.keep_legal_texts(&texts, app.clock.now()).await?;
    Ok(())
}

/// Makes an account that of whoever runs this instance.
pub async fn appoint(app: &App, account_id: &str) -> Result<()> {
    match app.store.set_operator(account_id).await {
        Err(store::Error::Orphan) => Err(Error::NotFound("account")),
        done => Ok(done?),
    }
}
