// What is open is paid: by a code, by another card, by a word to the bank.
import { randomUUID } from "node:crypto";
import { becomes, byBoleto, byPix, isOverdue, monthly, overdue } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { main, says, subscriptionOf } from "./support/places";
import { asksAlways, confirm, good, refusedLater, toGateway, typeCard } from "./support/sandbox";
import { report } from "./support/producer";
import { expect, test, type Page } from "./support/test";

// Many pages in one story.
test.slow();

const hasCode = ({ charges }: { charges: { status: string }[] }) => charges.some(({ status }) => status === "pending");

/** What the gateway's page of a code shows, and one of its two buttons. */
async function atTheBank(page: Page, link: string, button: string, words: string): Promise<void> {
  await main(page).getByRole("link", { name: link }).click();
  await expect(page).toHaveURL(/\/sandbox\/(pix|boleto)\//);
  await holds(page);
  await main(page).getByRole("button", { name: button }).click();
  await expect(main(page).getByRole("status")).toHaveText(words);
  await holds(page);
}

test("a Pix that is open is shown with its picture and its end, made anew when it is over, and paid", async ({ page, javaScriptEnabled }) => {
  const { email, orders } = await newBuyer(page.request, byPix);
  await becomes(page.request, orders[0], hasCode);
  await signIn(page, email);
  const at = `${await subscriptionOf(page, orders[0])}/card`;
  await page.goto(at);
  await expect(main(page)).toContainText(/R\$\s49,90/);
  await expect(main(page)).toContainText(/Pague até .*\d\d:\d\d/);
  await expect(main(page).getByRole("img", { name: "QR code do Pix" })).toBeVisible();
  const code = main(page).locator("#open").getByText(/^000201/);
  await expect(code).toBeVisible();
  const first = await code.textContent();
  await expect(main(page).getByRole("button", { name: "Copiar código Pix" })).toHaveCount(javaScriptEnabled ? 1 : 0);
  await holds(page);
  await atTheBank(page, "Abrir a página do Pix", "Deixar vencer", "O prazo para pagar terminou.");
  await page.goto(at);
  await says(page, "O prazo para pagar terminou. Gere um novo código.");
  await holds(page);
  await main(page).getByRole("button", { name: /^Gerar Pix de R\$\s49,90/ }).click();
  await expect(code).toBeVisible();
  await expect(code).not.toHaveText(first!);
  await atTheBank(page, "Abrir a página do Pix", "Pagar (fazer de conta)", "Pago. Obrigado.");
  await page.goto(at);
  await expect(async () => {
    await page.reload();
    await expect(main(page).getByRole("heading", { name: "Pix para pagar" })).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(main(page).getByRole("button", { name: /^Gerar Pix/ })).toHaveCount(0);
  await holds(page);
  await page.goto(`/orders/${orders[0]}`);
  await says(page, "Cobrança paga");
});

test("a boleto that is open is shown with its line, and paid", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, byBoleto);
  await becomes(page.request, orders[0], hasCode);
  await signIn(page, email);
  await page.goto(`${await subscriptionOf(page, orders[0])}/card`);
  await expect(main(page).getByRole("heading", { name: "Boleto para pagar" })).toBeVisible();
  await expect(main(page).locator("#open")).toContainText(/\d{5}\.\d{5}/);
  await holds(page);
  await atTheBank(page, "Abrir o boleto", "Pagar (fazer de conta)", "Pago. Obrigado.");
  await page.goto(`/orders/${orders[0]}`);
  await says(page, "Cobrança paga");
});

for (const [method, name, code] of [
  ["billet", "boleto", "34191.79001 01043.510047 91020.150008 1 00000000029700"],
  ["pix", "Pix", "00020126580014br.gov.bcb.pix0136e2e5204000053039865406297.005802BR6304ABCD"],
] as const) {
  test(`what was bought by ${name} shows its code until it is paid, then says so`, async ({ page }) => {
    const { email } = await newBuyer(page.request);
    const order = `E2E-${randomUUID().slice(0, 13)}`;
    const status = method === "pix" ? "waiting_payment" : "billet_printed";
    await report(page.request, { id: order, email, status, method, code });
    await signIn(page, email);
    await expect(main(page)).toContainText(/falta pagar R\$\s297,00/);
    await page.goto(`/orders/${order}`);
    await expect(main(page)).toContainText("Aguardando pagamento");
    await expect(main(page)).toContainText(code);
    await expect(main(page)).toContainText(/Pague até \S+, \d\d/);
    await holds(page);
    await report(page.request, { id: order, email, status: "approved", method });
    await page.reload();
    await expect(main(page)).toContainText("Pago");
    await expect(main(page)).not.toContainText(code);
    await holds(page);
  });
}

test("what is overdue says why and until when, is refused once more, and is paid by another card", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, overdue);
  await becomes(page.request, orders[0], isOverdue);
  await signIn(page, email);
  await expect(main(page)).toContainText("Precisa da sua atenção");
  await expect(main(page)).toContainText(/R\$\s49,90 em atraso/);
  await expect(main(page).getByRole("link", { name: /^Pagar R\$\s49,90/ })).toHaveCount(2);
  await holds(page);
  const subscription = await subscriptionOf(page, orders[0]);
  await expect(main(page)).toContainText("Pagamento atrasado");
  await holds(page);
  await page.goto(subscription);
  await expect(main(page)).toContainText(/R\$\s49,90 em atraso desde/);
  await expect(main(page)).toContainText(/o acesso vai até/);
  await holds(page);
  await main(page).getByRole("link", { name: /^Pagar R\$\s49,90/ }).click();
  await expect(main(page)).toContainText("O banco recusou sem dizer o motivo.");
  await holds(page);
  // Refused on the card that is there, then on another one.
  await main(page).getByRole("button", { name: /^Tentar de novo neste cartão/ }).click();
  await expect(main(page).getByRole("status")).toHaveText("Tentamos de novo, e a cobrança não passou.");
  await holds(page);
  await toGateway(page);
  await typeCard(page, refusedLater);
  await expect(main(page)).toContainText(/a cobrança de R\$\s49,90 não passou/);
  await holds(page);
  await toGateway(page);
  await typeCard(page, good);
  await expect(main(page)).toContainText(/Cobramos R\$\s49,90 no Mastercard final 4444\. O pagamento passou e está tudo em dia\./);
  await holds(page);
  await page.goto(subscription);
  await expect(main(page)).toContainText("Ativa");
  await expect(main(page).getByRole("link", { name: /^Pagar R\$/ })).toHaveCount(0);
});

