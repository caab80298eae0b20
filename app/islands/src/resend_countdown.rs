use leptos::prelude::*;

/// The submit button of the form around it, disabled until another message may be asked for.
///
/// Without JavaScript it is an ordinary enabled button: the server counts by itself and says when it is too early.
#[island]
pub fn ResendCountdown(
    /// Seconds until the form may be sent again; 0 leaves the button alone.
    seconds: u32,
    /// What the button says when it may be pressed.
    #[prop(into)]
    label: String,
    /// What it says until then, with `{seconds}` where the number goes.
    #[prop(into)]
    waiting: String,
    /// Classes of the button.
    #[prop(into)]
    class: String,
) -> impl IntoView {
    let left = RwSignal::new(0);
    Effect::new(move |_| count_down(seconds, left));
    let text = move || match left.get() {
        0 => label.clone(),
        n => waiting.replace("{seconds}", &n.to_string()),
    };
    view! {
        <button type="submit" class=class disabled=move || left.get() != 0>
            {text}
        </button>
    }
}

/// Counts `left` from `seconds` down to 0. The clock decides, not the number of ticks: a phone in a pocket stops
/// timers.
#[cfg(feature = "hydrate")]
fn count_down(seconds: u32, left: RwSignal<u32>) {
    use std::time::Duration;

    if seconds == 0 {
        return;
    }
    let end = js_sys::Date::now() + f64::from(seconds) * 1000.0;
    left.set(seconds);
    let timer = StoredValue::new(None::<IntervalHandle>);
    let tick = move || {
        let now_left = ((end - js_sys::Date::now()) / 1000.0).ceil().max(0.0) as u32;
        if now_left != left.get_untracked() {
            left.set(now_left);
        }
        if now_left == 0
            && let Some(handle) = timer.get_value()
        {
            handle.clear();
        }
    };
    timer.set_value(set_interval_with_handle(tick, Duration::from_millis(250)).ok());
}

#[cfg(not(feature = "hydrate"))]
fn count_down(_seconds: u32, _left: RwSignal<u32>) {}
