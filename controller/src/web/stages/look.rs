//! Name and look of a stage.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, Path, State},
    http::StatusCode,
    response::Response,
    routing::get,
};

use crate::{
    app::{App, Error, Problem, Result},
    features::{
        media, platform,
        stages::{self, Logo, Look},
    },
    store::Stage,
    tools::{colour::Colour, words::Language},
    web::{
        Owner, Visit,
        newsroom::Accent,
        page::{Page, draw_as, go},
        staged::place,
    },
};

/// The guard has limited the whole form already.
const LARGEST: usize = 25 * 1024 * 1024;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/look", get(show).post(change))
        .layer(DefaultBodyLimit::max(LARGEST))
}

#[derive(Template)]
#[template(path = "stages/look.html")]
struct LookPage {
    page: Page,
    typed: Typed,
    logo: Option<String>,
    preview: Preview,
    languages: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

/// What stands in the form.
#[derive(Default)]
struct Typed {
    name: String,
    description: String,
    accent: String,
    background: String,
    language: String,
    time_zone: String,
    /// Whether the stage is in the directory of the platform.
    listed: bool,
}

impl Typed {
    fn of(stage: &Stage, listed: bool) -> Self {
        Self {
            name: stage.name.clone(),
            description: stage.description.clone(),
            accent: stage.accent.clone(),
            background: stage.background.clone(),
            language: stage.language.clone(),
            time_zone: stage.time_zone.clone(),
            listed,
        }
    }
}

/// The look on a small picture of a page, and how well it can be read.
struct Preview {
    name: String,
    letter: String,
    accent: Colour,
    on_accent: Colour,
    background: Colour,
    on_background: Colour,
    contrasts: [Contrast; 3],
    /// The accent as newsrooms have it for links: what it is for, its words, and the colour.
    links: [(&'static str, &'static str, Colour); 2],
}

/// How well something can be read.
struct Contrast {
    id: &'static str,
    label: &'static str,
    ratio: f64,
}

impl Contrast {
    /// WCAG 2.2 asks for 4.5 to 1.
    fn is_enough(&self) -> bool {
        self.ratio >= 4.5
    }

    fn shown(&self) -> String {
        format!("{:.1}", (self.ratio * 10.0).floor() / 10.0)
    }
}

impl Preview {
    /// Colours that cannot be read are shown as the stage has them.
    fn new(typed: &Typed, stage: &Stage) -> Self {
        let colour = |typed: &str, held: &str| Colour::parse(typed).or_else(|| Colour::parse(held));
        let accent = colour(&typed.accent, &stage.accent).unwrap_or(Colour::new(0, 0, 0));
        let background = colour(&typed.background, &stage.background).unwrap_or(Colour::new(255, 255, 255));
        let links = Accent::of(&accent.to_string());
        let contrast = |id, label, one: Colour, other| Contrast { id, label, ratio: one.contrast(other) };
        Self {
            name: typed.name.clone(),
            letter: typed.name.chars().next().map_or_else(String::new, |letter| letter.to_uppercase().to_string()),
            accent,
            on_accent: accent.ink(),
            background,
            on_background: background.ink(),
            contrasts: [
                contrast("text", "stages.contrast.text", background.ink(), background),
                contrast("button", "stages.contrast.button", accent.ink(), accent),
                contrast("link", "stages.contrast.link", accent, background),
            ],
            links: [("light", "stages.links.light", links.link), ("dark", "stages.links.dark", links.link_dark)],
        }
    }
}

async fn show(State(app): State<App>, visit: Visit, owner: Owner, Path(id): Path<String>) -> Response {
    let found = async {
        let stage = stages::get(&app, &owner.account_id, &id).await?;
        let listed = platform::holds(&app, &stage).await?;
        Ok::<_, Error>((Typed::of(&stage, listed), stage))
    };
    match found.await {
        Ok((typed, stage)) => page(&app, visit, &stage, typed, Vec::new()).await,
        Err(error) => visit.refuse(&error),
    }
}

async fn page(app: &App, visit: Visit, stage: &Stage, typed: Typed, problems: Vec<Problem>) -> Response {
    let logo = match logo(app, stage).await {
        Ok(logo) => logo,
        Err(error) => return visit.refuse(&error),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let preview = Preview::new(&typed, stage);
    let languages = Language::ALL.map(|language| (language.code().to_owned(), language.name().to_owned()));
    let zones = stages::zones().into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect();
    let place = match place(app, stage).await {
        Ok(place) => place,
        Err(error) => return visit.refuse(&error),
    };
    let page = Page::new(visit).with(problems).at(place);
    draw_as(status, &LookPage { page, typed, logo, preview, languages: languages.to_vec(), zones })
}

/// Address of the logo, as its owner may see it before anything is public.
async fn logo(app: &App, stage: &Stage) -> Result<Option<String>> {
    let Some(id) = &stage.logo_id else { return Ok(None) };
    let media = app.store.find_media(&stage.account_id, id).await?;
    let file = media.as_ref().and_then(|media| media::choose(media, 256));
    Ok(file.map(|file| format!("/dashboard/media/{}", file.sha256)))
}

async fn change(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(id): Path<String>,
    form: Multipart,
) -> Response {
    let stage = match stages::get(&app, &owner.account_id, &id).await {
        Ok(stage) => stage,
        Err(error) => return visit.refuse(&error),
    };
    let (typed, logo) = match read(form).await {
        Ok(read) => read,
        Err(error) => return visit.refuse(&error),
    };
    match try_change(&app, &stage, &typed, logo).await {
        Ok(_) => go(&format!("/dashboard/stages/{}/look", stage.id), "done.stage_saved"),
        Err(Error::Invalid(problems)) => page(&app, visit, &stage, typed, problems).await,
        Err(error) => visit.refuse(&error),
    }
}

async fn try_change(app: &App, stage: &Stage, typed: &Typed, logo: Logo) -> Result<Stage> {
    let Typed { name, description, accent, background, language, time_zone, listed } = typed;
    let look = Look::parse([name, description, accent, background, language, time_zone])?;
    let stage = stages::change(app, stage, look, logo).await?;
    // Also where it was listed before: it is found by its new words.
    if *listed {
        platform::enter(app, &stage).await?;
    } else {
        platform::leave(app, &stage).await?;
    }
    Ok(stage)
}

/// Reads the form; a browser sends an empty file where none was chosen.
async fn read(mut form: Multipart) -> Result<(Typed, Logo)> {
    let mut typed = Typed::default();
    let mut logo = Logo::Same;
    let broken = |_| Error::invalid("", "errors.invalid");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "name" => typed.name = text(),
            "description" => typed.description = text(),
            "accent" => typed.accent = text(),
            "background" => typed.background = text(),
            "language" => typed.language = text(),
            "time_zone" => typed.time_zone = text(),
            "listed" => typed.listed = true,
            "logo" if !bytes.is_empty() => logo = Logo::New(bytes.to_vec()),
            "no_logo" if matches!(logo, Logo::Same) => logo = Logo::None,
            _ => {}
        }
    }
    Ok((typed, logo))
}
