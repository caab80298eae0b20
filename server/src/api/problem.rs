//! What an answer says when a request is refused: RFC 9457 problems with stable codes.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use portal::intake::OrderRefusal;
use portal::{catalogue, connection, db};
use serde::Serialize;
use utoipa::ToSchema;

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Refused {
    /// No key, or one that is not known.
    Unauthorized,
    /// Not there, or somebody else's.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// The body is larger than a document may be.
    TooLarge,
    /// The body is not declared as JSON.
    WrongMediaType,
    /// The body is no JSON.
    Unreadable(String),
    /// Values that cannot be, by field.
    Invalid(Vec<FieldError>),
    /// Another order has this code.
    OrderExists,
    /// A webhook reports the order.
    OrderOfAnotherSource,
    /// This portal charges the order itself, and the field says otherwise.
    OrderChargedHere(&'static str),
    /// The idempotency key was used with another body.
    KeyReused,
    /// The refund waits for no answer, or got another one.
    RefundAnswered,
    /// What a refund was asked for is not there any more.
    NothingToRefund,
    /// The bank decides about the order.
    OrderDisputed,
    /// The gateway did not answer as it should; its words.
    GatewayUnavailable(String),
    /// The database takes nothing for now; logged here, not told.
    Unavailable(String),
    /// Our fault; logged here, not told.
    Failed(String),
}

/// What is wrong with one field.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub(crate) struct FieldError {
    /// Path of the field, as in `items[0].amount`.
    #[schema(example = "items[0].amount")]
    pub field: String,
    /// What it must be.
    #[schema(example = "must be between 0 and 1000000000000")]
    pub reason: String,
}

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Where the problem is described.
    #[serde(rename = "type")]
    #[schema(example = "/api/docs#invalid_request")]
    kind: String,
    /// What kind of problem it is.
    title: &'static str,
    /// HTTP status.
    status: u16,
    /// What happened this time.
    detail: String,
    /// Stable word for programs.
    #[schema(example = "invalid_request")]
    code: &'static str,
    /// What is wrong, field by field; empty for problems that are not about fields.
    errors: Vec<FieldError>,
}

/// Names the limit, which the router sets.
const TOO_LARGE: &str = "The body is larger than 256 KiB";
const _: () = assert!(crate::limits::DOCUMENT == 256 * 1024, "a refusal names the limit");

/// Every problem: code, status, title. The documentation lists them.
pub(super) const PROBLEMS: &[(&str, StatusCode, &str)] = &[
    ("unauthorized", StatusCode::UNAUTHORIZED, "The API key is missing or not known"),
    ("not_found", StatusCode::NOT_FOUND, "There is no such thing"),
    ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "This address does not take this method"),
    ("payload_too_large", StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE),
    ("unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "The body must be application/json"),
    ("invalid_json", StatusCode::BAD_REQUEST, "The body is no readable JSON"),
    ("invalid_request", StatusCode::UNPROCESSABLE_ENTITY, "Some values cannot be accepted"),
    ("order_exists", StatusCode::CONFLICT, "There is another order with this code"),
    ("order_of_another_source", StatusCode::CONFLICT, "A webhook reports this order"),
    (
        "order_charged_here",
        StatusCode::CONFLICT,
        "This portal charges the order itself, and what was sent contradicts what is on file",
    ),
    ("idempotency_key_reused", StatusCode::CONFLICT, "The idempotency key was used with another body"),
    ("refund_answered", StatusCode::CONFLICT, "The refund waits for no answer, or got another one"),
    ("nothing_to_refund", StatusCode::CONFLICT, "Nothing is left that could be paid back"),
    ("order_disputed", StatusCode::CONFLICT, "The buyer disputed the order with the bank, which decides"),
    ("gateway_unavailable", StatusCode::BAD_GATEWAY, "The gateway did not answer as it should"),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "The database takes nothing for now"),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR, "Something failed here"),
];

