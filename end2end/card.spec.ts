import { mails } from "./support/mail";
import { monthly } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { good, toGateway, typeCard } from "./support/sandbox";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

async function openCard(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}`);
  await main(page).getByRole("link", { name: "Trocar cartão ou forma de pagamento" }).click();
  await expect(page).toHaveURL(/\/subscriptions\/.+\/card$/);
}

test("another card: to the gateway's page, a wrong number, a refused card, a good one, back, mail", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await openCard(page, orders[0]);
  await holds(page);
  await toGateway(page);
  await expect(page.getByText("nenhum dinheiro de verdade")).toBeVisible();
  await holds(page);
  await typeCard(page, "4242 4242 4242 4241");
  await expect(page.locator("#number-error")).toBeVisible();
  await holds(page);
  await typeCard(page, "4000 0000 0000 9995");
  await expect(main(page)).toContainText("saldo ou limite");
  await typeCard(page, good);
  await expect(main(page)).toContainText("Mastercard final 4444");
  await holds(page);
  await expect
    .poll(async () => (await mails(page.request, email)).filter((mail) => /Novo cartão/.test(mail.subject)).length, { timeout: 20_000 })
    .toBe(1);
});

test("a bank that asks is answered, and turning back leaves everything as it was", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, monthly);
  await signIn(page, email);
  await openCard(page, orders[0]);
  await toGateway(page);
  await page.getByRole("button", { name: "Voltar sem salvar" }).click();
  await expect(main(page)).toContainText("O cartão não foi trocado");
  await holds(page);
  await toGateway(page);
  await typeCard(page, "4000 0025 0000 3155");
  await expect(main(page)).toContainText("O seu banco quer saber");
  await holds(page);
  await page.getByRole("button", { name: "Confirmar" }).click();
  await expect(main(page)).toContainText("Visa final 3155");
});

test("another way to pay, and the card for another plan too", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, monthly, monthly);
  await signIn(page, email);
  await openCard(page, orders[0]);
  await toGateway(page);
  await typeCard(page, good);
  const box = main(page).getByRole("checkbox");
  await expect(box).not.toBeChecked();
  await box.check();
  await main(page).getByRole("button", { name: "Usar nas marcadas" }).click();
  await expect(main(page)).toContainText("já usa este cartão");
  await holds(page);
  await main(page).getByRole("link", { name: "Voltar para cartão e pagamento" }).click();
  await main(page).getByText("Mudar para Pix").click();
  await main(page).getByRole("button", { name: "Pagar por Pix de agora em diante" }).click();
  const changed = "Forma de pagamento trocada: agora é Pix.";
  await expect(main(page).getByRole("status").filter({ hasText: changed })).toHaveText(changed);
  await expect(main(page).getByRole("button", { name: "Usar um cartão" })).toBeVisible();
  await holds(page);
});

test("what was bought once has no card to change, and says so", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}/card`);
  await expect(main(page)).toContainText("paga de uma vez");
  await expect(main(page).getByRole("button", { name: "Trocar cartão" })).toHaveCount(0);
  await holds(page);
});

test("the page of who tries the product holds", async ({ page }) => {
  await page.goto("/sandbox");
  await expect(main(page).getByRole("button", { name: "Avançar" })).toBeVisible();
  await holds(page);
});