test("what is overdue is paid by Pix, this once, and the card stays", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, overdue);
  await becomes(page.request, orders[0], isOverdue);
  await signIn(page, email);
  const at = `${await subscriptionOf(page, orders[0])}/card`;
  await page.goto(at);
  await expect(main(page)).toContainText(/As próximas cobranças continuam como estão: .*0341/);
  await holds(page);
  await main(page).getByRole("button", { name: /^Pagar R\$\s49,90 por Pix, só desta vez$/ }).click();
  await expect(main(page).getByRole("img", { name: "QR code do Pix" })).toBeVisible();
  await expect(main(page).locator("#on-file")).toContainText("0341");
  await expect(main(page)).toContainText(/Enquanto este código valer, não cobramos .*0341/);
  await expect(main(page).getByRole("button", { name: /^Pagar R\$\s49,90 por Pix, só desta vez$/ })).toHaveCount(0);
  await holds(page);
  const bank = await page.context().newPage();
  await bank.goto(page.url());
  await atTheBank(bank, "Abrir a página do Pix", "Pagar (fazer de conta)", "Pago. Obrigado.");
  // Nobody touches the page of the code: it notices.
  await expect(main(page).getByRole("status")).toHaveText("Não há mais nada em aberto.", { timeout: 60_000 });
  await page.goto(`/orders/${orders[0]}`);
  await says(page, "Cobrança paga");
  await expect(main(page)).toContainText("0341");
  await holds(page);
});

test("the bank asks before what is overdue is paid, and the answer comes back to the portal", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, overdue);
  await becomes(page.request, orders[0], isOverdue);
  await signIn(page, email);
  await page.goto(`${await subscriptionOf(page, orders[0])}/card`);
  await toGateway(page);
  await typeCard(page, asksAlways);
  await confirm(page);
  await expect(main(page)).toContainText("o banco quer que você confirme");
  await holds(page);
  await main(page).getByRole("link", { name: "Confirmar com o banco" }).click();
  const bank = page.url();
  // Back without an answer: it is being checked, and nothing can be paid a second time meanwhile.
  const card = `${await subscriptionOf(page, orders[0])}/card`;
  const again = main(page).getByRole("button", { name: /^Tentar de novo neste cartão/ });
  await page.goto(`${card}?back`);
  await expect(main(page).getByRole("status")).toContainText("Estamos conferindo o pagamento com o banco");
  await expect(main(page).getByRole("button")).toHaveCount(0);
  await holds(page);
  await expect(page, "the page is read again by itself").toHaveURL(/\?back=2$/);
  // After enough looks everything is offered again.
  await page.goto(`${card}?back=11`);
  await expect(again).toBeVisible();
  await page.goto(bank);
  await confirm(page);
  await expect(page).toHaveURL(/\/card\?back/);
  await expect(main(page).getByRole("status")).toContainText("Não há mais nada em aberto");
  await holds(page);
  await becomes(page.request, orders[0], ({ subscription }) => subscription?.status === "active");
  await holds(page);
});

test("a change of plan waits for the bank's question; no changes nothing, yes changes the plan", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { ...monthly, card: "3184", daysAgo: 10 });
  await signIn(page, email);
  const subscription = await subscriptionOf(page, orders[0]);
  for (const [answer, words] of [["Recusar", "O plano não foi trocado"], ["Confirmar", "Plano trocado"]]) {
    await page.goto(`${subscription}/plan`);
    await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
    await main(page).getByRole("button", { name: "Ver os valores" }).click();
    await main(page).getByRole("checkbox").check();
    await main(page).getByRole("button", { name: /^Pagar R\$/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Falta a sua confirmação");
    await holds(page);
    const change = page.url();
    await main(page).getByRole("link", { name: "Confirmar o pagamento" }).click();
    await holds(page);
    await page.getByRole("button", { name: answer, exact: true }).click();
    await expect(page).toHaveURL(/\?back/);
    await expect(main(page)).not.toContainText("Falta a sua confirmação");
    await page.goto(change);
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words, { timeout: 500 });
    }).toPass({ timeout: 60_000 });
    await holds(page);
  }
});
