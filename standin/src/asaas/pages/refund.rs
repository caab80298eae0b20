//! The page on which the buyer of a boleto names the account that the money goes back to. Nothing of it is kept.

use super::{missing, page};
use crate::asaas::Asaas;
use crate::asaas::payment::Status;
use crate::html::go;
use crate::money::reais;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

pub(super) fn routes() -> Router<Asaas> {
    Router::new().route("/solicitar-estorno/{slug}", get(show).post(name))
}

async fn show(State(asaas): State<Asaas>, Path(slug): Path<String>) -> Response {
    let found = asaas.look(|books| {
        let payment = books.payment(&format!("pay_{slug}")).ok()?;
        Some((payment.status, payment.value))
    });
    match found {
        None => missing(),
        Some((Status::RefundRequested, value)) => page("Solicitar estorno", &form(&slug, value)),
        Some((status, _)) => page("Solicitar estorno", &format!("<p>Situação: {}</p>", status.word())),
    }
}

fn form(slug: &str, value: i64) -> String {
    let value = reais(value);
    format!(
        "<p>Informe a conta que receberá {value}.</p><form method=\"post\" action=\"/solicitar-estorno/{slug}\">\
         <label>Banco <input name=\"bank\" required></label><label>Agência <input name=\"agency\" required></label>\
         <label>Conta <input name=\"account\" required></label><button>Receber o estorno</button></form>"
    )
}

async fn name(State(asaas): State<Asaas>, Path(slug): Path<String>) -> Response {
    let id = format!("pay_{slug}");
    asaas.change(|books| {
        let waits = books.payment(&id).is_ok_and(|payment| payment.status == Status::RefundRequested);
        if waits {
            books.finish_refunds(&id);
        }
    });
    go(&format!("/solicitar-estorno/{slug}"))
}
