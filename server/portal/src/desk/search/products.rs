//! The products that a list can be asked for.

use super::store;
use crate::Producer;
use crate::db::Error;

/// Codes and names of the producer's products by name, two hundred at the most, and the one that is asked for.
pub async fn products(producer: &Producer, asked: &str) -> Result<Vec<(String, String)>, Error> {
    let mut products = store::view::products(&producer.portal().db, producer.id()).await?;
    if !asked.is_empty() && products.iter().all(|(code, _)| code != asked) {
        products.push((asked.to_owned(), asked.to_owned()));
    }
    Ok(products)
}
