//! Stateful fakes of the ports, and a portal over them, for tests of this crate and its users. A test looks into what a fake keeps.

use crate::db::Db;
use crate::message::{Content, Letter, Message, Words, Writer};
use crate::ports::{
    AccessTarget, AreaAddress, Attempt, CardOrder, CardPage, CardProgress, ChargeOrder, ChargeProgress, ChargeReport,
    Clock, Gateway, GatewayError, Gateways, Mail, MailError, MemberArea, Ports, Random, RefundOrder, RefundProgress,
    RefundReport, Refusal, Telling, Verdict,
};
use crate::{Keys, Options, Portal, outbox};
use futures::future::BoxFuture;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use types::{Instant, Method};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A clock that stands still until it is moved. Its calendar goes with the wall, unless it is turned.
pub struct TestClock {
    wall: AtomicI64,
    ahead: AtomicI64,
    /// Microseconds that pass with each look at it.
    step: AtomicI64,
}

impl TestClock {
    /// Stands at `at`.
    pub fn at(at: Instant) -> Arc<Self> {
        Arc::new(Self { wall: AtomicI64::new(at.micros()), ahead: AtomicI64::new(0), step: AtomicI64::new(0) })
    }

    /// From now on a microsecond passes with each look at it: as outside, no two things happen at the same instant.
    pub fn run(&self) {
        self.step.store(1, Ordering::SeqCst);
    }

    fn look(&self) -> i64 {
        self.wall.fetch_add(self.step.load(Ordering::SeqCst), Ordering::SeqCst)
    }

