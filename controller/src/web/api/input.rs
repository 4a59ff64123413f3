//! What programs send, read once, with a problem that names the field where it cannot be taken.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Query, Request, rejection::JsonRejection},
    http::{StatusCode, Uri, header, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;

use super::problem::Refused;

/// A body of JSON.
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Refused::Unread(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|refused| Refused::Unread(refused.into_response().status()))?;
        // A sign that no text here may hold, and that one of the databases refuses.
        if bytes.windows(6).any(|six| six == b"\\u0000") {
            return Err(Refused::Shape(String::new(), "U+0000".to_owned()));
        }
        match Json::<T>::from_bytes(&bytes) {
            Ok(Json(sent)) => Ok(Self(sent)),
            Err(JsonRejection::JsonDataError(error)) => Err(shape(&error.body_text())),
            Err(_) => Err(Refused::Unread(StatusCode::BAD_REQUEST)),
        }
    }
}

/// What stands in the query of an address.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        Self::of(&parts.uri)
    }
}

impl<T: DeserializeOwned> Asked<T> {
    /// What the query of this address says.
    pub(super) fn of(address: &Uri) -> Result<Self, Refused> {
        let asked = Query::<T>::try_from_uri(address);
        asked.map(|Query(asked)| Self(asked)).map_err(|refused| shape(&refused.body_text()))
    }
}

/// Of what stands before a colon the last but one is the field: `Failed to …: title: invalid type …`.
fn shape(text: &str) -> Refused {
    let said = text.split_once(": ").map_or(text, |(_, said)| said);
    let (field, detail) = said.split_once(": ").filter(|(field, _)| !field.contains(' ')).unwrap_or(("", said));
    Refused::Shape(field.to_owned(), detail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Refused, shape};

    #[test]
    fn the_field_is_named_where_there_is_one() {
        let read = |text: &str| match shape(text) {
            Refused::Shape(field, detail) => (field, detail),
            other => panic!("{other:?}"),
        };
        let said =
            "Failed to deserialize the JSON body into the target type: pictures[0].alt: invalid type: integer `1`";
        assert_eq!(read(said), ("pictures[0].alt".to_owned(), "invalid type: integer `1`".to_owned()));
        assert_eq!(read("Failed: missing field `act`"), (String::new(), "missing field `act`".to_owned()));
    }
}
