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

/// Where a slow call waits for a permit: before it has its effect, and before the effect is answered.
pub struct Gates {
    /// The call has arrived.
    pub effect: Semaphore,
    /// The call has had its effect.
    pub answer: Semaphore,
}

impl Default for Gates {
    fn default() -> Self {
        Self { effect: Semaphore::new(0), answer: Semaphore::new(0) }
    }
}

impl Gates {
    /// Whoever waits goes on, and nobody waits any more.
    pub fn open(&self) {
        self.effect.close();
        self.answer.close();
    }

    /// Waits for a permit; none is needed at a gate that is closed for good.
    async fn pass(gate: &Semaphore) {
        if let Ok(permit) = gate.acquire().await {
            permit.forget();
        }
    }
}

/// A member area that keeps who has what.
#[derive(Default)]
pub struct TestArea {
    access: Arc<Mutex<BTreeMap<String, PersonAccess>>>,
    told: Mutex<Vec<Telling>>,
    faults: Mutex<VecDeque<Verdict>>,
    hanging: Mutex<BTreeMap<String, Arc<Semaphore>>>,
    slow: Mutex<BTreeMap<String, Arc<Gates>>>,
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

    /// Calls about this person wait at both gates, from now on.
    pub fn slow_down(&self, email: &str) -> Arc<Gates> {
        lock(&self.slow).entry(email.to_owned()).or_default().clone()
    }

    /// Calls about this person wait no more; those that wait already go on with the gates that are given back.
    pub fn let_others_pass(&self, email: &str) -> Arc<Gates> {
        lock(&self.slow).remove(email).unwrap_or_default()
    }

    /// Whether the installation knows the kind of this area, which it does at first.
    pub fn be_known(&self, is_known: bool) {
        self.is_kind_unknown.store(!is_known, Ordering::Relaxed);
    }

    fn answer(&self, area: &AreaAddress, telling: &Telling) -> DeliveryAttempt {
        let verdict = lock(&self.faults).pop_front().unwrap_or(Verdict::Confirmed);
        if verdict == Verdict::Confirmed {
            take(&self.access, telling);
        }
        attempt(area, verdict)
    }
}

fn attempt(area: &AreaAddress, verdict: Verdict) -> DeliveryAttempt {
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

fn take(access: &Mutex<BTreeMap<String, PersonAccess>>, telling: &Telling) {
    let mut access = lock(access);
    let person = access.entry(telling.person.email.clone()).or_default();
    for target in &telling.targets {
        if telling.is_active {
            person.insert(target.clone(), telling.until.clone());
        } else {
            person.remove(target);
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
        let slow = lock(&self.slow).get(&telling.person.email).cloned();
        Box::pin(async move {
            if let Some(gate) = gate {
                gate.acquire().await.map(SemaphorePermit::forget).unwrap_or_else(|error| panic!("{error}"));
            }
            let Some(slow) = slow else { return self.answer(area, telling) };
            // What has arrived has its effect, even if the caller dies meanwhile.
            let (access, mine) = (self.access.clone(), telling.clone());
            let gates = slow.clone();
            let effect = tokio::spawn(async move {
                Gates::pass(&gates.effect).await;
                take(&access, &mine);
            });
            effect.await.unwrap_or_else(|error| panic!("{error}"));
            Gates::pass(&slow.answer).await;
            attempt(area, Verdict::Confirmed)
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
