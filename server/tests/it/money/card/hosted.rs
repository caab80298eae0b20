//! The sandbox's own pages, on which the number is typed.

use super::{card_form, shop, to_gateway, typed};
use crate::harness::ANA;
use crate::harness::browserless::{Browser, form, forms, path_of};
use crate::harness::site::Site;

#[tokio::test]
async fn a_card_is_swapped_on_the_gateways_page_and_its_number_is_nowhere() {
    for engine in crate::harness::site::ENGINES {
        let (mut site, luz, mut ana, address) = shop(engine).await;
        site.log_everything().await;
        let hosted = to_gateway(&mut ana, &address).await;
        assert!(hosted.text().contains("Ambiente de teste"));

        let wrong = ana.press(&card_form(&hosted), &typed("4242 4242 4242 4241")).await.expect(422);
        assert!(wrong.text().contains("number-error") && !wrong.text().contains("4242 4242 4242 4241"));

        let refused = ana.press(&card_form(&hosted), &typed("4000000000009995")).await.expect(422);
        assert!(refused.text().contains("saldo ou limite"));

        // One that the bank asks about: refused there, and another is typed.
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        ana.submit(&form(&question, "/sandbox/confirm/"), &[("action", "refuse")]).await;
        let back = ana.submit(&card_form(&hosted), &typed("5555 5555 5555 4444")).await.expect(200).text();
        assert!(back.contains("Cartão trocado") && back.contains("Mastercard final 4444"), "{back}");

        let mail = site.mail.wait(ANA, "/card").await;
        assert!(mail.text.contains("Mastercard final 4444"), "{}", mail.text);

        let shown = luz.order("A-2").await.to_string();
        assert!(shown.contains("4444"), "{shown}");

        // A second look at the gateway's page leads back to the portal.
        let again = ana.get(&card_form(&hosted).action).await.expect(303);
        assert!(path_of(again.header("location").unwrap()).starts_with(&address));

        let letters: String =
            site.mail.taken().iter().map(|mail| [&*mail.subject, &*mail.text, &*mail.html].join("\n")).collect();
        let places =
            [("database", site.db().await.dump().await.unwrap()), ("log", site.read_log()), ("mails", letters)];
        assert!(places.iter().all(|(_, text)| text.contains("card") || text.contains("4444")), "nothing was looked at");

        for (place, text) in places {
            for number in [
                "5555555555554444",
                "5555 5555 5555 4444",
                "4000000000009995",
                "4000002500003155",
                "4242 4242 4242 4241",
                "4242424242424241",
            ] {
                assert!(!text.contains(number), "{engine}: {number} is in the {place}");
            }
        }
        #[cfg(target_os = "linux")]
        is_forgotten(&site, &mut ana, &address).await;
        site.assert_sound().await;
    }
}

/// The server remembers who is shown, and not the number: neither in the outbox nor anywhere else, once what it came in
/// was used again.
#[cfg(target_os = "linux")]
async fn is_forgotten(site: &Site, ana: &mut Browser, address: &str) {
    use crate::harness::memory::holds;
    let numbers = ["5555555555554444", "5555 5555 5555 4444", "5555+5555+5555+4444"];
    assert!(holds(site.process(), &[ANA]).is_some(), "nothing was looked at");
    crate::harness::site::eventually("a server that knows no number", async || {
        ana.visit(address).await.expect(200);
        holds(site.process(), &numbers).is_none().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_may_ask_and_a_buyer_may_refuse_or_turn_back() {
    for engine in crate::harness::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let hosted = to_gateway(&mut ana, &address).await;
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        let asked = form(&question, "/sandbox/confirm/");
        let refused = ana.submit(&asked, &[("action", "refuse")]).await;
        assert!(refused.text().contains("não confirmou"), "{}", refused.text());
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        let back = ana.submit(&form(&question, "/sandbox/confirm/"), &[("action", "approve")]).await.expect(200).text();
        assert!(back.contains("Visa final 3155"), "{back}");
        let hosted = to_gateway(&mut ana, &address).await;
        let leave = forms(&hosted.text()).pop().unwrap();
        let back = ana.submit(&leave, &[]).await.expect(200).text();
        assert!(back.contains("O cartão não foi trocado"), "{back}");
        site.assert_sound().await;
    }
}
