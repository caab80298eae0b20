//! What happens, when, and how much; and the button that makes it happen.

use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::plan::{PlanView, QuoteLine, QuoteView};
use types::{Instant, Money};

/// The page. `notice` says what happened to earlier figures; figures that are over can only be asked for anew.
pub(crate) fn page(texts: Texts, seen: &QuoteView, notice: Option<&str>, is_over: bool, now: Instant) -> Page {
    let notice = notice.map(|key| {
        let words = texts.text(key);
        ui::notice(Tone::Warn, view! { <p role="alert">{words}</p> }).into_any()
    });
    document(texts, seen, notice, None, is_over, now)
}

/// The page once more: the box was left empty.
pub(crate) fn without_consent(texts: Texts, seen: &QuoteView, now: Instant) -> Page {
    let error = texts.text("change-consent-missing");
    let summary = ui::summary(texts.text("summary-title"), vec![("consent", error.clone())]).into_any();
    document(texts, seen, Some(summary), Some(error), false, now)
}

fn document(
    texts: Texts,
    seen: &QuoteView,
    head: Option<AnyView>,
    error: Option<String>,
    is_over: bool,
    now: Instant,
) -> Page {
    let owner = &seen.owner;
    let calendar = Calendar::new(texts.language(), &owner.producer.time_zone, now);
    let title = texts.text("change-quote-title");
    let body = view! {
        {head}
        <h1>{title.clone()}</h1>
        <section class="card">
            <p class="amount">
                <span>{texts.text("change-due")}</span><strong>{phrase::money(texts, seen.due)}</strong>
            </p>
            {table(texts, seen, &calendar)}
            {notes(texts, seen, &calendar).into_iter().map(|note| view! { <p>{note}</p> }).collect_view()}
            {match is_over {
                true => renew(texts, seen).into_any(),
                false => confirm(texts, seen, error, &calendar).into_any(),
            }}
        </section>
        <p><a href=Place::Plan { id: owner.subscription }.path()>{texts.text("change-other")}</a></p>
    };
    Page::new(title, body).of_seller(&owner.producer)
}

/// What stands where figures were that are kept no more.
pub(crate) fn forgotten(texts: Texts, plans: &PlanView) -> Page {
    let owner = &plans.owner;
    let title = texts.text("change-quote-forgotten-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("change-quote-forgotten")}</p>
        <p>{ui::primary_link(&Place::Plan { id: owner.subscription }.path(), texts.text("change-again"))}</p>
    };
    Page::new(title, body).of_seller(&owner.producer)
}

/// The lines that are counted together, and their sum.
fn table(texts: Texts, seen: &QuoteView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    if seen.lines.is_empty() {
        return None;
    }
    let rows = lines(texts, seen, calendar).into_iter().map(|(label, amount)| {
        view! { <tr><td>{label}</td><td>{amount}</td></tr> }
    });
    let rows = rows.collect_view();
    let due = phrase::money(texts, seen.due);
    let foot = view! { <tfoot><tr><th scope="row">{texts.text("change-due")}</th><td>{due}</td></tr></tfoot> };
    let heads = vec![texts.text("change-line"), texts.text("items-amount")];
    Some(ui::table(texts.text("change-lines"), heads, rows, foot))
}

fn lines(texts: Texts, seen: &QuoteView, calendar: &Calendar) -> Vec<(String, String)> {
    let money = |amount| phrase::money(texts, amount);
    let line = |line: &QuoteLine| match line {
        QuoteLine::Credit(amount) => {
            let label = texts.with("change-credit", &[("plan", (&seen.owner.plan).into())]);
            (label, money(Money::new(-amount.amount, amount.currency)))
        }
        QuoteLine::Plan { amount, until } => {
            let until = calendar.date(*until);
            (texts.with("change-until", &[("plan", (&seen.plan).into()), ("date", (&until).into())]), money(*amount))
        }
        QuoteLine::Days { amount, days } => (texts.with("change-days", &[("days", (*days).into())]), money(*amount)),
    };
    seen.lines.iter().map(line).collect()
}

/// When the plan begins, and what is charged after that.
fn notes(texts: Texts, seen: &QuoteView, calendar: &Calendar) -> Vec<String> {
    let price = phrase::price(texts, seen.price);
    let begins = calendar.day(seen.begins_at);
    let begin = match (seen.is_trial, seen.is_now) {
        (true, _) => texts.with("change-begins-trial", &[("plan", (&seen.plan).into())]),
        (false, true) => texts.with("change-begins-now", &[("plan", (&seen.plan).into())]),
        (false, false) => texts.with(
            "change-begins-at",
            &[("plan", (&seen.plan).into()), ("date", (&begins).into()), ("old", (&seen.owner.plan).into())],
        ),
    };
    let next = calendar.day(seen.next_charge_at);
    let then = texts.with("change-then", &[("price", (&price).into()), ("date", (&next).into())]);
    let replaces = seen.replaces.as_ref().map(|plan| texts.with("change-replaces", &[("plan", plan.into())]));
    let ends = seen.ends_discount.map(|percent| {
        texts.with("change-ends-discount", &[("percent", percent.into()), ("old", (&seen.owner.plan).into())])
    });
    [Some(begin), Some(then), ends, replaces].into_iter().flatten().collect()
}

