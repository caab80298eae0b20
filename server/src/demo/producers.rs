//! The producers of the demo, what they sell, and what that opens in the member area.

use crate::example_area::ExampleArea;
use crate::member_area::memberkit::{self, Target};
use anyhow::Context;
use portal::catalogue::access_rule::{AccessRule, put_access_rule};
use portal::catalogue::member_area::{MemberArea, put_member_area};
use portal::catalogue::offer::{Offer, put_offer};
use portal::catalogue::picture::put_of_product;
use portal::catalogue::producer::{Details, of_slug, put_details};
use portal::catalogue::product::{Product, put_product};
use portal::login::{NewProducer, create_producer};
use portal::policy::{self, CancelPolicy, Policy, Retention, RetentionOffer};
use portal::{Portal, Producer};
use types::{Code, Contacts, Currency, Email, IntervalUnit, Language, Legal, Line, Money, Particulars, Slug, TaxId};

/// Of everybody who signs in with one.
pub(super) const PASSWORD: &str = "demonstração";

/// A producer.
pub(super) struct DemoProducer {
    pub(super) slug: &'static str,
    name: &'static str,
    pub(super) email: &'static str,
    /// What it says of itself: the other one shows what pages look like where nothing was said.
    says: Option<Says>,
    goods: &'static [Good],
}

/// What a producer says of itself to buyers.
struct Says {
    name: &'static str,
    tax_id: &'static str,
    address: &'static str,
    site: &'static str,
    whatsapp: &'static str,
    hours: &'static str,
}

/// A product with its one offer, under the same code.
struct Good {
    code: &'static str,
    name: &'static str,
    window_days: i64,
    cents: i64,
    is_monthly: bool,
    opens: Opens,
}

