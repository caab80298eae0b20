//! What a producer asks of the list again and again, under a name.

use super::filter::Question;
use super::store;
use crate::Producer;
use crate::db::Error;
use crate::event::{self, Record};
use serde_json::json;
use types::{Line, OrderViewId};

/// How many views a producer may save.
pub const MOST_VIEWS: usize = 30;
/// How many characters the name of one may have.
const LONGEST_NAME: usize = 60;

/// A question under a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedView {
    /// Its id.
    pub id: OrderViewId,
    /// Its name.
    pub name: String,
    /// What stands behind the `?` of its address.
    pub question: String,
}

/// Why a view was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveRefusal {
    /// The name is empty or too long.
    #[error("the name must have 1 to {LONGEST_NAME} characters")]
    Name,
    /// Nothing is asked: that is the list itself.
    #[error("nothing is asked")]
    Nothing,
    /// There are [`MOST_VIEWS`] already.
    #[error("there are {MOST_VIEWS} views already")]
    Full,
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] Error),
}

/// The producer's views, by name.
pub async fn views(producer: &Producer) -> Result<Vec<SavedView>, Error> {
    store::view::all(&producer.portal().db, producer.id()).await
}

/// Saves what is asked under this name, in the place of what had the name before. `question` is what stands behind the
/// `?` of the address of `asked`.
pub async fn save_view(
    producer: &Producer,
    name: &str,
    asked: &Question,
    question: String,
) -> Result<SavedView, SaveRefusal> {
    let name = Line::parse(name).map_err(|_| SaveRefusal::Name)?;
    if name.as_str().chars().count() > LONGEST_NAME {
        return Err(SaveRefusal::Name);
    }
    if asked.is_empty() || asked.filter().is_err() {
        return Err(SaveRefusal::Nothing);
    }
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let kept = store::view::locked(&mut tx, producer.id()).await?;
    let former = kept.iter().find(|view| view.name == name.as_str());
    if former.is_none() && kept.len() >= MOST_VIEWS {
        return Err(SaveRefusal::Full);
    }
    let id = former.map_or_else(|| OrderViewId(portal.new_id()), |view| view.id);
    let view = SavedView { id, name: name.to_string(), question };
    store::view::save(&mut tx, producer.id(), &view, portal.now().micros()).await?;
    let record = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before: former.map(told),
        after: Some(told(&view)),
        ..Record::new(producer.actor(), event::OrderView::Saved { view: id })
    };
    event::record(portal, &mut tx, record).await?;
    portal.commit(tx).await?;
    Ok(view)
}

/// Removes a view. Returns whether there was one of the producer's.
pub async fn remove_view(producer: &Producer, id: OrderViewId) -> Result<bool, Error> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let Some(view) = store::view::remove(&mut tx, producer.id(), id).await? else { return Ok(false) };
    let record = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before: Some(told(&view)),
        ..Record::new(producer.actor(), event::OrderView::Removed { view: id })
    };
    event::record(portal, &mut tx, record).await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// The question is not told: an address or a name may stand in it, and the log is kept for ever.
fn told(view: &SavedView) -> serde_json::Value {
    json!({ "name": view.name })
}
