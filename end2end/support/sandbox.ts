// The gateway's own pages, as a buyer uses them: numbers are Stripe's, and each says what its card will do.
import { expect, type Page } from "@playwright/test";

export const good = "5555 5555 5555 4444";
/** Can be kept; every charge is refused. */
export const refusedLater = "4000 0000 0000 0341";
/** The bank asks for a confirmation every time. */
export const asksAlways = "4000 0027 6000 3184";

/** From a page with the button to the gateway's page for a card. */
export async function toGateway(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: /^(Trocar|Usar um) cartão$/ }).click();
  await expect(page).toHaveURL(/\/sandbox\/pay\//);
}

/** Types a card and sends it. */
export async function typeCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Número do cartão").fill(number);
  await page.getByLabel("Validade").fill("12/31");
  await page.getByLabel("Código de segurança").fill("123");
  await page.getByRole("button", { name: "Salvar cartão" }).click();
}

/** Says yes to the bank. */
export async function confirm(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toContainText("O seu banco quer saber");
  await page.getByRole("button", { name: "Confirmar", exact: true }).click();
}
