//! Sentences that an installation which reaches no gateway cannot keep, and those that say who does it.

/// What only a calendar or a gateway of ours could keep, in both languages.
const EMPTY_PROMISES: [&str; 31] = [
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
    "Estamos enviando ao banco",
    "parcelas que ainda viriam não são cobradas",
    "remaining instalments are not charged",
    "não vamos mais tentar cobrar",
    "will no longer try to charge",
    "Vamos tentar de novo",
    "We will try again",
    "Troque o cartão ou pague",
    "Change the card or pay",
    "Acertar pagamento",
    "Pay amount due",
    "Não haverá nova cobrança por isso",
    "Seu cartão vence",
    "Your card expires",
    "Este cartão não pode ser trocado aqui",
    "This card cannot be changed here",
    "na conta que você informar",
    "to the account you specify",
];

/// Fails for a text that promises what nobody keeps.
#[track_caller]
pub fn assert_kept(place: &str, text: &str) {
    let found: Vec<&str> = EMPTY_PROMISES.into_iter().filter(|promise| text.contains(promise)).collect();
    assert!(found.is_empty(), "{place} promises {found:?}: {}", plain(text));
}

/// The text says all of these.
#[track_caller]
pub fn assert_says(place: &str, text: &str, words: &[&str]) {
    let text = plain(text);
    let missing: Vec<&&str> = words.iter().filter(|part| !text.contains(**part)).collect();
    assert!(missing.is_empty(), "{place} does not say {missing:?}: {text}");
}

/// A page without its tags.
pub fn plain(html: &str) -> String {
    let body = html.split("<main").nth(1).unwrap_or(html);
    let words = body.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    crate::harness::browserless::unescape(&words.collect::<Vec<_>>().join(" "))
}
