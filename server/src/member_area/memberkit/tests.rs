use super::*;
use portal::ports::TellingPerson;
use serde_json::{Value, json};

fn telling(is_active: bool, targets: &[Target], until: Option<&str>) -> Telling {
    let person = TellingPerson {
        email: "ana@example.com".to_owned(),
        name: "Ana Souza".to_owned(),
        tax_id: Some("00000000191".to_owned()),
        phone: Some("11999990000".to_owned()),
    };
    let (targets, until) = (targets.iter().map(on_file).collect(), until.map(str::to_owned));
    Telling { id: "d1".to_owned(), person, is_active, targets, until, clears_end: false }
}

fn on_file(target: &Target) -> AccessTarget {
    AccessTarget::parse(&target.to_string()).unwrap()
}

fn written(telling: &Telling) -> Value {
    body(telling, &Mode::of(&telling.targets).unwrap(), "2026-03-05")
}

fn sent(is_active: bool, targets: &[Target], until: Option<&str>) -> Value {
    written(&telling(is_active, targets, until))
}

const CLASSES: [Target; 2] = [Target::Classroom(111), Target::Classroom(222)];
const LEVEL: [Target; 1] = [Target::Level(4420)];

#[test]
fn classes_are_given_as_a_list_of_ids() {
    let expected = json!({"email": "ana@example.com", "full_name": "Ana Souza", "status": "active",
        "cpf_cnpj": "00000000191", "phone_number": "11999990000", "classroom_ids": [111, 222]});
    assert_eq!(sent(true, &CLASSES, None), expected);
}

#[test]
fn taking_a_class_away_names_that_class_only() {
    let body = sent(false, &CLASSES[..1], None);
    assert_eq!((&body["status"], &body["classroom_ids"]), (&json!("inactive"), &json!([111])));
    assert_eq!(body.get("expires_at"), None);
}

#[test]
fn a_membership_always_says_when_it_ends() {
    for (is_active, until, expected) in [
        (true, Some("2027-01-31"), "2027-01-31"),
        (true, None, "2200-01-01"),
        (false, Some("2026-12-01"), "2026-12-01"),
        (false, None, "2026-03-05"),
    ] {
        let body = sent(is_active, &LEVEL, until);
        assert_eq!((&body["membership_level_id"], &body["expires_at"]), (&json!(4420), &json!(expected)));
        assert_eq!(body.get("classroom_ids"), None);
    }
}

#[test]
fn whoever_has_no_name_is_called_by_the_front_of_the_address() {
    let mut telling = telling(true, &CLASSES, None);
    telling.person.name = "  ".to_owned();
    telling.person.tax_id = Some(String::new());
    telling.person.phone = None;
    let body = written(&telling);
    assert_eq!(body["full_name"], json!("ana"));
    assert_eq!((body.get("cpf_cnpj"), body.get("phone_number")), (None, None));
}

#[test]
fn what_follows_from_an_answer() {
    let again = |seconds: u64| Verdict::Again(Some(Duration::from_secs(seconds)));
    let table = [
        (200, true, None, Verdict::Confirmed),
        (201, true, None, Verdict::Confirmed),
        (204, false, None, Verdict::Confirmed),
        (404, false, None, Verdict::Confirmed),
        (404, true, None, Verdict::Refused),
        (400, true, None, Verdict::Refused),
        (401, false, None, Verdict::Refused),
        (403, true, None, Verdict::Refused),
        (422, true, None, Verdict::Refused),
        (302, true, None, Verdict::Refused),
        (408, true, None, Verdict::Again(None)),
        (429, true, Some(30), again(30)),
        (429, true, Some(0), again(1)),
        (503, false, Some(999_999), again(3600)),
        (500, true, None, Verdict::Again(None)),
    ];
    for (status, is_grant, wait, expected) in table {
        let retry_after = wait.map(Duration::from_secs);
        let outcome = Ok(Answer { status, body: String::new(), retry_after });
        assert_eq!(verdict(&outcome, is_grant), expected, "{status} {is_grant}");
    }
    assert_eq!(verdict(&Err(CallError::TimedOut), true), Verdict::Again(None));
    assert_eq!(verdict(&Err(CallError::NotAllowed("")), true), Verdict::Refused);
}

#[test]
fn a_key_is_masked_wherever_it_comes_back_and_answers_are_cut_between_characters() {
    assert_eq!(keep("no such key: a+b=c, a%2Bb%3Dc", "a+b=c"), "no such key: ***, ***");
    assert_eq!(keep(&"é".repeat(KEPT), "k").len(), KEPT);
    assert_eq!(keep(&format!("x{}", "é".repeat(KEPT)), "k").len(), KEPT - 1);
}

#[test]
fn the_address_is_the_base_with_users_and_the_key_in_the_query() {
    for base in ["https://memberkit.com.br/api/v1", "https://memberkit.com.br/api/v1/"] {
        let area = AreaAddress { base_url: base.to_owned(), api_key: "k&1".to_owned() };
        assert_eq!(address(&area).unwrap().as_str(), "https://memberkit.com.br/api/v1/users?api_key=k%261");
    }
}
