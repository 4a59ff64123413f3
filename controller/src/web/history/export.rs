//! The history to take along: a table for people (CSV) and one for programs (JSON).

use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;

use super::Typed;
use crate::{
    app::{App, Error, Result},
    features::history,
    store::{Stage, Told},
    web::{Owner, Visit, staged::staged, times},
};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/dashboard/stages/{stage_id}/history.csv", get(as_csv))
        .route("/dashboard/stages/{stage_id}/history.json", get(as_json))
}

/// A row as it is given away; the names are part of the product's promise.
#[derive(Serialize)]
struct Line {
    /// When, RFC 3339.
    at: String,
    /// What was done.
    deed: String,
    /// To which thing.
    thing: String,
    /// What its owner called that.
    name: String,
    /// What else there is to say.
    other: String,
    /// Who did it; empty: nobody, or somebody who is gone.
    member: String,
    /// Why it happened by itself; empty where somebody did it.
    reason: String,
    /// By which token of the member; empty where they did it themselves.
    token: String,
}

const NAMES: [&str; 8] = ["at", "deed", "thing", "name", "other", "member", "reason", "token"];

impl Line {
    fn of(told: Told) -> Self {
        let happening = told.happening;
        Self {
            at: times::iso(happening.happened_at),
            deed: happening.deed,
            thing: happening.thing_id,
            name: happening.thing_name,
            other: happening.other_name,
            member: told.member_name.unwrap_or_default(),
            reason: happening.reason.rsplit('.').next().unwrap_or_default().to_owned(),
            token: happening.token_name,
        }
    }

    fn cells(&self) -> [&str; 8] {
        [&self.at, &self.deed, &self.thing, &self.name, &self.other, &self.member, &self.reason, &self.token]
    }
}

async fn as_csv(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    let given = async {
        let (stage, lines) = lines(&app, &visit, &owner, &stage_id, &typed).await?;
        let rows = lines.iter().map(|line| row(&line.cells()));
        let text = [row(&NAMES)].into_iter().chain(rows).collect::<String>();
        Ok(file(&stage, "csv", "text/csv; charset=utf-8", text))
    };
    given.await.unwrap_or_else(|error| visit.refuse(&error))
}

async fn as_json(
    State(app): State<App>,
    visit: Visit,
    owner: Owner,
    Path(stage_id): Path<String>,
    Query(typed): Query<Typed>,
) -> Response {
    let given = async {
        let (stage, lines) = lines(&app, &visit, &owner, &stage_id, &typed).await?;
        let text = serde_json::to_string_pretty(&lines).map_err(|error| Error::internal("write a history", error))?;
        Ok(file(&stage, "json", "application/json", text))
    };
    given.await.unwrap_or_else(|error| visit.refuse(&error))
}

/// What whoever asks may take along: names of colleagues are in it, so not everybody may.
async fn lines(app: &App, visit: &Visit, owner: &Owner, stage_id: &str, typed: &Typed) -> Result<(Stage, Vec<Line>)> {
    let (stage, _) = staged(app, visit, owner, stage_id).await?;
    owner.must_write()?;
    let told = history::export(app, &stage, &typed.query(&stage, visit.now)).await?;
    Ok((stage, told.into_iter().map(Line::of).collect()))
}

fn file(stage: &Stage, ending: &str, kind: &'static str, text: String) -> Response {
    let name = format!("attachment; filename=\"{}-history.{ending}\"", stage.handle);
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], text).into_response()
}

/// A row of a table (RFC 4180). What a spreadsheet would take for a formula becomes text.
fn row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        let text = format!("{guard}{text}");
        if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
    };
    format!("{}\r\n", cells.iter().map(cell).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn a_cell_stays_one_cell_and_no_formula() {
        assert_eq!(
            row(&["a", "b, \"c\"", "=SUM(A1)", "", "zwei\nZeilen"]),
            "a,\"b, \"\"c\"\"\",'=SUM(A1),,\"zwei\nZeilen\"\r\n"
        );
    }
}
