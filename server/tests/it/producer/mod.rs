//! The producer's area, as a person sees it who is signed in there.

mod drawer;
mod functions;
mod links;
mod orders;
mod people;
mod proof;
mod report;
mod requests;
mod settings;
mod staff_order;

use crate::harness::browserless::{Form, forms};
use crate::harness::http::encode;
use crate::harness::origin;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request, header};
use portal::session::Holder;
use portal::testing::{World, owner_of, session_of};
use portal::{Producer, Staff};
use server::config::{Config, Given};
use server::router::router;
use server::state::Installation;
use tower::ServiceExt;

/// A browser in which somebody of a producer is signed in.
pub struct Desk {
    web: Router,
    cookie: String,
}

/// What it was answered.
#[derive(Debug)]
pub struct Seen {
    pub status: u16,
    pub headers: HeaderMap,
    pub location: Option<String>,
    pub kind: String,
    pub said: Option<String>,
    pub text: String,
}

impl Desk {
    /// Signs in.
    pub async fn of(world: &World, producer: &Producer) -> Self {
        let token = session_of(&world.portal, owner_of(&world.portal, producer.id()).await, &origin("192.0.2.1")).await;
        Self::with_cookie(world, format!("aftersale-producer={token}"))
    }

    /// A browser in which somebody of the staff is signed in.
    pub async fn of_staff(world: &World, staff: &Staff) -> Self {
        let token = session_of(&world.portal, Holder::Staff(staff.id()), &origin("192.0.2.9")).await;
        Self::with_cookie(world, format!("aftersale-staff={token}"))
    }

    /// A browser in which nobody is signed in.
    pub fn of_nobody(world: &World) -> Self {
        Self::with_cookie(world, "language=pt-BR".to_owned())
    }

    pub fn with_cookie(world: &World, cookie: String) -> Self {
        let config = Config::read(&Given::default()).unwrap();
        let installation = Installation { portal: world.portal.clone(), sandbox: None };
        Self { web: router(&installation, &config, config.listen), cookie }
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Presses the button of a form.
    pub async fn press(&self, form: &Form, typed: &[(&str, &str)]) -> Seen {
        let kept = form.fields.iter().filter(|(name, _)| typed.iter().all(|(key, _)| key != name)).cloned();
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<_> = kept.chain(typed).collect();
        let request = self.request("POST", &form.action);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(&fields))).unwrap()).await
    }

    /// Sends fields, as a form of a page would that has them.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        self.call_from("same-origin", path, fields).await
    }

    /// A form, or the code of a page, that a browser says comes from there.
    pub async fn call_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Seen {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = self.request_from(site, "POST", path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encode(&fields))).unwrap()).await
    }

    fn request(&self, method: &str, path: &str) -> http::request::Builder {
        self.request_from("same-origin", method, path)
    }

    fn request_from(&self, site: &str, method: &str, path: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        request.header(header::COOKIE, &self.cookie).header("sec-fetch-site", site)
    }

    async fn send(&self, request: Request<Body>) -> Seen {
        let answer = self.web.clone().oneshot(request).await.unwrap();
        let of = |name| answer.headers().get(name).map(|value: &http::HeaderValue| value.to_str().unwrap().to_owned());
        let (status, location, said) = (answer.status().as_u16(), of(header::LOCATION), of(header::SET_COOKIE));
        let kind = of(header::CONTENT_TYPE).unwrap_or_default();
        let (parts, body) = answer.into_parts();
        let text = String::from_utf8(to_bytes(body, 1 << 22).await.unwrap().to_vec()).unwrap();
        Seen { status, headers: parts.headers, location, kind, said, text }
    }
}

impl Seen {
    /// With this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// Whoever is not signed in is led to do so.
    #[track_caller]
    pub fn expect_sign_in(&self) {
        let leads = |location: &String| location.contains("/sign-in?next=");
        assert!(self.status == 303 && self.location.as_ref().is_some_and(leads), "{self:?}");
    }

    /// The form that is posted to this address, and has this value in a field.
    #[track_caller]
    pub fn form(&self, action: &str, with: impl Into<Option<(&'static str, &'static str)>>) -> Form {
        let with = with.into();
        let has = |form: &Form| {
            with.is_none_or(|(name, value)| form.fields.iter().any(|(field, of)| field == name && of == value))
        };
        let found =
            forms(&self.text).into_iter().find(|form| form.method == "post" && form.action == action && has(form));
        found.unwrap_or_else(|| panic!("no form {action} {with:?}: {}", self.text))
    }

    /// Whether the form is folded away, and these words stand in it before its button.
    pub fn tells_first(&self, words: &str, form: &Form) -> bool {
        let action = format!("action=\"{}\"", form.action);
        self.text.split("<details").skip(1).any(|folded| {
            let within = folded.split("</details>").next().unwrap_or_default();
            let (said, button) = (within.find(words), within.find("<button"));
            within.contains(&action) && said.is_some() && said < button
        })
    }

    /// Whether the next page is to say this.
    pub fn says(&self, word: &str) -> bool {
        self.said.as_ref().is_some_and(|said| said.starts_with(&format!("said={word};")))
    }
}