fn confirm(texts: Texts, seen: &QuoteView, error: Option<String>, calendar: &Calendar) -> impl IntoView + use<> {
    let id = seen.owner.subscription;
    let quote = seen.id.map(|id| id.to_string());
    let expires = texts.with("change-expires", &[("hour", (&calendar.soon(seen.expires_at)).into())]);
    view! {
        <form method="post" action=Place::PlanConfirm { id }.path()>
            <input type="hidden" name="quote" value=quote/>
            {installments(texts, seen)}
            {(seen.due.amount > 0).then(|| consent(texts, seen, error))}
            <p class="help">{expires}</p>
            <div class="row">
                {ui::submit(button(texts, seen, calendar))}
                {ui::link_button(&Place::Subscription { id }.path(), texts.text("change-keep"))}
            </div>
        </form>
    }
}

fn button(texts: Texts, seen: &QuoteView, calendar: &Calendar) -> String {
    match (seen.is_now, seen.due.amount > 0) {
        (true, true) => texts.with("change-pay", &[("amount", (&phrase::money(texts, seen.due)).into())]),
        (true, false) => texts.text("change-now"),
        (false, _) => texts.with("change-at", &[("date", (&calendar.short(seen.begins_at)).into())]),
    }
}

/// Never ticked beforehand: nobody pays without having said so.
fn consent(texts: Texts, seen: &QuoteView, error: Option<String>) -> impl IntoView + use<> {
    let (amount, method) = (phrase::money(texts, seen.due), phrase::payment(texts, &seen.owner.payment));
    let words = texts.with("change-consent", &[("amount", (&amount).into()), ("method", (&method).into())]);
    let described_by = error.is_some().then_some("consent-error");
    let invalid = error.is_some().then_some("true");
    view! {
        {error.map(|error| view! { <p class="error" id="consent-error">{error}</p> })}
        <label class="choice">
            <input type="checkbox" id="consent" name="consent" value="yes"
                aria-describedby=described_by aria-invalid=invalid/>
            <span>{words}</span>
        </label>
    }
}

/// `12x de R$ 39,08 sem juros`. The first part carries the cents that do not divide, so that the parts are the whole.
fn in_parts(texts: Texts, due: Money, count: i64) -> String {
    let money = |amount| phrase::money(texts, Money::new(amount, due.currency));
    let (each, rest) = (money(due.amount / count), due.amount % count);
    let amount = ("amount", (&each).into());
    match (count, rest) {
        (1, _) => texts.with("change-at-once", &[amount]),
        (_, 0) => texts.with("change-in-installments", &[("count", count.into()), amount]),
        _ => {
            let first = money(due.amount / count + rest);
            let values = [("first", (&first).into()), ("count", (count - 1).into()), amount];
            texts.with("change-in-installments-first", &values)
        }
    }
}

fn installments(texts: Texts, seen: &QuoteView) -> Option<impl IntoView + use<>> {
    (seen.installments_max > 1).then(|| {
        let options = (1..=seen.installments_max).map(|count| {
            view! { <option value=count.to_string()>{in_parts(texts, seen.due, count)}</option> }
        });
        let options = options.collect_view();
        view! {
            <div class="field">
                <label for="installments">{texts.text("change-installments")}</label>
                <select class="input" id="installments" name="installments" aria-describedby="in-how-many-help">
                    {options}
                </select>
                <p class="help" id="in-how-many-help">{texts.text("change-installments-help")}</p>
            </div>
        }
    })
}

/// The same plan, counted as of now.
fn renew(texts: Texts, seen: &QuoteView) -> impl IntoView + use<> {
    view! {
        <form method="post" action=Place::PlanFix { id: seen.owner.subscription }.path()>
            <input type="hidden" name="offer" value=seen.target.to_string()/>
            {ui::submit(texts.text("change-renew"))}
        </form>
    }
}

/// What the page's script shows while one chooses: kind, words and amount of each line, divided by tabs.
pub(crate) fn lines_for_script(texts: Texts, seen: &QuoteView, now: Instant) -> String {
    let calendar = Calendar::new(texts.language(), &seen.owner.producer.time_zone, now);
    let counted = lines(texts, seen, &calendar).into_iter().map(|(label, amount)| format!("line\t{label}\t{amount}\n"));
    let due = format!("due\t{}\t{}\n", texts.text("change-due"), phrase::money(texts, seen.due));
    let notes = notes(texts, seen, &calendar).into_iter().map(|note| format!("note\t{note}\t\n"));
    counted.chain([due]).chain(notes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{Currency, Language};

    #[test]
    fn parts_are_the_whole_to_the_cent() {
        let texts = Texts::of(Language::Portuguese);
        let parts = |amount, count| in_parts(texts, Money::new(amount, Currency::BRL), count).replace('\u{a0}', " ");
        assert_eq!(parts(46_906, 12), "1x de R$ 39,18 + 11x de R$ 39,08 sem juros");
        assert_eq!(parts(12_000, 12), "12x de R$ 10,00 sem juros");
        assert_eq!(parts(12_000, 1), "à vista, R$ 120,00");
    }
}
