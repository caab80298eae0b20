// Who the stories are about, and how they come in.
import { expect, type APIRequestContext, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { link, mails, newMail } from "./mail";
import { buy, type Purchase } from "./orders";

/** Somebody who never bought anything. */
export function stranger(): string {
  return `nobody-${randomUUID()}@example.com`;
}

/** A buyer whom no other story knows, with these purchases. The codes of the orders come in the same order. */
export async function newBuyer(request: APIRequestContext, ...purchases: Purchase[]): Promise<{ email: string; orders: string[] }> {
  const email = `buyer-${randomUUID()}@example.com`;
  const orders: string[] = [];
  for (const purchase of purchases.length > 0 ? purchases : [{}]) orders.push(await buy(request, email, purchase));
  return { email, orders };
}

/** Asks for a link, takes it out of the mail and opens it: the way in that most people use. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(await linkFor(page, email));
  // Opening is not using: only the press signs in, so that a scanner of mails does no harm.
  await pressContinue(page);
  await expect(page).not.toHaveURL(/\/l\/|\/sign-in/);
}

/** Asks for a link and waits for its mail. */
export async function linkFor(page: Page, email: string): Promise<string> {
  return link(await mailFor(page, email));
}

/** Asks for a link and waits for its mail, which says until when the link holds. */
export async function mailFor(page: Page, email: string) {
  const isLink = { subject: /link/i };
  const before = (await mails(page.request, email)).filter((mail) => isLink.subject.test(mail.subject)).length;
  await askForLink(page, email);
  return newMail(page.request, email, before, isLink);
}

export async function pressContinue(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Continuar" }).click();
}

/** Fills in the sign-in page. */
export async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(email);
  await page.getByRole("button", { name: "Enviar link de acesso" }).click();
  await expect(page).toHaveURL(/\/sign-in\/sent/);
}
