import { holds } from "./support/page";
import { buyer, signIn } from "./support/people";
import { expect, test } from "./support/test";

test("home lists what was bought, and each order opens", async ({ page }) => {
  await signIn(page, buyer);
  await page.goto("/");
  await holds(page);
  const orders = page.getByRole("main").locator('a[href^="/orders/"]');
  const addresses = await orders.evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(addresses.length, "the demo's buyer has orders").toBeGreaterThan(0);
  for (const address of new Set(addresses)) {
    await page.goto(address!);
    await expect(page.getByRole("main")).toContainText(/R\$/);
    await holds(page);
  }
});

test("a stranger's order and no order are the same page", async ({ page }) => {
  await signIn(page, buyer);
  const bodies = [];
  for (const code of ["NO-SUCH-ORDER", "ANOTHER-ONE"]) {
    const answer = await page.request.get(`/orders/${code}`);
    expect(answer.status()).toBe(404);
    bodies.push((await answer.text()).replaceAll(code, "…").replace(/nonce(-|=")[\w+/=-]+/g, ""));
  }
  expect(bodies[0]).toBe(bodies[1]);
});

test("without a session an order asks who is there", async ({ page }) => {
  await page.goto("/orders/ANY");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("pages that do not exist say so and lead home", async ({ page }) => {
  await signIn(page, buyer);
  const answer = await page.request.get("/no/such/page");
  expect(answer.status()).toBe(404);
  await page.setContent((await answer.text()).replace("<head>", `<head><base href="${new URL(answer.url()).origin}">`));
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
});
