//! Forms of the order's page.

use crate::drawer::{Look, refund_line, untold};
use crate::phrase;
use crate::refill::Met;
use crate::ui::{self, Field};
use leptos::prelude::*;
use portal::drawer::MailOnFile;
use portal::sales::WholeRefund;
use types::place::producer::Place;
use types::view::{CancellationView, EndsNow};
use types::{CancellationState, OrderStatus, RefundPartState, RefundState};

/// The hidden number that makes a form one request however often it is pressed.
pub(super) fn hidden(number: String) -> impl IntoView {
    view! { <input type="hidden" name="request" value=number/> }
}

/// Another address, and mails once more.
pub(super) fn buyer(look: Look<'_>, met: &Met<'_>, number: &dyn Fn() -> String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let handle = drawer.order.order.code.as_str();
    let resend = |mail: &'static str, label: &str| {
        let action = Place::OrderMail { handle }.path();
        view! {
            <form method="post" action=action>
                {hidden(number())}
                <input type="hidden" name="mail" value=mail/>
                {ui::quiet_submit(texts.text(label))}
            </form>
        }
    };
    let purchase = drawer.acts.sends_purchase.then(|| resend("purchase", "drawer-send-purchase"));
    let access = drawer.acts.sends_access_mail.then(|| resend("access", "drawer-send-access"));
    let sends = purchase.is_some() || access.is_some();
    let sends = sends.then(|| view! { <div class="acts">{purchase}{access}</div> });
    let correct = drawer.acts.corrects_email.then(|| correct(look, met));
    view! { {met.notice(texts, "buyer")}{sends}{correct} }
}

fn correct(look: Look<'_>, met: &Met<'_>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let error = met.at("email").map(|words| texts.text(words));
    let is_open = error.is_some();
    let email = Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "off",
        label: texts.text("drawer-new-email"),
        help: texts.text("drawer-new-email-help"),
        value: met.typed("email"),
        error,
        required: true,
    };
    let reason = Field {
        id: "inside-email",
        name: "reason",
        kind: "text",
        label: texts.text("drawer-reason-inside"),
        ..Field::default()
    };
    let action = Place::OrderEmail { handle: drawer.order.order.code.as_str() }.path();
    view! {
        <details class="more" open=is_open>
            <summary>{texts.text("drawer-correct-email")}</summary>
            <form method="post" action=action>
                {ui::field(email)}
                {ui::field(reason)}
                {ui::quiet_submit(texts.text("drawer-correct-email"))}
            </form>
        </details>
    }
}

/// Refunds so far, what waits for the producer, and the way to give money back.
pub(super) fn money(look: Look<'_>, met: &Met<'_>) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let past = (!drawer.order.refunds.is_empty()).then(|| {
        let lines = drawer.order.refunds.iter().map(|refund| {
            view! { <li>{refund_line(look, refund)}{waits(look, refund)}</li> }
        });
        view! { <h3>{texts.text("drawer-refunds")}</h3><ul class="entries">{lines.collect_view()}</ul> }
    });
    let give = match &drawer.acts.refund {
        Ok(_) => {
            let address = Place::OrderRefund { handle: drawer.order.order.code.as_str() }.path();
            view! { <p>{ui::link_button(&address, texts.text("drawer-give"))}</p> }.into_any()
        }
        Err(error) => untold(texts, error).map(|words| view! { <p class="help">{words}</p> }).into_any(),
    };
    view! { {met.notice(texts, "money")}{past}{give} }
}

/// What a refund waits for, where that is the producer.
fn waits(look: Look<'_>, refund: &WholeRefund) -> Option<AnyView> {
    let is_by_hand = refund.parts.iter().any(|part| part.state == RefundPartState::ByHand);
    match refund.state {
        RefundState::Requested => Some(answer(look, refund).into_any()),
        _ if is_by_hand => Some(done(look, refund).into_any()),
        _ => None,
    }
}

fn answer(look: Look<'_>, refund: &WholeRefund) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let (handle, protocol) = (drawer.order.order.code.as_str(), refund.protocol.as_str());
    let action = Place::OrderAnswer { handle, protocol }.path();
    let amount = phrase::money(texts, refund.amount);
    let approve = texts.with("answer-approve", &[("amount", (&amount).into())]);
    let reason = Field {
        id: "answer-reason",
        name: "reason",
        kind: "text",
        label: texts.text("answer-reason"),
        help: texts.text("answer-reason-help"),
        ..Field::default()
    };
    // Where the bank decides, the money cannot be given as well.
    let approve = (drawer.order.order.status != OrderStatus::Disputed).then(|| {
        view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="answer" value="approve"/>
                {ui::quiet_submit(approve)}
            </form>
        }
    });
    view! {
        {approve}
        <details class="more">
            <summary>{texts.text("answer-decline")}</summary>
            <form method="post" action=action>
                <input type="hidden" name="answer" value="decline"/>
                {ui::field(reason)}
                {ui::quiet_submit(texts.text("answer-decline"))}
            </form>
        </details>
    }
}

