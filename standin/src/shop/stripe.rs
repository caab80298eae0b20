//! The shop at Stripe: payments by card and Pix, and subscriptions that Stripe charges.

use super::caller::{Caller, text};
use super::{BONUS, CARD, CLUB, COURSE, GUIDE, PIX, PLANS, Portal, SLIP, Sale, club, guide, order};
use serde_json::json;
use standin::stripe::Stripe;
use std::net::SocketAddr;

const KEY: &str = "sk_test_of_the_demo_000000000000";

/// Opens it, and says where.
pub(crate) async fn open(listen: SocketAddr, portal: Option<Portal>) -> anyhow::Result<String> {
    let stripe = Stripe::start(listen, KEY)?;
    let address = stripe.base_url();
    let Some(portal) = portal else { return Ok(guide("Stripe", address, KEY, &[])) };
    let shop = Shop(Caller::new(address.to_owned(), ("authorization", format!("Bearer {KEY}"))));
    let account = json!({"gateway": "stripe", "bills": "gateway", "secret_key": KEY, "base_url": address});
    portal.connect(super::ACCOUNT, &account).await?;
    shop.put_prices().await?;
    portal.order(&order("STRIPE-1", &CARD, &[COURSE, BONUS], &shop.by_card(&CARD, COURSE.2 + BONUS.2).await?)).await?;
    let mut pix = order("STRIPE-2", &PIX, &[GUIDE], &shop.by_pix(&PIX, GUIDE.2).await?);
    pix["payment"] = json!({"method": "pix"});
    portal.order(&pix).await?;
    portal.order(&club("STRIPE-3", &CLUB, &shop.subscribed(&CLUB).await?)).await?;
    let mut slip = club("STRIPE-4", &SLIP, &shop.subscribed_by_invoice(&SLIP).await?);
    slip["payment"] = json!({"method": "boleto"});
    portal.order(&slip).await?;
    Ok(guide("Stripe", address, KEY, &[CARD, PIX, CLUB, SLIP]))
}

struct Shop(Caller);

impl Shop {
    /// A plan of the portal is the price whose lookup key is the code of its offer.
    async fn put_prices(&self) -> anyhow::Result<()> {
        for (code, name, amount, unit) in PLANS {
            let price = [
                ("currency", "brl"),
                ("unit_amount", &*amount.to_string()),
                ("recurring[interval]", unit),
                ("product_data[name]", name),
                ("lookup_key", code),
            ];
            self.0.form("/v1/prices", &price).await?;
        }
        Ok(())
    }

    async fn customer(&self, Sale { buyer: (email, name), .. }: &Sale) -> anyhow::Result<String> {
        text(&self.0.form("/v1/customers", &[("email", email), ("name", name)]).await?, "/id")
    }

    /// A good card that is kept for a customer.
    async fn card(&self, customer: &str) -> anyhow::Result<String> {
        text(&self.0.form("/v1/payment_methods/pm_card_visa/attach", &[("customer", customer)]).await?, "/id")
    }

    async fn by_card(&self, sale: &Sale, amount: i64) -> anyhow::Result<String> {
        let customer = self.customer(sale).await?;
        let (card, amount) = (self.card(&customer).await?, amount.to_string());
        let payment = [
            ("amount", amount.as_str()),
            ("currency", "brl"),
            ("customer", &customer),
            ("payment_method", &card),
            ("confirm", "true"),
            ("off_session", "true"),
            ("automatic_payment_methods[enabled]", "true"),
        ];
        text(&self.0.form("/v1/payment_intents", &payment).await?, "/id")
    }

    /// A Pix that was paid on its page.
    async fn by_pix(&self, sale: &Sale, amount: i64) -> anyhow::Result<String> {
        let (customer, amount) = (self.customer(sale).await?, amount.to_string());
        let payment = [
            ("amount", amount.as_str()),
            ("currency", "brl"),
            ("customer", &customer),
            ("confirm", "true"),
            ("automatic_payment_methods[enabled]", "true"),
            ("payment_method_data[type]", "pix"),
            ("return_url", "http://127.0.0.1/"),
        ];
        let payment = self.0.form("/v1/payment_intents", &payment).await?;
        let page = text(&payment, "/next_action/pix_display_qr_code/hosted_instructions_url")?;
        self.0.page(&page, &[("do", "pay")]).await?;
        text(&payment, "/id")
    }

    async fn subscribed(&self, sale: &Sale) -> anyhow::Result<String> {
        let customer = self.customer(sale).await?;
        let card = self.card(&customer).await?;
        self.subscription(&customer, &[("default_payment_method", &card)]).await
    }

    /// Each month is paid on the page of its invoice. The first one is open.
    async fn subscribed_by_invoice(&self, sale: &Sale) -> anyhow::Result<String> {
        let customer = self.customer(sale).await?;
        let way = [
            ("collection_method", "send_invoice"),
            ("days_until_due", "3"),
            ("payment_settings[payment_method_types][0]", "boleto"),
        ];
        self.subscription(&customer, &way).await
    }

    async fn subscription(&self, customer: &str, way: &[(&str, &str)]) -> anyhow::Result<String> {
        let prices = self.0.get(&format!("/v1/prices?lookup_keys[]={}", PLANS[0].0)).await?;
        let price = text(&prices, "/data/0/id")?;
        let wish = [&[("customer", customer), ("items[0][price]", &price)], way].concat();
        text(&self.0.form("/v1/subscriptions", &wish).await?, "/id")
    }
}
