//! The sandbox's books of cards and of card updates.

use super::card_update::{CardUpdate, KeptCard, State};
use super::payment_store::{By, is_name};
use super::store::Books;
use portal::db::Error;
use portal::ports::SavedCard;
use portal::{on, row};
use types::Instant;

const COLUMNS: &str = "v.reference, v.page, v.idempotency_key, v.request_hash, v.account, v.return_url, v.state,
    v.card_token, v.decline, v.created_at,
    v.expires_at";

const INSERT: &str = "insert into sandbox_visits
    (reference, page, idempotency_key, request_hash, account, return_url, state, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, 'open', $7, $8) on conflict do nothing";

const LOCK: &str = "update sandbox_visits set state = state where idempotency_key = $1 or page = $1 or reference = $1";

const WRITE: &str = "update sandbox_visits set state = $2, card_token = $3, decline = $4 where reference = $1";

const KEEP: &str =
    "insert into sandbox_cards (token, account, brand, last4, exp_month, exp_year, behaviour, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (token) do nothing";

const CARD: &str =
    "select token, brand, last4, exp_month, exp_year, behaviour from sandbox_cards where token = $1 and account = $2";

row! {
    struct Row {
        reference: String, page: String, idempotency_key: String, request_hash: String, account: String,
        return_url: String, state: String,
        card_token: Option<String>, decline: Option<String>, created_at: i64, expires_at: i64,
    }
    struct CardRow { token: String, brand: String, last4: String, exp_month: i64, exp_year: i64, behaviour: String }
}

impl Books {
    /// The card update with this key, page or reference, locked until the books are closed.
    pub(super) async fn card_update(&mut self, by: By<'_>) -> Result<Option<CardUpdate>, Error> {
        let (column, value) = match by {
            By::Key(key) => ("idempotency_key", key),
            By::Page(page) => ("page", page),
            By::Reference(reference) => ("reference", reference),
        };
        if !is_name(value) {
            return Ok(None);
        }
        let sql = format!("select {COLUMNS} from sandbox_visits v where v.{column} = $1");
        let found: Option<Row> = on!(self.0.conn(), c => {
            sqlx::query(LOCK).bind(value).execute(&mut *c).await?;
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(value).fetch_optional(c).await?
        });
        let Some(row) = found else { return Ok(None) };
        let card = match &row.card_token {
            Some(token) => self.card(&row.account, token).await?,
            None => None,
        };
        read(row, card).map(Some)
    }

    /// Writes a new card update; when another with the same key was faster, nothing.
    pub(super) async fn insert_card_update(&mut self, new: &CardUpdate) -> Result<(), Error> {
        on!(self.0.conn(), c => {
            sqlx::query(INSERT)
                .bind(&new.reference)
                .bind(&new.page)
                .bind(&new.key)
                .bind(&new.request_hash)
                .bind(&new.account)
                .bind(&new.return_url)
                .bind(new.created_at.micros())
                .bind(new.expires_at.micros())
                .execute(c)
                .await?;
        });
        Ok(())
    }

    pub(super) async fn write_card_update(
        &mut self,
        update: &CardUpdate,
        to: &State,
        now: Instant,
    ) -> Result<(), Error> {
        let (state, kept, decline) = match to {
            State::Open => ("open", None, None),
            State::Confirming(kept) => ("confirming", Some(kept), None),
            State::Saved(kept) => ("saved", Some(kept), None),
            State::Declined(reason) => ("declined", None, Some(reason.as_str())),
            State::Closed => ("closed", None, None),
        };
        if let Some(kept) = kept {
            self.keep(&update.account, kept, now).await?;
        }
        on!(self.0.conn(), c => {
            let token = kept.map(|kept| kept.card.token.as_str());
            sqlx::query(WRITE).bind(&update.reference).bind(state).bind(token).bind(decline).execute(c).await?;
        });
        Ok(())
    }

    async fn keep(&mut self, account: &str, kept: &KeptCard, now: Instant) -> Result<(), Error> {
        let card = &kept.card;
        on!(self.0.conn(), c => {
            sqlx::query(KEEP)
                .bind(&card.token)
                .bind(account)
                .bind(&card.brand)
                .bind(&card.last4)
                .bind(card.exp_month)
                .bind(card.exp_year)
                .bind(kept.behaviour.to_column())
                .bind(now.micros())
                .execute(c)
                .await?;
        });
        Ok(())
    }

    /// A card that this account keeps here.
    pub(super) async fn card(&mut self, account: &str, token: &str) -> Result<Option<KeptCard>, Error> {
        let row: Option<CardRow> =
            on!(self.0.conn(), c => sqlx::query_as(CARD).bind(token).bind(account).fetch_optional(c).await?);
        let read = |row: CardRow| {
            let behaviour = row.behaviour.parse();
            let behaviour = behaviour.map_err(|()| Error::inconsistent("sandbox_cards", &row.token, "behaviour"))?;
            let CardRow { token, brand, last4, exp_month, exp_year, .. } = row;
            Ok(KeptCard { card: SavedCard { token, brand, last4, exp_month, exp_year }, behaviour })
        };
        row.map(read).transpose()
    }
}

fn read(row: Row, card: Option<KeptCard>) -> Result<CardUpdate, Error> {
    let wrong = |what: &'static str| Error::inconsistent("sandbox_visits", &row.reference, what);
    let state = match (row.state.as_str(), card, &row.decline) {
        ("open", None, None) => State::Open,
        ("confirming", Some(kept), None) => State::Confirming(kept),
        ("saved", Some(kept), None) => State::Saved(kept),
        ("declined", None, Some(reason)) => State::Declined(reason.parse().map_err(|_| wrong("decline"))?),
        ("closed", None, None) => State::Closed,
        _ => return Err(wrong("state, card and reason do not go together")),
    };
    Ok(CardUpdate {
        state,
        created_at: Instant::from_micros(row.created_at),
        expires_at: Instant::from_micros(row.expires_at),
        reference: row.reference,
        page: row.page,
        key: row.idempotency_key,
        request_hash: row.request_hash,
        account: row.account,
        return_url: row.return_url,
    })
}
