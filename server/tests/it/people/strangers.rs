//! Who has an account here is nobody's business: what a stranger sees does not depend on it (rule 3).

use crate::harness::browserless::form;
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, order, sell};
use crate::harness::site::Site;
use std::time::{Duration, Instant};

const PAIRS: usize = 15;

#[tokio::test]
async fn asking_for_a_link_looks_the_same_for_buyers_and_strangers() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    for number in 0..PAIRS {
        sell(&luz, &order(&format!("A-{number}"), &format!("k{number}@example.com"), &[("foto", 29_700)])).await;
    }
    for number in 0..PAIRS {
        site.mail.wait(&format!("k{number}@example.com"), "/o/").await;
    }
    let (mut buyers, mut strangers) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        let known = ask(&site, &format!("k{number}@example.com")).await;
        let unknown = ask(&site, &format!("k{number}@example.org")).await;
        assert_eq!(shape(&known.1), shape(&unknown.1));
        assert_eq!(shape(&known.2), shape(&unknown.2));
        assert_eq!(known.1.status, 303);
        buyers.push(known.0);
        strangers.push(unknown.0);
    }
    let (buyer, stranger) = (median(buyers), median(strangers));
    println!("median answer: a buyer {buyer:?}, a stranger {stranger:?}");
    for number in 0..PAIRS {
        site.mail.wait(&format!("k{number}@example.com"), "/l/").await;
        assert!(site.mail.to(&format!("k{number}@example.org")).is_empty());
    }
    site.assert_sound().await;
}

/// How long the answer took, the answer, and the page it leads to.
async fn ask(site: &Site, email: &str) -> (Duration, Answer, Answer) {
    let mut browser = site.browser();
    let page = browser.get("/sign-in").await;
    let form = form(&page, "/sign-in");
    let began = Instant::now();
    let answer = browser.press(&form, &[("email", email)]).await;
    let took = began.elapsed();
    let sent = browser.follow(answer.clone()).await;
    (took, answer, sent)
}

/// An answer without the number of the request, hours, counters, what is sealed, and the end of the address, which the
/// person typed.
fn shape(answer: &Answer) -> String {
    let (status, headers, body) = answer.without_marks();
    let without_seal = |(name, value): (String, String)| match value.strip_prefix("asked=") {
        Some(sealed) => (name, format!("asked=SEALED{}", &sealed[sealed.find(';').unwrap_or(sealed.len())..])),
        None => (name, value),
    };
    let headers: Vec<_> = headers.into_iter().map(without_seal).collect();
    let whole = format!("{status} {headers:?} {body}").replace("example.org", "example.com");
    let is_number = |text: &str| text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let mut shape = String::new();
    for part in whole.split_inclusive(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')) {
        let word = part.trim_end_matches(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
        let word = if is_number(word) { "ID" } else { word };
        shape.extend(word.chars().filter(|letter| !letter.is_ascii_digit()));
        shape.push_str(
            &part[part.trim_end_matches(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).len()..],
        );
    }
    shape
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
