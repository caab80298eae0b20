import { walk } from "./support/keyboard";
import { bonus, course } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { expect, test, type Page } from "./support/test";

const main = (page: Page) => page.getByRole("main");

test("a payment has a receipt to print and to keep, made out to whom the buyer says", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] });
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}`);
  await main(page).getByRole("link", { name: /^Recibo de R\$\s344,00/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Recibo de pagamento");
  await expect(main(page)).toContainText("Não é nota fiscal");
  await holds(page);
  await walk(page);
  const receipt = page.url();

  await main(page).getByRole("link", { name: "Corrigir nome, CPF ou endereço" }).click();
  await holds(page);
  await page.getByLabel("Nome ou empresa").fill("");
  await main(page).getByRole("button", { name: "Salvar" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await holds(page);
  await page.getByLabel("Nome ou empresa").fill("Estúdio Íris & Filhos Ltda.");
  await page.getByLabel("CPF ou CNPJ", { exact: true }).fill("11.222.333/0001-81");
  await page.getByLabel("Endereço").fill("Rua das Flores, 1, São Paulo");
  await main(page).getByRole("button", { name: "Salvar" }).click();
  await page.goto(receipt);
  await expect(main(page)).toContainText("Estúdio Íris & Filhos Ltda.");
  await expect(main(page)).toContainText("11.222.333/0001-81");

  const pdf = await page.request.get(`${receipt}/receipt.pdf`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 8).toString()).toBe("%PDF-1.7");
  const zip = await page.request.get(`/account/receipts/${new Date().getFullYear()}`);
  expect(zip.headers()["content-type"]).toBe("application/zip");
  expect((await zip.body()).subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");

  // On paper there is the document and nothing else.
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".bottom")).toBeHidden();
  await expect(page.locator(".top")).toBeHidden();
  await expect(main(page).getByRole("link", { name: "Baixar PDF" })).toBeHidden();
  await page.emulateMedia({ media: "screen" });

  await page.goto(`/orders/${orders[0]}/terms`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("O que foi vendido");
  await holds(page);
});

test("what went back has a credit note", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  await signIn(page, email);
  await page.goto(`/orders/${orders[0]}/refund`);
  await main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }).click();
  await expect(async () => {
    await page.goto(`/orders/${orders[0]}`);
    await main(page).getByRole("link", { name: /^Comprovante de reembolso/ }).click({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Comprovante de reembolso");
  await holds(page);
  const pdf = await page.request.get(`${page.url()}/credit-note.pdf`);
  expect(pdf.status()).toBe(200);
});
