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

/// Every page that has a twin in `bench/`.
pub(super) const PAGES: &[Page] = &[
    Page { name: "orders page", path: |_| Ok("/".to_owned()), is_weighed: true },
    Page { name: "order page", path: |places| Ok(format!("/orders/{}", places.seeded.order)), is_weighed: false },
    Page {
        name: "quote preview",
        path: |places| places.of_subscription("plan/preview?offer=clube-mais"),
        is_weighed: false,
    },
];

/// A buyer's browser at the real server.
pub(super) struct Places<'a> {
    pub address: &'a str,
    pub browser: &'a str,
    pub seeded: &'a Seeded,
}

impl Places<'_> {
    /// A page of the subscription, which only its order's page knows the id of.
    pub(super) fn of_subscription(&self, rest: &str) -> Result<String> {
        let page = self.link(&format!("/orders/{}", self.seeded.plan_order), "/subscriptions/", "/cancel")?;
        Ok(page.replace("/cancel", &format!("/{rest}")))
    }

    /// The first address on the page at `path` that begins and ends so.
    fn link(&self, path: &str, start: &str, end: &str) -> Result<String> {
        let page = Connection::open(self.address)?.get(path, self.browser)?.expect(200)?.body;
        let addresses = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut fitting = addresses.filter(|address| address.starts_with(start) && address.ends_with(end));
        Ok(fitting.next().with_context(|| format!("{path} leads to no {start}"))?.to_owned())
    }
}
