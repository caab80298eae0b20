//! The producer's orders: the list with its search, filters and views, and the same list as a file.

pub(super) mod beside;
pub(super) mod file;
pub(super) mod form;
pub(super) mod page;
mod sheet;
pub(super) mod typed;
mod view;
mod views;

use crate::fields::Fields;
use crate::found;
use portal::search::Question;
use types::place::producer::Place;

/// What an address asks of the list.
fn question(fields: &Fields) -> Question {
    let value = |name| fields.one(name).trim().to_owned();
    Question {
        q: value("q"),
        status: value("status"),
        product: value("product"),
        kind: value("kind"),
        from: value("from"),
        to: value("to"),
        risk: value("risk"),
    }
}

/// The address of the list that asks this.
fn address(question: &Question) -> String {
    found::asked(&Place::Orders.path(), &question.pairs())
}
