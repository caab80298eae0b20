//! Visits to the page that takes a card.

use super::card::Card;
use super::payment_store::By;
use super::visit::{Event, KeptCard, State, Visit};
use super::webhook::Happened;
use super::{Failure, Sandbox};
use portal::db::Error;
use portal::ports::{CardInstruction, CardPage, CardProgress, SavedCard};
use serde_json::json;

impl Sandbox {
    pub(super) async fn begin_visit(&self, instruction: &CardInstruction) -> Result<CardPage, Failure> {
        let mut books = self.books().await?;
        let new = Visit::begin(instruction, self.unguessable("visit", &instruction.key), self.clock.now());
        books.insert_visit(&new).await?;
        let visit = books.visit(By::Key(&instruction.key)).await?.unwrap_or(new);
        if !visit.answers(instruction) {
            return Err(super::state::Refusal::KeyReused.into());
        }
        books.close().await?;
        Ok(CardPage { reference: visit.reference, url: format!("/sandbox/pay/{}", visit.page) })
    }

    pub(super) async fn look_for_card(&self, reference: &str) -> Result<CardProgress, Failure> {
        let mut books = self.books().await?;
        let visit = books.visit(By::Reference(reference)).await?;
        books.close().await?;
        Ok(visit.map_or(CardProgress::Closed, |visit| visit.report(self.clock.now())))
    }

    /// The visit at this address.
    pub(super) async fn visit_at(&self, page: &str) -> Result<Option<Visit>, Error> {
        let mut books = self.books().await?;
        let visit = books.visit(By::Page(page)).await?;
        books.close().await?;
        Ok(visit)
    }

    /// A card was typed on the page.
    pub(super) async fn type_card(&self, page: &str, card: Card) -> Result<Option<Visit>, Error> {
        // The token says nothing of the card, and each typing has its own.
        let mut bytes = [0; 15];
        self.random.fill(&mut bytes);
        let token = format!("sbx_card_{}", data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase());
        let Card { brand, last4, exp_month, exp_year, behaviour } = card;
        let card = SavedCard { token, brand: brand.to_owned(), last4, exp_month, exp_year };
        self.do_on_page(page, Event::Type(KeptCard { card, behaviour })).await
    }

    /// What somebody does on the page. What it does not take leaves it as it was. None when there is no such page.
    pub(super) async fn do_on_page(&self, page: &str, event: Event) -> Result<Option<Visit>, Error> {
        let now = self.clock.now();
        let mut books = self.books().await?;
        let Some(visit) = books.visit(By::Page(page)).await? else { return Ok(None) };
        let Ok(state) = visit.after(event, now) else { return Ok(Some(visit)) };
        books.write_visit(&visit, &state, now).await?;
        if matches!(state, State::Saved(_) | State::Closed) {
            let kind = if state == State::Closed { "card.closed" } else { "card.saved" };
            let about = json!({ "reference": visit.reference, "key": visit.key });
            let happened = Happened { kind, account: visit.account.clone(), about };
            books.insert_webhook(&happened.webhook(&visit.reference, now)).await?;
        }
        self.close_and_ring(books).await?;
        Ok(Some(Visit { state, ..visit }))
    }
}
