//! The seller's account.

use super::Asaas;
use super::answer::Answer;
use crate::money::decimal;
use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;

pub(super) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/finance/balance", get(balance))
        .route("/myAccount", get(account))
        .route("/myAccount/commercialInfo", get(account))
        .route("/myAccount/status", get(status))
}

async fn balance(State(asaas): State<Asaas>) -> Answer {
    Ok(Json(json!({ "balance": decimal(asaas.balance()) })))
}

async fn account(State(_): State<Asaas>) -> Answer {
    Ok(Json(json!({
        "object": "account",
        "personType": "JURIDICA",
        "cpfCnpj": "11222333000181",
        "name": "Stand-in Ltda",
        "companyName": "Stand-in Ltda",
        "companyType": "LIMITED",
        "tradingName": "Stand-in",
        "email": "stand-in@example.com",
        "phone": null,
        "mobilePhone": null,
        "site": null,
        "postalCode": "01001000",
        "address": "Praça da Sé",
        "addressNumber": "1",
        "complement": null,
        "province": "Sé",
        "city": { "name": "São Paulo", "state": "SP" },
        "denialReason": null,
        "status": "APPROVED",
    })))
}

async fn status(State(_): State<Asaas>) -> Answer {
    Ok(Json(json!({
        "id": "57a4d145-0000-4000-8000-000000000000",
        "commercialInfo": "APPROVED",
        "bankAccountInfo": "APPROVED",
        "documentation": "APPROVED",
        "general": "APPROVED",
    })))
}