    /// Moves on by `by`.
    pub fn forward(&self, by: Duration) {
        self.wall.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Jumps to `at`.
    pub fn jump(&self, at: Instant) {
        self.wall.store(at.micros() - self.ahead.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Turns the calendar on by `by`, as in development; the wall stands.
    pub fn turn_calendar(&self, by: Duration) {
        self.ahead.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Moves the wall on by `by`; the calendar stands.
    pub fn forward_wall(&self, by: Duration) {
        self.ahead.fetch_sub(by.as_micros() as i64, Ordering::SeqCst);
        self.forward(by);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.look() + self.ahead.load(Ordering::SeqCst))
    }

    fn wall(&self) -> Instant {
        Instant::from_micros(self.look())
    }
}

/// Repeatable "randomness": never the same bytes twice in one portal.
#[derive(Default)]
pub struct TestRandom(AtomicU64);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let block = crate::keys::mac(b"test randomness", &[&number.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// A mail server that keeps what it takes.
#[derive(Default)]
pub struct TestMail {
    taken: Mutex<Vec<Letter>>,
    faults: Mutex<VecDeque<MailError>>,
}

impl TestMail {
    /// Every letter taken, oldest first.
    pub fn taken(&self) -> Vec<Letter> {
        lock(&self.taken).clone()
    }

    /// The next letter meets this error.
    pub fn fail_next(&self, error: MailError) {
        lock(&self.faults).push_back(error);
    }
}

impl Mail for TestMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>> {
        let answer = match lock(&self.faults).pop_front() {
            Some(error) => Err(error),
            None => {
                lock(&self.taken).push(letter.clone());
                Ok(())
            }
        };
        Box::pin(async { answer })
    }
}

/// Writes a message as its own debug text, with link and code alone on their lines.
pub struct PlainWriter;

impl Writer for PlainWriter {
    fn write(&self, message: &Message) -> Words {
        let text = match &message.content {
            Content::SignInLink { url, code, .. } => format!("{url}\n{code}\n"),
            content => format!("{content:?}"),
        };
        let subject = format!("{:?}", message.content).chars().take_while(|letter| letter.is_alphanumeric()).collect();
        Words { subject, html: text.clone(), text }
    }
}

/// What the test gateway does with the next call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GatewayFault {
    /// Does nothing and says so.
    Unavailable,
    /// Does nothing, and nobody knows.
    LostBefore,
    /// Does its work, and nobody knows.
    LostAfter,
    /// Does its work and never answers: whoever called is cut off.
    Hangs,
    /// Says no.
    Refuses,
    /// Says that everything went back before.
    AlreadyRefunded,
}

/// A gateway that keeps its refunds by key.
#[derive(Default)]
pub struct TestGateway {
    refunds: Mutex<BTreeMap<String, (RefundOrder, RefundProgress)>>,
    faults: Mutex<VecDeque<GatewayFault>>,
    calls: AtomicU64,
    charges: Mutex<BTreeMap<String, (ChargeOrder, ChargeProgress)>>,
    charge_faults: Mutex<VecDeque<GatewayFault>>,
    next_charges: Mutex<VecDeque<ChargeProgress>>,
    payers: Mutex<BTreeMap<String, Payer>>,
    cards: Mutex<BTreeMap<String, CardProgress>>,
    needs_payee: AtomicBool,
    says_so: AtomicBool,
}

/// What awaits the next charges of one payer, and the keys of those that had their effect, oldest first.
#[derive(Default)]
struct Payer {
    outcomes: VecDeque<ChargeProgress>,
    faults: VecDeque<GatewayFault>,
    keys: Vec<String>,
}

impl TestGateway {
    /// The next new charges of this payer end like this, one by one, before anything that is said for all.
    pub fn next_charges_of(&self, email: &str, outcomes: &[ChargeProgress]) {
        self.of_payer(email, |payer| payer.outcomes.extend(outcomes.iter().cloned()));
    }

    /// The next calls of `charge` for this payer meet these faults, one by one.
    pub fn fail_next_charges_of(&self, email: &str, faults: &[GatewayFault]) {
        self.of_payer(email, |payer| payer.faults.extend(faults));
    }

    /// Nothing awaits this payer's charges any more: they are paid.
    pub fn be_kind_to(&self, email: &str) {
        self.of_payer(email, |payer| {
            payer.outcomes.clear();
            payer.faults.clear();
        });
    }

    /// This payer's charges that had their effect, oldest first.
    pub fn charges_of(&self, email: &str) -> Vec<(ChargeOrder, ChargeProgress)> {
        let keys = self.of_payer(email, |payer| payer.keys.clone());
        let charges = lock(&self.charges);
        keys.iter().filter_map(|key| charges.get(key).cloned()).collect()
    }

    fn of_payer<T>(&self, email: &str, change: impl FnOnce(&mut Payer) -> T) -> T {
        change(lock(&self.payers).entry(email.to_owned()).or_default())
    }

    fn charge_fault(&self, email: &str) -> Option<GatewayFault> {
        self.of_payer(email, |payer| payer.faults.pop_front()).or_else(|| lock(&self.charge_faults).pop_front())
    }

    fn new_charge(&self, order: &ChargeOrder) -> ChargeProgress {
        let of_payer = self.of_payer(&order.email, |payer| {
            payer.keys.push(order.key.clone());
            payer.outcomes.pop_front()
        });
        of_payer.or_else(|| lock(&self.next_charges).pop_front()).unwrap_or(ChargeProgress::Paid)
    }

    /// The refunds of this charge that had their effect, with where they stand.
    pub fn refunds_of(&self, charge: &str) -> Vec<(RefundOrder, RefundProgress)> {
        lock(&self.refunds).values().filter(|(order, _)| order.charge_reference == charge).cloned().collect()
    }

    /// The refund with this key is now at this point.
    pub fn refund_progress(&self, key: &str, progress: RefundProgress) {
        if let Some(entry) = lock(&self.refunds).get_mut(key) {
            entry.1 = progress;
        }
    }

    /// The next calls of `charge` meet these faults, one by one.
    pub fn fail_next_charges(&self, faults: &[GatewayFault]) {
        lock(&self.charge_faults).extend(faults);
    }

    /// The next new charges end like this, one by one; those after them are paid.
    pub fn next_charges(&self, outcomes: &[ChargeProgress]) {
        lock(&self.next_charges).extend(outcomes.iter().cloned());
    }

    /// Charges that had their effect, with how they ended.
    pub fn charges(&self) -> Vec<(ChargeOrder, ChargeProgress)> {
        lock(&self.charges).values().cloned().collect()
    }

    /// The charge with this key is now at this point.
    pub fn charge_progress(&self, key: &str, progress: ChargeProgress) {
        if let Some(entry) = lock(&self.charges).get_mut(key) {
            entry.1 = progress;
        }
    }

    /// The visit to the card page with this reference ends like this.
    pub fn end_card(&self, reference: &str, progress: CardProgress) {
        lock(&self.cards).insert(reference.to_owned(), progress);
    }

    fn take_charge(&self, order: &ChargeOrder) -> ChargeReport {
        let mut charges = lock(&self.charges);
        let entry = charges.entry(order.key.clone()).or_insert_with(|| (order.clone(), self.new_charge(order)));
        ChargeReport { reference: format!("test-charge-{}", order.key), state: entry.1.clone() }
    }

    /// The next calls of `refund` meet these faults, one by one.
    pub fn fail_next(&self, faults: &[GatewayFault]) {
        lock(&self.faults).extend(faults);
    }

    /// Refunds that had their effect.
    pub fn refunds(&self) -> Vec<RefundOrder> {
        lock(&self.refunds).values().map(|(order, _)| order.clone()).collect()
    }

    /// How often `refund` was called.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// From now on a boleto goes back only to an account. Whether it says so before it is asked is `says_so`.
    pub fn need_payee(&self, says_so: bool) {
        self.needs_payee.store(true, Ordering::SeqCst);
        self.says_so.store(says_so, Ordering::SeqCst);
    }

    /// The refund of this charge is now at this point.
    pub fn progress_of(&self, charge_reference: &str, progress: &RefundProgress) {
        for entry in lock(&self.refunds).values_mut().filter(|entry| entry.0.charge_reference == charge_reference) {
            entry.1 = progress.clone();
        }
    }

    /// Every refund is now at this point.
    pub fn progress(&self, progress: &RefundProgress) {
        for entry in lock(&self.refunds).values_mut() {
            entry.1 = progress.clone();
        }
    }

    fn take(&self, order: &RefundOrder) -> RefundReport {
        let mut refunds = lock(&self.refunds);
        let entry = refunds.entry(order.key.clone()).or_insert_with(|| (order.clone(), RefundProgress::Pending));
        RefundReport { reference: format!("test-{}", order.key), state: entry.1.clone() }
    }
}

impl Gateway for TestGateway {
    fn refund<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let fault = lock(&self.faults).pop_front();
        let is_stuck =
            self.needs_payee.load(Ordering::SeqCst) && order.method == Method::Boleto && order.payee.is_none();
        let answer = match fault {
            None if is_stuck => Err(GatewayError::Refused(Refusal::NeedsPayee)),
            None => Ok(self.take(order)),
            Some(GatewayFault::Unavailable) => Err(GatewayError::Unavailable("test".to_owned())),
            Some(GatewayFault::LostBefore) => Err(GatewayError::OutcomeUnknown("test".to_owned())),
            Some(GatewayFault::LostAfter) => {
                self.take(order);
                Err(GatewayError::OutcomeUnknown("test".to_owned()))
            }
            Some(GatewayFault::Hangs) => {
                self.take(order);
                return Box::pin(std::future::pending());
            }
            Some(GatewayFault::Refuses) => Err(GatewayError::Refused(Refusal::Other("test says no".to_owned()))),
            Some(GatewayFault::AlreadyRefunded) => Err(GatewayError::Refused(Refusal::AlreadyRefunded)),
        };
        Box::pin(async { answer })
    }

    fn needs_payee(&self, method: Method) -> bool {
        self.says_so.load(Ordering::SeqCst) && method == Method::Boleto
    }

    fn find_refund<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        let report = lock(&self.refunds)
            .get(key)
            .map(|(_, state)| RefundReport { reference: format!("test-{key}"), state: state.clone() });
        Box::pin(async { Ok(report) })
    }

    fn charge<'a>(&'a self, order: &'a ChargeOrder) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        let answer = match self.charge_fault(&order.email) {
            None => Ok(self.take_charge(order)),
            Some(GatewayFault::Unavailable) => Err(GatewayError::Unavailable("test".to_owned())),
            Some(GatewayFault::LostBefore) => Err(GatewayError::OutcomeUnknown("test".to_owned())),
            Some(GatewayFault::LostAfter) => {
                self.take_charge(order);
                Err(GatewayError::OutcomeUnknown("test".to_owned()))
            }
            Some(GatewayFault::Hangs) => {
                self.take_charge(order);
                return Box::pin(std::future::pending());
            }
            Some(GatewayFault::Refuses) => Err(GatewayError::Refused(Refusal::Other("test says no".to_owned()))),
            Some(GatewayFault::AlreadyRefunded) => Err(GatewayError::Refused(Refusal::AlreadyRefunded)),
        };
        Box::pin(async { answer })
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        let report = lock(&self.charges)
            .get(key)
            .map(|(_, state)| ChargeReport { reference: format!("test-charge-{key}"), state: state.clone() });
        Box::pin(async { Ok(report) })
    }

    fn begin_card<'a>(&'a self, order: &'a CardOrder) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        lock(&self.cards).entry(order.key.clone()).or_insert(CardProgress::Open);
        let page = CardPage { reference: order.key.clone(), url: format!("https://gateway.test/card/{}", order.key) };
        Box::pin(async { Ok(page) })
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        let progress = lock(&self.cards).get(reference).cloned().unwrap_or(CardProgress::Closed);
        Box::pin(async { Ok(progress) })
    }
}

