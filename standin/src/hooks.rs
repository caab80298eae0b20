//! Webhooks: sent one after the other, each until it is taken, and with what goes wrong with them in the world.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// A webhook as it goes out.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Where to.
    pub url: String,
    /// Headers beside the kind of its content. A signature that depends on the time is made when it is sent.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// What the vendor calls it: for tests that look for one.
    pub name: String,
}

/// What goes wrong with webhooks from now on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// Each comes twice.
    Twice,
    /// None goes out before [`Hooks::release`]: they are late.
    Held,
    /// None goes out before [`Hooks::release`], and then the last one first.
    Reversed,
    /// They are lost.
    Lost,
}

/// How a vendor tries again, in the time of the machine.
#[derive(Clone, Copy)]
pub struct Patience {
    /// How often one is tried before it is given up.
    pub tries: u32,
    /// How long it waits after the try of this number, from 0.
    pub wait: fn(u32) -> Duration,
    /// Whether an address that did not take one gets nothing more before [`Hooks::resume`]. Otherwise the next one
    /// goes out.
    pub halts: bool,
    /// Whether it tries no more after this status; none is a connection that was not made.
    pub gives_up: fn(Option<u16>) -> bool,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 8,
            wait: |attempt| Duration::from_millis(50 << attempt.min(10)),
            halts: false,
            gives_up: |_| false,
        }
    }
}

/// Signs a body at the moment it is sent: the header's name and value.
pub type Sign = Arc<dyn Fn(&Webhook) -> Vec<(String, String)> + Send + Sync>;

/// The webhooks of a stand-in; clones are the same.
#[derive(Clone)]
pub struct Hooks {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    bell: Notify,
    sign: Sign,
    /// Whether a status counts as taken.
    is_taken: fn(u16) -> bool,
    patience: Patience,
}

#[derive(Default)]
struct State {
    trouble: Trouble,
    waiting: VecDeque<Webhook>,
    held: Vec<Webhook>,
    /// Addresses that get nothing more.
    halted: HashSet<String>,
    /// What was sent, with the status of the last answer.
    sent: Vec<(Webhook, Option<u16>)>,
    is_sending: bool,
}

impl State {
    /// The place of the next one to go out.
    fn next(&self) -> Option<usize> {
        self.waiting.iter().position(|one| !self.halted.contains(&one.url))
    }
}

impl Hooks {
    /// Webhooks signed by `sign`; `is_taken` says which status the vendor takes for success. Sends from a task of its
    /// own on the runtime of the caller.
    pub fn start(sign: Sign, is_taken: fn(u16) -> bool) -> Self {
        Self::start_patient(sign, is_taken, Patience::default())
    }

    /// The same, of a vendor that tries again in its own way.
    pub fn start_patient(sign: Sign, is_taken: fn(u16) -> bool, patience: Patience) -> Self {
        let shared = Shared { state: Mutex::default(), bell: Notify::new(), sign, is_taken, patience };
        let hooks = Self { shared: Arc::new(shared) };
        tokio::spawn(hooks.clone().run());
        hooks
    }

    /// Sends one, or what the trouble makes of it.
    pub fn send(&self, webhook: Webhook) {
        let mut state = self.lock();
        match state.trouble {
            Trouble::None => state.waiting.push_back(webhook),
            Trouble::Twice => state.waiting.extend([webhook.clone(), webhook]),
            Trouble::Held => state.held.push(webhook),
            Trouble::Reversed => state.held.insert(0, webhook),
            Trouble::Lost => {}
        }
        drop(state);
        self.shared.bell.notify_one();
    }

    /// Sends one whatever the trouble is: again, or one that a test made.
    pub fn send_now(&self, webhook: Webhook) {
        self.lock().waiting.push_back(webhook);
        self.shared.bell.notify_one();
    }

    /// What goes wrong from now on.
    pub fn trouble(&self, trouble: Trouble) {
        self.lock().trouble = trouble;
    }

    /// Those that were held go out, and nothing goes wrong any more.
    pub fn release(&self) {
        let mut state = self.lock();
        state.trouble = Trouble::None;
        let held = std::mem::take(&mut state.held);
        state.waiting.extend(held);
        drop(state);
        self.shared.bell.notify_one();
    }

    /// All that were sent so far, with the status that the last try was answered with.
    pub fn sent(&self) -> Vec<(Webhook, Option<u16>)> {
        self.lock().sent.clone()
    }

    /// Returns whether this address did not take one and gets nothing more.
    pub fn is_halted(&self, url: &str) -> bool {
        self.lock().halted.contains(url)
    }

    /// The address gets what waits for it, from the one that it did not take.
    pub fn resume(&self, url: &str) {
        self.lock().halted.remove(url);
        self.shared.bell.notify_one();
    }

    /// Waits until nothing is to be sent any more. What waits for an address that gets nothing more does not count.
    pub async fn settle(&self) {
        loop {
            {
                let state = self.lock();
                if state.next().is_none() && !state.is_sending {
                    return;
                }
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn run(self) {
        let client = client();
        loop {
            let next = {
                let mut state = self.lock();
                let next = state.next().and_then(|at| state.waiting.remove(at));
                state.is_sending = next.is_some();
                next
            };
            match next {
                Some(webhook) => self.deliver(&client, webhook).await,
                None => self.shared.bell.notified().await,
            }
        }
    }

    async fn deliver(&self, client: &reqwest::Client, webhook: Webhook) {
        let Patience { tries, wait, halts, gives_up } = self.shared.patience;
        let mut status = None;
        for attempt in 0..tries {
            status = self.attempt(client, &webhook).await;
            if status.is_some_and(self.shared.is_taken) || gives_up(status) {
                break;
            }
            if attempt + 1 < tries {
                tokio::time::sleep(wait(attempt)).await;
            }
        }
        let mut state = self.lock();
        if halts && !status.is_some_and(self.shared.is_taken) {
            state.halted.insert(webhook.url.clone());
            state.waiting.push_front(webhook);
        } else {
            state.sent.push((webhook, status));
        }
    }

    async fn attempt(&self, client: &reqwest::Client, webhook: &Webhook) -> Option<u16> {
        let mut request = client.post(&webhook.url).header("content-type", "application/json");
        for (name, value) in webhook.headers.iter().cloned().chain((self.shared.sign)(webhook)) {
            request = request.header(name, value);
        }
        let answer = request.body(webhook.body.clone()).timeout(Duration::from_secs(20)).send().await.ok()?;
        Some(answer.status().as_u16())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A client that follows no redirect: a vendor takes one for a failure.
#[expect(clippy::disallowed_methods, reason = "a stand-in calls the addresses that were registered with it")]
fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    builder.build().expect("a client without settings of its own can be built")
}
