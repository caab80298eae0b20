//! What comes in from other programs, and what is refused there.

mod api;
mod crooked;
mod crowd;
pub mod hooks;
mod hooks_as_sent;
mod hooks_in_any_order;
mod hostile;
mod hostile_pages;
mod open_payments;
mod promises;
mod whole_orders;

use crate::harness::browserless::Browser;
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, order, sell, sign_in};
use crate::harness::site::{Api, Site};

/// A catalogue, an order, and somebody signed in.
async fn shop(engine: &'static str) -> (Site, Api, Browser) {
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700), ("ebook", 1_990)])).await;
    let ana = sign_in(&site, "ana@example.com").await;
    (site, luz, ana)
}
