// Everything that a buyer may be refused, with its reason on the screen, in both languages.
import { randomUUID } from "node:crypto";
import { becomes, buy, byPix, guide, isOverdue, monthly, overdue, slips, smart, type Purchase } from "./support/orders";
import { fits, holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { inEnglish, main, says, subscriptionOf } from "./support/places";
import { newProduct, putPolicy, report } from "./support/producer";
import { expect, test, type Page } from "./support/test";

// Many pages in one story.
test.slow();

/** What an order says on one of its pages, and what it does not offer there. */
type Refused = { order: string; at: string; portuguese: string | RegExp; english: string | RegExp };

/**
 * Looks at each page in Portuguese, then in English. What could be pressed is not there. A refusal is the same page with scripts and without:
 * axe looks at it once.
 */
async function eachSays(page: Page, refusals: Refused[], pressed: { portuguese: RegExp; english: RegExp }): Promise<void> {
  const look = test.info().project.name === "plain" ? holds : fits;
  for (const { at, portuguese } of refusals) {
    await page.goto(at);
    await expect(main(page), at).toContainText(portuguese);
    await expect(main(page).getByRole("button", { name: pressed.portuguese }), at).toHaveCount(0);
    await look(page);
  }
  await inEnglish(page);
  for (const { at, english } of refusals) {
    await page.goto(at);
    await expect(main(page), at).toContainText(english);
    await expect(main(page).getByRole("button", { name: pressed.english }), at).toHaveCount(0);
    await fits(page);
  }
}

const ended: Purchase = { ...monthly, status: "ended", daysAgo: 60, daysLeft: -30 };
const ending: Purchase = { ...monthly, status: "ending", daysAgo: 10, daysLeft: 20 };

/** A plan whose renewal was paid, and is disputed with the bank. */
async function disputed(page: Page, email: string): Promise<string> {
  const order = await buy(page.request, email, { ...overdue, card: "4242" });
  const isRenewal = ({ reference, status }: { reference: string; status: string }) => reference.startsWith("sbx_ch_") && status === "paid";
  const seen = await becomes(page.request, order, ({ charges }) => charges.some(isRenewal));
  const charge = seen.charges.find(isRenewal)!;
  const done = await page.request.post("/sandbox/dispute", { form: { reference: charge.reference }, maxRedirects: 0 });
  expect(done.status(), await done.text()).toBe(303);
  await becomes(page.request, order, ({ status }) => status === "disputed");
  return order;
}

/** Asks the seller for the money of an order whose window is over; the page then says until when he answers. */
async function askTheSeller(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}/refund`);
  await main(page).getByLabel(/^Mensagem/).fill("Mudei de ideia.");
  await main(page).getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(main(page)).toContainText(/tem até .* para responder/);
}

/** Presses through a refund of all there is; the page then bears its number. */
async function refund(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}/refund`);
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  await expect(page).toHaveURL(/\/refund\/R-/);
}

test("why a card cannot be changed", async ({ page }) => {
  const closed = await newProduct(page.request, { policy: { payment: { card_swap: false } } });
  const elsewhere = { ...monthly, gateway: "pagamentos-sul" };
  const { email, orders } = await newBuyer(page.request, {}, { ...slips, daysAgo: 0 }, ended, elsewhere, { ...monthly, items: [closed] });
  await signIn(page, email);
  const words: [string, string][] = [
    ["Esta compra foi paga de uma vez. Não haverá novas cobranças", "This purchase was paid in one go. You will not be charged again"],
    ["Este pedido é parcelado no boleto ou Pix. Não há cartão nele", "This order is paid in instalments by boleto or Pix. It has no card"],
    ["Este pedido já terminou. Não haverá novas cobranças.", "This order has ended. You will not be charged again."],
    ["Quem guarda o cartão deste pedido é o sistema de pagamento de Studio Luz", "The card for this order is kept by Studio Luz's payment system"],
    ["Para trocar o cartão deste pedido, escreva para Studio Luz.", "To change the card for this order, contact Studio Luz."],
  ];
  const refusals = orders.map((order, at) => ({ order, at: `/orders/${order}/card`, portuguese: words[at][0], english: words[at][1] }));
  // The subscription's own page says it beside each thing that can be done elsewhere.
  for (const [at, portuguese, english] of [
    [2, "Esta assinatura já terminou.", "This subscription has ended."],
    [3, "O meio de pagamento do vendedor não permite esta mudança por aqui.", "The seller's payment provider does not allow this change here."],
    [4, "O vendedor não oferece esta mudança por aqui.", "The seller does not offer this change here."],
  ] as const) {
    refusals.push({ order: orders[at], at: await subscriptionOf(page, orders[at]), portuguese, english });
  }
  await eachSays(page, refusals, { portuguese: /^(Trocar|Usar um) cartão$/, english: /^(Change|Use a) card$/ });
});

