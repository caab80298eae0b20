//! Checkouts: pages that Asaas hosts, on which somebody buys once, in instalments, or again and again.

mod calls;
mod pay;

pub(super) use calls::routes;

use super::answer::Refusal;
use super::books::Books;
use super::fields::Fields;
use crate::money::centavos;
use serde_json::{Value, json};

/// A page on which somebody buys.
pub(super) struct Checkout {
    pub(super) id: String,
    /// What was said when it was made.
    said: Fields,
    pub(super) state: State,
    /// Second since 1970 from which on nobody can buy any more.
    expires: i64,
    /// Whoever buys, once that is known.
    pub(super) customer: Option<String>,
    /// What all items cost, in centavos.
    pub(super) total: i64,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Active,
    Canceled,
    Expired,
    Paid,
}

impl State {
    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Canceled => "CANCELED",
            Self::Expired => "EXPIRED",
            Self::Paid => "PAID",
        }
    }
}

/// Asaas documents no length of its own choice; an hour is ours.
const MINUTES: i64 = 60;

impl Checkout {
    /// Returns whether a list, `billingTypes` or `chargeTypes`, has this word.
    pub(super) fn takes(&self, list: &str, word: &str) -> bool {
        words(&self.said, list).iter().any(|one| one == word)
    }

    /// Returns whether it was said who buys.
    pub(super) fn knows_buyer(&self) -> bool {
        self.customer.is_some() || self.said.below("customerData").text("name").is_some()
    }

    /// Where to go on: `successUrl`, `cancelUrl` or `expiredUrl`.
    pub(super) fn callback(&self, name: &str) -> Option<String> {
        self.said.below("callback").text(name)
    }

    /// Into how many instalments the buyer may divide it.
    pub(super) fn most_parts(&self) -> i64 {
        let said = self.said.below("installment").count("maxInstallmentCount").ok().flatten();
        if self.takes("chargeTypes", "INSTALLMENT") { said.unwrap_or(1) } else { 1 }
    }

    /// Names of what is bought.
    pub(super) fn items(&self) -> Vec<String> {
        let items = self.said.get("items").and_then(Value::as_array).into_iter().flatten();
        items.filter_map(|item| item["name"].as_str().map(str::to_owned)).collect()
    }

    fn shape(&self, address: &str) -> Value {
        let said = |name: &str| self.said.get(name).cloned().unwrap_or_default();
        json!({
            "id": self.id,
            "link": format!("{address}/checkoutSession/show/{}", self.id),
            "status": self.state.word(),
            "minutesToExpire": self.said.count("minutesToExpire").ok().flatten().unwrap_or(MINUTES),
            "externalReference": said("externalReference"),
            "billingTypes": said("billingTypes"),
            "chargeTypes": said("chargeTypes"),
            "callback": said("callback"),
            "items": said("items"),
            "customer": self.customer,
            "customerData": said("customerData"),
            "subscription": said("subscription"),
            "installment": said("installment"),
            "split": null,
        })
    }
}

fn words(fields: &Fields, list: &str) -> Vec<String> {
    let all = fields.get(list).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

fn only(fields: &Fields, list: &str, known: &[&str]) -> Result<(), Refusal> {
    let said = words(fields, list);
    let are_known = !said.is_empty() && said.iter().all(|word| known.contains(&&**word));
    if are_known { Ok(()) } else { Err(Refusal::field(list, &format!("O campo {list} é inválido."))) }
}

fn total(fields: &Fields) -> Option<i64> {
    let items = fields.get("items").and_then(Value::as_array)?;
    items.iter().map(|item| Some(centavos(&item["value"])? * item["quantity"].as_i64()?)).sum()
}

impl Books {
    /// A checkout as the API and the webhooks show it.
    pub(super) fn checkout_shape(&self, id: &str) -> Option<Value> {
        self.checkouts.iter().find(|one| one.id == id).map(|one| one.shape(&self.address))
    }

    pub(super) fn checkout_mut(&mut self, id: &str) -> Result<&mut Checkout, Refusal> {
        self.checkouts.iter_mut().find(|one| one.id == id).ok_or_else(|| Refusal::not_found("Checkout"))
    }

    fn create_checkout(&mut self, fields: Fields) -> Result<String, Refusal> {
        only(&fields, "billingTypes", &["CREDIT_CARD", "PIX"])?;
        only(&fields, "chargeTypes", &["DETACHED", "RECURRENT", "INSTALLMENT"])?;
        let callback = fields.below("callback");
        if callback.text("successUrl").is_none() || callback.text("cancelUrl").is_none() {
            return Err(Refusal::field("callback", "Informe successUrl e cancelUrl."));
        }
        let recurs = words(&fields, "chargeTypes").iter().any(|word| word == "RECURRENT");
        if recurs && fields.get("subscription").is_none() {
            return Err(Refusal::field("subscription", "Informe os dados da assinatura."));
        }
        let total = total(&fields).ok_or_else(|| Refusal::field("items", "Informe os itens do checkout."))?;
        self.enough(Some(total))?;
        let customer = fields.text("customer").map(|id| self.customer(&id).map(|one| one.id.clone())).transpose()?;
        let minutes = fields.count("minutesToExpire")?.unwrap_or(MINUTES);
        let (id, expires) = (self.uuid(), self.now + 60 * minutes);
        self.checkouts.push(Checkout { id: id.clone(), said: fields, state: State::Active, expires, customer, total });
        self.tell_of_checkout("CHECKOUT_CREATED", &id);
        Ok(id)
    }

    fn tell_of_checkout(&mut self, name: &'static str, id: &str) {
        if let Some(about) = self.checkout_shape(id) {
            self.tell(name, "checkout", about);
        }
    }

    /// Nobody buys there.
    pub(super) fn cancel_checkout(&mut self, id: &str) -> Result<(), Refusal> {
        self.expire_checkouts();
        let checkout = self.checkout_mut(id)?;
        if checkout.state != State::Active {
            return Err(Refusal::action("Este checkout não está mais ativo."));
        }
        checkout.state = State::Canceled;
        self.tell_of_checkout("CHECKOUT_CANCELED", id);
        Ok(())
    }

    /// Closes the pages whose time is over.
    pub(super) fn expire_checkouts(&mut self) {
        let now = self.now;
        let over = self.checkouts.iter().filter(|one| one.state == State::Active && one.expires <= now);
        let ids: Vec<String> = over.map(|one| one.id.clone()).collect();
        for id in ids {
            if let Ok(checkout) = self.checkout_mut(&id) {
                checkout.state = State::Expired;
            }
            self.tell_of_checkout("CHECKOUT_EXPIRED", &id);
        }
    }
}
