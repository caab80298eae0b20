//! The pages that are compared, and where they are: as the real pages lead there.

use super::http::Connection;
use super::seed::Seeded;
use anyhow::{Context, Result};

/// A page and the way to it.
pub(super) struct Page {
    pub name: &'static str,
    pub path: fn(&Places) -> Result<String>,
    /// Whether its size is measured too.
    pub is_weighed: bool,
}

const fn page(name: &'static str, path: fn(&Places) -> Result<String>) -> Page {
    Page { name, path, is_weighed: false }
}

/// Every page that has a twin in `bench/`.
pub(super) const PAGES: &[Page] = &[
    Page { name: "orders page", path: |_| Ok("/".to_owned()), is_weighed: true },
    page("order page", |places| Ok(places.order())),
    page("order page of a plan", |places| Ok(places.plan_order())),
    page("refund page", |places| Ok(format!("{}/refund", places.order()))),
    page("cancel page", |places| places.of_subscription("cancel")),
    page("card page", |places| places.of_subscription("card")),
    page("plan page", |places| places.of_subscription("plan")),
    page("quote page", |places| places.quote()),
    page("quote preview", |places| places.of_subscription("plan/preview?offer=clube-mais")),
    page("account page", |_| Ok("/account".to_owned())),
    page("receipt page", |places| places.receipt()),
];

/// A buyer's browser at the real server.
pub(super) struct Places<'a> {
    pub address: &'a str,
    pub browser: &'a str,
    pub seeded: &'a Seeded,
}

impl Places<'_> {
    fn order(&self) -> String {
        format!("/orders/{}", self.seeded.order)
    }

    fn plan_order(&self) -> String {
        format!("/orders/{}", self.seeded.plan_order)
    }

    /// A page of the subscription, which only its order's page knows the id of.
    pub(super) fn of_subscription(&self, rest: &str) -> Result<String> {
        let page = self.link(&self.plan_order(), "/subscriptions/", "/cancel")?;
        Ok(page.replace("/cancel", &format!("/{rest}")))
    }

    fn receipt(&self) -> Result<String> {
        self.link(&self.order(), &format!("{}/receipts/", self.order()), "")
    }

    /// A quote made now: its figures hold for a quarter of an hour.
    fn quote(&self) -> Result<String> {
        let path = self.of_subscription("plan/quote")?;
        let answer = Connection::open(self.address)?.post_form(&path, self.browser, "offer=clube-mais")?.expect(303)?;
        Ok(answer.header("location").context("the quote is nowhere")?.to_owned())
    }

    /// The first address on the page at `path` that begins and ends so.
    fn link(&self, path: &str, start: &str, end: &str) -> Result<String> {
        let page = Connection::open(self.address)?.get(path, self.browser)?.expect(200)?.body;
        let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut fitting = addresses.filter(|address| address.starts_with(start) && address.ends_with(end));
        Ok(fitting.next().with_context(|| format!("{path} leads to no {start}"))?.to_owned())
    }
}
