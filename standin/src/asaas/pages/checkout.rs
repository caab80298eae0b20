//! The page of a checkout.

use super::{CARD_FIELDS, missing, page};
use crate::asaas::Asaas;
use crate::asaas::answer::{Refusal, Words};
use crate::asaas::checkout::{Checkout, State as Stand};
use crate::asaas::fields::Fields;
use crate::asaas::payment::Billing;
use crate::html::{CARDS, complaint, escaped, go};
use crate::money::reais;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

pub(super) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/checkoutSession/show", get(show_named))
        .route("/checkoutSession/show/{id}", get(show))
        .route("/checkoutSession/show/{id}/card", post(buy_by_card))
        .route("/checkoutSession/show/{id}/pix", post(buy_by_pix))
        .route("/checkoutSession/show/{id}/cancel", post(cancel))
}

async fn show_named(State(asaas): State<Asaas>, Query(words): Query<Words>) -> Response {
    shown(&asaas, words.get("id").map(String::as_str).unwrap_or_default(), None)
}

async fn show(State(asaas): State<Asaas>, Path(id): Path<String>) -> Response {
    shown(&asaas, &id, None)
}

fn shown(asaas: &Asaas, id: &str, why: Option<&str>) -> Response {
    asaas.change(|books| {
        books.expire_checkouts();
        match books.checkout_mut(id) {
            Ok(checkout) => page("Checkout", &(complaint(why) + &content(checkout))),
            Err(_) => missing(),
        }
    })
}

fn content(checkout: &Checkout) -> String {
    let items: String = checkout.items().iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
    let head = format!("<ul>{items}</ul><p><strong>{}</strong></p>", reais(checkout.total));
    if checkout.state != Stand::Active {
        return format!("{head}<p>Situação: {}</p>{}", checkout.state.word(), onward(checkout));
    }
    let action = format!("/checkoutSession/show/{}", checkout.id);
    let mut ways = String::new();
    if checkout.takes("billingTypes", "CREDIT_CARD") {
        ways += &format!(
            "<section><h2>Cartão de crédito</h2><form method=\"post\" action=\"{action}/card\">{}{CARD_FIELDS}\
             {CARDS}{}<button>Pagar com cartão</button></form></section>",
            buyer_fields(checkout),
            parts_field(checkout)
        );
    }
    if checkout.takes("billingTypes", "PIX") && !checkout.takes("chargeTypes", "RECURRENT") {
        ways += &format!(
            "<section><h2>Pix</h2><form method=\"post\" action=\"{action}/pix\">{}\
             <button>Simular pagamento do Pix</button></form></section>",
            buyer_fields(checkout)
        );
    }
    format!("{head}{ways}<form method=\"post\" action=\"{action}/cancel\"><button>Cancelar</button></form>")
}

/// Who buys, where nobody said it.
fn buyer_fields(checkout: &Checkout) -> &'static str {
    if checkout.knows_buyer() {
        return "";
    }
    "<label>Nome <input name=\"name\" required></label><label>E-mail <input name=\"email\" type=\"email\"></label>\
     <label>CPF ou CNPJ <input name=\"cpfCnpj\" required></label>"
}

fn parts_field(checkout: &Checkout) -> String {
    let most = checkout.most_parts();
    if most < 2 {
        return String::new();
    }
    let options: String = (1..=most).map(|parts| format!("<option>{parts}</option>")).collect();
    format!("<label>Parcelas <select name=\"installmentCount\">{options}</select></label>")
}

fn onward(checkout: &Checkout) -> String {
    let url = match checkout.state {
        Stand::Paid => checkout.callback("successUrl"),
        Stand::Expired => checkout.callback("expiredUrl"),
        Stand::Active | Stand::Canceled => checkout.callback("cancelUrl"),
    };
    url.map(|url| format!("<p><a href=\"{}\">Voltar para a loja</a></p>", escaped(&url))).unwrap_or_default()
}

async fn buy_by_card(State(asaas): State<Asaas>, Path(id): Path<String>, Form(entered): Form<Words>) -> Response {
    buy(&asaas, &id, entered, Billing::CreditCard)
}

async fn buy_by_pix(State(asaas): State<Asaas>, Path(id): Path<String>, Form(entered): Form<Words>) -> Response {
    buy(&asaas, &id, entered, Billing::Pix)
}

fn buy(asaas: &Asaas, id: &str, entered: Words, by: Billing) -> Response {
    let bought = asaas.change(|books| books.buy(id, &Fields(json!(entered)), by));
    done(asaas, id, bought, "successUrl")
}

async fn cancel(State(asaas): State<Asaas>, Path(id): Path<String>) -> Response {
    let cancelled = asaas.change(|books| books.cancel_checkout(&id));
    done(&asaas, &id, cancelled, "cancelUrl")
}

fn done(asaas: &Asaas, id: &str, outcome: Result<(), Refusal>, onward: &str) -> Response {
    if let Err(refusal) = outcome {
        return shown(asaas, id, Some(&refusal.description));
    }
    let url = asaas.change(|books| books.checkout_mut(id).ok()?.callback(onward));
    url.map_or_else(missing, |url| go(&url))
}
