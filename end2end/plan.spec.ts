import { mails } from "./support/mail";
import { holds } from "./support/page";
import { signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";
import type { APIRequestContext } from "@playwright/test";
import { randomUUID } from "node:crypto";

const main = (page: Page) => page.getByRole("main");
const day = 86_400_000;

type Plan = { status?: string };

/** Somebody with a month of the club, ten days of which are over. */
async function subscriber(request: APIRequestContext, { status = "active" }: Plan = {}): Promise<{ email: string; order: string }> {
  const email = `plan-${randomUUID()}@example.com`;
  const order = `E2E-${randomUUID().slice(0, 13)}`;
  const start = new Date(Date.now() - 10 * day).toISOString();
  const end = new Date(Date.now() + 20 * day).toISOString();
  const answer = await request.post("/api/v1/orders", {
    headers: { authorization: `Bearer ${process.env.API_KEY}`, "idempotency-key": order },
    data: {
      code: order,
      kind: "subscription",
      buyer: { email, name: "Beatriz Nogueira" },
      items: [{ product: "clube-luz", offer: "clube-luz", amount: 4_990 }],
      currency: "BRL",
      ordered_at: start,
      paid_at: start,
      payment: { method: "card", card: { brand: "visa", last4: "4242", exp_month: 8, exp_year: 2031 } },
      subscription: { status, plan: "Clube Luz mensal", interval: { unit: "month", count: 1 }, period_start: start, period_end: end, next_charge_at: end },
      gateway: { name: "sandbox", reference: `ch-${order}` },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return { email, order };
}

async function openPlans(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}`);
  await main(page).getByRole("link", { name: "Trocar de plano" }).click();
  await expect(page).toHaveURL(/\/plan$/);
}

/** Chooses a plan and goes to its figures. */
async function choose(page: Page, name: string): Promise<void> {
  await main(page).getByRole("radio", { name }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await expect(page).toHaveURL(/\/plan\/quote\//);
}

const hasScripts = (page: Page) => page.evaluate(() => matchMedia("(scripting: enabled)").matches);

test("a cheaper plan waits for the renewal, is seen everywhere, and can be undone", async ({ page }) => {
  const { email, order } = await subscriber(page.request);
  await signIn(page, email);
  await openPlans(page, order);
  await holds(page);
  await choose(page, "Clube Luz Leve");
  await expect(main(page)).toContainText(/R\$\s0,00/);
  await expect(main(page)).toContainText(/Depois: R\$\s29,90 por mês/);
  await expect(main(page).getByRole("checkbox")).toHaveCount(0);
  await holds(page);
  await main(page).getByRole("button", { name: /^Trocar em \d\d\/\d\d/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Troca marcada");
  await holds(page);
  for (const path of ["/", `/orders/${order}`]) {
    await page.goto(path);
    await expect(main(page)).toContainText(/seu plano passa a ser Clube Luz Leve/);
  }
  await holds(page);
  await openPlans(page, order);
  await main(page).getByRole("button", { name: "Desfazer a troca" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Troca desfeita");
  await page.goto(`/orders/${order}`);
  await expect(main(page)).not.toContainText("Clube Luz Leve");
  await expect
    .poll(async () => (await mails(page.request, email)).filter((mail) => /Troca (marcada|desfeita)/.test(mail.subject)).length, { timeout: 20_000 })
    .toBe(2);
});

test("a dearer plan says what is paid now, and nobody pays without saying yes", async ({ page }) => {
  const { email, order } = await subscriber(page.request);
  await signIn(page, email);
  await openPlans(page, order);
  await choose(page, "Clube Luz Ouro");
  await expect(main(page)).toContainText("Crédito não usado de Clube Luz mensal");
  await expect(main(page)).toContainText("A pagar agora");
  const consent = main(page).getByRole("checkbox", { name: /Autorizo a cobrança de R\$/ });
  await expect(consent).not.toBeChecked();
  await holds(page);
  const pay = main(page).getByRole("button", { name: /^Pagar R\$\s[\d,]+ e trocar$/ });
  await pay.click();
  await expect(main(page)).toContainText("marque que autoriza a cobrança");
  await holds(page);
  await consent.check();
  await pay.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^(Plano trocado|Estamos cobrando)$/);
  await holds(page);
});

test("an annual plan may be paid in parts that end before its renewal", async ({ page }) => {
  const { email, order } = await subscriber(page.request);
  await signIn(page, email);
  await openPlans(page, order);
  await choose(page, "Clube Luz anual");
  await expect(main(page).getByLabel("Em quantas vezes").getByRole("option")).toHaveCount(12);
  await holds(page);
});

test("the figures are there while one chooses, where scripts run", async ({ page }) => {
  const { email, order } = await subscriber(page.request);
  await signIn(page, email);
  await openPlans(page, order);
  test.skip(!(await hasScripts(page)), "without scripts the button shows them");
  const status = main(page).getByRole("status");
  await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
  await expect(status).toContainText("Crédito não usado de Clube Luz mensal");
  await main(page).getByRole("radio", { name: "Clube Luz Leve" }).check();
  await expect(status).toContainText(/Depois: R\$\s29,90 por mês/);
  await expect(status).not.toContainText("Crédito não usado");
  await holds(page);
});

test("what cannot be changed says why, and whom to ask", async ({ page }) => {
  const { email, order } = await subscriber(page.request, { status: "past_due" });
  await signIn(page, email);
  await openPlans(page, order);
  await expect(main(page)).toContainText("Há uma cobrança em atraso");
  await expect(main(page).getByRole("radio")).toHaveCount(0);
  await holds(page);
});