fn done(look: Look<'_>, refund: &WholeRefund) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let (handle, protocol) = (drawer.order.order.code.as_str(), refund.protocol.as_str());
    let amount = phrase::money(texts, refund.amount);
    let reference = Field {
        id: "reference",
        name: "reference",
        kind: "text",
        label: texts.text("drawer-done-reference"),
        ..Field::default()
    };
    let words = [("amount", (&amount).into()), ("gateway", (&drawer.order.gateway).into())];
    view! {
        <form method="post" action=Place::OrderDone { handle, protocol }.path()>
            <p>{texts.with("drawer-done-help", &words)}</p>
            {ui::field(reference)}
            {ui::quiet_submit(texts.text("drawer-done"))}
        </form>
    }
}

/// Cancelling for the buyer, or taking that back.
pub(super) fn subscription(look: Look<'_>, met: &Met<'_>, number: &dyn Fn() -> String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let acts = drawer.acts.subscription.as_ref();
    let known = acts.and_then(|acts| acts.cancellation.as_ref());
    let known = known.filter(|known| known.state != CancellationState::Undone).map(|known| canceled(look, known));
    let by_producer = acts.filter(|acts| acts.is_by_producer).map(|_| {
        let words = texts.with("drawer-charges-by-producer", &[("gateway", (&drawer.order.gateway).into())]);
        view! { <p class="help">{words}</p> }
    });
    let cancel = acts.filter(|acts| acts.refusal.is_none()).map(|acts| cancel(look, acts.end, met, number()));
    view! { {met.notice(texts, "cancel")}{by_producer}{known}{cancel} }
}

fn canceled(look: Look<'_>, known: &CancellationView) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let (asked, end) = (calendar.moment(known.asked_at), calendar.last_day(known.effective_at));
    let words = [("asked", (&asked).into()), ("end", (&end).into()), ("protocol", known.protocol.as_str().into())];
    let undo = known.can_undo.then(|| {
        let action = Place::OrderUndo { handle: drawer.order.order.code.as_str() }.path();
        view! {
            <form method="post" action=action>
                <input type="hidden" name="protocol" value=known.protocol.to_string()/>
                {ui::quiet_submit(texts.text("drawer-undo"))}
            </form>
        }
    });
    view! { <p>{texts.with("drawer-canceled", &words)}</p>{undo} }
}

fn cancel(
    look: Look<'_>,
    (end, now): (types::Instant, Option<EndsNow>),
    met: &Met<'_>,
    number: String,
) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let date = calendar.last_day(end);
    let choice = |value: &'static str, label: String, is_chosen: bool| {
        view! {
            <label class="choice">
                <input type="radio" name="at" value=value checked=is_chosen required/><span>{label}</span>
            </label>
        }
    };
    let later = now.is_none().then(|| {
        let label = texts.with("drawer-cancel-later", &[("date", (&date).into())]);
        choice("period_end", label, true)
    });
    let reason = Field {
        id: "inside-cancel",
        name: "reason",
        kind: "text",
        label: texts.text("drawer-reason-inside"),
        value: met.typed("cancel"),
        ..Field::default()
    };
    view! {
        <details class="more" open=met.at("cancel").is_some()>
            <summary>{texts.text("drawer-cancel")}</summary>
            <form method="post" action=Place::OrderCancel { handle: drawer.order.order.code.as_str() }.path()>
                {hidden(number)}
                <fieldset>
                    <legend>{texts.text("drawer-cancel-when")}</legend>
                    {later}
                    {choice("now", texts.text("drawer-cancel-now"), now.is_some())}
                </fieldset>
                {ui::field(reason)}
                <p class="help">{texts.text("drawer-cancel-help")}</p>
                {ui::quiet_submit(texts.text("drawer-cancel"))}
            </form>
        </details>
    }
}

/// Telling the member areas once more.
pub(super) fn access(look: Look<'_>, met: &Met<'_>, number: &dyn Fn() -> String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let send = drawer.acts.tells_access.then(|| {
        view! {
            <form method="post" action=Place::OrderAccess { handle: drawer.order.order.code.as_str() }.path()>
                {hidden(number())}
                {ui::quiet_submit(texts.text("drawer-send-again"))}
            </form>
        }
    });
    view! { {met.notice(texts, "access")}{send} }
}

/// A mail that was given up is sent once more.
pub(super) fn mail(look: Look<'_>, mail: &MailOnFile) -> Option<AnyView> {
    let Look { texts, drawer, .. } = look;
    let action = Place::OrderMail { handle: drawer.order.order.code.as_str() }.path();
    (mail.state == "refused").then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="id" value=mail.id.to_string()/>
                {ui::quiet_submit(texts.text("drawer-send-again"))}
            </form>
        }
        .into_any()
    })
}

/// A note more.
pub(super) fn note(look: Look<'_>, met: &Met<'_>, number: &dyn Fn() -> String) -> impl IntoView + use<> {
    let Look { texts, drawer, .. } = look;
    let text = Field {
        id: "text",
        name: "text",
        label: texts.text("drawer-note"),
        help: texts.text("drawer-note-help"),
        value: met.typed("note"),
        error: met.at("note").map(|words| texts.text(words)),
        required: true,
        ..Field::default()
    };
    view! {
        <form method="post" action=Place::OrderNote { handle: drawer.order.order.code.as_str() }.path()>
            {hidden(number())}
            {ui::text_area(text)}
            {ui::quiet_submit(texts.text("drawer-note-keep"))}
        </form>
    }
}
