//! What buyers see.

pub mod account;
pub mod card;
pub mod document;
pub mod home;
pub mod order;
pub mod plan;
pub mod refund;
pub mod sign_in;
pub mod subscription;

use crate::route::Route;

/// What answers at the addresses of this wing, a list a feature.
pub(crate) fn routes() -> Vec<Route> {
    let features = [
        account::routes(),
        card::routes(),
        document::routes(),
        home::routes(),
        order::routes(),
        plan::routes(),
        refund::routes(),
        sign_in::routes(),
        subscription::routes(),
    ];
    features.into_iter().flatten().collect()
}
