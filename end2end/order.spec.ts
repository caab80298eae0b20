import { bonus, course } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { expect, test } from "./support/test";

test("home lists what was bought, and each order opens with its access confirmed", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] }, { paid: false });
  await signIn(page, email);
  await holds(page);
  for (const order of orders) await expect(page.locator(`main a[href="/orders/${order}"]`).first()).toBeVisible();
  await page.goto(`/orders/${orders[0]}`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("main")).toContainText(/Acesso confirmado às \d\d:\d\d/, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("main")).toContainText(/R\$\s344,00/);
  await holds(page);
  await page.goto(`/orders/${orders[1]}`);
  await holds(page);
});

test("home finds an order by a word of its name, without accents", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, {}, { items: [{ ...bonus, bump: false }] });
  await signIn(page, email);
  await page.getByText("Buscar e filtrar").click();
  await page.getByLabel("Buscar", { exact: true }).fill("ILUMINACAO");
  await page.getByRole("button", { name: "Filtrar" }).click();
  await expect(page.locator(`main a[href="/orders/${orders[1]}"]`).first()).toBeVisible();
  await expect(page.locator(`main a[href="/orders/${orders[0]}"]`)).toHaveCount(0);
  await page.goto("/?q=nothing-like-it");
  await holds(page);
});

test("twenty orders and more go on by a link", async ({ page }) => {
  const { email } = await newBuyer(page.request, ...Array.from({ length: 23 }, (_, n) => ({ daysAgo: n })));
  await signIn(page, email);
  const links = page.locator('main a[href^="/orders/"]');
  await expect(links).toHaveCount(20);
  await page.locator('main a[href*="cursor="]').click();
  await expect(links).toHaveCount(3);
  await holds(page);
});

test("somebody else's order and no order are the same page", async ({ page }) => {
  const { orders } = await newBuyer(page.request);
  const { email } = await newBuyer(page.request);
  await signIn(page, email);
  const bodies = [];
  for (const code of [orders[0], "NO-SUCH-ORDER"]) {
    const answer = await page.request.get(`/orders/${code}`);
    expect(answer.status()).toBe(404);
    bodies.push((await answer.text()).replaceAll(code, "…"));
  }
  expect(bodies[0]).toBe(bodies[1]);
});

test("without a session an order asks who is there, and leads back", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  await page.goto(`/orders/${orders[0]}`);
  await expect(page).toHaveURL(/\/sign-in/);
  const { link, newMail } = await import("./support/mail");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByRole("button", { name: "Enviar link de acesso" }).click();
  await page.goto(link(await newMail(page.request, email, 0, { subject: /link/i })));
  await page.getByRole("button", { name: "Continuar" }).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${orders[0]}$`));
});

test("pages that do not exist say so and lead home", async ({ page }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
  await holds(page);
});

test("the code of an order is copied by a press", async ({ page, context, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "comfort that needs JavaScript");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { email, orders } = await newBuyer(page.request);
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await page.getByRole("button", { name: /copiar/i }).first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(orders[0]);
});
