import { randomUUID } from "node:crypto";
import { walk } from "./support/keyboard";
import { link, newMail } from "./support/mail";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

async function openAccount(page: Page): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "Minha conta" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minha conta");
}

test("name, phone and tax id are kept, and the number is shown in part only", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await signIn(page, email);
  await openAccount(page);
  await holds(page);
  await walk(page);
  await main(page).getByRole("link", { name: "Alterar dados" }).click();
  await holds(page);
  await page.getByLabel("CPF ou CNPJ", { exact: true }).fill("529.982.247-24");
  await main(page).getByRole("button", { name: "Salvar" }).click();
  await expect(page.getByRole("alert")).toContainText(/não confere/);
  await holds(page);
  await page.getByLabel("CPF ou CNPJ", { exact: true }).fill("12.abc.345/01de-35");
  await page.getByLabel("Telefone").fill("(11) 99999-0001");
  await main(page).getByRole("button", { name: "Salvar" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minha conta");
  await expect(main(page)).toContainText("**.ABC.345/01DE-**");
  await expect(main(page)).not.toContainText("12.ABC");
  await expect(main(page)).toContainText("(11) 99999-0001");
});

test("another address is confirmed by its own link, and takes the orders along", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  const other = `moved-${randomUUID()}@example.com`;
  await signIn(page, email);
  await page.goto("/account/email");
  await holds(page);
  await page.getByLabel("Novo e-mail").fill(other);
  await main(page).getByRole("button", { name: "Enviar link de confirmação" }).click();
  await expect(main(page)).toContainText(other);
  await holds(page);
  const confirm = link(await newMail(page.request, other, 0, { subject: /confirme/i }));
  await newMail(page.request, email, 0, { subject: /trocar o seu e-mail/i });
  await page.goto(confirm);
  await page.reload();
  await holds(page);
  await walk(page);
  await main(page).getByRole("button", { name: "Confirmar troca" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("E-mail trocado");
  await holds(page);
  await signIn(page, other);
  await expect(page.locator(`main a[href="/orders/${orders[0]}"]`).first()).toBeVisible();
  await page.goto(confirm);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Este link não vale mais");
  await holds(page);
});

test("a language that was chosen is spoken, whatever the browser asks for", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await signIn(page, email);
  await page.goto("/account");
  await main(page).getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My account");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await holds(page);
  // The cookie that remembers it is gone; the person is the same.
  await page.context().clearCookies({ name: "language" });
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My account");
});

test("signing out everywhere signs this browser out too", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await signIn(page, email);
  await page.goto("/account");
  await expect(main(page)).toContainText("Este aparelho");
  await main(page).getByRole("button", { name: "Sair de todos os aparelhos" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in\?next=\/account$/);
});

test("what is known can be taken along, and asked to be erased, and that undone", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { daysAgo: 1 });
  await signIn(page, email);
  const copy = await page.request.get("/account/data");
  expect(copy.headers()["content-disposition"]).toContain("my-data.json");
  expect((await copy.json()).orders[0].code).toBe(orders[0]);
  await page.goto("/account/erasure");
  await expect(main(page)).toContainText(/5 anos/);
  await holds(page);
  await main(page).getByRole("button", { name: "Pedir para apagar meus dados" }).click();
  await expect(main(page)).toContainText(/E-[2-9A-Z]{4}-[2-9A-Z]{4}/);
  await holds(page);
  await newMail(page.request, email, 0, { subject: /apagar os seus dados/i });
  await page.goto("/account");
  await holds(page);
  await page.goto("/account/erasure");
  await main(page).getByRole("button", { name: "Não apagar meus dados" }).click();
  await expect(page.getByRole("status")).toContainText("Seus dados não serão apagados");
  await page.goto("/account/erasure");
  await expect(main(page).getByRole("button", { name: "Pedir para apagar meus dados" })).toBeVisible();
  await newMail(page.request, email, 0, { subject: /não serão apagados/i });
});
