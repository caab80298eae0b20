//! The producer's word about a refund that was asked for after the window.

use crate::api::checks::Checks;
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Body, Caller};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use portal::Portal;
use portal::refund::{Answer, AnswerError, DoneError, PaidByHand, answer, done};
use serde::{Deserialize, Serialize};
use types::{Code, Line, Protocol};
use utoipa::ToSchema;

/// An answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AnswerBody {
    /// Whether the money goes back.
    answer: AnswerWord,
    /// Why not, for the buyer to read; only with `decline`.
    reason: Option<String>,
}

/// The two answers.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum AnswerWord {
    /// The money goes back.
    Approve,
    /// It does not.
    Decline,
}

/// Where the refund is now.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct AnswerAnswer {
    /// Receipt number.
    protocol: String,
    /// The refund's state.
    #[schema(example = "approved")]
    state: &'static str,
}

/// Answer a refund request.
///
/// A buyer who asks after the window waits for this. The same answer again gets the same answer; another one, or one to
/// a refund that waits for none, is refused with `refund_answered`. Where the money went back meanwhile, an approval is
/// refused with `nothing_to_refund`; where the buyer's bank decides, with `order_disputed`.
#[utoipa::path(
    post, path = "/api/v1/orders/{code}/refunds/{protocol}/answer", tag = "orders",
    security(("key" = [])), request_body = AnswerBody,
    params(
        ("code" = String, Path, description = "Your code"),
        ("protocol" = String, Path, description = "Receipt number of the refund")
    ),
    responses(
        (status = 200, body = AnswerAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn post(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    path: Result<Path<(String, String)>, PathRejection>,
    body: Body<AnswerBody>,
) -> Result<Json<AnswerAnswer>, Refused> {
    let Path((code, protocol)) = path.map_err(|_| Refused::NotFound)?;
    let code = Code::parse(&code).map_err(|_| Refused::NotFound)?;
    let answered = body.value.check()?;
    let protocol = Protocol::on_file(protocol);
    let state = answer(&portal, &producer, &code, &protocol, answered).await?;
    Ok(Json(AnswerAnswer { protocol: protocol.to_string(), state: state.as_str() }))
}

/// A word that a refund was paid by hand.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DoneBody {
    /// When it was paid; now, if nothing is said.
    at: Option<String>,
    /// What your bank or gateway calls the payment.
    reference: Option<String>,
}

/// Say that a refund was paid by hand.
///
/// Where this portal does not reach the gateway that keeps the money, you are told by mail to pay it back there. With
/// this call the refund is settled: the order is refunded, its subscription and its access end, and the buyer is told.
/// Said again, it changes nothing. A refund that does not wait for your hand is refused with `refund_answered`.
#[utoipa::path(
    post, path = "/api/v1/orders/{code}/refunds/{protocol}/done", tag = "orders",
    security(("key" = [])), request_body = DoneBody,
    params(
        ("code" = String, Path, description = "Your code"),
        ("protocol" = String, Path, description = "Receipt number of the refund")
    ),
    responses(
        (status = 200, body = AnswerAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn post_done(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    path: Result<Path<(String, String)>, PathRejection>,
    body: Body<DoneBody>,
) -> Result<Json<AnswerAnswer>, Refused> {
    let Path((code, protocol)) = path.map_err(|_| Refused::NotFound)?;
    let code = Code::parse(&code).map_err(|_| Refused::NotFound)?;
    let said = body.value.check()?;
    let protocol = Protocol::on_file(protocol);
    let state = done(&portal, &producer, &code, &protocol, &said).await?;
    Ok(Json(AnswerAnswer { protocol: protocol.to_string(), state: state.as_str() }))
}

impl DoneBody {
    fn check(self) -> Result<PaidByHand, Refused> {
        let mut checks = Checks::default();
        let at = checks.optional_time("at", self.at.as_deref());
        let reference = checks.optional_line("reference", self.reference.as_deref());
        let said = at.zip(reference).map(|(at, reference)| PaidByHand { at, reference });
        checks.done(said)
    }
}

impl From<DoneError> for Refused {
    fn from(error: DoneError) -> Self {
        match error {
            DoneError::Answer(error) => error.into(),
            DoneError::Time => Self::field("at", error),
        }
    }
}

impl AnswerBody {
    fn check(self) -> Result<Answer, Refused> {
        let reason = self.reason.as_deref().map(Line::parse).transpose();
        let reason = reason.map_err(|error| Refused::field("reason", error))?;
        match (self.answer, reason) {
            (AnswerWord::Approve, Some(_)) => {
                Err(Refused::field("reason", "must be absent when the answer is approve"))
            }
            (AnswerWord::Approve, None) => Ok(Answer::Approve),
            (AnswerWord::Decline, reason) => Ok(Answer::Decline { reason }),
        }
    }
}

impl From<AnswerError> for Refused {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::NotFound => Self::NotFound,
            AnswerError::TooLate { .. } => Self::RefundAnswered,
            AnswerError::NothingLeft | AnswerError::UnknownItem => Self::NothingToRefund,
            AnswerError::Disputed => Self::OrderDisputed,
            AnswerError::Database(error) => error.into(),
        }
    }
}
