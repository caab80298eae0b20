// What people bought: an order of each kind, in each state that it can be sent in by the API.
import { expect, type APIRequestContext } from "@playwright/test";
import { randomUUID } from "node:crypto";

/** One line of an order: product, with its offer of the same code unless another is named, and amount in cents. */
export type Line = { product: string; offer?: string; amount: number; bump?: boolean };

export type Kind = "one_off" | "subscription" | "smart_installments" | "slip_installments";

/** What to buy, if it is not the course alone, by card, paid just now. */
export type Purchase = {
  kind?: Kind;
  items?: Line[];
  method?: "card" | "boleto" | "pix" | "other";
  /** Last digits of the card: they say what it will do, as Stripe's numbers do. */
  card?: string;
  paid?: boolean;
  daysAgo?: number;
  /** Days until the paid period of a subscription ends; below zero it is over, and the renewal is charged at once. */
  daysLeft?: number;
  status?: "trialing" | "active" | "past_due" | "paused" | "ending" | "ended";
  /** In how many monthly parts. */
  parts?: number;
  /** Bought a month ago to the second, but for these few: then the second part falls due. */
  secondsToDue?: number;
  gateway?: string;
};

export const course: Line = { product: "fotografia", amount: 29_700 };
export const club: Line = { product: "clube-luz", amount: 4_990 };
export const bonus: Line = { product: "iluminacao", amount: 4_700, bump: true };
export const mentoring: Line = { product: "mentoria", amount: 149_700 };
export const guide: Line = { product: "guia-de-poses", amount: 3_900 };

/** A month of the club, paid just now. */
export const monthly: Purchase = { kind: "subscription" };
/** A month that is over, on a card that the bank refuses. */
export const overdue: Purchase = { kind: "subscription", daysAgo: 33, daysLeft: -3, card: "0341" };
/** A month that ends tomorrow and is paid by a Pix or boleto, which is issued days ahead. */
export const byPix: Purchase = { kind: "subscription", daysAgo: 29, daysLeft: 1, method: "pix" };
export const byBoleto: Purchase = { ...byPix, method: "boleto" };
/** Three monthly parts by card, the first of which was paid now. */
export const smart: Purchase = { kind: "smart_installments", items: [mentoring], parts: 3 };
/** Three monthly parts by Pix, the second of which is to be paid these days. */
export const slips: Purchase = { kind: "slip_installments", items: [mentoring], parts: 3, method: "pix", daysAgo: 29 };

export const key = () => ({ authorization: `Bearer ${process.env.API_KEY}` });

/** Sends an order for somebody, and gives its code. */
export async function buy(request: APIRequestContext, email: string, purchase: Purchase): Promise<string> {
  const code = `E2E-${randomUUID().slice(0, 13)}`;
  const at = purchase.secondsToDue ? monthBefore(purchase.secondsToDue) : ago(purchase.daysAgo ?? 0);
  const items = purchase.items ?? [purchase.kind === "subscription" ? club : course];
  const answer = await request.post("/api/v1/orders", {
    headers: { ...key(), "idempotency-key": code },
    data: {
      code,
      kind: purchase.kind ?? "one_off",
      ...terms(purchase, at),
      buyer: { email, name: "Beatriz Nogueira" },
      items: items.map((line) => ({ offer: line.product, ...line })),
      currency: "BRL",
      ordered_at: at,
      ...(purchase.paid === false ? {} : { paid_at: at }),
      payment: payment(purchase),
      gateway: { name: purchase.gateway ?? "sandbox", reference: `ch-${code}` },
    },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return code;
}

function payment({ method = "card", card = "4242" }: Purchase): object {
  return method === "card" ? { method, card: { brand: "visa", last4: card, exp_month: 8, exp_year: 2031 } } : { method };
}

/** What a plan, or a price in parts, needs to be told beside the rest. */
function terms({ kind, parts, status = "active", daysAgo = 0, daysLeft }: Purchase, at: string): object {
  if (parts) return { installments: { count: parts } };
  if (kind !== "subscription") return {};
  const end = ago(daysLeft === undefined ? daysAgo - 30 : -daysLeft);
  const goesOn = status === "active" || status === "trialing" || status === "past_due";
  const interval = { unit: "month", count: 1 };
  return { subscription: { status, plan: "Clube Luz mensal", interval, period_start: at, period_end: end, ...(goesOn ? { next_charge_at: end } : {}) } };
}

function ago(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}

/** The same hour of the day a month before, where the seller is: three hours behind. A month without such a day gives one of the next. */
function monthBefore(secondsFromNow: number): string {
  const at = new Date(Date.now() + secondsFromNow * 1000 - 3 * 3_600_000);
  at.setUTCMonth(at.getUTCMonth() - 1);
  return new Date(at.getTime() + 3 * 3_600_000).toISOString();
}

/** What a seller's program sees of an order. */
export type Seen = {
  status: string;
  method: string;
  card: { last4: string } | null;
  subscription: { status: string; plan: string } | null;
  charges: { reference: string; status: string }[];
  invoices: { number: number; state: string; tries: number; failure: string | null }[];
  refunds: { state: string }[];
};

/** Waits until an order is seen like this: money takes its time. */
export async function becomes(request: APIRequestContext, code: string, is: (order: Seen) => boolean): Promise<Seen> {
  let order: Seen | undefined;
  await expect(async () => {
    order = await (await request.get(`/api/v1/orders/${code}`, { headers: key() })).json();
    expect(is(order!), JSON.stringify(order)).toBe(true);
  }).toPass({ timeout: 60_000, intervals: [250] });
  return order!;
}

export const isOverdue = (order: Seen) => order.subscription?.status === "past_due" && order.invoices.some((one) => one.failure !== null);
