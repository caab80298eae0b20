// Who the stories are about, what they bought, and how they come in.
import { expect, type APIRequestContext, type Page } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { link, mails, newMail } from "./mail";

/** One line of an order: product of the demo's seller and amount in cents. */
type Line = { product: string; amount: number; bump?: boolean };

/** What to buy, if it is not the course alone, by card, paid just now. */
type Purchase = { items?: Line[]; card?: string; paid?: boolean; daysAgo?: number; monthly?: boolean };

export const course: Line = { product: "fotografia", amount: 29_700 };
export const club: Line = { product: "clube-luz", amount: 4_990 };
export const bonus: Line = { product: "iluminacao", amount: 4_700, bump: true };

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

async function buy(request: APIRequestContext, email: string, purchase: Purchase): Promise<string> {
  const code = `E2E-${randomUUID().slice(0, 13)}`;
  const at = new Date(Date.now() - (purchase.daysAgo ?? 0) * 86_400_000).toISOString();
  const answer = await request.post("/api/v1/orders", {
    headers: { authorization: `Bearer ${process.env.API_KEY}`, "idempotency-key": code },
    data: {
      code,
      kind: purchase.monthly ? "subscription" : "one_off",
      ...(purchase.monthly ? { subscription: monthFrom(at) } : {}),
      buyer: { email, name: "Beatriz Nogueira" },
      items: (purchase.items ?? [purchase.monthly ? club : course]).map((line) => ({ ...line, offer: line.product })),
      currency: "BRL",
      ordered_at: at,
      ...(purchase.paid === false ? {} : { paid_at: at }),
      payment: { method: "card", card: { brand: "visa", last4: purchase.card ?? "4242", exp_month: 8, exp_year: 2031 } },
      gateway: { name: "sandbox", reference: `ch-${code}` },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return code;
}

/** A paid month that began then. */
function monthFrom(at: string): object {
  const end = new Date(Date.parse(at) + 30 * 86_400_000).toISOString();
  return { interval: { unit: "month", count: 1 }, period_start: at, period_end: end };
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
