//! Which program asks: `Authorization: Bearer litfass_…`. No cookie counts here, so nobody can make a browser ask.

use std::{marker::PhantomData, sync::Arc};

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderValue, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::problem::Refused;
use crate::{
    app::{App, Error, Result, acting},
    features::tokens::{self, Holder, Scope},
    store::Stage,
};

/// What a token has to allow.
pub(super) trait Need {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! needs {
    ($($name:ident,)*) => {
        $(
            #[doc = concat!("A token with this scope: ", stringify!($name))]
            pub(super) struct $name;

            impl Need for $name {
                const SCOPE: Scope = Scope::$name;
            }
        )*
    };
}
needs! { Read, Posts, Media, Moderation, Screens, Programmes, }

/// A program whose token allows what is needed; everybody else is refused.
pub(super) struct Bearer<N> {
    /// Who it is.
    pub(super) holder: Holder,
    need: PhantomData<N>,
}

impl<N> Bearer<N> {
    /// The stage of a handle, if it is the holder's; anybody else's is not there.
    pub(super) async fn stage(&self, app: &App, handle: &str) -> Result<Arc<Stage>> {
        let stage = super::get_stage(app, handle).await?;
        if stage.account_id == self.holder.account_id { Ok(stage) } else { Err(Error::NotFound("stage")) }
    }
}

impl<N: Need, S: Send + Sync> FromRequestParts<S> for Bearer<N> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Refused> {
        let holder = parts.extensions.get::<Holder>().ok_or(Refused::NoToken)?;
        if holder.may(N::SCOPE) {
            Ok(Self { holder: holder.clone(), need: PhantomData })
        } else {
            Err(Refused::Scope(N::SCOPE))
        }
    }
}

/// Finds out whose token came along, and says so to whatever is done: the history names the token.
pub(super) async fn known(app: &App, mut request: Request, next: Next) -> Response {
    let Some(said) = request.headers().get(header::AUTHORIZATION) else { return next.run(request).await };
    let holder = match read(said) {
        Some(token) => Box::pin(tokens::find(app, token)).await,
        None => Ok(None),
    };
    let holder = match holder {
        Ok(Some(holder)) => holder,
        Ok(None) => return Refused::BadToken.into_response(),
        Err(error) => return Refused::from(error).into_response(),
    };
    if let Err(secs) = app.limits.api_tokens.check(&holder.token_id) {
        return Refused::from(Error::TooMany(secs)).into_response();
    }
    let (member_id, name) = (holder.member_id.clone(), holder.name.clone());
    request.extensions_mut().insert(holder);
    Box::pin(acting::as_token(&member_id, &name, next.run(request))).await
}

fn read(said: &HeaderValue) -> Option<&str> {
    let (scheme, token) = said.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
