//! A member area that keeps who has what.

use super::lock;
use crate::ports::{AccessTarget, AreaAddress, DeliveryAttempt, MemberArea, MemberAreas, NotATarget, Telling, Verdict};
use futures::future::BoxFuture;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// A word that names nothing which the test member area can give. Every other word does.
pub const NOTHING: &str = "nothing";

/// What a person has in the test member area: target and until.
pub type PersonAccess = BTreeMap<AccessTarget, Option<String>>;

/// A member area that keeps who has what.
#[derive(Default)]
pub struct TestArea {
    access: Mutex<BTreeMap<String, PersonAccess>>,
    told: Mutex<Vec<Telling>>,
    faults: Mutex<VecDeque<Verdict>>,
    hanging: Mutex<BTreeMap<String, Arc<Semaphore>>>,
    is_kind_unknown: AtomicBool,
}

impl TestArea {
    /// What the person with this address has in the area.
    pub fn access_of(&self, email: &str) -> PersonAccess {
        lock(&self.access).get(email).cloned().unwrap_or_default()
    }

    /// Every telling that arrived, oldest first.
    pub fn told(&self) -> Vec<Telling> {
        lock(&self.told).clone()
    }

    /// The next calls have no effect and end like this.
    pub fn fail_next(&self, verdicts: &[Verdict]) {
        lock(&self.faults).extend(verdicts);
    }

    /// Calls to this address wait for a permit before they have their effect.
    pub fn hang(&self, base_url: &str) -> Arc<Semaphore> {
        lock(&self.hanging).entry(base_url.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(0))).clone()
    }

    /// Whether the installation knows the kind of this area, which it does at first.
    pub fn be_known(&self, is_known: bool) {
        self.is_kind_unknown.store(!is_known, Ordering::Relaxed);
    }

    fn answer(&self, area: &AreaAddress, telling: &Telling) -> DeliveryAttempt {
        let verdict = lock(&self.faults).pop_front().unwrap_or(Verdict::Confirmed);
        if verdict == Verdict::Confirmed {
            self.take(telling);
        }
        let status = match verdict {
            Verdict::Confirmed => 201,
            Verdict::Refused => 422,
            Verdict::Again(_) => 503,
        };
        DeliveryAttempt {
            request: format!("POST {}", area.base_url),
            status: Some(status),
            answer: String::new(),
            error: None,
            duration: Duration::from_millis(1),
            verdict,
        }
    }

    fn take(&self, telling: &Telling) {
        let mut access = lock(&self.access);
        let person = access.entry(telling.person.email.clone()).or_default();
        for target in &telling.targets {
            if telling.is_active {
                person.insert(target.clone(), telling.until.clone());
            } else {
                person.remove(target);
            }
        }
    }
}

impl MemberArea for TestArea {
    fn read_target(&self, word: &str) -> Result<AccessTarget, NotATarget> {
        if word == NOTHING { Err(NotATarget(word.to_owned())) } else { AccessTarget::parse(word) }
    }

    fn group(&self, target: &AccessTarget) -> Option<&'static str> {
        target.as_str().starts_with("classroom:").then_some("classrooms")
    }

    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, DeliveryAttempt> {
        lock(&self.told).push(telling.clone());
        let gate = lock(&self.hanging).get(&area.base_url).cloned();
        Box::pin(async move {
            if let Some(gate) = gate {
                gate.acquire().await.map(SemaphorePermit::forget).unwrap_or_else(|error| panic!("{error}"));
            }
            self.answer(area, telling)
        })
    }
}

/// The installation's member areas: of whatever kind a story names, it is the same one.
pub struct TestAreas(pub Arc<TestArea>);

impl MemberAreas for TestAreas {
    fn of_kind(&self, _kind: &str) -> Option<Arc<dyn MemberArea>> {
        if self.0.is_kind_unknown.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.0.clone())
    }
}
