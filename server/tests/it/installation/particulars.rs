//! What a producer says of itself, and what buyers read of it: on pages, receipts and mails. And pages that are not
//! there, or are over: who is signed in can still be seen, and there is a way on.

use crate::harness::browserless::{form, path_of};
use crate::harness::member_areas::Area;
use crate::harness::shop::{ask_for_link, catalogue, order, other_plans, sell, sign_in, subscription, subscription_of};
use crate::harness::site::{Api, Site};
use serde_json::{Value, json};

const ANA: &str = "ana@example.com";

/// Everything that a producer can say of itself.
fn whole() -> Value {
    json!({
        "name": "Escola Luz", "language": "en", "timezone": "America/Manaus",
        "legal": {
            "name": "Luz Cursos Ltda", "tax_id": "11222333000181", "address": "Rua das Flores, 10, Manaus",
            "privacy_url": "https://luz.example/privacidade", "terms_url": "https://luz.example/termos"
        },
        "contacts": {
            "email": "ajuda@luz.example", "whatsapp": "+55 11 99999-0001", "phone": "(11) 3333-0001",
            "url": "https://luz.example/ajuda", "hours": "das 9h às 18h"
        }
    })
}

/// What of it stands under pages and mails.
const IMPRINT: [&str; 4] =
    ["Luz Cursos Ltda", "CNPJ 11.222.333/0001-81", "Rua das Flores, 10, Manaus", "https://luz.example/privacidade"];

async fn shop(site: &Site) -> Api {
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    luz
}

#[tokio::test]
async fn what_a_producer_says_of_itself_is_kept_whole_and_what_cannot_be_is_named() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = shop(&site).await;
        let nothing = luz.get("producer").await.expect(200).json();
        assert_eq!((&nothing["language"], &nothing["legal"]["name"]), (&json!("pt-BR"), &Value::Null), "{engine}");
        luz.put("producer", &whole()).await.expect(200);
        let mut written = whole();
        written["legal"]["tax_id"] = json!("11.222.333/0001-81");
        assert_eq!(luz.get("producer").await.expect(200).json(), written, "{engine}");
        let wrong = json!({
            "language": "fr", "timezone": "Manaus", "legal": {"tax_id": "1", "privacy_url": "javascript:x"},
            "contacts": {"email": "nobody", "whatsapp": "me"}
        });
        let refused = luz.put("producer", &wrong).await.expect(422).json();
        let fields: Vec<&str> =
            refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
        let expected =
            ["language", "timezone", "legal.tax_id", "legal.privacy_url", "contacts.email", "contacts.whatsapp"];
        assert_eq!(fields, expected, "{engine}");
        luz.put("producer", &json!({"logo": "x"})).await.expect(422);
        // What is absent is shown nowhere; name, language and zone stay.
        let bare = luz.put("producer", &json!({"legal": {"name": "Luz"}})).await.expect(200).json();
        assert_eq!((&bare["language"], &bare["timezone"]), (&json!("en"), &json!("America/Manaus")), "{engine}");
        assert_eq!((&bare["legal"]["address"], &bare["contacts"]["phone"]), (&Value::Null, &Value::Null), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn buyers_read_who_sold_on_pages_receipts_and_mails_and_nothing_where_nothing_was_said() {
    let site = Site::start("sqlite").await;
    let luz = shop(&site).await;
    sell(&luz, &order("A-1", ANA, &[("foto", 29_700)])).await;
    let bare = site.mail.wait(ANA, "A-1").await;
    assert!(!bare.text.contains("CNPJ") && bare.html.contains(">Escola Luz</td>"), "{}", bare.html);
    let mut ana = sign_in(&site, ANA).await;
    let page = ana.visit("/orders/A-1").await.expect(200).text();
    assert!(!page.contains("imprint") && !page.contains("WhatsApp"), "{page}");

    luz.put("producer", &whole()).await.expect(200);
    sell(&luz, &order("A-2", ANA, &[("ebook", 1_990)])).await;
    let mail = site.mail.wait(ANA, "A-2").await;
    for line in IMPRINT {
        assert!(mail.text.contains(line) && mail.html.contains(line), "{line}: {}", mail.text);
    }
    let page = ana.visit("/orders/A-2").await.expect(200).text();
    for line in [IMPRINT.as_slice(), &["https://wa.me/5511999990001", "tel:1133330001", "das 9h às 18h"]].concat() {
        assert!(page.contains(line), "{line}: {page}");
    }
    assert!(page.contains("mailto:ajuda@luz.example"), "{page}");
    let receipt = page.split("href=\"/orders/A-2/receipts/").nth(1).expect("a receipt").split('"').next().unwrap();
    let receipt = ana.visit(&format!("/orders/A-2/receipts/{receipt}")).await.expect(200).text();
    for line in ["Luz Cursos Ltda", "11.222.333/0001-81", "Rua das Flores, 10, Manaus"] {
        assert!(receipt.contains(line), "{line}: {receipt}");
    }
    site.assert_sound().await;
}

#[tokio::test]
async fn the_link_mail_names_the_sellers_to_the_owner_of_the_address_only() {
    let site = Site::start("sqlite").await;
    let luz = shop(&site).await;
    luz.put("producer", &whole()).await.expect(200);
    sell(&luz, &order("A-1", ANA, &[("foto", 29_700)])).await;
    let mut stranger = site.browser();
    let page = ask_for_link(&mut stranger, ANA).await.text();
    assert!(!page.contains("Escola Luz"), "{page}");
    let mail = site.mail.wait(ANA, "/l/").await;
    assert!(mail.text.contains("Veja suas compras em Escola Luz"), "{}", mail.text);
    assert!(mail.from.contains("Escola Luz via"), "{}", mail.from);
    // The hours are the seller's, and say so.
    assert!(mail.text.contains("fuso horário de Manaus"), "{}", mail.text);
    // The code has a hyphen, as the page shows it, and does without it as well.
    let code = mail.code();
    assert_eq!((code.len(), code.find('-')), (9, Some(4)));
    let answer = stranger.visit("/sign-in/code").await.expect(200);
    let typed = [("email", ANA), ("code", &code.replace('-', "").to_lowercase())];
    stranger.submit(&form(&answer, "/sign-in/code"), &typed).await.expect(200);
    let home = stranger.visit("/").await.expect(200).text();
    assert!(home.contains("/orders/A-1"), "{home}");

    let maria = site.producer("maria", "Ateliê Maria").await;
    catalogue(&maria, &Area::own().await).await;
    sell(&maria, &order("B-1", ANA, &[("foto", 9_900)])).await;
    ask_for_link(&mut site.browser(), ANA).await;
    let mail = crate::harness::site::eventually("a second link", async || {
        site.mail.to(ANA).into_iter().rev().find(|mail| mail.text.contains("Ateliê Maria, Escola Luz"))
    });
    assert!(!mail.await.from.contains(" via "), "two sellers have no common name");
    site.assert_sound().await;
}

#[tokio::test]
async fn mails_to_a_producer_are_in_its_language() {
    let site = Site::start("sqlite").await;
    let arguments = ["create-producer", "--slug", "luz", "--name", "Luz", "--email", "luz@example.com"];
    let refused = site.run(&[&arguments[..], &["--language", "fr"]].concat(), "correct horse battery\n").await;
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("pt-BR, en"));
    let made = site.run(&[&arguments[..], &["--language", "en"]].concat(), "correct horse battery\n").await;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let key = site.run(&["create-api-key", "--producer", "luz"], "").await;
    let luz = Api { site: site.address, key: String::from_utf8(key.stdout).unwrap().trim().to_owned() };
    catalogue(&luz, &Area::own().await).await;
    let mut old = order("A-1", ANA, &[("foto", 29_700)]);
    let month_ago = crate::harness::shop::hours_ago(30 * 24);
    (old["ordered_at"], old["paid_at"]) = (json!(month_ago), json!(month_ago));
    sell(&luz, &old).await;
    let mut ana = sign_in(&site, ANA).await;
    let page = ana.visit("/orders/A-1/refund").await.expect(200);
    let words = page.text();
    assert!(words.contains("297,00") && words.contains("tem até"), "the amount and the deadline come first: {words}");
    ana.submit(&form(&page, "/orders/A-1/refund/ask"), &[("message", "Fiquei doente.")]).await.expect(200);
    let mail = site.mail.wait("luz@example.com", "Fiquei doente.").await;
    assert!(mail.subject.starts_with("Answer by ") && mail.text.contains("asks for a refund of"), "{}", mail.text);
    site.assert_sound().await;
}