test("a way to pay that the seller closed meanwhile is refused, and nothing changes", async ({ page }) => {
  const product = await newProduct(page.request);
  const { email, orders } = await newBuyer(page.request, { ...monthly, items: [product] });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}/card`);
  await putPolicy(page.request, product.product, { payment: { method_change: false } });
  await main(page).getByText("Mudar para Pix").click();
  await main(page).getByRole("button", { name: "Pagar por Pix de agora em diante" }).click();
  await expect(main(page)).toContainText("Esta forma de pagar não está disponível para este pedido.");
  await holds(page);
  await main(page).getByRole("link", { name: "Voltar para cartão e pagamento" }).click();
  await expect(main(page)).toContainText("Visa final 4242");
  await expect(main(page).getByRole("button", { name: /^Pagar por/ })).toHaveCount(0);
});

test("why a plan cannot be changed", async ({ page }) => {
  const alone = await newProduct(page.request);
  const closed = await newProduct(page.request, { policy: { plan: { change: false } }, offers: [{ name: "Anual" }] });
  const states: Purchase[] = [overdue, ended, ending, { ...ending, status: "paused" }, { ...monthly, paid: false }, byPix];
  const { email, orders } = await newBuyer(page.request, ...states, ...[alone, closed].map((line) => ({ ...monthly, items: [line] })), monthly, { ...monthly, card: "3184" });
  orders.push(await disputed(page, email));
  await becomes(page.request, orders[0], isOverdue);
  await becomes(page.request, orders[5], ({ invoices }) => invoices.length > 0);
  await signIn(page, email);
  await refund(page, orders[8]);
  await beginChange(page, orders[9]);
  const words: [string, string][] = [
    ["Há uma cobrança em atraso. Acerte o pagamento e depois troque de plano.", "A payment is overdue. Pay it first, then change plan."],
    ["Esta assinatura terminou. Para voltar, fale com Studio Luz.", "This subscription has ended. To return, contact Studio Luz."],
    ["Para trocar de plano, primeiro desfaça o cancelamento.", "To change plan, undo the cancellation first."],
    ["Esta assinatura está pausada, ou ficará quando terminar o que já foi pago.", "This subscription is paused, or will be when the paid period ends."],
    ["O primeiro pagamento ainda não foi confirmado.", "The first payment has not been confirmed yet."],
    ["A renovação está sendo cobrada agora.", "The renewal is being charged right now."],
    ["Não há outros planos para esta assinatura. Se procura outro, fale com Studio Luz.", "There are no other plans for this subscription."],
    ["Quem troca o plano desta assinatura é Studio Luz.", "Studio Luz changes the plan of this subscription."],
    ["Há um reembolso deste pedido. Enquanto ele existir, o plano fica como está.", "There is a refund for this order."],
    ["Uma troca de plano já está em andamento.", "A plan change is already in progress."],
    ["Uma cobrança está em disputa no banco.", "A charge is disputed with the bank."],
  ];
  const refusals: Refused[] = [];
  for (const [at, order] of orders.entries()) {
    refusals.push({ order, at: `${await subscriptionOf(page, order)}/plan`, portuguese: words[at][0], english: words[at][1] });
  }
  await eachSays(page, refusals, { portuguese: /^Ver os valores$/, english: /^See amounts$/ });
});

/** A dearer plan, whose charge waits for the bank's question to be answered. */
async function beginChange(page: Page, order: string): Promise<void> {
  await page.goto(`${await subscriptionOf(page, order)}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await main(page).getByRole("checkbox").check();
  await main(page).getByRole("button", { name: /^Pagar R\$/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Falta a sua confirmação");
}

test("plans that are listed and cannot be chosen, each with its reason", async ({ page }) => {
  const other = await newProduct(page.request, { policy: { plan: { change: false } }, offers: [{ name: "Vizinho" }] });
  const offers = [{ name: "Dólar", currency: "USD" }, { name: "De uma vez", once: true }];
  const product = await newProduct(page.request, { offers, targets: [`${other.product}-0`, "ainda-nao"] });
  const { email, orders } = await newBuyer(page.request, { ...monthly, items: [product] });
  await signIn(page, email);
  const at = `${await subscriptionOf(page, orders[0])}/plan`;
  await eachSays(
    page,
    [
      ["O preço deste plano é em outra moeda.", "The price of this plan is in another currency."],
      ["É uma compra única, não uma assinatura.", "It is a one-off purchase, not a subscription."],
      ["O vendedor não permite trocar para este plano por aqui.", "The seller does not allow a change to this plan here."],
      ["O vendedor ainda não abriu este plano.", "The seller has not opened this plan yet."],
    ].map(([portuguese, english]) => ({ order: orders[0], at, portuguese, english })),
    { portuguese: /^Ver os valores$/, english: /^See amounts$/ },
  );
});

test("why something cannot be cancelled, or ends at once", async ({ page }) => {
  const atOnce = await newProduct(page.request, { policy: { cancel: { effect: "now" } } });
  const { email, orders } = await newBuyer(page.request, smart, slips, ended, ending);
  await signIn(page, email);
  const parts = ["As parcelas são o preço do que você comprou, dividido: por isso não dá para cancelar só as que faltam.", "The instalments are the price of what you bought, divided"];
  const words = [parts, parts, ["Esta assinatura já terminou.", "This subscription has ended."], ["A renovação já está cancelada. Seu acesso vai até", "The renewal is already cancelled. Your access lasts until"]];
  const refusals: Refused[] = [];
  for (const [at, order] of orders.entries()) {
    const where = at < 2 ? `/orders/${order}` : `${await subscriptionOf(page, order)}/cancel`;
    refusals.push({ order, at: where, portuguese: words[at][0], english: words[at][1] });
  }
  const more = [
    [{ ...monthly, items: [atOnce] }, "Nesta assinatura o cancelamento vale na hora.", "This subscription ends immediately when it is cancelled."],
    [{ ...monthly, paid: false }, "Não há um período pago daqui para a frente.", "No period after today has been paid for."],
    [overdue, "Há uma cobrança em atraso, e o acesso dela ainda não foi pago.", "A payment is overdue, and the access it covers has not been paid for."],
  ] as const;
  for (const [purchase, portuguese, english] of more) {
    const order = await buy(page.request, email, purchase);
    if (purchase === overdue) await becomes(page.request, order, isOverdue);
    refusals.push({ order, at: `${await subscriptionOf(page, order)}/cancel`, portuguese, english });
  }
  await eachSays(page, refusals, { portuguese: /^(Cancelar renovação|Encerrar assinatura agora)$/, english: /^(Cancel renewal|End subscription now)$/ });
});

test("what was offered instead of cancelling is given once, and not when the seller took it back", async ({ page, context }) => {
  const discount = { cancel: { retention: [{ offer: { kind: "discount", percent: 30, cycles: 2 } }] } };
  const product = await newProduct(page.request, { policy: discount });
  const { email, orders } = await newBuyer(page.request, { ...monthly, items: [product] }, { ...monthly, items: [product] });
  await signIn(page, email);
  const take = (tab: Page) => main(tab).getByRole("button", { name: "Ficar com 30% de desconto" });
  for (const [at, order] of orders.entries()) {
    const subscription = await subscriptionOf(page, order);
    await page.goto(`${subscription}/cancel`);
    await main(page).getByRole("button", { name: "Continuar" }).click();
    await expect(take(page)).toBeVisible();
    if (at === 0) {
      const second = await context.newPage();
      await second.goto(page.url());
      for (const tab of [page, second]) {
        await take(tab).click();
        await expect(main(tab)).toContainText("Você ficou com 30% de desconto em 2 cobranças.");
        await expect(main(tab)).toContainText(/R\$\s34,93, com 30% de desconto/);
      }
      continue;
    }
    await putPolicy(page.request, product.product, {});
    await take(page).click();
    await expect(main(page)).toContainText("Esta oferta não vale mais. Nada mudou na sua assinatura.");
    await holds(page);
    await main(page).getByRole("link", { name: "Voltar para a assinatura" }).click();
    await expect(main(page)).not.toContainText("desconto");
  }
});

test("why no money can be asked back", async ({ page }) => {
  // Its window is over.
  const late = { items: [guide], daysAgo: 20 };
  const { email, orders } = await newBuyer(page.request, { paid: false }, {}, late, late);
  const chargedBack = `E2E-${randomUUID().slice(0, 13)}`;
  await report(page.request, { id: chargedBack, email, status: "approved" });
  await report(page.request, { id: chargedBack, email, status: "chargeback" });
  await signIn(page, email);
  await refund(page, orders[1]);
  await says(page, "O reembolso foi concluído.");
  // A seller who was asked takes days: this refund is under way for as long as the story looks at it.
  await askTheSeller(page, orders[2]);
  const at = (order: string) => `/orders/${order}/refund`;
  await eachSays(
    page,
    [
      { order: orders[2], at: at(orders[2]), portuguese: "Há um reembolso em análise ou em andamento.", english: "A refund is under review or in progress." },
      { order: orders[0], at: at(orders[0]), portuguese: "Este pedido não foi pago. Não há valor a reembolsar.", english: "This order has not been paid. There is nothing to refund." },
      { order: orders[1], at: at(orders[1]), portuguese: "Todo o valor deste pedido já foi reembolsado ou está em reembolso.", english: "This order has been refunded in full, or the refund is on its way." },
      { order: chargedBack, at: at(chargedBack), portuguese: "Você contestou esta compra no banco.", english: "You disputed this purchase with your bank." },
      { order: orders[3], at: `/orders/${orders[3]}`, portuguese: "O prazo para pedir reembolso foi até", english: "The refund deadline was" },
    ],
    { portuguese: /^Pedir reembolso de/, english: /^Request refund of/ },
  );
});
