//! The rows of reasons and of offers, as they stand in the form. A row in which nothing stands is none.

use crate::producer::settings::sheet::Sheet;
use crate::text::Texts;
use portal::policy::{CancelReason, Retention, RetentionOffer};
use types::{Code, Language};

/// Rows that a form may have.
pub(super) const MOST: usize = 20;
/// Rows that are empty, for more.
const SPARE: usize = 2;

/// The part of a field's name that says in which language its words are.
pub(super) const LANGUAGES: [(Language, &str); 2] = [(Language::Portuguese, "pt"), (Language::English, "en")];

pub(super) fn with_reason(sheet: Sheet, row: usize, reason: &CancelReason) -> Sheet {
    let sheet = sheet.with(format!("reason_{row}_code"), &reason.code);
    LANGUAGES.iter().fold(sheet, |sheet, (language, end)| {
        let text = reason.text.get(language.tag()).cloned().unwrap_or_default();
        sheet.with(format!("reason_{row}_{end}"), text)
    })
}

pub(super) fn with_offer(sheet: Sheet, row: usize, retention: &Retention) -> Sheet {
    let reason = retention.reason.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = |end: &str| format!("offer_{row}_{end}");
    let sheet = sheet.with(name("reason"), reason).with(name("position"), row + 1);
    match &retention.offer {
        RetentionOffer::Discount { percent, cycles } => {
            sheet.with(name("kind"), "discount").with(name("percent"), percent).with(name("cycles"), cycles)
        }
        RetentionOffer::Pause { cycles } => sheet.with(name("kind"), "pause").with(name("cycles"), cycles),
        RetentionOffer::Plan { offer } => sheet.with(name("kind"), "plan").with(name("target"), offer),
        RetentionOffer::Message => sheet.with(name("kind"), "message"),
    }
}

/// How many rows to show: the last one in which something stands, and some more.
pub(super) fn shown(sheet: &Sheet, name: &str, ends: &[&str]) -> usize {
    let is_used = |row: usize| ends.iter().any(|end| sheet.filled(&format!("{name}_{row}_{end}")).is_some());
    let used = (0..MOST).rev().find(|row| is_used(*row)).map_or(0, |row| row + 1);
    (used + SPARE).min(MOST)
}

/// The reasons, each with its row.
pub(super) fn reasons(sheet: &mut Sheet, texts: Texts) -> Vec<(usize, CancelReason)> {
    (0..MOST).filter_map(|row| Some((row, reason(sheet, texts, row)?))).collect()
}

fn reason(sheet: &mut Sheet, texts: Texts, row: usize) -> Option<CancelReason> {
    let typed = LANGUAGES.iter().filter_map(|(language, end)| {
        let words = sheet.filled(&format!("reason_{row}_{end}"))?;
        Some((language.tag().to_owned(), words.to_owned()))
    });
    let text: portal::policy::Texts = typed.collect();
    let code = format!("reason_{row}_code");
    match (sheet.filled(&code), text.is_empty()) {
        (None, true) => None,
        (typed, _) => match Code::parse(typed.unwrap_or_default()) {
            Ok(code) => Some(CancelReason { code, text }),
            Err(_) => {
                sheet.refuse(code, texts.text("settings-wrong-code"));
                None
            }
        },
    }
}

/// The offers, each with its row, in the order in which they are tried: by the numbers that were typed.
pub(super) fn offers(sheet: &mut Sheet, texts: Texts) -> Vec<(usize, Retention)> {
    let read = (0..MOST).filter_map(|row| {
        let retention = offer(sheet, texts, row)?;
        let position = sheet.value(&format!("offer_{row}_position")).trim().parse().unwrap_or(i64::MAX);
        Some((position, row, retention))
    });
    let mut offers: Vec<(i64, usize, Retention)> = read.collect();
    offers.sort_by_key(|(position, row, _)| (*position, *row));
    offers.into_iter().map(|(_, row, retention)| (row, retention)).collect()
}

fn offer(sheet: &mut Sheet, texts: Texts, row: usize) -> Option<Retention> {
    let name = |end: &str| format!("offer_{row}_{end}");
    let cycles = |sheet: &mut Sheet| sheet.number(&name("cycles"), &texts.text("settings-wrong-cycles"));
    let offer = match sheet.value(&name("kind")) {
        "" | "none" => return None,
        "discount" => {
            let percent = sheet.number(&name("percent"), &texts.text("settings-wrong-percent"));
            let cycles = cycles(sheet);
            RetentionOffer::Discount { percent: percent?, cycles: cycles? }
        }
        "pause" => RetentionOffer::Pause { cycles: cycles(sheet)? },
        "plan" => RetentionOffer::Plan { offer: code(sheet, texts, &name("target"), "settings-wrong-target")? },
        "message" => RetentionOffer::Message,
        _ => {
            sheet.refuse(name("kind"), texts.text("settings-wrong-choice"));
            return None;
        }
    };
    let reason = match sheet.value(&name("reason")) {
        "" => None,
        _ => Some(code(sheet, texts, &name("reason"), "settings-wrong-offer-reason")?),
    };
    Some(Retention { reason, offer })
}

fn code(sheet: &mut Sheet, texts: Texts, name: &str, words: &str) -> Option<Code> {
    let code = Code::parse(sheet.value(name)).ok();
    if code.is_none() {
        sheet.refuse(name, texts.text(words));
    }
    code
}
