import type { APIRequestContext } from "@playwright/test";
import { mails } from "./support/mail";
import { monthly, type Purchase } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { says } from "./support/places";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

/** Somebody with a month of the club, ten days of which are over. */
async function subscriber(request: APIRequestContext, purchase: Purchase = {}): Promise<{ email: string; order: string }> {
  const { email, orders } = await newBuyer(request, { ...monthly, daysAgo: 10, ...purchase });
  return { email, order: orders[0] };
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
  await main(page).getByRole("button", { name: /^Agendar troca para \d\d\/\d\d/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Troca de plano agendada");
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
    .poll(async () => (await mails(page.request, email)).filter((mail) => /Troca (de plano agendada|desfeita)/.test(mail.subject)).length, { timeout: 20_000 })
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

test("figures that another tab made old are not charged: the ones of now are shown", async ({ page, context }) => {
  const { email, order } = await subscriber(page.request);
  await signIn(page, email);
  await openPlans(page, order);
  await choose(page, "Clube Luz anual");
  const second = await context.newPage();
  await openPlans(second, order);
  await choose(second, "Clube Luz Ouro");
  for (const tab of [second, page]) {
    await main(tab).getByRole("checkbox").check();
    await main(tab).getByRole("button", { name: /^Pagar R\$/ }).click();
  }
  await expect(page.getByRole("alert")).toContainText("Os valores de antes já não valiam e nada foi cobrado.");
  await expect(main(page)).toContainText("Crédito não usado de Clube Luz Ouro");
  await holds(page);
});

test("a plan that the bank does not pay for stays as it was, says why, and leads to another card", async ({ page }) => {
  const { email, order } = await subscriber(page.request, { card: "9995" });
  await signIn(page, email);
  await openPlans(page, order);
  await choose(page, "Clube Luz Ouro");
  await main(page).getByRole("checkbox").check();
  await main(page).getByRole("button", { name: /^Pagar R\$/ }).click();
  await says(page, "O banco diz que não há saldo ou limite. Libere limite ou use outro cartão.");
  await expect(main(page)).toContainText("Nada foi cobrado. Você continua com Clube Luz mensal.");
  await holds(page);
  await main(page).getByRole("link", { name: "Usar outro cartão" }).click();
  await expect(page).toHaveURL(/\/card$/);
});

test("a change that is paid by Pix shows the code, and is there when it is paid", async ({ page }) => {
  const { email, order } = await subscriber(page.request, { method: "pix" });
  await signIn(page, email);
  await openPlans(page, order);
  await choose(page, "Clube Luz Ouro");
  await main(page).getByRole("checkbox", { name: /Autorizo a cobrança de R\$/ }).check();
  await main(page).getByRole("button", { name: /^Pagar R\$\s[\d,]+ e trocar$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pague para trocar de plano");
  await expect(main(page).getByRole("img", { name: "QR code do Pix" })).toBeVisible();
  await expect(main(page).getByText(/^000201/)).toBeVisible();
  await expect(main(page)).toContainText(/Pague até .*\d\d:\d\d/);
  await holds(page);
  const change = page.url();
  await main(page).getByRole("link", { name: "Abrir a página do Pix" }).click();
  await main(page).getByRole("button", { name: "Pagar (fazer de conta)" }).click();
  await expect(main(page).getByRole("status")).toHaveText("Pago. Obrigado.");
  await page.goto(change);
  await says(page, "Agora o seu plano é Clube Luz Ouro.");
  await holds(page);
});
