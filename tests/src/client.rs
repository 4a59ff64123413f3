//! A browser without pictures: whole requests with cookies and the XSRF token.

use std::{collections::BTreeMap, sync::Mutex};

use reqwest::{ClientBuilder, Method, RequestBuilder, StatusCode, header, redirect::Policy};

/// Sends requests as one visitor. Follows no redirect, so that a test sees each.
pub struct TestClient {
    base: String,
    http: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
    language: Mutex<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Headers.
    pub headers: header::HeaderMap,
    /// Body, as bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Returns the body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// Returns a header's text, empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Returns where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Fails with the body when the status is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl TestClient {
    /// Makes a visitor without cookies, who reads German.
    pub fn new(base: &str) -> Self {
        Self::with(base, |builder| builder)
    }

    /// Makes a visitor whose browser unpacks nothing: bodies are as they travelled.
    pub fn raw(base: &str) -> Self {
        Self::with(base, |builder| builder.no_brotli().no_gzip())
    }

    fn with(base: &str, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        // No TLS is spoken here, but reqwest asks for a provider all the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http =
            change(reqwest::Client::builder()).redirect(Policy::none()).no_proxy().build().expect("an HTTP client");
        Self {
            base: base.trim_end_matches('/').to_owned(),
            http,
            cookies: Mutex::default(),
            language: Mutex::new("de".to_owned()),
        }
    }

    /// Says which language the visitor's browser prefers.
    pub fn speak(&self, language: &str) {
        language.clone_into(&mut self.language.lock().unwrap());
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends a form, with the XSRF token as the page would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ensure_token().await;
        let mut form: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        form.push(("xsrf".to_owned(), self.cookie("xsrf").unwrap_or_default()));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.request(Method::POST, path);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)).await
    }

    /// Sends a form without the token, as another page would.
    pub async fn post_without_token(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.request(Method::POST, path);
        self.send(request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body)).await
    }

    /// Sends a form with a file, with the XSRF token.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], name: &str, file: (&str, Vec<u8>)) -> Answer {
        self.ensure_token().await;
        let mut form = reqwest::multipart::Form::new().text("xsrf", self.cookie("xsrf").unwrap_or_default());
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let part = reqwest::multipart::Part::bytes(file.1).file_name(file.0.to_owned());
        self.send(self.request(Method::POST, path).multipart(form.part(name.to_owned(), part))).await
    }

    /// Starts a request by hand; [`Self::send`] ends it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let cookies = self.cookies.lock().unwrap();
        let line: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.http.request(method, url);
        let request = request.header(header::ACCEPT_LANGUAGE, self.language.lock().unwrap().clone());
        if line.is_empty() { request } else { request.header(header::COOKIE, line.join("; ")) }
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        for line in headers.get_all(header::SET_COOKIE) {
            self.keep_cookie(line.to_str().expect("a cookie in ASCII"));
        }
        let bytes = response.bytes().await.expect("a body").to_vec();
        Answer { status: StatusCode::as_u16(&status), headers, bytes }
    }

    /// Returns the value of a cookie the controller has set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Returns the names of all cookies.
    pub fn cookie_names(&self) -> Vec<String> {
        self.cookies.lock().unwrap().keys().cloned().collect()
    }

    /// Forgets a cookie.
    pub fn forget_cookie(&self, name: &str) {
        self.cookies.lock().unwrap().remove(name);
    }

    /// Tells whether an address answers well; for waiting.
    pub(crate) async fn ready(&self, address: &str) -> bool {
        self.http.get(address).send().await.is_ok_and(|answer| answer.status().is_success())
    }

    fn keep_cookie(&self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let ended = parts.any(|part| part.eq_ignore_ascii_case("max-age=0"));
        let mut cookies = self.cookies.lock().unwrap();
        if ended || value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// A visitor sees a form before sending one: that page sets the token.
    async fn ensure_token(&self) {
        if self.cookie("xsrf").is_none() {
            self.get("/login").await;
        }
    }
}
