//! The books of one account: every object, what the account has, and what falls due when.

use super::agenda::Due;
use super::card::Behaviour;
use super::error::Failure;
use super::idempotency::Keys;
use super::subscription::change::Change;
use super::value::text;
use crate::clock::Clock;
use crate::hooks::Webhook;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

/// What is known of a saved card beside what Stripe shows of it. Its number is never kept.
#[derive(Clone, Copy)]
pub(super) struct Saved {
    pub(super) behaviour: Behaviour,
    /// Whether the bank was asked for later charges when it was saved.
    pub(super) is_set_up: bool,
}

/// What the account does with a subscription whose renewal failed for the last time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AfterRetries {
    /// It is cancelled.
    #[default]
    Cancel,
    /// It stays, and is `unpaid`.
    Unpaid,
    /// It stays `past_due`.
    PastDue,
}

/// The books.
pub(super) struct Books {
    pub(super) clock: Clock,
    pub(super) base_url: String,
    pub(super) account: String,
    objects: HashMap<String, Value>,
    /// The ids of each kind of object, in the order in which they came.
    kinds: HashMap<String, Vec<String>>,
    chance: RandomState,
    made: u64,
    /// The moment for which due work is done, if it is not now.
    pub(super) moment: Option<i64>,
    pub(super) agenda: BTreeMap<(i64, u64), Due>,
    pub(super) cards: HashMap<String, Saved>,
    /// What is available, in minor units of each currency.
    pub(super) balance: BTreeMap<String, i64>,
    /// The decline codes of the next charges.
    pub(super) declines: Vec<String>,
    pub(super) after_retries: AfterRetries,
    /// Of each invoice that is tried again: when it first failed, and how often it was tried again.
    pub(super) retries: HashMap<String, (i64, usize)>,
    /// The changes of subscriptions that wait for their payment.
    pub(super) changes: HashMap<String, Change>,
    /// Secrets of webhook endpoints with the moment at which each ends.
    pub(super) secrets: HashMap<String, Vec<(String, Option<i64>)>>,
    /// The call that is carried out, for its events: its id, and its idempotency key.
    pub(super) request: Option<(String, Option<String>)>,
    pub(super) outbox: Vec<Webhook>,
    pub(super) keys: Keys,
}

impl Books {
    pub(super) fn new(clock: Clock, base_url: &str) -> Self {
        let mut books = Self {
            clock,
            base_url: base_url.to_owned(),
            account: String::new(),
            objects: HashMap::new(),
            kinds: HashMap::new(),
            chance: RandomState::new(),
            made: 0,
            moment: None,
            agenda: BTreeMap::new(),
            cards: HashMap::new(),
            balance: BTreeMap::new(),
            declines: Vec::new(),
            after_retries: AfterRetries::default(),
            retries: HashMap::new(),
            changes: HashMap::new(),
            secrets: HashMap::new(),
            request: None,
            outbox: Vec::new(),
            keys: Keys::default(),
        };
        books.account = books.id("acct_");
        books
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.moment.unwrap_or_else(|| self.clock.now())
    }

    /// A new id. Those of one kind sort in the order in which they were made.
    pub(super) fn id(&mut self, prefix: &str) -> String {
        self.made += 1;
        format!("{prefix}standin_{:06}{:016x}", self.made, self.chance.hash_one(self.made))
    }

    /// Text that nobody can guess, for secrets.
    pub(super) fn secret(&mut self) -> String {
        self.made += 1;
        format!("{:016x}{:016x}", self.chance.hash_one(self.made), self.chance.hash_one((self.made, "secret")))
    }

    /// The print by which the same card is recognised; nothing leads back from it to the number.
    pub(super) fn fingerprint(&self, number: &str) -> String {
        format!("{:016x}", self.chance.hash_one(("card", number)))
    }

    /// Keeps an object, new or changed.
    pub(super) fn put(&mut self, object: Value) {
        let (id, kind) = (text(&object, "id").to_owned(), text(&object, "object").to_owned());
        if self.objects.insert(id.clone(), object).is_none() {
            self.kinds.entry(kind).or_default().push(id);
        }
    }

    /// Forgets an object.
    pub(super) fn remove(&mut self, id: &str) -> Option<Value> {
        let object = self.objects.remove(id)?;
        if let Some(ids) = self.kinds.get_mut(text(&object, "object")) {
            ids.retain(|one| one != id);
        }
        Some(object)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Value> {
        self.objects.get(id)
    }

    /// An object of this kind; `parameter` is where its id came from, `id` for the address of the call.
    pub(super) fn find(&self, kind: &str, id: &str, parameter: &str) -> Result<Value, Failure> {
        match self.objects.get(id) {
            Some(object) if text(object, "object") == kind && object["deleted"] != true => Ok(object.clone()),
            _ => Err(Failure::no_such(&kind.replace("checkout.", "checkout "), id, parameter)),
        }
    }

    /// Changes an object that is known to exist.
    pub(super) fn change(&mut self, id: &str, change: impl FnOnce(&mut Value)) {
        if let Some(object) = self.objects.get_mut(id) {
            change(object);
        }
    }

    /// The objects of a kind in the order in which they came.
    pub(super) fn all(&self, kind: &str) -> impl DoubleEndedIterator<Item = &Value> {
        self.kinds.get(kind).into_iter().flatten().filter_map(|id| self.objects.get(id))
    }

    /// Has something done at a moment.
    pub(super) fn due(&mut self, at: i64, due: Due) {
        self.made += 1;
        self.agenda.insert((at, self.made), due);
    }
}
