//! Every route, and every layer in order. A layer added later stands outside of those before it.

use crate::config::Config;
use crate::gateway::sandbox;
use crate::web::Web;
use crate::{assets, client_address, compression, dev_mailbox, headers, health, host, limits, origin, problem, trace};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state as from_fn_with};
use portal::Portal;
use std::net::SocketAddr;

/// The whole web of an installation that listens at `bound`.
pub fn router(portal: &Portal, config: &Config, bound: SocketAddr) -> Router {
    let web = Web::new(config, bound);
    Router::new()
        .merge(pages(portal, &web))
        .merge(documents(&web))
        .merge(files(&web))
        // Probes ask by whatever address the machine has: no host check, no frame.
        .merge(health::routes())
        .layer(compression::layer())
        // Before compression, which follows what the request says it takes.
        .layer(from_fn(compression::plain_for_strangers))
        .layer(from_fn_with(web.clone(), headers::fixed))
        .layer(from_fn_with(web, client_address::note))
        // Outermost: everything is logged, also what a layer refused.
        .layer(from_fn_with(portal.clone(), trace::trace))
        .with_state(portal.clone())
}

/// What people see. Refusals of every layer inside become pages in the frame.
fn pages(portal: &Portal, web: &Web) -> Router<Portal> {
    let mut routes = app::routes();
    if web.has_mailbox() {
        routes = routes.merge(dev_mailbox::routes());
    }
    if web.has_sandbox() {
        routes = routes.merge(sandbox::page::hosted());
    }
    if web.has_operators() {
        routes = routes.merge(sandbox::page::operators());
    }
    limits::limited(routes, limits::FORM)
        // Only pages read cookies, so only they must ask who caused a request.
        .layer(from_fn_with(web.clone(), origin::check))
        .layer(from_fn_with(web.clone(), host::check))
        .layer(from_fn(app::frame::frame))
        // Around the frame, which writes the mark of the policy into the page.
        .layer(from_fn_with(portal.clone(), headers::policy))
}

/// What machines call. They carry a key or a token and no cookie.
fn documents(web: &Web) -> Router<Portal> {
    let routes = crate::api::routes().merge(crate::hooks::routes());
    limits::limited(routes, limits::DOCUMENT)
        .layer(from_fn_with(web.clone(), host::check))
        .layer(from_fn(problem::problem))
}

fn files(web: &Web) -> Router<Portal> {
    assets::routes().layer(from_fn_with(web.clone(), host::check))
}
