//! The walk: step after step, each by the adapter as the product calls it. Beside it stands a shop of the account's
//! own, which has customers and prices, and takes away what was made.

mod payments;
mod shop;
mod subscriptions;

use portal::ports::{Clock, GatewayError};
use reqwest::Url;
use server::clock::SystemClock;
use server::gateway::stripe::{Stripe, StripeAccount};
use server::guard::{Guard, Times};
use shop::Shop;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use types::{Currency, Money};

/// Who buys. Nobody has this address.
const EMAIL: &str = "try-stripe@example.com";
/// Where a buyer would come back to.
const BACK: &str = "https://example.com/back";
/// What is charged, in centavos.
const PRICE: i64 = 9_990;

/// What became of a step.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was done, and this was seen.
    Done(String),
    /// The account, or a program, cannot do it.
    NotHere(String),
    /// It went otherwise than the product counts on.
    Wrong(String),
}

impl Outcome {
    /// Its word, and what was seen.
    pub(crate) fn told(&self) -> (&'static str, &str) {
        match self {
            Self::Done(what) => ("done", what),
            Self::NotHere(why) => ("not possible here", why),
            Self::Wrong(why) => ("WRONG", why),
        }
    }
}

impl From<GatewayError> for Outcome {
    /// Where nothing was done, the key may not do it, or Stripe is out of order.
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::Unavailable(why) => Self::NotHere(why),
            GatewayError::Refused(_) | GatewayError::OutcomeUnknown(_) => Self::Wrong(error.to_string()),
        }
    }
}

impl From<String> for Outcome {
    fn from(words: String) -> Self {
        Self::Wrong(words)
    }
}

/// What a step saw, or why it was not done.
type Step = Result<String, Outcome>;

/// Hears of each step.
pub(crate) type Say<'a> = &'a mut dyn FnMut(&str, &Outcome);

/// Whether a key opens a test account, where no real money is.
pub(crate) fn is_test_key(key: &str) -> bool {
    key.starts_with("sk_test_") || key.starts_with("rk_test_")
}

/// Somebody who tries everything once.
pub(crate) struct Walk {
    adapter: Stripe,
    shop: Shop,
    /// Tells what this walk made from what others did.
    mark: String,
}

impl Walk {
    /// Begins one at the account of this key. None where the address is none.
    pub(crate) fn begin(base_url: &str, key: &str) -> Option<Self> {
        let is_here = Url::parse(base_url).ok()?.host_str() == Some("127.0.0.1");
        let own = "127.0.0.0/8".parse().ok()?;
        let times = Times { connect: Duration::from_secs(5), total: Duration::from_secs(75) };
        let guard = Arc::new(Guard::new(if is_here { std::slice::from_ref(&own) } else { &[] }, times));
        let account =
            StripeAccount { base_url: base_url.to_owned(), secret_key: key.to_owned(), prices: BTreeMap::new() };
        let mark = format!("try-{}", SystemClock.now().seconds());
        let shop = Shop::new(guard.clone(), base_url, key);
        Some(Self { adapter: Stripe::new(guard, Arc::new(SystemClock), account), shop, mark })
    }

    /// Goes all the way, whatever goes wrong, and takes away what was made.
    pub(crate) async fn through(mut self, say: Say<'_>) {
        let looked = self.look().await;
        let may_go_on = looked.is_ok();
        tell(say, "the key", looked);
        if may_go_on {
            self.pay(say).await;
            self.subscribe(say).await;
        }
        tell(say, "what was made is taken away", self.shop.tidy().await.map_err(Outcome::Wrong));
    }

    async fn look(&self) -> Step {
        let seen = self.adapter.check().await.map_err(|error| error.to_string())?;
        if seen.is_live {
            return Err(Outcome::Wrong("real money moves there".to_owned()));
        }
        let lacks = seen.rights.iter().filter(|right| !right.is_allowed).map(|right| right.what);
        let lacks: Vec<&str> = lacks.collect();
        let account = seen.account.unwrap_or_else(|| "an account that it may not see".to_owned());
        let may = if lacks.is_empty() { "may see all".to_owned() } else { format!("may not see {}", lacks.join(", ")) };
        Ok(format!("{account}, {may}"))
    }

    /// A key of an instruction, which no other walk had.
    fn key(&self, of: &str) -> String {
        format!("{}-{of}", self.mark)
    }
}

fn tell(say: Say<'_>, step: &str, outcome: Step) {
    say(step, &outcome.map_or_else(|not| not, Outcome::Done));
}

fn brl(amount: i64) -> Money {
    Money::new(amount, Currency::BRL)
}

/// That something is as it should be; otherwise what it is.
fn expect(is_so: bool, what: impl std::fmt::Debug) -> Result<(), Outcome> {
    if is_so { Ok(()) } else { Err(Outcome::Wrong(format!("{what:?}"))) }
}
