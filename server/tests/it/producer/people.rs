//! The people of a producer: what ends somebody's work is told before there is a button for it, and done by that one.

use super::Desk;
use crate::harness::browserless::{Form, forms};
use crate::harness::{each_world, email, line, producer};
use portal::login::{NewMember, assign_member};
use types::MemberRole;

const PEOPLE: &str = "/producer/people";

/// The form that is meant, of which the page tells first what it does.
async fn form(desk: &Desk, words: &str, is_meant: impl Fn(&str) -> bool) -> Form {
    let page = desk.get(PEOPLE).await.expect(200);
    let found = forms(&page.text).into_iter().find(|form| is_meant(&form.action));
    let form = found.unwrap_or_else(|| panic!("no form: {}", page.text));
    assert!(page.tells_first(words, &form), "{}", page.text);
    form
}

#[tokio::test]
async fn what_ends_somebodys_work_is_told_before_its_button() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let desk = Desk::of(world, &luz).await;
        let page = desk.get(PEOPLE).await.expect(200);
        let rui = [("email", "rui@example.com"), ("role", "agent")];
        assert!(desk.press(&page.form(PEOPLE, None), &rui).await.expect(303).says("said-invited"));
        let invited = |action: &str| action.starts_with("/producer/people/invitations/");
        let withdraw = form(&desk, "O link do convite deixa de valer na hora", invited).await;
        assert!(desk.press(&withdraw, &[]).await.expect(303).says("said-invitation-withdrawn"));

        let newcomer = Some((line("Bia Lemos"), "correct horse battery".to_owned()));
        let bia = NewMember { email: email("bia@example.com"), role: MemberRole::Agent, newcomer };
        assign_member(&world.portal, &luz, bia).await.unwrap();
        let removal = |action: &str| action.ends_with("/removal");
        let remove = form(&desk, "A pessoa não trabalha mais aqui", removal).await;
        assert!(desk.press(&remove, &[]).await.expect(303).says("said-member-removed"));
        let rest = desk.get(PEOPLE).await.expect(200).text;
        assert!(!rest.contains("Bia Lemos") && !rest.contains("rui@example.com"), "{rest}");
        world.settle().await;
    })
    .await;
}
