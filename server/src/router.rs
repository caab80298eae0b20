//! Every route, and every layer in order, the outermost first. Layers that belong together are one: each that is put around a router by itself is
//! copied with all that is inside of it for every request.

use crate::config::Config;
use crate::gateway::sandbox;
use crate::web::Web;
use crate::{assets, client_address, compression, dev_mailbox, headers, health, host, limits, origin, problem, trace};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state as from_fn_with};
use portal::Portal;
use std::net::SocketAddr;
use tower::ServiceBuilder;

/// The whole web of an installation that listens at `bound`.
pub fn router(portal: &Portal, config: &Config, bound: SocketAddr) -> Router {
    let web = Web::new(config, bound);
    Router::new()
        .merge(pages(portal, &web))
        .merge(documents(&web))
        .merge(files(&web))
        // Probes ask by whatever address the machine has: no host check, no frame.
        .merge(health::routes())
        .layer(
            ServiceBuilder::new()
                // Outermost: everything is logged, also what a layer refused.
                .layer(from_fn_with(portal.clone(), trace::trace))
                .layer(from_fn_with(web.clone(), client_address::note))
                .layer(from_fn_with(web, headers::fixed))
                // Before compression, which follows what the request says it takes.
                .layer(from_fn(compression::plain_for_strangers))
                .layer(compression::layer()),
        )
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
    limits::limited(routes, limits::FORM).layer(
        ServiceBuilder::new()
            // Around the frame, which writes the mark of the policy into the page.
            .layer(from_fn_with(portal.clone(), headers::policy))
            .layer(from_fn(app::frame::frame))
            .layer(from_fn_with(web.clone(), host::check))
            // Only pages read cookies, so only they must ask who caused a request.
            .layer(from_fn_with(web.clone(), origin::check)),
    )
}

/// What machines call. They carry a key or a token and no cookie.
fn documents(web: &Web) -> Router<Portal> {
    let routes = crate::api::routes().merge(crate::hooks::routes());
    limits::limited(routes, limits::DOCUMENT)
        .layer(ServiceBuilder::new().layer(from_fn(problem::problem)).layer(from_fn_with(web.clone(), host::check)))
}

fn files(web: &Web) -> Router<Portal> {
    assets::routes().layer(from_fn_with(web.clone(), host::check))
}
