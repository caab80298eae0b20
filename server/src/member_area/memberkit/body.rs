//! What a call says.

use super::target::Mode;
use portal::ports::Telling;
use serde_json::{Map, Value, json};

/// A membership without an end: what everybody sends who means "never expires".
const NEVER: &str = "2200-01-01";

/// The body for a telling. `today` is the end of a membership that is taken away without a date.
pub(super) fn body(telling: &Telling, mode: &Mode, today: &str) -> Value {
    let person = &telling.person;
    let mut body = Map::new();
    body.insert("email".into(), json!(person.email));
    body.insert("full_name".into(), json!(full_name(&person.name, &person.email)));
    body.insert("status".into(), json!(if telling.is_active { "active" } else { "inactive" }));
    for (name, value) in [("cpf_cnpj", &person.tax_id), ("phone_number", &person.phone)] {
        if let Some(value) = value.as_deref().filter(|value| !value.trim().is_empty()) {
            body.insert(name.into(), json!(value));
        }
    }
    add_targets(&mut body, telling, mode, today);
    Value::Object(body)
}

fn add_targets(body: &mut Map<String, Value>, telling: &Telling, mode: &Mode, today: &str) {
    let until = telling.until.as_deref();
    match mode {
        Mode::Classrooms(ids) => {
            body.insert("classroom_ids".into(), json!(ids));
            // An enrolment without an end is told none, unless it has one over there that is no more.
            if let Some(until) = until.or(telling.clears_end.then_some(NEVER)) {
                body.insert("expires_at".into(), json!(until));
            }
        }
        Mode::Level(id) => {
            let otherwise = if telling.is_active { NEVER } else { today };
            body.insert("membership_level_id".into(), json!(id));
            body.insert("expires_at".into(), json!(until.unwrap_or(otherwise)));
        }
        // Not a list of ids but a quality of the person: taking it away says so itself, beside the status.
        Mode::Unlimited => {
            body.insert("unlimited".into(), json!(telling.is_active));
        }
    }
}

/// A name is required over there; who has none is called by the front of the address.
fn full_name<'a>(name: &'a str, email: &'a str) -> &'a str {
    let front = email.split('@').next().unwrap_or(email);
    Some(name.trim()).filter(|name| !name.is_empty()).unwrap_or(front)
}
