import { mails } from "./support/mail";
import { holds } from "./support/page";
import { buyer, signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";

/** Opens the refund page of the first order that still offers one. */
async function openRefund(page: Page): Promise<void> {
  await page.goto("/");
  const orders = page.getByRole("main").locator('a[href^="/orders/"]');
  const addresses = await orders.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const address of new Set(addresses)) {
    await page.goto(address!);
    const refund = page.getByRole("link", { name: /reembolso/i }).first();
    if (await refund.isVisible()) {
      await refund.click();
      await expect(page).toHaveURL(/\/orders\/[^/]+\/refund/);
      return;
    }
  }
  throw new Error("no order of the demo's buyer offers a refund");
}

/** Chooses every item, where there is more than one to choose from. */
async function chooseAll(page: Page): Promise<void> {
  const boxes = await page.getByRole("main").getByRole("checkbox").all();
  for (const box of boxes) await box.check();
  if (boxes.length > 0) await page.getByRole("main").getByRole("button", { name: /continuar|revisar|ver/i }).click();
}

test("money comes back: items, preview, confirmation, protocol, mail", async ({ page }) => {
  await signIn(page, buyer);
  const before = (await mails(page.request, buyer)).length;
  await openRefund(page);
  await holds(page);
  await chooseAll(page);
  await holds(page);
  await expect(page.getByRole("main")).toContainText(/R\$\s?\d/);
  await page.getByRole("main").getByRole("button", { name: /reembolso/i }).click();
  await expect(page.getByRole("main")).toContainText(/protocolo/i);
  await holds(page);
  await expect
    .poll(async () => (await mails(page.request, buyer)).slice(0, -before || undefined).map((mail) => mail.subject).join(" "))
    .toMatch(/reembolso/i);
});

test("a refund asked for stays to be seen on its order", async ({ page }) => {
  await signIn(page, buyer);
  await openRefund(page);
  const order = new URL(page.url()).pathname.replace(/\/refund$/, "");
  await chooseAll(page);
  await page.getByRole("main").getByRole("button", { name: /reembolso/i }).click();
  await page.goto(order);
  await expect(page.getByRole("main")).toContainText(/reembolso/i);
  await expect(page.getByRole("main").getByRole("link", { name: /pedir reembolso/i })).toHaveCount(0);
  await holds(page);
});
