// What a buyer may do with each kind of order: what is offered is done to its end, what is not says why.
import { becomes, guide, monthly, slips, smart } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { main, says, subscriptionOf } from "./support/places";
import { good, toGateway, typeCard } from "./support/sandbox";
import { expect, test, type Page } from "./support/test";

// Many pages in one story.
test.slow();

const cannotCancel = "As parcelas são o preço do que você comprou, dividido";

/** What the order's page does not lead to. */
async function offersNo(page: Page, ...links: RegExp[]): Promise<void> {
  for (const name of links) await expect(main(page).getByRole("link", { name })).toHaveCount(0);
}

/** Asks for all that can be had back, and waits until the money is there. */
async function refund(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}`);
  await main(page).getByRole("link", { name: "Pedir reembolso" }).click();
  await holds(page);
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  await expect(page).toHaveURL(/\/refund\/R-/);
  await says(page, "O reembolso foi concluído.");
  await page.goto(`/orders/${order}`);
  await says(page, "Todo o valor deste pedido já foi reembolsado ou está em reembolso.");
}

test("bought once: looked at and given back; there is no card, no plan and nothing to cancel", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide] });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await offersNo(page, /cartão|forma de pagamento/, /plano/, /Cancelar/);
  await expect(main(page).getByRole("heading", { name: "Assinatura" })).toHaveCount(0);
  await page.goto(`/orders/${orders[0]}/card`);
  await expect(main(page)).toContainText("paga de uma vez");
  await expect(main(page).getByRole("button")).toHaveCount(0);
  await refund(page, orders[0]);
});

test("a subscription: card, way to pay, plan, cancelling and money back, each to its end", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { ...monthly, daysAgo: 2 }, monthly);
  await signIn(page, email);
  const subscription = await subscriptionOf(page, orders[0]);
  await holds(page);
  await page.goto(`${subscription}/card`);
  await toGateway(page);
  await typeCard(page, good);
  await expect(main(page)).toContainText("Mastercard final 4444");
  await page.goto(`${subscription}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await main(page).getByRole("checkbox").check();
  await main(page).getByRole("button", { name: /^Pagar R\$/ }).click();
  await becomes(page.request, orders[0], (order) => order.subscription?.plan === "Clube Luz Ouro");
  await page.goto(`${subscription}/card`);
  await main(page).getByText("Mudar para boleto").click();
  await main(page).getByRole("button", { name: "Pagar por boleto de agora em diante" }).click();
  await becomes(page.request, orders[0], ({ method }) => method === "boleto");
  await page.goto(`${subscription}/cancel`);
  await main(page).getByRole("button", { name: "Continuar" }).click();
  await main(page).getByRole("button", { name: "Cancelar renovação", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Renovação cancelada");
  await page.goto(`/orders/${orders[1]}/refund`);
  await expect(main(page)).toContainText("A assinatura é cancelada e não haverá novas cobranças.");
  await refund(page, orders[1]);
  await expect(main(page)).toContainText("Encerrada");
  await holds(page);
});

test("parts by card: overdue ones are paid by another card, they are not cancelled, and money back stops the rest", async ({ page }) => {
  test.skip(new Date(Date.now() - 3 * 3_600_000).getUTCDate() > 28, "the month before may have no such day");
  const late = { ...smart, secondsToDue: 10, card: "0341" };
  const { email, orders } = await newBuyer(page.request, late, smart);
  await signIn(page, email);
  await becomes(page.request, orders[0], ({ invoices }) => invoices.some((one) => one.failure !== null));
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page)).toContainText("1 de 3 parcelas paga");
  await expect(main(page)).toContainText(cannotCancel);
  await offersNo(page, /plano/, /^Cancelar/);
  await holds(page);
  await main(page).getByRole("link", { name: /^Pagar R\$/ }).click();
  await expect(main(page).getByRole("button", { name: /^Pagar por/ })).toHaveCount(0);
  await holds(page);
  await toGateway(page);
  await typeCard(page, good);
  await expect(main(page)).toContainText(/Cobramos R\$\s499,00 no Mastercard final 4444/);
  await holds(page);
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page)).toContainText("2 de 3 parcelas pagas");
  await page.goto(`/orders/${orders[1]}`);
  await refund(page, orders[1]);
  await expect(main(page).getByText("Não será cobrada")).toHaveCount(2);
  await holds(page);
});

test("parts by Pix: the open one is paid by its code, there is no card, and the first can be had back", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, slips, { ...slips, daysAgo: 0 });
  await becomes(page.request, orders[0], ({ charges }) => charges.some(({ status }) => status === "pending"));
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page)).toContainText("1 de 3 parcelas paga");
  await expect(main(page)).toContainText(cannotCancel);
  await offersNo(page, /plano/, /^Cancelar/);
  await holds(page);
  await page.goto(`/orders/${orders[0]}/card`);
  await expect(main(page).getByRole("button", { name: /cartão/ })).toHaveCount(0);
  await expect(main(page).getByRole("img", { name: "QR code do Pix" })).toBeVisible();
  await main(page).getByRole("link", { name: "Abrir a página do Pix" }).click();
  await main(page).getByRole("button", { name: "Pagar (fazer de conta)" }).click();
  await expect(main(page).getByRole("status")).toHaveText("Pago. Obrigado.");
  await page.goto(`/orders/${orders[0]}`);
  await says(page, "2 de 3 parcelas pagas");
  await refund(page, orders[1]);
  await holds(page);
});

test("a trial, a pause, a cancelled and an ended subscription say where they stand, everywhere", async ({ page }) => {
  const states = [["trialing", "Em teste", 3], ["paused", "Pausada", 20], ["ending", "Cancelada, com acesso", 20], ["ended", "Encerrada", -1]] as const;
  const { email, orders } = await newBuyer(page.request, ...states.map(([status, , daysLeft]) => ({ ...monthly, status, daysAgo: 4, daysLeft, paid: status !== "trialing" })));
  await signIn(page, email);
  await holds(page);
  for (const [at, [, words]] of states.entries()) {
    const subscription = await subscriptionOf(page, orders[at]);
    await expect(main(page)).toContainText(words);
    await holds(page);
    await page.goto(subscription);
    await expect(main(page)).toContainText(words);
    await holds(page);
  }
});

test("in a trial another plan begins at once and nothing is charged", async ({ page }) => {
  const trial = { ...monthly, status: "trialing" as const, daysAgo: 4, daysLeft: 3, paid: false };
  const { email, orders } = await newBuyer(page.request, trial);
  await signIn(page, email);
  await page.goto(`${await subscriptionOf(page, orders[0])}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await expect(main(page)).toContainText("Você está no período de teste: nada é cobrado agora");
  await holds(page);
  await main(page).getByRole("button", { name: "Trocar agora" }).click();
  await expect(main(page)).toContainText("Nada foi cobrado pela troca.");
  await holds(page);
});
