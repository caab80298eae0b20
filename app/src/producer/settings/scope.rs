//! For which products a rule is: for all, or for one that differs.

use super::Owner;
use super::theme::Theme;
use crate::fields::Fields;
use crate::page::PageError;
use crate::producer::area;
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Tone};
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::product::{self, Product};
use portal::policy::{self, Fault, Policy, PolicyError};
use portal::{Producer, again};
use types::Code;
use types::place::producer::Place;

/// The products that a page is about, among all.
pub(super) struct Scope {
    product: Option<Product>,
    products: Vec<Product>,
    own: Vec<Code>,
}

impl Scope {
    /// All products where `code` is empty, else the product of this code. Not found when the producer has none.
    pub(super) async fn of(producer: &Producer, code: &str) -> Result<Self, PageError> {
        let portal = producer.portal();
        let product = match code {
            "" => None,
            code => {
                let code = Code::parse(code).map_err(|_| PageError::NotFound)?;
                Some(product::get(portal, producer, &code).await?.ok_or(PageError::NotFound)?)
            }
        };
        let products = product::list(portal, producer).await?;
        Ok(Self { product, products, own: policy::products_with_own(portal, producer).await? })
    }

    /// The code of the one product.
    pub(super) fn code(&self) -> Option<&Code> {
        self.product.as_ref().map(|product| &product.code)
    }

    /// The products that a page is about: the one, or all that are listed.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Product> {
        let others = self.products.iter().filter(|_| self.product.is_none());
        self.product.iter().chain(others)
    }

    /// Whether this is one product for which the rules of all count.
    pub(super) fn follows(&self) -> bool {
        self.code().is_some_and(|code| !self.own.contains(code))
    }

    /// What counts for these products now.
    pub(super) async fn policy(&self, producer: &Producer) -> Result<Policy, PageError> {
        policy::get(producer.portal(), producer, self.code()).await.map_err(problem)
    }

    /// Changes a part of what counts for them, and leads back to the theme; or what the rules refuse.
    pub(super) async fn save(
        &self,
        producer: &Producer,
        theme: Theme,
        edit: impl Fn(&mut Policy),
    ) -> Result<Result<Response, Vec<Fault>>, PageError> {
        match again!(policy::change(producer.portal(), producer, self.code(), &edit).await) {
            Ok(()) => Ok(Ok(lead_saying(self.address(theme), "said-settings-saved"))),
            Err(PolicyError::Faults(faults)) => Ok(Err(faults)),
            Err(error) => Err(problem(error)),
        }
    }

    /// The page of a theme for these products.
    fn address(&self, theme: Theme) -> String {
        address(theme, self.code())
    }

    /// The hidden field that says for which products a form is.
    pub(super) fn field(&self) -> impl IntoView + use<> {
        self.code().map(|code| view! { <input type="hidden" name="product" value=code.to_string()/> })
    }

    /// The choice of products above a form, and what is special about the one that is chosen.
    pub(super) fn view(&self, texts: Texts, theme: Theme) -> impl IntoView + use<> {
        let options = self.products.iter().map(|product| {
            let (code, is_chosen) = (product.code.to_string(), self.code() == Some(&product.code));
            view! { <option value=code selected=is_chosen>{product.name.to_string()}</option> }
        });
        let choice = view! {
            <form class="scope" method="get" action=theme.place().path()>
                <label for="product">{texts.text("settings-scope")}</label>
                <select class="input" id="product" name="product">
                    <option value="">{texts.text("settings-scope-all")}</option>
                    {options.collect_view()}
                </select>
                <button class="button">{texts.text("settings-scope-show")}</button>
            </form>
        };
        (!self.products.is_empty()).then(|| view! { {choice}{self.state(texts, theme)} })
    }

    fn state(&self, texts: Texts, theme: Theme) -> AnyView {
        match self.code() {
            None => self.differing(texts, theme).into_any(),
            Some(code) if self.own.contains(code) => own(texts, theme, code).into_any(),
            Some(_) => view! { <p class="help">{texts.text("settings-scope-follows")}</p> }.into_any(),
        }
    }

    /// Which products this page does not change.
    fn differing(&self, texts: Texts, theme: Theme) -> impl IntoView + use<> {
        let differing = self.products.iter().filter(|product| self.own.contains(&product.code));
        let links = differing.map(|product| {
            view! { <li><a href=address(theme, Some(&product.code))>{product.name.to_string()}</a></li> }
        });
        let links: Vec<_> = links.collect();
        (!links.is_empty())
            .then(|| ui::notice(Tone::Wait, view! { <p>{texts.text("settings-scope-differing")}</p><ul>{links}</ul> }))
    }
}

/// A product with rules of its own, and the way back to those of all.
fn own(texts: Texts, theme: Theme, code: &Code) -> impl IntoView + use<> {
    let form = view! {
        <form method="post" action=Place::SettingsFollow.path()>
            <p>{texts.text("settings-scope-own")}</p>
            <input type="hidden" name="product" value=code.to_string()/>
            <input type="hidden" name="back" value=theme.place().path()/>
            <button class="button small">{texts.text("settings-scope-follow")}</button>
        </form>
    };
    ui::notice(Tone::Wait, form)
}

/// The page of a theme for one product, or for all.
pub(super) fn address(theme: Theme, code: Option<&Code>) -> String {
    code.map_or_else(|| theme.place().path(), |code| format!("{}?product={code}", theme.place()))
}

/// From now on the rules for all products count for this one.
pub(super) async fn follow(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let code = Code::parse(fields.one("product")).map_err(|_| PageError::NotFound)?;
    let theme = Theme::of_path(fields.one("back")).ok_or(PageError::Unreadable)?;
    again!(policy::follow(producer.portal(), &producer, &code).await).map_err(problem)?;
    Ok(lead_saying(address(theme, Some(&code)), "said-settings-followed"))
}

/// Why a policy was not read or written, as a page.
pub(super) fn problem(error: PolicyError) -> PageError {
    match error {
        PolicyError::UnknownProduct => PageError::NotFound,
        PolicyError::Faults(_) => PageError::Unreadable,
        PolicyError::Database(error) => error.into(),
    }
}

/// The words of the producer's pages.
pub(super) fn texts(producer: &Producer) -> Texts {
    area::texts(producer)
}
