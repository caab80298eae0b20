//! What lives need of a gateway: somebody buys there, things happen there, and its books say what came of it.

mod asaas;
mod guru;
mod stripe;

use crate::harness::dice::Dice;
use standin::fault::Faults;
use standin::hooks::{Hooks, Trouble};
use std::time::Duration;
use types::{IntervalUnit, Method, SubscriptionStatus};

/// Methods, each with a part of a path.
pub type Calls = &'static [(&'static str, &'static str)];

/// A stand-in of a gateway.
pub trait Vendor: Sized {
    /// The word for it in a connection, and what orders call it.
    const KIND: &'static str;
    /// How people pay there.
    const METHODS: &'static [Method];
    /// The calls that the portal makes to pay money back.
    const REFUND: Calls;
    /// Those by which a subscription is read, ends, goes on or is changed.
    const COURSE: Calls;
    /// What goes wrong with its webhooks. Lost ones are not among it where nobody asks for what they told.
    const TROUBLES: &'static [Trouble];
    /// Whether its orders come by a source: nobody here writes them.
    const IS_SOURCE: bool = false;

    fn start() -> Self;
    /// Seconds since 1970.
    fn now(&self) -> i64;
    fn faults(&self) -> Faults;
    fn hooks(&self) -> Hooks;
    /// What is on file of the account.
    fn secrets(&self) -> Vec<(&'static str, String)>;
    /// The plans can be bought there: of these products, by turns.
    async fn sell(&self, _: [&str; 2]) {}
    /// What happens there is told at this address; the secret that it is told with.
    async fn tell(&self, url: &str) -> Option<String>;
    /// Somebody buys and pays.
    async fn buy(&self, sale: &Sale) -> Bought;
    async fn forward(&self, by: Duration);
    /// The buyer pays what waits to be paid, and names an account that money waits for.
    async fn pay(&self, bought: &Bought);
    /// The producer pays the newest payment back that has its money: all of it, or some.
    async fn pay_back(&self, bought: &Bought, is_whole: bool);
    /// The next card is declined.
    fn decline(&self);
    /// What it has of this buyer and did not pay back, in centavos.
    fn kept(&self, bought: &Bought) -> i64;
    /// What it paid back, or is about to.
    fn back(&self, bought: &Bought) -> i64;
    /// Where the subscription stands there.
    fn stands(&self, bought: &Bought) -> SubscriptionStatus;
}

/// What somebody is about to buy.
pub struct Sale {
    pub number: u64,
    pub who: String,
    /// Which of the plans; none for what is bought once.
    pub plan: Option<usize>,
    /// Whether something is bought along with it.
    pub has_bump: bool,
    pub method: Method,
    /// Into how many parts a card divides it.
    pub parts: i64,
}

/// What somebody bought.
#[derive(Clone)]
pub struct Bought {
    /// The code of the order.
    pub code: String,
    pub who: String,
    /// The gateway's name of who pays.
    pub customer: String,
    /// The gateway's name of the subscription or of the payment.
    pub reference: String,
}

/// A plan: its code, price and cycle.
pub struct Plan {
    pub code: &'static str,
    pub price: i64,
    pub interval: (IntervalUnit, i64),
}

/// The plans of every shop; each may become each other.
pub const PLANS: [Plan; 4] = [
    Plan { code: "basic", price: 9_990, interval: (IntervalUnit::Month, 1) },
    Plan { code: "gold", price: 19_990, interval: (IntervalUnit::Month, 1) },
    Plan { code: "year", price: 49_903, interval: (IntervalUnit::Year, 1) },
    Plan { code: "quarter", price: 26_990, interval: (IntervalUnit::Month, 3) },
];

/// What is bought once, and what along with it: product and price.
pub const ONCE: [(&str, i64); 2] = [("photo", 29_700), ("ebook", 9_990)];

impl Sale {
    pub fn of<V: Vendor>(dice: &mut Dice, number: u64) -> Self {
        let plan = dice.once_in(2).then(|| dice.below(PLANS.len() as u64) as usize);
        let method = dice.pick(V::METHODS);
        let is_whole = plan.is_some() || method != Method::Card;
        Self {
            number,
            who: format!("t{number}@example.com"),
            plan,
            has_bump: plan.is_none() && !dice.once_in(4),
            method,
            parts: if is_whole { 1 } else { dice.pick(&[1, 1, 3]) },
        }
    }

    /// Products bought once, with their prices.
    pub fn items(&self) -> &'static [(&'static str, i64)] {
        if self.has_bump { &ONCE } else { &ONCE[..1] }
    }

    pub fn total(&self) -> i64 {
        self.items().iter().map(|(_, price)| price).sum()
    }
}
