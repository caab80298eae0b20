//! Pages: one that makes a token of a card, in place of Guru's script; one that buys; one that pays an invoice.

use super::answer::{Body, Refusal};
use super::books::Books;
use super::buy::Buyer;
use super::offer::Method;
use super::transaction::Transaction;
use super::{Guru, transaction};
use crate::html::{self, CARDS, complaint, escaped, go, missing, page};
use crate::money::reais;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use std::collections::HashMap;

type Words = HashMap<String, String>;

pub(super) fn routes() -> Router<Guru> {
    Router::new()
        .route("/", get(show_books))
        .route("/card-token", get(ask_card).post(take_card))
        .route("/pay/{id}", get(ask_buyer).post(buy))
        .route("/pay/{id}/invoice", get(show_invoice))
        .route("/pay/{id}/bank", post(pay))
}

const CARD_FIELDS: &str = "<label>Número do cartão <input name=\"card_number\" inputmode=\"numeric\" \
    autocomplete=\"off\"></label>\
    <label>Nome impresso no cartão <input name=\"card_holder_name\" autocomplete=\"off\"></label>\
    <label>Mês de validade <input name=\"card_expiration_month\" inputmode=\"numeric\"></label>\
    <label>Ano de validade <input name=\"card_expiration_year\" inputmode=\"numeric\"></label>\
    <label>CVV <input name=\"card_cvv\" inputmode=\"numeric\" autocomplete=\"off\"></label>";

fn ours(title: &str, body: &str) -> Response {
    page("Guru", title, body)
}

/// What is in the books.
async fn show_books(State(guru): State<Guru>) -> Response {
    let transactions = ["/id", "/payment/method", "/payment/total", "/status"];
    let transactions = html::table("Transações", &guru.transactions(), &transactions);
    let subscriptions = ["/id", "/last_status", "/cancel_at_cycle_end", "/next_cycle_at"];
    let subscriptions = html::table("Assinaturas", &guru.subscriptions(), &subscriptions);
    ours("Livros", &format!("{transactions}{subscriptions}"))
}

async fn ask_card(Query(words): Query<Words>) -> Response {
    card_form(words.get("return_url").map_or("", String::as_str), None)
}

fn card_form(return_url: &str, why: Option<&str>) -> Response {
    let (why, back) = (complaint(why), escaped(return_url));
    ours(
        "Atualizar cartão",
        &format!(
            "{why}<form method=\"post\" action=\"/card-token\"><input type=\"hidden\" name=\"return_url\" \
             value=\"{back}\">{CARD_FIELDS}{CARDS}<button>Salvar cartão</button></form>"
        ),
    )
}

/// Leads back with the token, or shows it.
async fn take_card(State(guru): State<Guru>, Form(entered): Form<Words>) -> Response {
    let back = entered.get("return_url").cloned().unwrap_or_default();
    match guru.change(|books| books.make_token(&Body::of(json!(entered)))) {
        Err(refusal) => card_form(&back, Some(&refusal.message)),
        Ok(token) if back.is_empty() => {
            ours("Cartão salvo", &format!("<p>Token, válido por 5 minutos: <code>{token}</code></p>"))
        }
        Ok(token) => {
            let joint = if back.contains('?') { '&' } else { '?' };
            go(&format!("{back}{joint}card_token={}", utf8_percent_encode(&token, NON_ALPHANUMERIC)))
        }
    }
}

async fn ask_buyer(State(guru): State<Guru>, Path(offer): Path<String>) -> Response {
    buyer_form(&guru, &offer, None)
}

fn buyer_form(guru: &Guru, offer: &str, why: Option<&str>) -> Response {
    guru.look(|books| {
        let Ok(offer) = books.offer(offer) else { return missing("Guru") };
        let option = |method: &Method| format!("<option>{}</option>", method.word());
        let methods: String = offer.methods.iter().map(option).collect();
        let (why, name, value, id) =
            (complaint(why), escaped(&offer.product.name), reais(offer.value), escaped(&offer.id));
        ours(
            "Comprar",
            &format!(
                "{why}<p>{name}: <strong>{value}</strong></p><form method=\"post\" action=\"/pay/{id}\">\
                 <label>Nome <input name=\"name\" required></label>\
                 <label>E-mail <input name=\"email\" type=\"email\" required></label>\
                 <label>CPF <input name=\"doc\"></label><label>Telefone <input name=\"phone\"></label>\
                 <label>Forma de pagamento <select name=\"method\">{methods}</select></label>\
                 <label>Número do cartão <input name=\"card_number\" inputmode=\"numeric\"></label>\
                 {CARDS}<label>Parcelas <input name=\"installment\" value=\"1\" inputmode=\"numeric\"></label>\
                 <button>Comprar</button></form>"
            ),
        )
    })
}

async fn buy(State(guru): State<Guru>, Path(offer): Path<String>, Form(said): Form<Words>) -> Response {
    let text = |name: &str| said.get(name).cloned().unwrap_or_default();
    let buyer = Buyer { name: text("name"), email: text("email"), doc: text("doc"), phone: text("phone") };
    let bought = guru.change(|books| {
        let method = Method::named(&text("method")).ok_or_else(|| Refusal::rule("Forma de pagamento inválida."))?;
        let parts = text("installment").parse().unwrap_or(1);
        books.buy(&buyer, &[&offer], method, &text("card_number"), parts)
    });
    match bought {
        Err(refusal) => buyer_form(&guru, &offer, Some(&refusal.message)),
        Ok(bought) => guru.look(|books| match books.transaction(&bought.transaction) {
            Ok(transaction) => ours("Compra", &stand(transaction)),
            Err(_) => missing("Guru"),
        }),
    }
}

/// Where a transaction stands, and the bank that pays it.
fn stand(transaction: &Transaction) -> String {
    let (status, value) = (transaction.status.word(), reais(transaction.value));
    let head = format!("<p><strong>{value}</strong></p><p>Situação: {status}</p>");
    if !transaction.is_waiting() {
        return head;
    }
    let code = escaped(&transaction::code(transaction));
    format!(
        "{head}<p><code>{code}</code></p><form method=\"post\" action=\"/pay/{}/bank\">\
         <button>Simular pagamento</button></form>",
        transaction.id
    )
}

async fn show_invoice(State(guru): State<Guru>, Path(invoice): Path<String>) -> Response {
    guru.look(|books: &Books| {
        let last = books.transactions.iter().rev().find(|one| one.invoice.as_ref() == Some(&invoice));
        last.map_or_else(|| missing("Guru"), |transaction| ours("Fatura", &stand(transaction)))
    })
}

async fn pay(State(guru): State<Guru>, Path(id): Path<String>) -> Response {
    // Whatever came of it, the page says where it stands.
    let _ = guru.change(|books| books.pay(&id));
    guru.look(|books| match books.transaction(&id) {
        Ok(transaction) => ours("Compra", &stand(transaction)),
        Err(_) => missing("Guru"),
    })
}
