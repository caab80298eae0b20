// Who the stories are about, and how they come in.
import { expect, type Page } from "@playwright/test";
import { link, mails, newMail } from "./mail";

/** The buyer of the demo's orders. */
export const buyer = "ana@example.com";

/** Somebody who never bought anything. */
export function stranger(): string {
  return `nobody-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.com`;
}

/** Asks for a link, takes it out of the mail and opens it: the way in that most people use. */
export async function signIn(page: Page, email: string): Promise<void> {
  const before = (await mails(page.request, email)).length;
  await askForLink(page, email);
  await page.goto(link(await newMail(page.request, email, before)));
  // Opening is not using: only the press signs in, so that a scanner of mails does no harm.
  await page.getByRole("main").getByRole("button", { name: /entrar|continuar/i }).click();
  await expect(page).not.toHaveURL(/\/l\/|\/sign-in/);
}

/** Fills in the sign-in page. */
export async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByRole("main").getByRole("button", { name: /enviar|receber|continuar|link/i }).click();
  await expect(page).toHaveURL(/\/sign-in\/sent/);
}
