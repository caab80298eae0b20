use crate::format::Calendar;
use leptos::prelude::*;
use types::Instant;

/// A written instant that machines can read too.
pub fn time(calendar: &Calendar, at: Instant, written: String) -> impl IntoView + use<> {
    view! { <time datetime=calendar.machine(at)>{written}</time> }
}
