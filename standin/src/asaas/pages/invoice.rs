//! The page behind `invoiceUrl`: the buyer pays by card, boleto or Pix.

use super::{CARD_FIELDS, missing, page};
use crate::asaas::Asaas;
use crate::asaas::answer::{Refusal, Words};
use crate::asaas::books::Books;
use crate::asaas::fields::Fields;
use crate::asaas::payment::{Billing, Payment};
use crate::html::{CARDS, complaint, escaped, go};
use crate::money::reais;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

pub(super) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/i/{slug}", get(show))
        .route("/b/pdf/{slug}", get(show))
        .route("/comprovantes/{slug}", get(show))
        .route("/i/{slug}/card", post(pay_by_card))
        .route("/i/{slug}/boleto", post(pay_boleto))
        .route("/i/{slug}/pix", post(pay_pix))
}

async fn show(State(asaas): State<Asaas>, Path(slug): Path<String>) -> Response {
    shown(&asaas, &slug, None)
}

fn shown(asaas: &Asaas, slug: &str, why: Option<&str>) -> Response {
    asaas.look(|books| match books.payment(&format!("pay_{slug}")) {
        Ok(payment) if !payment.deleted => page("Cobrança", &(complaint(why) + &content(books, payment))),
        _ => missing(),
    })
}

fn content(books: &Books, payment: &Payment) -> String {
    let description = payment.description.as_deref().map(escaped).unwrap_or_default();
    let (value, due) = (reais(payment.value), payment.due);
    let head = format!("<p>{description}</p><p><strong>{value}</strong>, vencimento {due}</p>");
    if !payment.is_open() {
        return format!("{head}<p>Situação: {}</p>{}", payment.status.word(), back(payment));
    }
    let any = payment.billing == Billing::Undefined;
    let mut ways = String::new();
    if any || payment.billing == Billing::CreditCard {
        ways += &card_form(books, payment);
    }
    if any || payment.billing == Billing::Boleto {
        ways += &paid_outside(payment, "boleto", "Boleto", &payment.typed_line());
    }
    if payment.billing != Billing::CreditCard {
        ways += &paid_outside(payment, "pix", "Pix", &payment.pix_code());
    }
    head + &ways
}

fn card_form(books: &Books, payment: &Payment) -> String {
    let stored = books.cards.iter().find(|card| Some(&card.token) == payment.card.as_ref());
    let stored = stored.map(|card| format!("<p>Cartão atual: {}</p>", card.label())).unwrap_or_default();
    let slug = payment.slug();
    format!(
        "<section><h2>Cartão de crédito</h2>{stored}<form method=\"post\" action=\"/i/{slug}/card\">{CARD_FIELDS}\
         {CARDS}<button>Pagar com cartão</button></form></section>"
    )
}

/// A way that is paid at a bank: the button is the bank.
fn paid_outside(payment: &Payment, path: &str, name: &str, code: &str) -> String {
    let slug = payment.slug();
    format!(
        "<section><h2>{name}</h2><p><code>{}</code></p><form method=\"post\" action=\"/i/{slug}/{path}\">\
         <button>Simular pagamento do {name}</button></form></section>",
        escaped(code)
    )
}

/// The way back to whoever asked for the money.
fn back(payment: &Payment) -> String {
    let url = success_url(payment).map(escaped);
    url.map(|url| format!("<p><a href=\"{url}\">Voltar para a loja</a></p>")).unwrap_or_default()
}

fn success_url(payment: &Payment) -> Option<&str> {
    payment.callback.as_ref()?.get("successUrl")?.as_str()
}

/// The number goes to the table of test cards and no further.
async fn pay_by_card(State(asaas): State<Asaas>, Path(slug): Path<String>, Form(entered): Form<Words>) -> Response {
    let id = format!("pay_{slug}");
    let paid = asaas.change(|books| {
        let customer = books.open_payment(&id)?.customer.clone();
        let token = books.keep_card(&Fields(json!(entered)), &customer)?;
        books.pay_by_card(&id, &token)
    });
    done(&asaas, &slug, paid)
}

async fn pay_boleto(State(asaas): State<Asaas>, Path(slug): Path<String>) -> Response {
    outside(&asaas, &slug, Billing::Boleto)
}

async fn pay_pix(State(asaas): State<Asaas>, Path(slug): Path<String>) -> Response {
    outside(&asaas, &slug, Billing::Pix)
}

fn outside(asaas: &Asaas, slug: &str, by: Billing) -> Response {
    let id = format!("pay_{slug}");
    let paid = asaas.change(|books| {
        if books.open_payment(&id)?.billing == Billing::CreditCard {
            return Err(Refusal::action("Esta cobrança só pode ser paga por cartão de crédito."));
        }
        books.receive(&id, by);
        Ok(())
    });
    done(asaas, slug, paid)
}

/// After a payment the buyer goes back by itself where `autoRedirect` says so, which is so unless it says no.
fn done(asaas: &Asaas, slug: &str, paid: Result<(), Refusal>) -> Response {
    if let Err(refusal) = paid {
        return shown(asaas, slug, Some(&refusal.description));
    }
    let onward = asaas.look(|books| {
        let payment = books.payment(&format!("pay_{slug}")).ok()?;
        let stays = payment.callback.as_ref()?.get("autoRedirect").is_some_and(|auto| auto == false);
        success_url(payment).filter(|_| !stays).map(str::to_owned)
    });
    go(&onward.unwrap_or_else(|| format!("/i/{slug}")))
}
