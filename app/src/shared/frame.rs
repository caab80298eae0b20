//! The frame of every page: head, the producer's or the portal's name, language, sign-out. A page without islands loads
//! no script.

use crate::page::{Area, Page, PageError, Problem, WayOn, plain_markup};
use crate::said::Said;
use crate::text::Texts;
use crate::visitor::language_of;
use crate::{phrase, ui};
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, SET_COOKIE};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use types::place::buyer::Place;
use types::place::{returns_to, shared, without_tail};
use types::{Language, Legal};

/// The name over a page for those who have no purchases here, where no producer's stands.
const PORTAL: &str = "Aftersale";

/// Where the browser finds style and islands: the server names files by their content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The stylesheet.
    pub style: &'static str,
    /// The islands' script and its WebAssembly; none in a build without them: every page does without.
    pub islands: Option<(&'static str, &'static str)>,
    /// The same for the pages of an area, whose islands buyers do not load.
    pub area: Option<(&'static str, &'static str)>,
}

/// The mark by which the Content-Security-Policy of this answer knows our script.
#[derive(Clone, Debug)]
pub struct Nonce(pub String);

/// The frame of one request, and what it must know of it.
pub struct Frame<'a> {
    texts: Texts,
    /// What was asked for, by a look or by a form.
    address: Option<PathAndQuery>,
    is_look: bool,
    assets: Option<Assets>,
    nonce: &'a Nonce,
    said: Option<Said>,
}

impl<'a> Frame<'a> {
    /// The frame of what answers `request`.
    pub fn of(request: &Request, assets: Option<Assets>, nonce: &'a Nonce) -> Self {
        let (address, is_look) = (request.uri().path_and_query().cloned(), request.method() == Method::GET);
        let said = Said::of(request.headers()).filter(|_| is_look);
        Self { texts: Texts::of(language_of(request.headers())), address, is_look, assets, nonce, said }
    }

    /// Where the language switch comes back to: a form that comes back filled in stands at the address of its page, as
    /// a rule.
    fn back(&self) -> &str {
        self.address.as_ref().map_or("/", |address| returns_to(address.as_str()))
    }

    /// Puts what a page function answered into the frame; also what was refused with a bare status. What is not there
    /// leads on where the end of the address is to blame.
    pub fn around(&self, response: Response) -> Response {
        let is_absent = self.is_look && response.status() == StatusCode::NOT_FOUND;
        let meant = self.address.as_ref().filter(|_| is_absent);
        if let Some(meant) = meant.and_then(|address| without_tail(address.path())) {
            return Redirect::to(meant).into_response();
        }
        let (mut parts, body) = response.into_parts();
        let problem = parts.extensions.remove::<Problem>();
        let buyer = parts.extensions.remove::<portal::Buyer>();
        let page = match (parts.extensions.remove::<Page>(), problem) {
            (Some(page), _) => page,
            (None, Some(problem)) => self.problem(problem, buyer.as_ref()).with_status(parts.status),
            (None, None) if is_bare(&parts.headers) => match PageError::of_status(parts.status) {
                Some(error) => self.problem(error.problem(), buyer.as_ref()).with_status(parts.status),
                None => return Response::from_parts(parts, body),
            },
            _ => return Response::from_parts(parts, body),
        };
        if self.said.is_some() {
            parts.headers.append(SET_COOKIE, Said::forgotten());
        }
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        Response::from_parts(parts, Body::from(document(&page, self)))
    }

    /// Why there is no page, in the language of whoever is signed in.
    fn problem(&self, problem: Problem, buyer: Option<&portal::Buyer>) -> Page {
        match buyer {
            Some(buyer) => problem_page(Texts::of(buyer.origin().language), problem, &WayOn::home()).of_buyer(buyer),
            None => match self.address.as_ref().and_then(|address| WayOn::of_area(address.path())) {
                Some(way) => problem_page(self.texts, WayOn::problem(problem), &way).for_producer(),
                None => problem_page(self.texts, problem, &WayOn::home()),
            },
        }
    }
}

