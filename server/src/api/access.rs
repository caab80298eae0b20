//! Member areas, access rules and sources: where access is given, what a product gives, who sends us orders.

use super::checks::Checks;
use super::problem::{Problem, Refused};
use super::request::{Body, Caller, Named};
use crate::member_area::memberkit::Target;
use crate::member_area::{AreaKind, KINDS};
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::again;
use portal::catalogue::access_rule::{AccessRule, put_access_rule};
use portal::catalogue::member_area::{MemberArea, put_member_area};
use portal::catalogue::source;
use serde::{Deserialize, Serialize};
use types::Code;
use utoipa::ToSchema;

/// A member area.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberAreaBody {
    /// `memberkit`.
    #[schema(example = "memberkit")]
    kind: String,
    /// Address of its API; Memberkit's own when absent.
    #[schema(example = "https://memberkit.com.br/api/v1")]
    base_url: Option<String>,
    /// Where buyers find the content.
    content_url: Option<String>,
    /// Its key: written, never read back. Absent keeps the one on file.
    #[schema(write_only)]
    api_key: Option<String>,
}

/// A member area as it is on file, without its key.
#[derive(Serialize, ToSchema)]
pub(super) struct MemberAreaAnswer {
    /// The code.
    code: String,
    /// The kind.
    kind: String,
    /// Address of its API.
    base_url: String,
    /// Where buyers find the content.
    content_url: Option<String>,
}

/// Write a member area.
///
/// Made when it is new, replaced when it is there. Deliveries that wait for it are tried again at once.
#[utoipa::path(
    put, path = "/api/v1/member-areas/{code}", tag = "access", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = MemberAreaBody,
    responses(
        (status = 200, body = MemberAreaAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_area(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<MemberAreaBody>,
) -> Result<Json<MemberAreaAnswer>, Refused> {
    let area = body.value.check(code)?;
    again!(put_member_area(&portal, &producer, &area).await)?;
    let MemberArea { code, kind, base_url, content_url, .. } = area;
    Ok(Json(MemberAreaAnswer { code: code.into(), kind, base_url, content_url }))
}

impl MemberAreaBody {
    fn check(self, code: Code) -> Result<MemberArea, Refused> {
        let mut checks = Checks::default();
        let kind = checks.kind(&self.kind);
        let base_url = checks.optional_web_address("base_url", self.base_url.as_deref());
        let content_url = checks.optional_web_address("content_url", self.content_url.as_deref());
        let api_key = self.api_key.map_or(Some(None), |key| checks.secret("api_key", &key).map(Some));
        let area = || {
            let AreaKind { name, base_url: usual } = kind?;
            let base_url = base_url?.as_deref().unwrap_or(usual).trim_end_matches('/').to_owned();
            Some(MemberArea { code, kind: (*name).to_owned(), base_url, content_url: content_url?, api_key: api_key? })
        };
        checks.done(area())
    }
}

impl Checks {
    /// A kind of member area that this program knows.
    fn kind(&mut self, word: &str) -> Option<&'static AreaKind> {
        let known = KINDS.iter().find(|kind| kind.name == word);
        if known.is_none() {
            let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            self.refuse("kind", format_args!("must be {}", names.join(" or ")));
        }
        known
    }
}

/// An access rule.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccessRuleBody {
    /// Code of the product.
    product: String,
    /// Code of the member area.
    member_area: String,
    /// What it gives: exactly one of its fields.
    grant: GrantBody,
}

/// What a rule gives: exactly one of these.
#[derive(Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantBody {
    /// Classes (*turmas*), 1 to 100 ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    classroom_ids: Option<Vec<i64>>,
    /// A membership level (*assinatura*).
    #[serde(skip_serializing_if = "Option::is_none")]
    membership_level_id: Option<i64>,
    /// Everything; `true` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    unlimited: Option<bool>,
}

/// An access rule as it is on file.
#[derive(Serialize, ToSchema)]
pub(super) struct AccessRuleAnswer {
    /// The code.
    code: String,
    /// Code of the product.
    product: String,
    /// Code of the member area.
    member_area: String,
    /// What it gives.
    grant: GrantBody,
}

