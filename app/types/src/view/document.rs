//! Receipts, credit notes and the terms of a sale.

use super::{PaymentView, ProducerView};
use crate::plan::PlanPrice;
use crate::{ChargeId, Code, Email, Instant, Money, Protocol};
use serde::{Deserialize, Serialize};

/// A document about one payment, or about money that went back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DocumentView {
    /// What stands in the order's address.
    pub handle: String,
    /// The producer's code of the order.
    pub code: Code,
    /// The producer.
    pub producer: ProducerView,
    /// Who it is made out to.
    pub billing: BillingData,
    /// The buyer's address.
    pub email: Email,
    /// Lines: name and, where they add up to the amount, the price.
    pub items: Vec<(String, Option<Money>)>,
    /// What was taken off the lines: a credit, a discount. None where the lines add up, or nobody knows what they were.
    pub taken_off: Option<Money>,
    /// From when until when it pays for, where it pays for a period.
    pub period: Option<(Instant, Instant)>,
    /// The whole amount of the document.
    pub amount: Money,
    /// How it was paid.
    pub payment: PaymentView,
    /// In how many instalments the card bills it.
    pub installments: i64,
    /// When it was paid, or sent back.
    pub at: Instant,
    /// When the order was placed.
    pub ordered_at: Instant,
    /// The gateway's own name of the charge.
    pub reference: String,
    /// What it is about.
    pub kind: DocumentKind,
}

/// The kinds of documents.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum DocumentKind {
    /// Something was paid.
    Receipt {
        /// The charge.
        charge: ChargeId,
        /// What of it went back or is going back.
        refunded: Money,
    },
    /// Money went back.
    CreditNote {
        /// The refund.
        protocol: Protocol,
        /// Whether the bank has confirmed it.
        is_settled: bool,
    },
    /// The source gave money back by itself.
    SourceCreditNote {
        /// Of this charge.
        charge: ChargeId,
    },
}

/// What is printed on documents of an order about the buyer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BillingData {
    /// Name of the person or company that the papers are made out to.
    pub name: String,
    /// CPF or CNPJ with its marks, or what the checkout sent.
    pub tax_id: Option<String>,
    /// Address, one line.
    pub address: Option<String>,
}

/// What is on file of the sale itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsView {
    /// What stands in the order's address.
    pub handle: String,
    /// The producer's code.
    pub code: Code,
    /// The producer.
    pub producer: ProducerView,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// Lines as they were sold.
    pub items: Vec<TermsItem>,
    /// Sum of the items, as sold.
    pub total: Money,
    /// The plan, when it renews.
    pub plan: Option<TermsPlan>,
    /// In how many instalments the price is paid; 0 when at once.
    pub installments: i64,
}

/// A plan as it was sold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsPlan {
    /// Name of the plan, as sold.
    pub name: String,
    /// Price and rhythm.
    pub price: PlanPrice,
}

/// A line as it was sold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsItem {
    /// Name of the product, as sold.
    pub name: String,
    /// Name of the offer, as sold, where one was named.
    pub offer: Option<String>,
    /// Price of the line, as sold.
    pub amount: Money,
    /// Whether it was added in the checkout.
    pub is_bump: bool,
    /// For how many days its money went back on request.
    pub window_days: i64,
}