/// No body, or the few plain words of a layer.
fn is_bare(headers: &axum::http::HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Says nothing of the address: absent and foreign things look the same.
fn problem_page(texts: Texts, problem: Problem, way: &WayOn) -> Page {
    let text = texts.with(problem.text, &[("minutes", problem.minutes.into())]);
    let title = texts.text(problem.title);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{text}</p>
        <p>{ui::link_button(&way.address, texts.text(way.words))}</p>
    };
    Page::new(title, body)
}

fn document(page: &Page, frame: &Frame<'_>) -> String {
    let language = page.area.as_ref().map(|area| area.language).or(page.language);
    let texts = language.map_or(frame.texts, Texts::of);
    let own = || if page.is_for_producer { PORTAL.to_owned() } else { texts.text("frame-home") };
    let name = page.area.as_ref().map(|area| area.name.clone()).or_else(|| page.producer.clone()).unwrap_or_else(own);
    let is_form_again = !frame.is_look && page.status == StatusCode::UNPROCESSABLE_ENTITY;
    let back = if page.status.is_success() || is_form_again { frame.back() } else { "/" };
    let mut html = String::with_capacity(page.body.len() + 2048);
    html.push_str("<!doctype html><html lang=\"");
    html.push_str(texts.language().tag());
    html.push_str("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
    // The title is raw text to Leptos: escaped here.
    let title = if page.title == name { name.clone() } else { format!("{} · {name}", page.title) };
    html.push_str(&ui::escape(&title));
    html.push_str("</title>");
    head_links(&mut html, frame, page);
    html.push_str(if page.area.is_some() { "</head><body class=\"area\">" } else { "</head><body>" });
    html.push_str(&match &page.area {
        Some(area) => plain_markup(area_top(texts, area)),
        None => plain_markup(top(texts, page, name)),
    });
    html.push_str("<main id=\"main\">");
    if let Some(said) = frame.said {
        html.push_str(&said.markup(texts));
    }
    let form = typed_form(&page.body);
    let (before, rest) = page.body.split_at(form.unwrap_or(0));
    html.push_str(before);
    html.push_str(if form.is_some() { " id=\"typed\"" } else { "" });
    html.push_str(rest);
    html.push_str("</main>");
    html.push_str(&plain_markup(bottom(texts, page, back, form.is_some())));
    html.push_str("</body></html>");
    html
}

/// Where the tag of the form ends in which somebody can type: the language switch sends along what is typed there.
fn typed_form(body: &str) -> Option<usize> {
    let control = body.find("class=\"input\"")?;
    let form = body[..control].rfind("<form")?;
    let end = form + body[form..].find('>')?;
    let tag = &body[form..end];
    (tag.contains("method=\"post\"") && !tag.contains(" id=") && end < control).then_some(end)
}

fn head_links(html: &mut String, frame: &Frame<'_>, page: &Page) {
    let has_islands = page.body.contains("<leptos-island");
    html.push_str("<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">");
    let Some(assets) = frame.assets else { return };
    html.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\">", assets.style));
    if let Some(accent) = page.look.accent {
        html.push_str(&format!("<link rel=\"stylesheet\" href=\"{}\">", shared::Place::Accent { accent }));
    }
    let islands = if page.area.is_some() { assets.area } else { assets.islands };
    if let Some((script, wasm)) = islands.filter(|_| has_islands) {
        // The script finds its WebAssembly at its own element.
        html.push_str(&format!(
            "<script type=\"module\" id=\"client\" src=\"{script}\" data-wasm=\"{wasm}\" nonce=\"{}\"></script>",
            ui::escape(&frame.nonce.0)
        ));
    }
}

fn top(texts: Texts, page: &Page, name: String) -> impl IntoView + use<> {
    let sign_out = page.signed_in.is_some().then(|| {
        view! {
            <form method="post" action=Place::SignOut.path()>
                <button class="quiet">{texts.text("frame-sign-out")}</button>
            </form>
        }
    });
    let account = page
        .signed_in
        .is_some()
        .then(|| view! { <a class="home" href=Place::Account.path()>{texts.text("frame-account")}</a> });
    let home = (page.producer.is_some() && !page.is_for_producer)
        .then(|| view! { <a class="home" href=Place::Home.path()>{texts.text("frame-home")}</a> });
    let leads = (home.is_some() || sign_out.is_some())
        .then(|| view! { <nav aria-label=texts.text("frame-navigation")>{home}{account}{sign_out}</nav> });
    view! {
        <a class="skip" href="#main">{texts.text("frame-skip")}</a>
        <header class="top">
            <strong class="name">{logo(page)}{name}</strong>
            {leads}
        </header>
    }
}

