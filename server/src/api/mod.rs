//! The API: `/api/v1`, JSON, a key for each producer, problems as RFC 9457. Described by `/api/v1/openapi.json`, which
//! is made from the code, and readable at `/api/docs`.

mod access;
mod checks;
mod connections;
mod docs;
mod offers;
mod order;
mod policy;
mod problem;
mod producer;
mod products;
mod request;
mod shape;
mod words;

use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get};
use axum::{Json, Router};
use portal::Portal;
use problem::Refused;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The largest body of a call.
const LARGEST_BODY: usize = 64 * 1024;

/// Everything under `/api`; what is not there, or not like this, is a problem too.
pub fn routes() -> Router<Portal> {
    let (calls, _) = described();
    calls
        .route("/api/v1/openapi.json", get(async || Json(openapi())))
        .route("/api/docs", get(docs::page))
        .route("/api/{*rest}", any(async || Refused::NotFound))
        .route("/api", any(async || Refused::NotFound))
        .method_not_allowed_fallback(async || Refused::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}

/// The description of the API.
pub fn openapi() -> OpenApi {
    described().1
}

fn described() -> (Router<Portal>, OpenApi) {
    let (router, mut description) = OpenApiRouter::with_openapi(docs::about())
        .routes(routes!(producer::put, producer::get))
        .routes(routes!(products::put))
        .routes(routes!(policy::put, policy::get))
        .routes(routes!(policy::put_of_product, policy::get_of_product))
        .routes(routes!(offers::put))
        .routes(routes!(access::put_area))
        .routes(routes!(access::put_rule))
        .routes(routes!(access::put_source))
        .routes(routes!(connections::put))
        .routes(routes!(connections::list))
        .routes(routes!(connections::test))
        .routes(routes!(order::place::post, order::list::get))
        .routes(routes!(order::show::get, order::whole::put))
        .routes(routes!(order::link::post))
        .routes(routes!(order::refund::post))
        .routes(routes!(order::refund::post_done))
        .split_for_parts();
    docs::name_operations(&mut description);
    (router, description)
}
