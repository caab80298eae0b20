//! A database filled the way a real one is: producers by the command line, everything else by the API. One buyer has 20
//! orders of two producers, another one as many; around them are orders of other people, so that an access without an
//! index is seen.

use super::http::Connection;
use super::process::Process;
use super::stage::Stage;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds.
const LONGEST_WAIT: u32 = 300;
const PRODUCERS: [(&str, &str); 2] = [("studio-luz", "Studio Luz & Sombra"), ("cozinha", "Cozinha da Rê")];
/// Code, name, price; the last one is a plan.
const PRODUCTS: [(&str, &str, i64); 4] = [
    ("foto", "Curso de Fotografia <do zero>", 29_700),
    ("guia", "Guia de Poses", 3_900),
    ("mentoria", "Mentoria Individual", 149_700),
    ("clube", "Clube de Aulas", 4_990),
];
/// What the plan may be changed to: code, name, price, unit of its cycle. Dearer, cheaper, of another length.
const OTHER_PLANS: [(&str, &str, i64, &str); 3] = [
    ("clube-mais", "Clube com Mentoria", 9_990, "month"),
    ("clube-leve", "Clube Essencial", 2_990, "month"),
    ("clube-anual", "Clube Anual", 49_900, "year"),
];

/// What is in the database.
pub(super) struct Seeded {
    /// Has 20 orders.
    pub buyer: String,
    /// Has 20 orders too.
    pub second_buyer: String,
    /// People with one order each.
    pub others: Vec<String>,
    /// An order of the buyer with two items that can still be given back.
    pub order: String,
    /// An order of the buyer with a subscription that runs, paid by card, with plans to change to.
    pub plan_order: String,
}

/// A producer's access to the API.
struct Producer {
    connection: Connection,
    key: String,
}

/// What the program is told beside its usual settings.
type Settings<'a> = &'a [(&'a str, &'a str)];

/// Fills the database that the settings name; `others` orders belong to as many other people.
pub(super) fn fill(stage: &Stage, others: usize, settings: Settings<'_>) -> Result<Seeded> {
    println!("Filling a database with {} orders.", others + 40);
    let create = |(slug, name): &(&str, &str)| create_producer(stage, slug, name, settings);
    let keys = PRODUCERS.iter().map(create).collect::<Result<Vec<_>>>()?;
    let portal = stage.serve(settings)?;
    let mut producers = Vec::new();
    for key in keys {
        let mut producer = Producer { connection: Connection::open(&portal.address)?, key };
        producer.offer_products()?;
        producers.push(producer);
    }
    let email = |number: usize| format!("buyer-{number}@example.com");
    let seeded = Seeded {
        buyer: "ana@example.com".to_owned(),
        second_buyer: "bia@example.com".to_owned(),
        others: (0..others).map(email).collect(),
        order: "ana-1".to_owned(),
        plan_order: "ana-13".to_owned(),
    };
    for number in 0..20 {
        for buyer in [&seeded.buyer, &seeded.second_buyer] {
            place(&mut producers, buyer, number, &format!("{}-{number}", &buyer[..3]))?;
        }
    }
    for (number, buyer) in seeded.others.iter().enumerate() {
        place(&mut producers, buyer, number, &format!("o-{number}"))?;
    }
    drop(producers);
    wait_until_idle(&portal)?;
    portal.stop()?;
    Ok(seeded)
}

/// Until the mails and everything else that the orders led to are out: else the next server would go on with it while
/// it is measured. What is due and not done for a second is seen in the lag, so that three looks a second apart miss
/// nothing.
fn wait_until_idle(portal: &Process) -> Result<()> {
    let mut looks = 0;
    for _ in 0..LONGEST_WAIT {
        sleep(Duration::from_secs(1));
        let answer = Connection::open(&portal.address)?.get("/readyz", "")?.expect(200)?;
        let state: Value = serde_json::from_str(&answer.body)?;
        looks = if state["outbox"]["lag_seconds"] == 0 { looks + 1 } else { 0 };
        if looks == 3 {
            return Ok(());
        }
    }
    bail!("the outbox is not empty after {LONGEST_WAIT} seconds")
}

/// Returns a key of the API.
fn create_producer(stage: &Stage, slug: &str, name: &str, settings: Settings<'_>) -> Result<String> {
    let email = format!("{slug}@example.com");
    let create = ["create-producer", "--slug", slug, "--name", name, "--email", &email];
    aftersale(stage, &create, "a long enough password\n", settings)?;
    create_key(stage, slug, settings)
}

/// Another key of a producer who is there.
pub(super) fn create_key(stage: &Stage, slug: &str, settings: Settings<'_>) -> Result<String> {
    let key = aftersale(stage, &["create-api-key", "--producer", slug], "", settings)?;
    Ok(key.trim().to_owned())
}

