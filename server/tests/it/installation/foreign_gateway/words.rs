//! Sentences that an installation which reaches no gateway cannot keep, and those that say who does it.

use crate::harness::browserless::plain;

const PORTUGUESE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/shared/text/pt-BR.ftl"));
const ENGLISH: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/shared/text/en.ftl"));

/// What only a calendar or a gateway of ours could keep, in both languages.
const EMPTY_PROMISES: [&str; 32] = [
    "Não haverá novas cobranças",
    "não haverá novas cobranças",
    "not be charged again",
    "You will not be charged",
    "Termina assim que você pedir",
    "Ends as soon as you",
    "Nesse caso o acesso termina na hora",
    "Your access then ends immediately",
    "vamos enviá-lo ao banco",
    "Agora vamos enviar",
    "are sending it to your bank",
    "O próximo passo é enviar",
    "Next, we send it to your bank",
    "Enviando ao banco agora",
    "parcelas que ainda viriam não são cobradas",
    "remaining instalments are not charged",
    "não vamos mais tentar cobrar",
    "will no longer try to charge",
    "Vamos tentar de novo",
    "We will try again",
    "Troque o cartão ou pague",
    "Change the card or pay",
    "Pagar o que está em aberto",
    "Pay amount due",
    "Não vamos tentar de novo",
    "We will not try again",
    "Seu cartão vence",
    "Your card expires",
    "Este cartão não pode ser trocado aqui",
    "This card cannot be changed here",
    "na conta que você informar",
    "to the account you specify",
];

/// Fails for a text that promises what nobody keeps: in its words, or in what only a program reads.
#[track_caller]
pub fn assert_kept(place: &str, text: &str) {
    let words = plain(text);
    let found: Vec<&str> =
        EMPTY_PROMISES.into_iter().filter(|promise| text.contains(promise) || words.contains(promise)).collect();
    assert!(found.is_empty(), "{place} promises {found:?}: {words}");
}

/// Else nothing would be looked for.
#[test]
fn each_promise_is_made_elsewhere() {
    let texts = [PORTUGUESE, ENGLISH];
    let unknown: Vec<&str> =
        EMPTY_PROMISES.into_iter().filter(|promise| texts.iter().all(|text| !text.contains(promise))).collect();
    assert!(unknown.is_empty(), "no text says {unknown:?}");
}

/// The text says all of these.
#[track_caller]
pub fn assert_says(place: &str, text: &str, words: &[&str]) {
    let text = plain(text);
    let missing: Vec<&&str> = words.iter().filter(|part| !text.contains(**part)).collect();
    assert!(missing.is_empty(), "{place} does not say {missing:?}: {text}");
}
