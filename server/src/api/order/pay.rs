//! How what is open can be paid: what its source shows a buyer.

use crate::api::checks::Checks;
use portal::time::Zone;
use serde::{Deserialize, Serialize};
use types::{ChargeStatus, Method, cleaning};
use utoipa::ToSchema;

/// How what is open can be paid. Each part may be absent; without any, buyers are told to turn to you.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct PayBody {
    /// A page where it can be paid: an http or https address.
    #[schema(example = "https://pay.example.com/boleto/1001")]
    url: Option<String>,
    /// The code of a Pix, to be copied.
    pix_code: Option<String>,
    /// The line of a boleto, to be copied; not with `pix_code`.
    boleto_line: Option<String>,
    /// Until when, RFC 3339. Buyers see its day. Not in answers.
    due_at: Option<String>,
}

/// The same, read.
#[derive(Clone, Default)]
pub(super) struct Pay {
    pub(super) url: Option<String>,
    pub(super) code: Option<String>,
    /// `YYYY-MM-DD`.
    pub(super) due_on: Option<String>,
}

impl PayBody {
    /// How a charge on file can be paid; none when it does not wait, or when nothing says how.
    pub(super) fn of(status: ChargeStatus, method: Method, url: Option<String>, code: Option<String>) -> Option<Self> {
        let is_open = status == ChargeStatus::Pending && (url.is_some() || code.is_some());
        let (boleto_line, pix_code) = if method == Method::Boleto { (code, None) } else { (None, code) };
        is_open.then_some(Self { url, pix_code, boleto_line, due_at: None })
    }

    pub(super) fn check(self, checks: &mut Checks, field: &str, zone: &Zone) -> Option<Pay> {
        let at = |name: &str| format!("{field}.{name}");
        if self.pix_code.is_some() && self.boleto_line.is_some() {
            checks.refuse(&at("boleto_line"), "must be absent when there is a pix_code");
        }
        let code = match (&self.pix_code, &self.boleto_line) {
            (Some(code), _) => payment_code(checks, &at("pix_code"), code).map(Some),
            (None, Some(line)) => payment_code(checks, &at("boleto_line"), line).map(Some),
            (None, None) => Some(None),
        };
        let url = checks.optional_page(&at("url"), self.url.as_deref());
        let due_at = checks.optional_time(&at("due_at"), self.due_at.as_deref());
        Some(Pay { url: url?, code: code?, due_on: due_at?.map(|at| zone.day_of(at).to_string()) })
    }
}

fn payment_code(checks: &mut Checks, field: &str, text: &str) -> Option<String> {
    let code = cleaning::plain(text).trim().to_owned();
    if (1..=1000).contains(&code.chars().count()) && cleaning::is_visible(&code) {
        return Some(code);
    }
    checks.refuse(field, "must have 1 to 1000 characters");
    None
}
