use leptos::prelude::*;

/// A table whose last column is aligned as amounts are. It may scroll sideways by itself where a screen is narrow.
pub fn table(label: String, heads: Vec<String>, rows: impl IntoView, foot: impl IntoView) -> impl IntoView {
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> });
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=label>
            <table>
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
                {foot}
            </table>
        </div>
    }
}
