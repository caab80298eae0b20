import { mails } from "./support/mail";
import { monthly } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

/** From the home page to what may be done with the one subscription there. */
async function manage(page: Page): Promise<void> {
  await page.goto("/");
  await main(page).getByRole("link", { name: /^Gerenciar/ }).click();
  await expect(page).toHaveURL(/\/subscriptions\/[0-9a-f-]{36}$/);
}

async function toReasons(page: Page): Promise<void> {
  await main(page).getByRole("link", { name: "Cancelar renovação" }).click();
  await expect(main(page)).toContainText(/Seu acesso continua até/);
  await main(page).getByRole("button", { name: "Continuar" }).click();
  await expect(page).toHaveURL(/\/cancel\/reason$/);
}

test("a subscription is cancelled in three pages, with a number and a last day, and taken back by one press", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await manage(page);
  await expect(main(page)).toContainText(/R\$\s49,90/);
  await holds(page);
  await main(page).getByRole("link", { name: "Cancelar renovação" }).click();
  await expect(main(page)).toContainText(/(segunda|terça|quarta|quinta|sexta)-feira|sábado|domingo/);
  await expect(main(page)).toContainText(/desistir agora e receber R\$\s49,90/);
  await holds(page);
  await main(page).getByRole("button", { name: "Continuar" }).click();
  await holds(page);
  await main(page).getByLabel("Estou sem tempo").check();
  await main(page).getByRole("button", { name: "Cancelar renovação", exact: true }).click();
  await expect(main(page)).toContainText(/C-[2-9A-Z]{4}-[2-9A-Z]{4}/);
  await expect(main(page)).toContainText("Não haverá novas cobranças");
  await holds(page);
  await expect.poll(async () => (await mails(page.request, email)).filter((mail) => /Renovação cancelada/.test(mail.subject)).length).toBe(1);
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page)).toContainText("Cancelada, com acesso");
  await manage(page);
  await holds(page);
  // Beside the state, and at the end of the page.
  await expect(main(page).getByRole("button", { name: "Desfazer cancelamento" })).toHaveCount(2);
  await main(page).getByRole("button", { name: "Desfazer cancelamento" }).first().click();
  await expect(main(page)).toContainText("Ativa");
  await expect(main(page).getByRole("button", { name: "Desfazer cancelamento" })).toHaveCount(0);
  await holds(page);
});

test("what is offered after a reason shows with that reason only, and the way out stays in sight", async ({ page }) => {
  const { email } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await manage(page);
  await toReasons(page);
  const discount = main(page).getByRole("button", { name: /Ficar com 30% de desconto/ });
  const message = main(page).getByRole("button", { name: /Enviar mensagem/ });
  const out = main(page).getByRole("button", { name: "Não, cancelar renovação" });
  await expect(discount).toBeHidden();
  await expect(message).toBeVisible();
  await expect(out).toBeVisible();
  await main(page).getByLabel("Está caro para mim").check();
  await expect(discount).toBeVisible();
  await expect(message).toBeHidden();
  await expect(out).toBeVisible();
  await holds(page);
  await discount.click();
  await expect(main(page)).toContainText("30% de desconto");
  await expect(main(page)).toContainText(/R\$\s34,93/);
  await holds(page);
  // Once for each subscription.
  await toReasons(page);
  await expect(discount).toHaveCount(0);
  await main(page).getByRole("button", { name: "Manter assinatura" }).click();
  await expect(main(page)).toContainText("Ativa");
});

test("a message without words says so at its field, and one with words reaches the seller", async ({ page }) => {
  const { email } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await manage(page);
  await toReasons(page);
  await main(page).getByRole("button", { name: /Enviar mensagem/ }).click();
  await expect(main(page)).toContainText("Escreva a mensagem antes de enviar");
  await holds(page);
  await main(page).getByLabel("O que você quer dizer ao vendedor").fill("Posso mudar o dia da cobrança?");
  await main(page).getByRole("button", { name: /Enviar mensagem/ }).click();
  await expect(main(page)).toContainText("Sua mensagem foi enviada");
  await expect.poll(async () => (await mails(page.request, "contato@studioluz.example")).filter((mail) => mail.text.includes(email)).length).toBe(1);
});

test("pressed twice in two tabs, it is one cancellation", async ({ page, context }) => {
  const { email } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await manage(page);
  await toReasons(page);
  const second = await context.newPage();
  await second.goto(page.url());
  for (const tab of [page, second]) {
    await main(tab).getByRole("button", { name: "Cancelar renovação", exact: true }).click();
    await expect(main(tab)).toContainText(/C-[2-9A-Z]{4}-[2-9A-Z]{4}/);
  }
  expect(second.url()).toBe(page.url());
});
