import { mails } from "./support/mail";
import { bonus, course, guide } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

async function openRefund(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}`);
  await main(page).getByRole("link", { name: "Pedir reembolso" }).click();
  await expect(page).toHaveURL(/\/refund/);
}

async function confirm(page: Page): Promise<void> {
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  await expect(main(page)).toContainText(/R-[2-9A-Z]{4}-[2-9A-Z]{4}/);
}

/** Looks again until the page says so: a gateway takes its time. */
async function says(page: Page, words: RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(main(page)).toContainText(words, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
}

test("money comes back: items, preview, confirmation, protocol, tracker, mails, and the access goes", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] });
  await signIn(page, email);
  await openRefund(page, orders[0]);
  await holds(page);
  for (const box of await main(page).getByRole("checkbox").all()) await box.check();
  await main(page).getByRole("button", { name: "Ver o valor" }).click();
  await expect(main(page)).toContainText(/R\$\s344,00/);
  await holds(page);
  await confirm(page);
  await holds(page);
  await says(page, /Reembolso concluído/);
  await holds(page);
  await page.goto(`/orders/${orders[0]}`);
  await says(page, /Acesso encerrado|encerrado|retirado/i);
  await expect(main(page).getByRole("link", { name: "Pedir reembolso" })).toHaveCount(0);
  await holds(page);
  await expect
    .poll(async () => (await mails(page.request, email)).map((mail) => mail.subject).filter((subject) => /reembolso/i.test(subject)).sort(), { timeout: 20_000 })
    .toEqual([expect.stringMatching(/^Recebemos seu pedido/), expect.stringMatching(/^Seu reembolso de .* foi concluído$/)]);
});

test("one item goes back, the other stays", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] });
  await signIn(page, email);
  await openRefund(page, orders[0]);
  for (const box of await main(page).getByRole("checkbox").all()) await box.uncheck();
  await main(page).getByRole("checkbox").nth(1).check();
  await main(page).getByRole("button", { name: "Ver o valor" }).click();
  await expect(main(page)).toContainText(/R\$\s47,00/);
  await confirm(page);
  await page.goto(`/orders/${orders[0]}`);
  await says(page, /R\$\s47,00/);
});

test("no item chosen is said at the items", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] });
  await signIn(page, email);
  await openRefund(page, orders[0]);
  for (const box of await main(page).getByRole("checkbox").all()) await box.uncheck();
  await main(page).getByRole("button", { name: "Ver o valor" }).click();
  await expect(main(page).getByRole("checkbox").first()).toBeVisible();
  await holds(page);
});

test("pressed twice in two tabs, it is one refund", async ({ page, context }) => {
  const { email, orders } = await newBuyer(page.request);
  await signIn(page, email);
  await openRefund(page, orders[0]);
  const second = await context.newPage();
  await second.goto(page.url());
  await confirm(page);
  await main(second).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  await expect(main(second)).toContainText(/andamento|já/i);
  await holds(second);
});

test("the money of a boleto goes to the account that the buyer names, and the account is forgotten", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { method: "boleto" }, { method: "boleto" });
  await signIn(page, email);
  await openRefund(page, orders[0]);
  await expect(main(page)).toContainText("por transferência, na conta que você informar");
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  for (const wrong of ["Escreva o nome do titular", "Confira o CPF ou CNPJ", "Preencha a chave Pix ou os dados do banco"]) {
    await expect(main(page).getByRole("link", { name: wrong })).toBeVisible();
  }
  await holds(page);
  await payee(page);
  await main(page).getByLabel("Chave Pix").fill(email);
  await confirm(page);
  await holds(page);
  await says(page, /O reembolso foi concluído/);
  await expect(main(page)).not.toContainText("Conta para receber");
  await openRefund(page, orders[1]);
  await payee(page);
  await main(page).getByText("Não tenho chave Pix").click();
  await main(page).getByLabel("Código do banco").fill("34");
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  // What was folded away is open where something is wrong in it.
  await expect(main(page).getByLabel("Código do banco")).toBeVisible();
  await expect(main(page).getByRole("link", { name: "O código do banco tem três números." })).toBeVisible();
  await holds(page);
  for (const [label, typed] of [["Código do banco", "341"], ["Agência", "1234"], ["Conta", "567890"], ["Dígito da conta", "1"]]) {
    await main(page).getByLabel(label, { exact: true }).fill(typed);
  }
  await confirm(page);
  await says(page, /O reembolso foi concluído/);
});

/** Whose account the money is to go to. */
async function payee(page: Page): Promise<void> {
  await main(page).getByLabel("Nome do titular").fill("Beatriz Nogueira");
  await main(page).getByLabel("CPF ou CNPJ do titular").fill("529.982.247-25");
}

test("a refund that the bank sends back says so, and can be asked for again", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { card: "5126" });
  await signIn(page, email);
  await openRefund(page, orders[0]);
  await confirm(page);
  await says(page, /não (foi )?(conclu|entr|deu)|devolveu|voltou|falhou/i);
  await holds(page);
  await page.goto("/");
  await holds(page);
});

test("after the window the page says when it closed and whom to ask", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide], daysAgo: 20 });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page).getByRole("link", { name: "Pedir reembolso" })).toHaveCount(0);
  await page.goto(`/orders/${orders[0]}/refund`);
  await expect(main(page)).toContainText(/Studio Luz/);
  await holds(page);
});

/** The page that the seller's mail leads to. */
async function answerPage(page: Page, protocol: string): Promise<string> {
  let address = "";
  await expect(async () => {
    const all = await (await page.request.get("/dev/mailbox.json")).json();
    const mail = all.find((one: { text: string }) => one.text.includes(protocol) && one.text.includes("/refund-requests/"));
    address = mail.text.split("\n").find((line: string) => line.includes("/refund-requests/")).trim();
  }).toPass({ timeout: 20_000 });
  return address;
}

test("after the window the seller is asked, approves by the link of the mail, and the money comes back", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide], daysAgo: 20 });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await main(page).getByRole("link", { name: "Pedir ao vendedor" }).click();
  await main(page).getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(main(page)).toContainText("Escreva uma mensagem.");
  await holds(page);
  await main(page).getByLabel(/^Mensagem/).fill("Fiquei doente e não consegui assistir.");
  await main(page).getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(main(page)).toContainText(/tem até .* para responder/);
  await holds(page);
  const receipt = page.url();
  await page.goto(await answerPage(page, receipt.split("/").pop() ?? ""));
  await expect(main(page)).toContainText("Fiquei doente e não consegui assistir.");
  await holds(page);
  await main(page).getByRole("button", { name: /^Aprovar e reembolsar/ }).click();
  await expect(main(page).getByRole("button")).toHaveCount(0);
  await holds(page);
  await page.goto(receipt);
  await says(page, /O reembolso foi concluído/);
  // An address that a mail program cut.
  await page.goto("/refund-requests/cut");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Este link não está completo");
  await expect(page.getByRole("banner")).toContainText("Aftersale");
  await expect(main(page)).toContainText("Copie o endereço inteiro que está no e-mail.");
  await holds(page);
});

test("a request that waits can be taken back", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide], daysAgo: 20 });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}/refund`);
  await main(page).getByLabel(/^Mensagem/).fill("Mudei de ideia.");
  await main(page).getByRole("button", { name: /^Enviar pedido/ }).click();
  await main(page).getByRole("button", { name: "Cancelar o pedido de reembolso" }).click();
  await expect(main(page)).toContainText("Você cancelou este pedido de reembolso.");
  await holds(page);
});

test("after the window the seller may say no, and the buyer reads why", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide], daysAgo: 20 });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}/refund`);
  await main(page).getByLabel(/^Mensagem/).fill("Não gostei das poses.");
  await main(page).getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(main(page)).toContainText(/tem até .* para responder/);
  const receipt = page.url();
  await page.goto(await answerPage(page, receipt.split("/").pop() ?? ""));
  await main(page).getByLabel("Motivo da recusa").fill("O guia foi baixado três vezes.");
  await main(page).getByRole("button", { name: "Não aprovar" }).click();
  await expect(main(page).getByRole("button")).toHaveCount(0);
  await page.goto(receipt);
  await expect(main(page)).toContainText("O vendedor não aprovou este pedido.");
  await expect(main(page)).toContainText("O guia foi baixado três vezes.");
  await holds(page);
});
