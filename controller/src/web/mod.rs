//! What a click sets off: pages, forms, feeds, and the addresses of the kiosks.

mod accounts;
mod alerts;
mod api;
mod client;
mod cookies;
mod desk;
mod domains;
mod errors;
mod events;
mod guard;
mod headers;
mod health;
mod history;
mod hits;
mod hooks;
mod hosts;
mod infoscreen;
mod kept;
mod kiosks;
mod language;
mod local;
mod media;
mod moderation;
mod newsroom;
mod operator;
mod packed;
mod page;
mod pictures;
mod platform;
mod posts;
mod previews;
mod privacy;
mod programmes;
mod rights;
mod screens;
mod sessions;
mod sources;
mod staged;
mod stages;
mod statics;
mod stop;
mod times;
mod tokens;
mod topics;
mod visit;
mod webhooks;
mod widget;

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    Router, ServiceExt,
    extract::{Request, connect_info::IntoMakeServiceWithConnectInfo},
    http::header,
    response::Response,
};
use hosts::Sorted;
pub use page::{Page, Place, draw, draw_as, go};
use tower::Service;
pub use visit::{Owner, Visit, Xsrf};

use crate::app::App;

/// Every address.
///
/// Two halves: what the public and the kiosks use carries no cookie at all; what
/// members use goes through [`guard`], which knows language, session and XSRF token.
pub fn site(app: App) -> IntoMakeServiceWithConnectInfo<Site, SocketAddr> {
    let open = Router::new()
        .merge(api::routes(&app)) // one line each, so that rooms merge without conflict
        .merge(domains::routes())
        .merge(health::routes())
        .merge(hooks::routes())
        .merge(infoscreen::routes())
        .merge(kiosks::routes())
        .merge(media::routes())
        .merge(newsroom::routes())
        .merge(operator::routes())
        .merge(platform::routes())
        .merge(privacy::routes())
        .merge(statics::routes())
        .merge(widget::routes());
    let guarded = Router::new()
        .merge(accounts::routes())
        .merge(alerts::routes())
        .merge(api::page_routes())
        .merge(desk::routes())
        .merge(domains::dashboard_routes())
        .merge(hits::routes())
        .merge(history::routes())
        .merge(infoscreen::dashboard_routes())
        .merge(language::routes())
        .merge(media::dashboard_routes())
        .merge(moderation::routes())
        .merge(newsroom::dashboard_routes())
        .merge(operator::dashboard_routes())
        .merge(posts::routes())
        .merge(programmes::routes())
        .merge(screens::routes())
        .merge(sessions::routes())
        .merge(sources::routes())
        .merge(stages::routes())
        .merge(stop::routes())
        .merge(tokens::routes())
        .merge(topics::routes())
        .merge(webhooks::routes())
        .merge(widget::dashboard_routes())
        .layer(axum::middleware::from_fn_with_state(app.clone(), guard::guard));
    let all = Router::new().merge(open).merge(guarded).fallback(errors::not_found).with_state(app.clone());
    Site { app, all }.into_make_service_with_connect_info()
}

/// All addresses, and what is done around each of them. No layer of a router: that sees a request once its route is found,
/// and which one that is depends on the host.
#[derive(Clone)]
pub struct Site {
    app: App,
    all: Router,
}

impl Service<Request> for Site {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request>::poll_ready(&mut self.all, context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let Self { app, mut all } = self.clone();
        Box::pin(async move {
            let mut response = match hosts::sort(&app, request).await {
                Sorted::Asked(request) => all.call(request).await?,
                Sorted::OfStage(request) => {
                    let mut response = all.call(request).await?;
                    // Nobody is known here, whatever answers.
                    response.headers_mut().remove(header::SET_COOKIE);
                    response
                }
                Sorted::Answered(response) => response,
            };
            headers::add(&app, response.headers_mut());
            Ok(response)
        })
    }
}
