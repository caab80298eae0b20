//! Where a page that is not there leads: back into the area in whose addresses it was looked for, else home. Nobody who
//! works here is sent to purchases, or asked for the e-mail of one.

use super::Problem;
use types::place::{buyer, producer, staff};

/// An address, and what it is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct WayOn {
    pub(crate) address: String,
    pub(crate) words: &'static str,
}

impl WayOn {
    /// To the buyer's purchases.
    pub(crate) fn home() -> Self {
        Self { address: buyer::Place::Home.path(), words: "back-to-home" }
    }

    /// To the beginning of the area that has this path; none when it is of none.
    pub(crate) fn of_area(path: &str) -> Option<Self> {
        let first = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
        let areas = [(producer::Place::Orders.path(), "drawer-back"), (staff::Place::Search.path(), "lookup-title")];
        let mut ways = areas.into_iter().map(|(address, words)| Self { address, words });
        ways.find(|way| first(&way.address) == first(path))
    }

    /// The same problem, in words for who works here.
    pub(crate) fn problem(problem: Problem) -> Problem {
        let text = if problem.text == "problem-not-found" { "problem-not-found-area" } else { problem.text };
        Problem { text, ..problem }
    }
}

#[cfg(test)]
mod tests {
    use super::WayOn;
    use types::OrderId;
    use types::place::{buyer, producer, staff};
    use uuid::Uuid;

    #[test]
    fn what_is_not_there_leads_back_into_the_area_in_which_it_was_looked_for() {
        let way = |path: &str| WayOn::of_area(path).map(|way| way.address);
        let orders = Some(producer::Place::Orders.path());
        assert_eq!(way(&producer::Place::Order { handle: "A-1" }.path()), orders);
        assert_eq!(way(&producer::Place::Home.path()), orders);
        let of_staff = staff::Place::Order { id: OrderId(Uuid::nil()) }.path();
        assert_eq!(way(&of_staff), Some(staff::Place::Search.path()));
        let of_buyer = buyer::Place::Order { handle: "A-1" }.path();
        assert_eq!((way(&of_buyer), way(&format!("{}s", producer::Place::Home)), way("/")), (None, None, None));
    }
}