/// Somebody of the staff who may see everything.
pub(super) fn create_admin(stage: &Stage, settings: Settings<'_>) -> Result<()> {
    let create = ["create-staff", "--email", "admin@example.com", "--name", "Admin", "--role", "admin"];
    aftersale(stage, &create, "correct horse battery\n", settings).map(drop)
}

fn aftersale(stage: &Stage, arguments: &[&str], input: &str, settings: Settings<'_>) -> Result<String> {
    let mut command = stage.aftersale(arguments, settings);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    child.stdin.take().context("no standard input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// Every third order is of the second producer; every fifth is a subscription, every seventh has a second item.
fn place(producers: &mut [Producer], buyer: &str, number: usize, code: &str) -> Result<()> {
    let producer = &mut producers[usize::from(number % 3 == 2)];
    producer.call("POST", "/api/v1/orders", &order(buyer, number, code)?)
}

fn order(buyer: &str, number: usize, code: &str) -> Result<Value> {
    let is_plan = number % 5 == 3;
    let (product, _, amount) = PRODUCTS[if is_plan { 3 } else { number % 3 }];
    let mut items = vec![json!({"product": product, "offer": product, "amount": amount})];
    if number % 7 == 1 {
        items.push(json!({"product": "guia", "offer": "guia", "amount": 1_900, "bump": true}));
    }
    // A page has both: orders that can still be given back, and old ones.
    let at = days_ago(number as i64 * 2)?;
    let mut order = json!({
        "code": code, "kind": "one_off", "buyer": {"email": buyer, "name": "Ana d'Ávila"}, "items": items,
        "currency": "BRL",
        "ordered_at": at, "gateway": {"name": "sandbox"}, "payment": {"method": "pix"},
    });
    // One waits for its money.
    if number % 20 != 6 {
        order["paid_at"] = json!(at);
    }
    if is_plan {
        order["kind"] = "subscription".into();
        order["subscription"] = plan(number, &at)?;
        order["payment"] =
            json!({"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 4, "exp_year": 2031}});
    }
    Ok(order)
}

fn plan(number: usize, start: &str) -> Result<Value> {
    let end = days_ago(-20 - number as i64)?;
    let mut plan = json!({
        "plan": "Clube mensal",
        "interval": {"unit": "month", "count": 1},
        "period_start": start,
        "period_end": end
    });
    match number % 20 {
        3 => plan["status"] = "past_due".into(),
        8 => {
            plan["status"] = "ending".into();
            plan["canceled_at"] = days_ago(1)?.into();
        }
        _ => plan["next_charge_at"] = end.into(),
    }
    Ok(plan)
}

#[expect(clippy::disallowed_methods, reason = "orders are placed as of today; nothing is tested here")]
fn days_ago(days: i64) -> Result<String> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() as i64 - days * 86_400;
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    Ok(format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60))
}

/// The date that is so many days after 1970 began. Years are counted from March, so that a leap day is the last of its
/// year.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let is_next_year = month >= 10;
    (era * 400 + year + i64::from(is_next_year), if is_next_year { month - 9 } else { month + 3 }, day)
}

impl Producer {
    fn offer_products(&mut self) -> Result<()> {
        for (code, name, amount) in PRODUCTS {
            self.call("PUT", &format!("/api/v1/products/{code}"), &json!({"name": name}))?;
            let unit = (code == "clube").then_some("month");
            self.offer(code, code, name, amount, unit)?;
        }
        OTHER_PLANS
            .iter()
            .try_for_each(|(code, name, amount, unit)| self.offer("clube", code, name, *amount, Some(unit)))
    }

    fn offer(&mut self, product: &str, code: &str, name: &str, amount: i64, unit: Option<&str>) -> Result<()> {
        let mut offer = json!({"product": product, "name": name, "price": {"amount": amount, "currency": "BRL"}});
        offer["interval"] = unit.map(|unit| json!({"unit": unit, "count": 1})).into();
        if unit.is_some() {
            offer["installments_max"] = 12.into();
            offer["change_targets"] = OTHER_PLANS.map(|(code, ..)| code).as_slice().into();
        }
        self.call("PUT", &format!("/api/v1/offers/{code}"), &offer)
    }

    fn call(&mut self, method: &str, path: &str, body: &Value) -> Result<()> {
        let headers = format!("authorization: Bearer {}\r\ncontent-type: application/json\r\n", self.key);
        let answer = self.connection.with_body(method, path, &headers, &body.to_string())?;
        if !(200..300).contains(&answer.status) {
            bail!("{method} {path} {body}: {} {}", answer.status, answer.body);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_since_1970_have_a_date() {
        assert_eq!(
            [0, 59, 19_782, 19_783, -1].map(date),
            [(1970, 1, 1), (1970, 3, 1), (2024, 2, 29), (2024, 3, 1), (1969, 12, 31)]
        );
    }
}
