// The whole way of somebody who reads English: in, an order, cancelling, taking that back, the money back, and mails in English too.
import { code, link, newMail } from "./support/mail";
import { becomes, bonus, byPix, course, guide, isOverdue, monthly, overdue, slips } from "./support/orders";
import { fits, holds } from "./support/page";
import { newBuyer } from "./support/people";
import { main, subscriptionOf } from "./support/places";
import { expect, test } from "./support/test";

test.use({ locale: "en-GB" });
// Many pages in one story.
test.slow();

test("in, an order, cancelled, taken back, given back: all of it in English", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] }, monthly);
  const title = page.getByRole("heading", { level: 1 });
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByLabel(/e-?mail/i).fill(email);
  await holds(page);
  await page.getByRole("button", { name: "Send sign-in link" }).click();
  await holds(page);
  const mail = await newMail(page.request, email, 0, { subject: /link/i });
  expect(mail.subject).toMatch(/sign-in link/i);
  expect(code(mail)).toMatch(/^.{4}-.{4}$/);
  await page.goto(link(mail));
  await holds(page);
  await main(page).getByRole("button", { name: "Continue" }).click();
  await expect(title).toHaveText("My purchases");
  await holds(page);

  await page.goto(`/orders/${orders[1]}`);
  await expect(main(page)).toContainText(/R\$\s?49\.90 a month/);
  await holds(page);
  await main(page).getByRole("link", { name: "Cancel renewal" }).click();
  await expect(main(page)).toContainText("You have access until");
  await expect(main(page)).toContainText(/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/);
  await holds(page);
  await main(page).getByRole("button", { name: "Continue" }).click();
  await main(page).getByLabel("It is too expensive for me").check();
  await expect(main(page)).toContainText("How about 30% off?");
  await holds(page);
  await main(page).getByRole("button", { name: "Cancel renewal", exact: true }).click();
  await expect(title).toHaveText("Renewal cancelled");
  await holds(page);
  await newMail(page.request, email, 0, { subject: /^Renewal cancelled: access until/ });
  await main(page).getByRole("button", { name: "Undo cancellation" }).click();
  await expect(main(page)).toContainText("Active");
  await holds(page);
  await newMail(page.request, email, 0, { subject: /^Cancellation undone/ });

  await page.goto(`/orders/${orders[0]}`);
  await main(page).getByRole("link", { name: "Request a refund" }).click();
  await holds(page);
  await main(page).getByRole("button", { name: "See amount" }).click();
  await expect(main(page)).toContainText("You get back");
  await holds(page);
  await main(page).getByRole("button", { name: /^Request refund of/ }).click();
  await expect(title).toHaveText(/^Refund (requested|sent to your bank|complete)$/);
  await expect(async () => {
    await page.reload();
    await expect(title).toHaveText("Refund complete", { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await holds(page);
  await newMail(page.request, email, 0, { subject: /^Your refund of .* is complete|^Your refund of/ });
  for (const path of ["/", `/orders/${orders[0]}`, "/account"]) {
    await page.goto(path);
    await holds(page);
  }
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(title).toHaveText("Sign in");
});

/** Words of every Portuguese page; no product of these stories has them in its name. */
const portuguese = /\b(não|você|cobranças?|assinatura|pedido|até|cartão|pagamento|seu|sua)\b/i;

test("every other page speaks English too, the gateway's as well", async ({ page }) => {
  const late = { items: [guide], daysAgo: 20 };
  const { email, orders } = await newBuyer(page.request, { ...monthly, daysAgo: 10 }, late, overdue, byPix, slips);
  await becomes(page.request, orders[2], isOverdue);
  await becomes(page.request, orders[3], ({ charges }) => charges.some(({ status }) => status === "pending"));
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByRole("button", { name: "Send sign-in link" }).click();
  await page.goto(link(await newMail(page.request, email, 0, { subject: /link/i })));
  await main(page).getByRole("button", { name: "Continue" }).click();
  await expect(main(page)).toContainText("Needs your attention");
  const plan = await subscriptionOf(page, orders[0]);
  const owing = await subscriptionOf(page, orders[2]);
  const byCode = await subscriptionOf(page, orders[3]);
  const account = ["/account", "/account/profile", "/account/email", "/account/erasure"];
  const order = [`/orders/${orders[0]}`, `/orders/${orders[0]}/terms`, `/orders/${orders[0]}/billing`, `/orders/${orders[1]}/refund`, `/orders/${orders[4]}`, `/orders/${orders[4]}/card`];
  const subscriptions = [plan, `${plan}/card`, `${plan}/plan`, owing, `${owing}/card`, `${owing}/cancel`, `${owing}/plan`, byCode, `${byCode}/card`];
  for (const path of ["/", ...account, ...order, ...subscriptions]) {
    await page.goto(path);
    expect(await main(page).innerText(), path).not.toMatch(portuguese);
    await fits(page);
  }
  await main(page).getByRole("link", { name: "Open the Pix page" }).click();
  expect(await page.locator("body").innerText(), "a Pix").not.toMatch(portuguese);
  await page.goto(`${plan}/card`);
  await main(page).getByRole("button", { name: "Change card" }).click();
  expect(await page.locator("body").innerText(), "a card").not.toMatch(portuguese);
  await page.getByLabel("Card number").fill("4242 4242 4242 4241");
  await page.getByRole("button", { name: "Save card" }).click();
  await expect(page.locator("#number-error")).toHaveText("Check the card number.");
  await holds(page);
  await page.goto(`${plan}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz anual" }).check();
  await main(page).getByRole("button", { name: "See amounts" }).click();
  await expect(page).toHaveURL(/\/plan\/quote\//);
  expect(await main(page).innerText(), "a quote").not.toMatch(portuguese);
  await holds(page);
});
