//! Every route, and what stands around it. What surrounds routes is one layer each: a layer is copied with all that is
//! inside of it for every request.

use crate::config::Config;
use crate::gateway::sandbox;
use crate::state::Installation;
use crate::trace::Trace;
use crate::web::Web;
use crate::{assets, client_address, compression, dev_mailbox, headers, health, host, limits, origin, problem};
use app::draft;
use app::frame::Frame;
use app::page::Page;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state as from_fn_with};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal::Portal;
use std::net::SocketAddr;
use tower::ServiceBuilder;
use tracing::Instrument;

/// The whole web of an installation that listens at `bound`.
pub fn router(installation: &Installation, config: &Config, bound: SocketAddr) -> Router {
    let (portal, web) = (&installation.portal, Web::new(config, bound));
    let around = (portal.clone(), web.clone());
    Router::new()
        .merge(pages(installation, &web))
        .merge(documents(installation, &web))
        .merge(files(&web))
        // Probes ask by whatever address the machine has: no host check, no frame.
        .merge(health::routes())
        .layer(ServiceBuilder::new().layer(from_fn_with(around, everything)).layer(compression::layer()))
        .with_state(portal.clone())
}

/// Around every answer, refusals included: the line in the log, who asks, what browsers are told.
async fn everything(State((portal, web)): State<(Portal, Web)>, mut request: Request, next: Next) -> Response {
    let trace = Trace::begin(&portal, &request);
    client_address::note(&web, &mut request);
    // Before compression, which follows what the request says it takes.
    compression::plain_for_strangers(&mut request);
    let mut response = next.run(request).instrument(trace.span.clone()).await;
    headers::fix(&web, response.headers_mut());
    trace.end(&mut response);
    response
}

/// What people see. Refusals of every layer inside become pages in the frame.
fn pages(Installation { portal, sandbox }: &Installation, web: &Web) -> Router<Portal> {
    let mut routes = app::routes();
    if web.has_mailbox() {
        routes = routes.merge(dev_mailbox::routes());
    }
    if let Some(sandbox) = sandbox {
        routes = routes.merge(sandbox::page::hosted(sandbox));
        if web.has_operators() {
            routes = routes.merge(sandbox::page::operators(portal, sandbox));
        }
    }
    let uploads = limits::limited(app::uploads(), app::LARGEST_FILE);
    limits::limited(routes, limits::FORM).merge(uploads).layer(from_fn_with((portal.clone(), web.clone()), page))
}

/// Around a page: its frame, and the policy that knows the frame's script by a mark.
async fn page(State((portal, web)): State<(Portal, Web)>, request: Request, next: Next) -> Response {
    let nonce = headers::nonce(&portal);
    let frame = Frame::of(&request, assets::addresses(), &nonce);
    let before = draft::BeforeAnswer::of(&portal, &request);
    let mut answer = if !host::is_ours(&web, &request) {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    } else if !origin::may_change(&web, &request) {
        // Only pages read cookies, so only they must ask who caused a request.
        StatusCode::FORBIDDEN.into_response()
    } else {
        app::session::carry(&portal, request, next).await
    };
    before.finish(&portal, &mut answer);
    let leads_to = answer.extensions().get::<Page>().and_then(Page::leads_to).map(str::to_owned);
    let mut response = frame.around(answer);
    headers::protect(response.headers_mut(), &nonce, leads_to.as_deref());
    response
}

/// What machines call. They carry a key or a token and no cookie.
fn documents(installation: &Installation, web: &Web) -> Router<Portal> {
    let routes = crate::api::routes().merge(crate::hooks::routes().with_state(installation.clone()));
    limits::limited(routes, limits::DOCUMENT).layer(from_fn_with(web.clone(), document))
}

async fn document(State(web): State<Web>, request: Request, next: Next) -> Response {
    problem::as_problem(known(State(web), request, next).await)
}

fn files(web: &Web) -> Router<Portal> {
    assets::routes().layer(from_fn_with(web.clone(), known))
}

async fn known(State(web): State<Web>, request: Request, next: Next) -> Response {
    if host::is_ours(&web, &request) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}
