//! The list beside one of its orders, where a screen has room for both: what was asked for when the order was opened.

use super::{address, question};
use crate::fields::Fields;
use crate::found;
use crate::page::PageError;
use crate::producer::area;
use crate::text::Texts;
use leptos::prelude::*;
use portal::Producer;
use portal::search::{self, FoundOrder, Question};
use types::Code;
use types::place::producer::Place;

/// The list as a narrow column, and the address of the whole.
pub(in crate::producer) struct Beside {
    question: Question,
    orders: Vec<FoundOrder>,
}

impl Beside {
    /// What the address of an order asks of the list; a question that is none asks for all.
    pub(in crate::producer) async fn of(producer: &Producer, fields: &Fields) -> Result<Self, PageError> {
        let asked = question(fields);
        let (question, filter) = match asked.filter() {
            Ok(filter) => (asked, filter),
            Err(_) => (Question::default(), search::Filter::default()),
        };
        let orders = search::list(producer, &filter, None).await?.orders;
        Ok(Self { question, orders })
    }

    /// The address of the list.
    pub(in crate::producer) fn address(&self) -> String {
        address(&self.question)
    }

    /// The column.
    pub(in crate::producer) fn view(&self, producer: &Producer, open: &Code) -> impl IntoView + use<> {
        let texts = area::texts(producer);
        let lines = self.orders.iter().map(|order| line(texts, &self.question, order, open)).collect_view();
        view! { <nav class="beside" aria-label=texts.text("orders-title")><ul>{lines}</ul></nav> }
    }
}

fn line(texts: Texts, question: &Question, order: &FoundOrder, open: &Code) -> impl IntoView + use<> {
    let here = (order.code == *open).then_some("page");
    view! {
        <li>
            <a href=of_order(question, &order.code) aria-current=here>{order.code.to_string()}</a>
            <span>{order.buyer_name.clone()}</span>
            {found::chip(texts, order)}
        </li>
    }
}

/// The address of an order that was found by a question, with the question.
pub(super) fn of_order(question: &Question, code: &Code) -> String {
    found::asked(&Place::Order { handle: code.as_str() }.path(), &question.pairs())
}