/// One gateway under the name `test`.
pub struct TestGateways(pub Arc<TestGateway>);

impl Gateways for TestGateways {
    fn named(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        (name == "test").then(|| self.0.clone() as Arc<dyn Gateway>)
    }

    fn bills(&self, name: &str) -> bool {
        name == "test"
    }
}

/// What a person has in the test member area: target and until.
pub type Held = BTreeMap<AccessTarget, Option<String>>;

/// A member area that keeps who has what.
#[derive(Default)]
pub struct TestArea {
    held: Mutex<BTreeMap<String, Held>>,
    told: Mutex<Vec<Telling>>,
    faults: Mutex<VecDeque<Verdict>>,
    hanging: Mutex<BTreeMap<String, Arc<Semaphore>>>,
}

impl TestArea {
    /// What this address holds.
    pub fn held(&self, email: &str) -> Held {
        lock(&self.held).get(email).cloned().unwrap_or_default()
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

    fn answer(&self, area: &AreaAddress, telling: &Telling) -> Attempt {
        let verdict = lock(&self.faults).pop_front().unwrap_or(Verdict::Confirmed);
        if verdict == Verdict::Confirmed {
            self.take(telling);
        }
        let status = match verdict {
            Verdict::Confirmed => 201,
            Verdict::Refused => 422,
            Verdict::Again(_) => 503,
        };
        Attempt {
            request: format!("POST {}", area.base_url),
            status: Some(status),
            answer: String::new(),
            error: None,
            duration: Duration::from_millis(1),
            verdict,
        }
    }

    fn take(&self, telling: &Telling) {
        let mut held = lock(&self.held);
        let person = held.entry(telling.person.email.clone()).or_default();
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
    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, Attempt> {
        lock(&self.told).push(telling.clone());
        let gate = lock(&self.hanging).get(&area.base_url).cloned();
        Box::pin(async move {
            if let Some(gate) = gate {
                gate.acquire().await.map(SemaphorePermit::forget).unwrap_or_else(|error| panic!("{error}"));
            }
            self.answer(area, telling)
        })
    }

    fn batches(&self) -> bool {
        true
    }
}

/// A portal over fakes, and the fakes.
pub struct World {
    /// The portal.
    pub portal: Portal,
    /// Its clock: 2026-11-20 12:00 UTC at first.
    pub clock: Arc<TestClock>,
    /// Its mail server.
    pub mail: Arc<TestMail>,
    /// Its gateway, named `test`.
    pub gateway: Arc<TestGateway>,
    /// Its member area.
    pub area: Arc<TestArea>,
    /// Which engine it runs on.
    pub engine: &'static str,
}

impl World {
    /// A world over `db`.
    pub fn over(engine: &'static str, db: Db) -> Self {
        let clock = TestClock::at(Instant::from_seconds(1_795_176_000));
        let (mail, gateway, area) =
            (Arc::<TestMail>::default(), Arc::<TestGateway>::default(), Arc::<TestArea>::default());
        let ports = Ports {
            clock: clock.clone(),
            random: Arc::new(TestRandom::default()),
            mail: mail.clone(),
            gateways: Arc::new(TestGateways(gateway.clone())),
            memberkit: area.clone(),
        };
        let portal = Portal::new(db, ports, Arc::new(PlainWriter), Keys::new(&[42; 32]), Options::default());
        Self { portal, clock, mail, gateway, area, engine }
    }

    /// Runs every job that is due now.
    pub async fn settle(&self) -> usize {
        self.settle_at_once(1).await
    }

    /// The same, so many jobs at once.
    pub async fn settle_at_once(&self, at_once: usize) -> usize {
        let drained = outbox::drain_at_once(&self.portal, self.portal.now(), at_once).await;
        drained.unwrap_or_else(|error| panic!("{error}"))
    }
}

/// The buyer of this address as if signed in: for rules, which do not ask for the session.
pub fn buyer(portal: &Portal, person: types::PersonId, email: types::Email) -> crate::Buyer {
    let origin = crate::Origin {
        address: "198.51.100.7".to_owned(),
        browser: "Firefox".to_owned(),
        language: types::Language::Portuguese,
    };
    let session = types::SessionId(portal.new_id());
    crate::Buyer { portal: portal.clone(), person, email, session, language: None, origin }
}

/// The id of the buyer's own order, which no view has.
pub async fn order_of(buyer: &crate::Buyer, handle: &str) -> types::OrderId {
    let mut reader = buyer.portal.db.read().await.unwrap_or_else(|error| panic!("{error}"));
    let record = crate::order::OrderRecord::of_buyer(reader.conn(), buyer.person, handle).await;
    record.ok().flatten().unwrap_or_else(|| panic!("no order {handle}")).id
}

/// An empty, migrated database of each engine: SQLite always, PostgreSQL when `AFTERSALE_TEST_POSTGRES_URL` names a server.
#[expect(clippy::disallowed_methods, reason = "the test's own setting: which PostgreSQL server to use")]
pub async fn databases() -> Vec<(&'static str, Db)> {
    databases_on(std::env::var("AFTERSALE_TEST_POSTGRES_URL").ok().as_deref()).await
}

/// An empty, migrated database of each engine; `server` is the address of a PostgreSQL database beside which new ones may be made.
pub async fn databases_on(server: Option<&str>) -> Vec<(&'static str, Db)> {
    let mut all = vec![("sqlite", open(&sqlite_url()).await)];
    if let Some(server) = server {
        all.push(("postgres", open(&postgres_url(server).await).await));
    }
    all
}

/// A world on each engine at hand.
pub async fn worlds() -> Vec<World> {
    databases().await.into_iter().map(|(engine, db)| World::over(engine, db)).collect()
}

fn unique() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("aftersale_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst))
}

/// The address of a new SQLite file.
pub fn sqlite_url() -> String {
    sqlite_url_in(std::env::temp_dir())
}

/// A SQLite file in memory, for tests that write much: synced as strictly as any other, which costs nothing there. The owner removes it.
pub fn sqlite_url_in_memory() -> String {
    let memory = std::path::PathBuf::from("/dev/shm");
    sqlite_url_in(if memory.is_dir() { memory } else { std::env::temp_dir() })
}

fn sqlite_url_in(folder: std::path::PathBuf) -> String {
    let folder = folder.join("aftersale-tests");
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let file = folder.join(format!("{}.db", unique()));
    for end in ["", "-wal", "-shm"] {
        // Left by an earlier process with the same number.
        std::fs::remove_file(format!("{}{end}", file.display())).ok();
    }
    format!("sqlite:{}", file.display())
}

/// The address of a new database beside the one that `server` names.
pub async fn postgres_url(server: &str) -> String {
    let name = unique();
    let admin = sqlx::PgPool::connect(server).await.unwrap_or_else(|error| panic!("{server}: {error}"));
    for sql in [format!("drop database if exists {name}"), format!("create database {name}")] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin).await.unwrap_or_else(|error| panic!("{error}"));
    }
    admin.close().await;
    let (base, parameters) = server.split_once('?').map_or((server, None), |(base, rest)| (base, Some(rest)));
    let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
    format!("{folder}/{name}{}", parameters.map_or(String::new(), |rest| format!("?{rest}")))
}

async fn open(url: &str) -> Db {
    let db = Db::open(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    db.migrate().await.unwrap_or_else(|error| panic!("{url}: {error}"));
    db
}