enum Opens {
    Classes(&'static [i64]),
    Level(i64),
    /// Sent by mail: no member area is involved.
    Nothing,
}

const fn good(code: &'static str, name: &'static str, window_days: i64, cents: i64, opens: Opens) -> Good {
    Good { code, name, window_days, cents, is_monthly: matches!(opens, Opens::Level(_)), opens }
}

/// Every producer.
pub(super) const PRODUCERS: [DemoProducer; 2] = [
    DemoProducer {
        slug: "studio-luz",
        name: "Studio Luz",
        email: "contato@studioluz.example",
        says: Some(Says {
            name: "Studio Luz Cursos Ltda",
            tax_id: "11.222.333/0001-81",
            address: "Rua das Acácias, 120, sala 4, Curitiba, PR",
            site: "https://studioluz.example",
            whatsapp: "+55 41 99999-0001",
            hours: "de segunda a sexta, das 9h às 18h",
        }),
        goods: &[
            good("fotografia", "Fotografia de Retrato: do Zero ao Estúdio", 7, 29_700, Opens::Classes(&[111])),
            good("iluminacao", "Bônus: Iluminação com Pouco Orçamento", 7, 4_700, Opens::Classes(&[222])),
            good("mentoria", "Mentoria de Portfólio", 15, 149_700, Opens::Classes(&[333])),
            good("clube-luz", "Clube Luz", 7, 4_990, Opens::Level(4420)),
            good("guia-de-poses", "E-book: Guia de Poses", 7, 3_900, Opens::Nothing),
        ],
    },
    DemoProducer {
        slug: "cozinha-da-nonna",
        name: "Cozinha da Nonna",
        email: "ciao@cozinhadanonna.example",
        says: None,
        goods: &[good("massas", "Massas Frescas em Casa", 7, 19_700, Opens::Classes(&[511]))],
    },
];

/// Pictures of what is sold by whoever says something of itself.
const PICTURES: [(&str, &[u8]); 2] = [
    ("fotografia", include_bytes!("pictures/fotografia.png")),
    ("clube-luz", include_bytes!("pictures/clube-luz.png")),
];

/// A plan of a product, beside its first offer.
struct Plan {
    producer: &'static str,
    /// The offer from and to which it can be changed.
    offer: &'static str,
    code: &'static str,
    name: &'static str,
    cents: i64,
    interval: IntervalUnit,
    installments_max: i64,
}

/// Every plan: a dearer one, one of another length, a cheaper one.
const PLANS: [Plan; 3] = [
    plan("clube-luz-ouro", "Clube Luz Ouro", 9_990, IntervalUnit::Month, 1),
    plan("clube-luz-anual", "Clube Luz anual", 49_900, IntervalUnit::Year, 12),
    plan("clube-luz-leve", "Clube Luz Leve", 2_990, IntervalUnit::Month, 1),
];

const fn plan(
    code: &'static str,
    name: &'static str,
    cents: i64,
    interval: IntervalUnit,
    installments_max: i64,
) -> Plan {
    Plan { producer: "studio-luz", offer: "clube-luz", code, name, cents, interval, installments_max }
}

/// Writes a producer and everything it sells.
pub(super) async fn put(portal: &Portal, demo: &DemoProducer, area: &ExampleArea) -> anyhow::Result<Producer> {
    let slug = Slug::parse(demo.slug)?;
    let producer = match of_slug(portal, &slug).await? {
        Some(producer) => producer,
        None => create(portal, demo, slug).await?,
    };
    if let Some(says) = &demo.says {
        let particulars = particulars(says)?;
        put_details(portal, &producer, |before| Details { particulars, ..before }).await?;
    }
    let member_area = MemberArea {
        code: Code::parse("area")?,
        kind: memberkit::KIND.name.to_owned(),
        base_url: area.base_url(),
        content_url: Some(area.page_url()),
        api_key: Some(super::AREA_KEY.to_owned()),
    };
    put_member_area(portal, &producer, &member_area).await?;
    for good in demo.goods {
        put_good(portal, &producer, good).await.with_context(|| good.code)?;
    }
    for (product, bytes) in PICTURES.iter().filter(|_| demo.says.is_some()) {
        put_of_product(portal, &producer, &Code::parse(product)?, bytes).await.context(*product)?;
    }
    for plan in PLANS.iter().filter(|plan| plan.producer == demo.slug) {
        put_plan(portal, &producer, plan).await.with_context(|| plan.code)?;
    }
    policy::put(portal, &producer, None, &cancel_policy()?).await?;
    Ok(producer)
}

async fn put_plan(portal: &Portal, producer: &Producer, plan: &Plan) -> anyhow::Result<()> {
    let offer = Offer {
        code: Code::parse(plan.code)?,
        product: Code::parse(plan.offer)?,
        name: Line::parse(plan.name)?,
        price: Money::new(plan.cents, Currency::BRL),
        interval: Some((plan.interval, 1)),
        installments_max: plan.installments_max,
        change_targets: targets(plan.offer, plan.code)?,
    };
    Ok(put_offer(portal, producer, &offer).await?)
}

/// The other plans beside this one.
fn targets(offer: &'static str, but: &str) -> anyhow::Result<Vec<Code>> {
    let plans = PLANS.iter().filter(|plan| plan.offer == offer).map(|plan| plan.code);
    let codes = plans.chain([offer]).filter(|code| *code != but).map(Code::parse);
    Ok(codes.collect::<Result<Vec<_>, _>>()?)
}

/// Whoever finds it too expensive is offered less to pay; everybody else a word with the producer.
fn cancel_policy() -> anyhow::Result<Policy> {
    let discount = RetentionOffer::Discount { percent: 30, cycles: 3 };
    let retention = vec![
        Retention { reason: Some(Code::parse("too-expensive")?), offer: discount },
        Retention { reason: None, offer: RetentionOffer::Message },
    ];
    Ok(Policy { cancel: CancelPolicy { retention, ..CancelPolicy::default() }, ..Policy::default() })
}

fn particulars(says: &Says) -> anyhow::Result<Particulars> {
    let page = |path: &str| Some(format!("{}/{path}", says.site));
    Ok(Particulars {
        legal: Legal {
            name: Some(Line::parse(says.name)?),
            tax_id: Some(TaxId::parse(says.tax_id)?),
            address: Some(Line::parse(says.address)?),
            privacy_url: page("privacidade"),
            terms_url: page("termos"),
        },
        contacts: Contacts {
            whatsapp: Some(Line::parse(says.whatsapp)?),
            url: page("ajuda"),
            hours: Some(Line::parse(says.hours)?),
            ..Contacts::default()
        },
        ..Particulars::default()
    })
}

async fn create(portal: &Portal, demo: &DemoProducer, slug: Slug) -> anyhow::Result<Producer> {
    let new = NewProducer {
        slug,
        name: Line::parse(demo.name)?,
        email: Email::parse(demo.email)?,
        language: Language::Portuguese,
        time_zone: "America/Sao_Paulo".to_owned(),
        password: PASSWORD.to_owned(),
    };
    Ok(create_producer(portal, new).await?)
}

async fn put_good(portal: &Portal, producer: &Producer, good: &Good) -> anyhow::Result<()> {
    let (code, name) = (Code::parse(good.code)?, Line::parse(good.name)?);
    let refund_window_days = good.window_days;
    let product =
        Product { code: code.clone(), name: name.clone(), refund_window_days, access_days: None, access_cycles: None };
    put_product(portal, producer, &product).await?;
    let offer = Offer {
        code: code.clone(),
        product: code.clone(),
        name,
        price: Money::new(good.cents, Currency::BRL),
        interval: good.is_monthly.then_some((IntervalUnit::Month, 1)),
        installments_max: if good.is_monthly { 1 } else { 12 },
        change_targets: if good.is_monthly { targets(good.code, good.code)? } else { Vec::new() },
    };
    put_offer(portal, producer, &offer).await?;
    let targets = match good.opens {
        Opens::Classes(ids) => ids.iter().map(|id| Target::Classroom(*id).to_string()).collect(),
        Opens::Level(id) => vec![Target::Level(id).to_string()],
        Opens::Nothing => return Ok(()),
    };
    let rule = AccessRule { code: code.clone(), product: code, member_area: Code::parse("area")?, targets };
    put_access_rule(portal, producer, &rule).await?;
    Ok(())
}
