//! What stands around each page: above all that no money moves.

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:0 1rem 3rem;\
color:#1a1f36;background:#f6f8fa}.banner{background:#ffd54a;padding:.6rem 1rem;margin:0 -1rem 1.5rem;\
font-weight:600;text-align:center}form{background:#fff;border:1px solid #d8dee4;border-radius:8px;padding:1rem;\
margin:1rem 0}label{display:block;margin:.6rem 0 .2rem}input,select{font:inherit;width:100%;box-sizing:border-box;\
padding:.5rem;border:1px solid #8792a2;border-radius:4px}input[type=radio]{width:auto}button{font:inherit;\
padding:.6rem 1rem;margin:.8rem .5rem 0 0;border:0;border-radius:4px;background:#4b3fd1;color:#fff;cursor:pointer}\
button.other{background:#596171}.error{background:#fde7ec;border:1px solid #b3093c;padding:.6rem 1rem;\
border-radius:4px}table{border-collapse:collapse;font-size:.85rem}td{padding:.1rem .8rem .1rem 0}\
code{overflow-wrap:anywhere}.total{font-size:1.4rem;font-weight:600}";

/// A whole page.
pub(super) fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - Stand-in of Stripe</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>{STYLE}</style></head><body>\
         <p class=\"banner\" role=\"note\">Stand-in of Stripe: no real money</p><main><h1>{title}</h1>{body}</main>\
         </body></html>"
    )
}

/// Text as it may stand in HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// What went wrong, above a form; nothing if nothing did.
pub(super) fn error(message: &str) -> String {
    if message.is_empty() {
        return String::new();
    }
    format!("<p class=\"error\" role=\"alert\">{}</p>", escape(message))
}

/// A button that sends a form by itself.
pub(super) fn button(value: &str, label: &str) -> String {
    let class = if matches!(value, "pay" | "confirm") { "" } else { " class=\"other\"" };
    format!("<button name=\"do\" value=\"{value}\"{class}>{label}</button>")
}
