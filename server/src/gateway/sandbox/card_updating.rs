//! Card updates: what is done at the page that takes a card.

use super::card::Card;
use super::card_update::{CardUpdate, Event, KeptCard, State};
use super::payment_store::By;
use super::webhook::Happened;
use super::{Failure, Sandbox};
use portal::db::Error;
use portal::ports::{CardInstruction, CardPage, CardProgress, SavedCard};
use serde_json::json;

impl Sandbox {
    pub(super) async fn begin_card_update(&self, instruction: &CardInstruction) -> Result<CardPage, Failure> {
        let mut books = self.books().await?;
        // The word makes the address, and so it stays.
        let new = CardUpdate::begin(instruction, self.unguessable("visit", &instruction.key), self.clock.now());
        books.insert_card_update(&new).await?;
        let update = books.card_update(By::Key(&instruction.key)).await?.unwrap_or(new);
        if !update.answers(instruction) {
            return Err(super::state::Refusal::KeyReused.into());
        }
        books.close().await?;
        Ok(CardPage { reference: update.reference, url: format!("/sandbox/pay/{}", update.page) })
    }

    pub(super) async fn look_for_card(&self, reference: &str) -> Result<CardProgress, Failure> {
        let mut books = self.books().await?;
        let update = books.card_update(By::Reference(reference)).await?;
        books.close().await?;
        Ok(update.map_or(CardProgress::Closed, |update| update.report(self.clock.now())))
    }

    /// The card update at this address.
    pub(super) async fn card_update_at(&self, page: &str) -> Result<Option<CardUpdate>, Error> {
        let mut books = self.books().await?;
        let update = books.card_update(By::Page(page)).await?;
        books.close().await?;
        Ok(update)
    }

    /// A card was typed on the page.
    pub(super) async fn type_card(&self, page: &str, card: Card) -> Result<Option<CardUpdate>, Error> {
        // The token says nothing of the card, and each typing has its own.
        let mut bytes = [0; 15];
        self.random.fill(&mut bytes);
        let token = format!("sbx_card_{}", data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase());
        let Card { brand, last4, exp_month, exp_year, behaviour } = card;
        let card = SavedCard { token, brand: brand.to_owned(), last4, exp_month, exp_year };
        self.do_on_page(page, Event::Type(KeptCard { card, behaviour })).await
    }

    /// What somebody does on the page. What it does not take leaves it as it was. None when there is no such page.
    pub(super) async fn do_on_page(&self, page: &str, event: Event) -> Result<Option<CardUpdate>, Error> {
        let now = self.clock.now();
        let mut books = self.books().await?;
        let Some(update) = books.card_update(By::Page(page)).await? else { return Ok(None) };
        let Ok(state) = update.after(event, now) else { return Ok(Some(update)) };
        books.write_card_update(&update, &state, now).await?;
        if matches!(state, State::Saved(_) | State::Closed) {
            let kind = if state == State::Closed { "card.closed" } else { "card.saved" };
            let about = json!({ "reference": update.reference, "key": update.key });
            let happened = Happened { kind, account: update.account.clone(), about };
            books.insert_webhook(&happened.webhook(&update.reference, now)).await?;
        }
        self.close_and_ring(books).await?;
        Ok(Some(CardUpdate { state, ..update }))
    }
}
