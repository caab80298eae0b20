//! Payments, money back, and a page for a card.

use super::{BACK, EMAIL, Outcome, PRICE, Say, Step, Walk, brl, expect, tell};
use portal::ports::{
    CardInstruction, CardProgress, Cards, ChargeInstruction, ChargeProgress, Charges, GatewayError, GatewayRefusal,
    Payer, RefundInstruction, RefundProgress, Refunds, StoredCard,
};
use types::{Line, Method, PostalAddress, TaxId};

impl Walk {
    pub(super) async fn pay(&mut self, say: Say<'_>) {
        let customer = match self.shop.customer(EMAIL).await {
            Ok(customer) => customer,
            Err(words) => return tell(say, "a customer", Err(Outcome::Wrong(words))),
        };
        match self.charged(&customer).await {
            Ok(payment) => {
                tell(say, "a payment by card, found by its key", Ok(payment.clone()));
                tell(say, "money back: a part, the rest, and no more", self.money_back(&payment).await);
                tell(say, "money that the producer pays back is listed", self.listed(&customer).await);
            }
            Err(outcome) => tell(say, "a payment by card, found by its key", Err(outcome)),
        }
        tell(say, "a card that declines", self.declined(&customer).await);
        tell(say, "a bank that asks", self.asked(&customer).await);
        tell(say, "a boleto", self.slip(Method::Boleto).await);
        tell(say, "a Pix", self.slip(Method::Pix).await);
        tell(say, "a page for a card", self.page().await);
    }

    async fn charged(&self, customer: &str) -> Step {
        let card = self.stored(customer, "pm_card_visa").await?;
        let wish = self.wish("paid", Method::Card, Some(card));
        let report = self.adapter.charge(&wish).await?;
        expect(report.state == ChargeProgress::Paid, &report)?;
        let found = self.adapter.find_charge(&wish.key).await?;
        expect(found.as_ref() == Some(&report), &found)?;
        Ok(report.reference)
    }

    async fn money_back(&self, payment: &str) -> Step {
        for (of, amount) in [("part", 4_000), ("rest", PRICE - 4_000)] {
            let wish = self.refund(of, payment, amount);
            let report = self.adapter.refund(&wish).await?;
            let is_on_its_way = matches!(report.state, RefundProgress::Succeeded | RefundProgress::Pending);
            expect(is_on_its_way, &report)?;
            let found = self.adapter.find_refund(&wish).await?;
            expect(found.as_ref().is_some_and(|found| found.reference == report.reference), &found)?;
        }
        match self.adapter.refund(&self.refund("more", payment, 1)).await {
            Err(GatewayError::Refused(GatewayRefusal::AlreadyRefunded | GatewayRefusal::OverRefund)) => {
                Ok("refused as more than what is left".to_owned())
            }
            other => Err(Outcome::Wrong(format!("one centavo more: {other:?}"))),
        }
    }

    async fn listed(&self, customer: &str) -> Step {
        let card = self.stored(customer, "pm_card_visa").await?;
        let payment = self.adapter.charge(&self.wish("listed", Method::Card, Some(card))).await?.reference;
        self.shop.post("/v1/refunds", &[("payment_intent", &payment), ("amount", "1500")]).await?;
        self.adapter.refund(&self.refund("ours", &payment, 500)).await?;
        let listed = self.adapter.list(&payment, brl(PRICE)).await?.unwrap_or_default();
        let theirs = listed.iter().filter(|one| one.key.is_none());
        let amounts: Vec<i64> = theirs.map(|one| one.amount.amount).collect();
        expect(amounts == [1_500], &listed)?;
        Ok("theirs, and not ours".to_owned())
    }

    async fn declined(&self, customer: &str) -> Step {
        let card = self.stored(customer, "pm_card_chargeCustomerFail").await?;
        let report = self.adapter.charge(&self.wish("declined", Method::Card, Some(card))).await?;
        expect(matches!(report.state, ChargeProgress::Declined(_)), &report)?;
        Ok(format!("{:?}", report.state))
    }

    async fn asked(&mut self, customer: &str) -> Step {
        let card = self.stored(customer, "pm_card_authenticationRequired").await?;
        let report = self.adapter.charge(&self.wish("asked", Method::Card, Some(card))).await?;
        self.shop.ends_by(format!("/v1/payment_intents/{}/cancel", report.reference));
        expect(matches!(report.state, ChargeProgress::ActionRequired { .. }), &report)?;
        Ok("its page is there; a person goes on".to_owned())
    }

    /// Whether an account may take boletos and Pix is for Stripe to say.
    async fn slip(&mut self, method: Method) -> Step {
        let report = match self.adapter.charge(&self.wish(method.as_str(), method, None)).await {
            Ok(report) => report,
            Err(GatewayError::Refused(words)) => return Err(Outcome::NotHere(words.to_string())),
            Err(error) => return Err(error.into()),
        };
        self.shop.ends_by(format!("/v1/payment_intents/{}/cancel", report.reference));
        match report.state {
            ChargeProgress::Waiting { code, .. } if !code.is_empty() => Ok("it waits to be paid".to_owned()),
            state => Err(Outcome::Wrong(format!("{state:?}"))),
        }
    }

    async fn page(&mut self) -> Step {
        let wish = CardInstruction {
            key: self.key("page"),
            account: self.mark.clone(),
            email: EMAIL.to_owned(),
            return_url: BACK.to_owned(),
            subscription: None,
        };
        let page = self.adapter.begin_card(&wish).await?;
        let made = self.shop.get(&format!("/v1/checkout/sessions/{}", page.reference)).await?;
        self.shop.leaves(&made);
        self.shop.ends_by(format!("/v1/checkout/sessions/{}/expire", page.reference));
        let stands = self.adapter.find_card(&page.reference).await?;
        expect(stands == CardProgress::Open, &stands)?;
        Ok("it is open; a person types the card".to_owned())
    }

    async fn stored(&self, customer: &str, card: &str) -> Result<StoredCard, Outcome> {
        let token = self.shop.card(customer, card).await?;
        Ok(StoredCard { token: Some(token), last4: "4242".to_owned(), paid: None })
    }

    fn wish(&self, of: &str, method: Method, card: Option<StoredCard>) -> ChargeInstruction {
        ChargeInstruction {
            key: self.key(of),
            account: self.mark.clone(),
            amount: brl(PRICE),
            method,
            card,
            installments: 1,
            pay_until: None,
            email: EMAIL.to_owned(),
            payer: Some(payer()),
            description: "Aftersale tries this account".to_owned(),
            return_url: BACK.to_owned(),
        }
    }

    fn refund(&self, of: &str, payment: &str, amount: i64) -> RefundInstruction {
        RefundInstruction {
            key: self.key(of),
            account: self.mark.clone(),
            charge_reference: payment.to_owned(),
            charge_total: brl(PRICE),
            method: Method::Card,
            card_last4: None,
            amount: brl(amount),
            payee: None,
        }
    }
}

fn payer() -> Payer {
    let line = |text: &str| Line::parse(text).ok();
    let address = PostalAddress {
        street: line("Rua das Flores"),
        number: line("120"),
        city: line("São Paulo"),
        state: line("SP"),
        postal_code: line("01001-000"),
        ..PostalAddress::default()
    };
    Payer { name: "Ana Souza".to_owned(), tax_id: TaxId::parse("00000000191").ok(), address }
}
