// A seller's side of a story: a product that no other story sells, what buyers may do with it, and a source that reports orders.
import { expect, type APIRequestContext } from "@playwright/test";
import { randomUUID } from "node:crypto";
import { key, type Line } from "./orders";

/** A plan of another offer: its name as buyers see it, and what it differs in. */
type Offer = { name: string; amount?: number; currency?: string; once?: boolean; product?: string };

/** A product of this story's own with a plan for R$ 49,90 a month and plans to change to. */
export async function newProduct(request: APIRequestContext, { policy, offers = [], targets = [] }: { policy?: object; offers?: Offer[]; targets?: string[] } = {}): Promise<Line> {
  const code = `p-${randomUUID().slice(0, 13)}`;
  await put(request, `/api/v1/products/${code}`, { name: "Clube da Luz Baixa" });
  for (const [number, offer] of offers.entries()) await putOffer(request, `${code}-${number}`, { product: code, ...offer }, []);
  const listed = [...offers.map((_, number) => `${code}-${number}`), ...targets];
  await putOffer(request, code, { product: code, name: "Mensal" }, listed);
  if (policy) await putPolicy(request, code, policy);
  return { product: code, amount: 4_990 };
}

async function putOffer(request: APIRequestContext, code: string, offer: Offer, targets: string[]): Promise<void> {
  const { product, name, amount = 4_990, currency = "BRL", once = false } = offer;
  const interval = once ? null : { unit: "month", count: 1 };
  await put(request, `/api/v1/offers/${code}`, { product, name, price: { amount, currency }, interval, change_targets: targets });
}

/** What buyers of a product may do. */
export async function putPolicy(request: APIRequestContext, product: string, policy: object): Promise<void> {
  await put(request, `/api/v1/products/${product}/policy`, policy);
}

async function put(request: APIRequestContext, address: string, data: object): Promise<{ url: string }> {
  const answer = await request.put(address, { headers: key(), data });
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

/** What a source says of one course bought at once. */
type Report = { id: string; email: string; status: string; method?: "billet" | "pix" | "credit_card"; code?: string };

/** Reports as Guru does: orders whose charges are somebody else's. Each report of an order is newer than the one before. */
export async function report(request: APIRequestContext, { id, email, status, method = "credit_card", code }: Report): Promise<void> {
  const token = "a-token-that-only-the-tests-know";
  const { url } = await put(request, "/api/v1/sources/end2end", { kind: "guru", api_token: token });
  const hence = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const inThreeDays = hence(72).slice(0, 10);
  const took = status !== "billet_printed" && status !== "waiting_payment";
  const answer = await request.post(url, {
    data: {
      webhook_type: "transaction",
      api_token: token,
      id,
      status,
      contact: { name: "Beatriz Nogueira", email },
      dates: { created_at: hence(-1), ordered_at: hence(-1), updated_at: hence(0), ...(took ? { confirmed_at: hence(0) } : {}) },
      product: { marketplace_id: "fotografia", name: "Fotografia de Retrato: do Zero ao Estúdio", unit_value: 297, total_value: 297, qty: 1 },
      payment: {
        method,
        currency: "BRL",
        total: 297,
        ...(method === "billet" ? { billet: { line: code, url: "https://pay.example/boleto", expiration_date: inThreeDays } } : {}),
        ...(method === "pix" ? { pix: { qrcode: { signature: code, url: "https://pay.example/pix" }, expiration_date: inThreeDays } } : {}),
      },
    },
  });
  expect(await answer.json(), "the report counts").toEqual({ outcome: "applied" });
}