/// The seller's picture: the name stands beside it for whoever sees none.
fn logo(page: &Page) -> Option<impl IntoView + use<>> {
    let logo = page.look.logo.as_ref().filter(|_| page.producer.is_some())?;
    let address = shared::Place::Logo { logo: logo.as_str() }.path();
    Some(view! { <img class="logo" src=address alt="" height="40"/> })
}

/// The head of an area's page: its name and its leads, and who is signed in.
fn area_top(texts: Texts, area: &Area) -> impl IntoView + use<> {
    let leads = area.leads.iter().map(|lead| {
        let here = lead.is_here.then_some("page");
        view! { <li><a href=lead.address.clone() aria-current=here>{lead.name.clone()}</a></li> }
    });
    view! {
        <a class="skip" href="#main">{texts.text("frame-skip")}</a>
        <header class="top">
            <strong class="name">{area.name.clone()}</strong>
            <form method="post" action=area.sign_out.clone()>
                <span class="who">{area.who.clone()}</span>
                <button class="quiet">{texts.text("frame-sign-out")}</button>
            </form>
        </header>
        <nav class="leads" aria-label=texts.text("area-navigation")><ul>{leads.collect_view()}</ul></nav>
    }
}

fn bottom(texts: Texts, page: &Page, back: &str, has_typed: bool) -> impl IntoView + use<> {
    let signed_in = page
        .signed_in
        .as_ref()
        .map(|email| view! { <p>{texts.with("frame-signed-in", &[("email", email.into())])}</p> });
    let zone = page
        .time_zone
        .as_ref()
        .map(|zone| view! { <p>{texts.with("frame-time-zone", &[("zone", (&phrase::zone(texts, zone)).into())])}</p> });
    // What the portal is to buyers it is not to those who work here.
    let footer = if page.area.is_some() || page.is_for_producer { "area-footer" } else { "frame-footer" };
    view! {
        <footer class="bottom">
            {page.legal.as_ref().and_then(|legal| imprint(texts, legal))}
            {signed_in}
            {zone}
            <p>{texts.text(footer)}</p>
            <form method="post" action=shared::Place::Language.path() aria-label=texts.text("frame-language")>
                <input type="hidden" name="back" value=back.to_owned()/>
                {languages(texts.language(), has_typed.then_some(back))}
            </form>
        </footer>
    }
}

/// Who the producer is before the law, and its notices; nothing where it has said nothing.
fn imprint(texts: Texts, legal: &Legal) -> Option<impl IntoView + use<>> {
    let lines = legal.lines().into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let links = phrase::notices(texts, legal).into_iter();
    let links = links.map(|(name, address)| view! { <a href=address rel="noopener">{name}</a>" " }).collect_view();
    (*legal != Legal::default()).then(|| view! { <div class="imprint">{lines}<p>{links}</p></div> })
}

/// A language in its own words.
pub(crate) fn language_name(language: Language) -> &'static str {
    match language {
        Language::Portuguese => "Português",
        Language::English => "English",
    }
}

/// Each language in its own words; the current one is marked, not offered. Where somebody can type, each sends that
/// form, and names the page to come back to.
fn languages(current: Language, typed: Option<&str>) -> impl IntoView + use<> {
    let back = typed.map(|back| utf8_percent_encode(back, NON_ALPHANUMERIC).to_string());
    let action = back.map(|back| format!("{}?back={back}", shared::Place::Language));
    let (form, method, unchecked) = (typed.map(|_| "typed"), typed.map(|_| "post"), typed.is_some());
    Language::ALL
        .map(|language| {
            let name = language_name(language);
            let is_current = (language == current).then_some("true");
            let tag = language.tag();
            view! {
                <button class="quiet" name="language" value=tag lang=tag aria-current=is_current form=form
                    formaction=action.clone() formmethod=method formnovalidate=unchecked>{name}</button>
            }
        })
        .collect_view()
}
