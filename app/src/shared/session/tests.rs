use super::*;
use types::place::Who;

fn said(cookies: &[&str]) -> Vec<String> {
    let mut headers = HeaderMap::new();
    for cookie in cookies {
        headers.append(SET_COOKIE, HeaderValue::from_str(cookie).unwrap());
    }
    say_secure(&mut headers);
    headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

#[test]
fn a_cookie_that_is_taken_away_says_secure_once() {
    let set = "__Host-aftersale=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=43200";
    let gone = "__Host-aftersale=; Path=/; Max-Age=0";
    let language = "language=pt-BR; Path=/";
    assert_eq!(said(&[set, gone, language]), [set, "__Host-aftersale=; Path=/; Max-Age=0; Secure", language]);
}

#[test]
fn an_address_reads_the_cookie_of_those_who_may_call_it() {
    for address in types::place::addresses() {
        let fits = match address.who {
            Who::Buyer => kind_of(address.pattern) == SessionKind::Buyer,
            Who::Producer | Who::Owner => kind_of(address.pattern) == SessionKind::Producer,
            Who::Staff => kind_of(address.pattern) == SessionKind::Staff,
            // Whoever is signed in there stays so.
            Who::Anyone => true,
        };
        assert!(fits, "{}", address.pattern);
    }
}
