//! Lists of objects, the newest first, a page at a time; and searches.

use super::books::Books;
use super::error::{Answer, Failure};
use super::params::Params;
use super::value::{text, whole};
use serde_json::{Value, json};

/// How many come without `limit`.
const USUAL: i64 = 10;

/// The names that a list takes, with those of its own.
pub(super) fn names<'a>(own: &[&'a str]) -> Vec<&'a str> {
    own.iter().copied().chain(["limit", "starting_after", "ending_before", "created"]).collect()
}

/// A page of the objects of a kind that pass.
pub(super) fn page(books: &Books, kind: &str, url: &str, params: &Params, passes: impl Fn(&Value) -> bool) -> Answer {
    let created = Created::read(params)?;
    let all: Vec<&Value> =
        books.all(kind).rev().filter(|one| passes(one) && created.holds(whole(one, "created"))).collect();
    let (data, has_more) = cut(&all, params)?;
    Ok(object(url, data.into_iter().cloned().collect(), has_more))
}

/// A list as an object holds it, or a call answers it.
pub(super) fn object(url: &str, data: Vec<Value>, has_more: bool) -> Value {
    json!({"object": "list", "data": data, "has_more": has_more, "url": url})
}

/// A page of what is already chosen.
pub(super) fn page_of(data: &[Value], url: &str, params: &Params) -> Answer {
    let all: Vec<&Value> = data.iter().collect();
    let (data, has_more) = cut(&all, params)?;
    Ok(object(url, data.into_iter().cloned().collect(), has_more))
}

fn cut<'a>(all: &[&'a Value], params: &Params) -> Result<(Vec<&'a Value>, bool), Failure> {
    let limit = limit(params)?;
    let place = |name: &str| -> Result<Option<usize>, Failure> {
        let Some(id) = params.text(name)? else { return Ok(None) };
        let at = all.iter().position(|one| text(one, "id") == id);
        at.map(Some).ok_or_else(|| Failure::no_such("object", id, name))
    };
    if let Some(end) = place("ending_before")? {
        let start = end.saturating_sub(limit);
        return Ok((all[start..end].to_vec(), start > 0));
    }
    let start = place("starting_after")?.map_or(0, |at| at + 1);
    let end = all.len().min(start + limit);
    Ok((all[start..end].to_vec(), end < all.len()))
}

fn limit(params: &Params) -> Result<usize, Failure> {
    let limit = params.integer("limit")?.unwrap_or(USUAL);
    if !(1..=100).contains(&limit) {
        let message = format!("Invalid limit: {limit}. It must be between 1 and 100.");
        return Err(Failure::parameter("parameter_invalid_integer", "limit", message));
    }
    Ok(usize::try_from(limit).unwrap_or(100))
}

/// The bounds of `created`: a second, or `gt`, `gte`, `lt` and `lte`.
struct Created(i64, i64);

impl Created {
    fn read(params: &Params) -> Result<Self, Failure> {
        if let Ok(Some(exactly)) = params.integer("created") {
            return Ok(Self(exactly, exactly));
        }
        let part = params.part("created")?;
        part.only(&["gt", "gte", "lt", "lte"])?;
        let from = part.integer("gte")?.or(part.integer("gt")?.map(|at| at + 1)).unwrap_or(i64::MIN);
        let to = part.integer("lte")?.or(part.integer("lt")?.map(|at| at - 1)).unwrap_or(i64::MAX);
        Ok(Self(from, to))
    }

    fn holds(&self, created: i64) -> bool {
        (self.0..=self.1).contains(&created)
    }
}
