use leptos::prelude::*;

/// What a change of plan comes to, while one chooses: it listens to the choice named `offer` of the page and asks
/// `address` for the figures.
///
/// Without JavaScript it is empty, and the button of the form shows the figures on a page of their own.
#[island]
pub fn PlanPreview(
    /// Where the figures are: text, a line each, of kind, words and amount, divided by tabs.
    #[prop(into)]
    address: String,
    /// What is said until they are there.
    #[prop(into)]
    loading: String,
) -> impl IntoView {
    let figures = RwSignal::new(String::new());
    Effect::new(move |_| follow_choice(address.clone(), loading.clone(), figures));
    view! {
        <div class="preview" role="status">
            {move || lines(&figures.get()).into_iter().map(|line| view! {
                <p class=line.kind><span>{line.words}</span><strong>{line.amount}</strong></p>
            }).collect_view()}
        </div>
    }
}

/// One line of the figures.
struct Line {
    kind: String,
    words: String,
    amount: String,
}

fn lines(figures: &str) -> Vec<Line> {
    let line = |text: &str| {
        let mut parts = text.split('\t').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        Line { kind: part(), words: part(), amount: part() }
    };
    figures.lines().map(line).collect()
}

#[cfg(feature = "hydrate")]
fn follow_choice(address: String, loading: String, figures: RwSignal<String>) {
    use wasm_bindgen::JsCast;

    let asked = StoredValue::new(String::new());
    let ask = move |offer: String| {
        asked.set_value(offer.clone());
        figures.set(format!("note\t{loading}\t"));
        let address = format!("{address}?offer={offer}");
        leptos::task::spawn_local(async move {
            let answer = fetch(&address).await.unwrap_or_default();
            // An answer to an earlier choice says nothing any more.
            if asked.get_value() == offer {
                figures.set(answer);
            }
        });
    };
    // A browser may bring a choice back.
    let chosen = document().query_selector("input[name=offer]:checked").ok().flatten();
    if let Some(chosen) = chosen.and_then(|one| one.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        ask(chosen.value());
    }
    let listener = window_event_listener(leptos::ev::change, move |event| {
        let input = event.target().and_then(|one| one.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input.filter(|input| input.name() == "offer") {
            ask(input.value());
        }
    });
    on_cleanup(move || listener.remove());
}

/// The text at an address of ours; none when the answer is another page, such as that of signing in.
#[cfg(feature = "hydrate")]
async fn fetch(address: &str) -> Option<String> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;

    let answer = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

#[cfg(not(feature = "hydrate"))]
fn follow_choice(_address: String, _loading: String, _figures: RwSignal<String>) {}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn figures_are_read_line_by_line() {
        let read = lines("line\tUnused credit\t-R$22.56\nnote\tAfter that\t\n");
        assert_eq!(read.len(), 2);
        assert_eq!((&*read[0].kind, &*read[0].words, &*read[0].amount), ("line", "Unused credit", "-R$22.56"));
        assert_eq!((&*read[1].words, &*read[1].amount), ("After that", ""));
        assert!(lines("").is_empty());
    }
}