#[tokio::test]
async fn a_page_that_is_not_there_says_who_is_signed_in_and_what_is_over_leads_on() {
    let site = Site::start("sqlite").await;
    let luz = shop(&site).await;
    other_plans(&luz).await;
    sell(&luz, &subscription("S-1", ANA)).await;
    for path in ["/nothing", "/orders/X-1", "/orders/S-1/nothing"] {
        let page = site.browser().get(path).await.text();
        assert!(!page.contains("/sign-out"), "{path}: {page}");
    }
    let mut ana = sign_in(&site, ANA).await;
    for path in ["/nothing", "/orders/X-1", "/orders/S-1/nothing"] {
        let page = ana.visit(path).await.expect(404).text();
        assert!(page.contains("/sign-out") && page.contains(ANA), "{path}: {page}");
    }
    let link = site.mail.wait(ANA, "/l/").await.link("/l/");
    let used = ana.visit(path_of(&link)).await.expect(410).text();
    assert!(used.contains("Ver minhas compras") && used.contains(ANA) && used.contains("/sign-out"), "{used}");
    let used = site.browser().visit(path_of(&link)).await.expect(410).text();
    assert!(!used.contains("Ver minhas compras") && !used.contains(ANA), "{used}");

    let plan = subscription_of(&mut ana).await;
    let quote = format!("{plan}/plan/quote/01890a5d-ac96-774b-bcce-b302099a8057");
    let over = ana.visit(&quote).await.expect(410).text();
    assert!(over.contains("Estes valores já não valem") && over.contains(&format!("{plan}/plan")), "{over}");
    let mut other = site.browser();
    let page = other.visit(&quote).await.expect(200);
    assert!(form(&page, "/sign-in").fields.iter().any(|(name, _)| name == "email"), "{page:?}");
    let words = page.text();
    assert!([ANA, "Clube", "Estes valores", "/sign-out"].iter().all(|part| !words.contains(part)), "{words}");
    site.assert_sound().await;
}
