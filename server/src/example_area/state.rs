//! The books of the example area: people, what they have, and every call.

use http::StatusCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A class (*turma*).
#[derive(Clone, Debug)]
pub struct Class {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
}

/// A membership level (*assinatura*).
#[derive(Clone, Debug)]
pub struct Level {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
}

/// Somebody who was named in a call.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Classes by number.
    pub classes: BTreeMap<i64, Standing>,
    /// Membership levels by number.
    pub levels: BTreeMap<i64, Standing>,
    /// Whether everything is open.
    pub is_unlimited: bool,
}

/// How somebody stands in a class or level.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// `active`, `inactive`, `pending` or `expired`.
    pub status: String,
    /// Last day, `YYYY-MM-DD`.
    pub until: Option<String>,
}

/// One call and what was answered.
#[derive(Clone, Debug)]
pub struct Call {
    /// The body, without the key.
    pub body: Value,
    /// The status of the answer.
    pub status: u16,
}

/// Everything the area knows.
#[derive(Default)]
pub(crate) struct Books {
    classes: BTreeMap<i64, String>,
    levels: BTreeMap<i64, String>,
    members: BTreeMap<String, Member>,
    calls: Vec<Call>,
}

impl Member {
    /// Whether a class is open.
    pub fn has_class(&self, id: i64) -> bool {
        self.classes.get(&id).is_some_and(|standing| standing.status == "active")
    }

    /// Whether a membership level is open.
    pub fn has_level(&self, id: i64) -> bool {
        self.levels.get(&id).is_some_and(|standing| standing.status == "active")
    }
}

impl Books {
    pub(super) fn offer(&mut self, classes: &[Class], levels: &[Level]) {
        self.classes.extend(classes.iter().map(|class| (class.id, class.name.clone())));
        self.levels.extend(levels.iter().map(|level| (level.id, level.name.clone())));
    }

    pub(super) fn member(&self, email: &str) -> Option<Member> {
        self.members.get(email).cloned()
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&String, &Member)> {
        self.members.iter()
    }

    pub(super) fn calls(&self) -> &[Call] {
        &self.calls
    }

    pub(super) fn name_of_class(&self, id: i64) -> String {
        self.classes.get(&id).cloned().unwrap_or_else(|| format!("Turma {id}"))
    }

    pub(super) fn name_of_level(&self, id: i64) -> String {
        self.levels.get(&id).cloned().unwrap_or_else(|| format!("Assinatura {id}"))
    }

    pub(super) fn classes(&self) -> Value {
        self.classes.iter().map(|(id, name)| json!({"id": id, "name": name})).collect()
    }

    pub(super) fn levels(&self) -> Value {
        self.levels.iter().map(|(id, name)| json!({"id": id, "name": name, "trial_period": 0})).collect()
    }

    /// Creates or updates a person: 201 or 200 with the person, 422 with what is wrong.
    pub(super) fn upsert(&mut self, body: &Value) -> (StatusCode, Value) {
        let (status, answer) = match Wish::read(body, self) {
            Ok(wish) => self.grant(wish),
            Err(errors) => (StatusCode::UNPROCESSABLE_ENTITY, json!({"errors": errors})),
        };
        let mut body = body.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.remove("api_key");
        }
        self.calls.push(Call { body, status: status.as_u16() });
        (status, answer)
    }

    fn grant(&mut self, wish: Wish) -> (StatusCode, Value) {
        let is_new = !self.members.contains_key(&wish.email);
        let member = self.members.entry(wish.email.clone()).or_default();
        member.name = wish.name;
        let standing = Standing { status: wish.status.clone(), until: wish.until };
        member.classes.extend(wish.classes.into_iter().map(|id| (id, standing.clone())));
        member.levels.extend(wish.level.into_iter().map(|id| (id, standing.clone())));
        if let Some(is_unlimited) = wish.unlimited {
            member.is_unlimited = is_unlimited && wish.status == "active";
        }
        let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
        (status, json!({"email": wish.email, "full_name": member.name, "unlimited": member.is_unlimited}))
    }
}

/// What a valid body asks for.
struct Wish {
    email: String,
    name: String,
    status: String,
    classes: Vec<i64>,
    level: Option<i64>,
    unlimited: Option<bool>,
    until: Option<String>,
}

impl Wish {
    fn read(body: &Value, books: &Books) -> Result<Self, Map<String, Value>> {
        let mut errors = Map::new();
        let mut demand = |holds: bool, field: &str, reason: &str| {
            if !holds {
                errors.insert(field.to_owned(), json!([reason]));
            }
        };
        let text = |field: &str| body[field].as_str().unwrap_or_default().trim().to_owned();
        let (email, name, status) = (text("email").to_lowercase(), text("full_name"), text("status"));
        demand(email.contains('@'), "email", "is invalid");
        demand(!name.is_empty(), "full_name", "can't be blank");
        demand(
            ["inactive", "pending", "active", "expired"].contains(&status.as_str()),
            "status",
            "is not included in the list",
        );
        let modes = ["classroom_ids", "membership_level_id", "unlimited"].iter().filter(|mode| !body[**mode].is_null());
        demand(modes.count() <= 1, "base", "one access mode a request");
        let classes = numbers(&body["classroom_ids"]);
        let level = body["membership_level_id"].as_i64();
        demand(
            classes.iter().all(|id| books.classes.is_empty() || books.classes.contains_key(id)),
            "classroom_ids",
            "not found",
        );
        demand(
            level.iter().all(|id| books.levels.is_empty() || books.levels.contains_key(id)),
            "membership_level_id",
            "not found",
        );
        let until = body["expires_at"].as_str().map(str::to_owned);
        demand(until.as_deref().is_none_or(is_day), "expires_at", "is invalid");
        let unlimited = body["unlimited"].as_bool();
        if errors.is_empty() { Ok(Self { email, name, status, classes, level, unlimited, until }) } else { Err(errors) }
    }
}

/// One number or a list of them.
fn numbers(value: &Value) -> Vec<i64> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_i64).collect(),
        single => single.as_i64().into_iter().collect(),
    }
}

/// A day with four digits of year.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}
