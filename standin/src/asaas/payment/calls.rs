//! The calls about payments.

use super::super::Asaas;
use super::super::answer::{Answer, Refusal, Words, is_between, list, matches};
use super::super::books::Books;
use super::super::fields::Fields;
use super::create::remote_ip;
use super::{Billing, Payment};
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

pub(in crate::asaas) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/payments", get(all).post(add))
        .route("/payments/", post(add))
        .route("/payments/{id}", get(one).put(change).post(change).delete(remove))
        .route("/payments/{id}/restore", post(restore))
        .route("/payments/{id}/status", get(status))
        .route("/payments/{id}/payWithCreditCard", post(pay_with_card))
        .route("/payments/{id}/identificationField", get(boleto))
        .route("/payments/{id}/pixQrCode", get(pix))
        .route("/payments/{id}/billingInfo", get(billing_info))
        .route("/payments/{id}/receiveInCash", post(in_cash))
        .route("/payments/{id}/undoReceivedInCash", post(undo_cash))
        .route("/payments/{id}/refund", post(refund))
        .route("/payments/{id}/bankSlip/refund", post(refund_boleto))
        .route("/payments/{id}/refunds", get(refunds))
        .route("/sandbox/payment/{id}/confirm", post(sandbox_confirm))
        .route("/sandbox/payment/{id}/overdue", post(sandbox_overdue))
}

/// Changes a payment and answers with it.
fn changed(asaas: &Asaas, id: &str, change: impl FnOnce(&mut Books) -> Result<(), Refusal>) -> Answer {
    asaas.change(|books| {
        change(books)?;
        let payment = books.payment(id)?;
        Ok(Json(books.payment_shape(payment)))
    })
}

/// Answers with what a payment shows.
fn shown(asaas: &Asaas, id: &str, show: impl FnOnce(&Books, &Payment) -> Value) -> Answer {
    asaas.look(|books| books.payment(id).map(|payment| Json(show(books, payment))))
}

/// The newest first. Removed ones are left out.
async fn all(State(asaas): State<Asaas>, Query(words): Query<Words>) -> Answer {
    let wanted = |payment: &&Payment| {
        let filters = [
            ("customer", Some(&*payment.customer)),
            ("subscription", payment.subscription.as_deref()),
            ("installment", payment.part.as_ref().map(|part| &*part.whole)),
            ("externalReference", payment.external_reference.as_deref()),
            ("checkoutSession", payment.checkout.as_deref()),
            ("status", Some(payment.status.word())),
            ("billingType", Some(payment.billing.word())),
        ];
        let days = [("dueDate", payment.due), ("dateCreated", payment.created)];
        let is_then = days.iter().all(|(name, day)| is_between(&words, name, *day));
        !payment.deleted && is_then && matches(&words, &filters)
    };
    let all = asaas
        .look(|books| books.payments.iter().rev().filter(wanted).map(|payment| books.payment_shape(payment)).collect());
    Ok(Json(list(all, &words)))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let id = books.create_payment(&fields)?;
        let payment = books.payment(&id)?;
        Ok(Json(books.payment_shape(payment)))
    })
}

async fn one(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    shown(&asaas, &id, Books::payment_shape)
}

async fn status(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    shown(&asaas, &id, |_, payment| json!({ "status": payment.status.word() }))
}

async fn change(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| books.change_payment(&id, &fields))
}

async fn remove(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.remove_payment(&id)?;
        Ok(Json(json!({ "deleted": true, "id": id })))
    })
}

async fn restore(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    changed(&asaas, &id, |books| books.restore_payment(&id))
}

/// A token is enough, whatever the specification says of the other fields.
async fn pay_with_card(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| {
        let customer = books.open_payment(&id)?.customer.clone();
        let token = books.named_card(&fields, &customer)?;
        let token = token.ok_or_else(|| Refusal::field("creditCard", "Informe um cartão de crédito."))?;
        if fields.get("creditCard").is_some() {
            remote_ip(&fields)?;
        }
        books.pay_by_card(&id, &token)
    })
}

async fn boleto(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.look(|books| match books.open_payment(&id)? {
        payment if matches!(payment.billing, Billing::Boleto | Billing::Undefined) => {
            Ok(Json(Books::boleto_of(payment)))
        }
        _ => Err(Refusal::action("Somente cobranças por boleto possuem linha digitável.")),
    })
}

async fn pix(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.look(|books| match books.open_payment(&id)? {
        payment if payment.billing != Billing::CreditCard => Ok(Json(Books::pix_of(payment))),
        _ => Err(Refusal::action("Esta cobrança não pode ser paga por Pix.")),
    })
}

async fn billing_info(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    shown(&asaas, &id, Books::billing_info)
}

async fn in_cash(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| books.receive_in_cash(&id, &fields))
}

async fn undo_cash(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    changed(&asaas, &id, |books| books.undo_cash(&id))
}

async fn refund(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    changed(&asaas, &id, |books| books.refund(&id, fields.amount("value")?, fields.text("description")))
}

async fn refund_boleto(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| Ok(Json(json!({ "requestUrl": books.refund_boleto(&id)? }))))
}

async fn refunds(State(asaas): State<Asaas>, Path(id): Path<String>, Query(words): Query<Words>) -> Answer {
    shown(&asaas, &id, |_, payment| list(payment.refund_shapes(), &words))
}

/// As if the buyer had paid.
async fn sandbox_confirm(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    changed(&asaas, &id, |books| books.pay(&id).map(|_| ()))
}

/// As if the due day were over.
async fn sandbox_overdue(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    changed(&asaas, &id, |books| books.overdue(&id))
}