impl Refused {
    /// One field that cannot be.
    #[expect(clippy::needless_pass_by_value, reason = "reasons are literals and errors at hand")]
    pub(crate) fn field(field: impl Into<String>, reason: impl ToString) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), reason: reason.to_string() }])
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooLarge => "payload_too_large",
            Self::WrongMediaType => "unsupported_media_type",
            Self::Unreadable(_) => "invalid_json",
            Self::Invalid(_) => "invalid_request",
            Self::OrderExists => "order_exists",
            Self::OrderOfAnotherSource => "order_of_another_source",
            Self::OrderChargedHere(_) => "order_charged_here",
            Self::KeyReused => "idempotency_key_reused",
            Self::RefundAnswered => "refund_answered",
            Self::NothingToRefund => "nothing_to_refund",
            Self::OrderDisputed => "order_disputed",
            Self::GatewayUnavailable(_) => "gateway_unavailable",
            Self::Unavailable(_) => "unavailable",
            Self::Failed(_) => "internal",
        }
    }

    fn into_problem(self) -> (StatusCode, Problem) {
        let code = self.code();
        let (_, status, title) = PROBLEMS.iter().find(|(known, ..)| *known == code).copied().unwrap_or((
            "",
            StatusCode::INTERNAL_SERVER_ERROR,
            "",
        ));
        let (detail, errors) = match self {
            Self::Unreadable(reason) | Self::GatewayUnavailable(reason) => (reason, Vec::new()),
            Self::Invalid(errors) => (
                errors.iter().map(|error| format!("{}: {}", error.field, error.reason)).collect::<Vec<_>>().join("; "),
                errors,
            ),
            Self::OrderChargedHere(field) => {
                let reason = "contradicts what this portal has charged, or goes on charging".to_owned();
                (title.to_owned(), vec![FieldError { field: field.to_owned(), reason }])
            }
            Self::Failed(cause) | Self::Unavailable(cause) => {
                tracing::error!(cause, "an API request failed");
                ("Try again; the same request has one effect.".to_owned(), Vec::new())
            }
            _ => (title.to_owned(), Vec::new()),
        };
        (status, Problem { kind: format!("/api/docs#{code}"), title, status: status.as_u16(), detail, code, errors })
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, problem) = self.into_problem();
        let mut response = (status, Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        if error.is_passing() { Self::Unavailable(error.to_string()) } else { Self::Failed(error.to_string()) }
    }
}

impl From<catalogue::Error> for Refused {
    fn from(error: catalogue::Error) -> Self {
        use catalogue::Error;
        let reason = error.to_string();
        match error {
            Error::UnknownProduct => Self::field("product", reason),
            Error::UnknownOffer => Self::field("change_targets", reason),
            Error::WindowOutOfBounds => Self::field("refund_window_days", reason),
            Error::UnknownMemberArea | Error::AreaOfUnknownKind => Self::field("member_area", reason),
            Error::UnknownKind => Self::field("kind", reason),
            Error::NotATarget(_) => Self::field("grant", reason),
            Error::ApiKeyMissing => Self::field("api_key", reason),
            Error::UnknownZone => Self::field("timezone", reason),
            Error::Database(error) => error.into(),
            Error::Unprotected => Self::Failed(reason),
        }
    }
}

impl From<connection::Error> for Refused {
    fn from(error: connection::Error) -> Self {
        use connection::Error;
        let reason = error.to_string();
        match error {
            Error::UnknownKind => Self::field("gateway", reason),
            Error::OtherCalendar => Self::field("bills", reason),
            Error::SecretMissing(part) => Self::field(part, reason),
            Error::Database(error) => error.into(),
            Error::Unprotected => Self::Failed(reason),
        }
    }
}

impl From<OrderRefusal> for Refused {
    fn from(refusal: OrderRefusal) -> Self {
        use portal::intake::ItemFault;
        match refusal {
            OrderRefusal::Items(faults) => Self::Invalid(
                faults
                    .into_iter()
                    .map(|(index, fault)| {
                        let field = if fault == ItemFault::UnknownProduct { "product" } else { "offer" };
                        FieldError { field: format!("items[{index}].{field}"), reason: fault.to_string() }
                    })
                    .collect(),
            ),
            OrderRefusal::OrderExists => Self::OrderExists,
            OrderRefusal::KeyReused => Self::KeyReused,
            OrderRefusal::OfAnotherSource(_) => Self::OrderOfAnotherSource,
            OrderRefusal::BilledHere(field) => Self::OrderChargedHere(field),
            OrderRefusal::OtherKind => Self::field("kind", "must be the kind of the order on file"),
            OrderRefusal::SubscriptionMissing => Self::field("subscription", "is required for this kind of order"),
            OrderRefusal::ChargeTaken => Self::field("gateway.reference", "this charge belongs to another order"),
            OrderRefusal::ChargeLeftOut(_) => Self::field("charges", refusal),
            OrderRefusal::Database(error) => error.into(),
        }
    }
}