/// Write an access rule.
///
/// Made when it is new, replaced when it is there. Everybody's access to the product is looked at again.
#[utoipa::path(
    put, path = "/api/v1/access-rules/{code}", tag = "access", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = AccessRuleBody,
    responses(
        (status = 200, body = AccessRuleAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_rule(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<AccessRuleBody>,
) -> Result<Json<AccessRuleAnswer>, Refused> {
    let grant = body.value.grant.clone();
    let rule = body.value.check(code)?;
    again!(put_access_rule(&portal, &producer, &rule).await)?;
    Ok(Json(AccessRuleAnswer {
        code: rule.code.into(),
        product: rule.product.into(),
        member_area: rule.member_area.into(),
        grant,
    }))
}

impl AccessRuleBody {
    fn check(self, code: Code) -> Result<AccessRule, Refused> {
        let mut checks = Checks::default();
        let product = checks.take("product", Code::parse(&self.product));
        let member_area = checks.take("member_area", Code::parse(&self.member_area));
        let targets = self.grant.check(&mut checks);
        let rule = || {
            let targets = targets?.iter().map(Target::to_string).collect();
            Some(AccessRule { code, product: product?, member_area: member_area?, targets })
        };
        checks.done(rule())
    }
}

impl GrantBody {
    fn check(self, checks: &mut Checks) -> Option<Vec<Target>> {
        match (self.classroom_ids, self.membership_level_id, self.unlimited) {
            (Some(ids), None, None) => classrooms(checks, &ids),
            (None, Some(id), None) => {
                checks.within("grant.membership_level_id", id, 1..=i64::MAX).map(|id| vec![Target::Level(id)])
            }
            (None, None, Some(true)) => Some(vec![Target::Unlimited]),
            _ => {
                checks.refuse("grant", "must have exactly one of classroom_ids, membership_level_id, unlimited: true");
                None
            }
        }
    }
}

fn classrooms(checks: &mut Checks, ids: &[i64]) -> Option<Vec<Target>> {
    if !(1..=100).contains(&ids.len()) {
        checks.refuse("grant.classroom_ids", "must have 1 to 100 ids");
        return None;
    }
    let mut read = |(index, id): (usize, &i64)| {
        checks.within(&format!("grant.classroom_ids[{index}]"), *id, 1..=i64::MAX).map(Target::Classroom)
    };
    // Every id is looked at, so that each wrong one is named.
    ids.iter().enumerate().map(&mut read).collect::<Vec<_>>().into_iter().collect()
}

/// A source of orders.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceBody {
    /// `guru`.
    #[schema(example = "guru")]
    kind: String,
    /// The token that the other side puts into its bodies: written, never read back.
    #[schema(write_only)]
    api_token: String,
}

/// Where the other side is to send.
#[derive(Serialize, ToSchema)]
pub(super) struct SourceAnswer {
    /// The code.
    code: String,
    /// The kind.
    kind: String,
    /// The address to give to the other side; the same whenever the source is written again.
    url: String,
}

/// Write a source.
///
/// Made when it is new; a new token counts at once.
#[utoipa::path(
    put, path = "/api/v1/sources/{code}", tag = "orders", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = SourceBody,
    responses(
        (status = 200, body = SourceAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_source(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<SourceBody>,
) -> Result<Json<SourceAnswer>, Refused> {
    let SourceBody { kind, api_token } = body.value;
    let mut checks = Checks::default();
    if !source::KINDS.contains(&kind.as_str()) {
        checks.refuse("kind", format_args!("must be {}", source::KINDS.join(" or ")));
    }
    let token = checks.secret("api_token", &api_token);
    let token = checks.done(token)?;
    let key = source::put_source(&portal, &producer, &code, &kind, &token).await?;
    let url = source::address(&portal, &kind, &key);
    Ok(Json(SourceAnswer { code: code.into(), kind, url }))
}
