// Those who work with orders, and how they come in: somebody of the demo's first producer, and somebody new of the staff.
import { expect, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { main } from "./places";

/** The password of everybody in the demo. */
const PASSWORD = "demonstração";

/** Signs in as the producer of the demo that the API key of the stories belongs to. */
export async function enterProducer(page: Page): Promise<void> {
  await page.goto("/producer/sign-in");
  await fillIn(page, "contato@studioluz.example");
  await expect(page).toHaveURL(/\/producer\/orders$/);
}

/** Adds an admin to the staff and signs in as such, with the second step that the first sign-in sets up. */
export async function enterStaff(page: Page): Promise<void> {
  const email = `staff-${randomUUID()}@example.com`;
  execFileSync(process.env.SERVER!, ["create-staff", "--email", email, "--name", "Rui", "--role", "admin"], {
    input: PASSWORD,
    env: { ...process.env, AFTERSALE_DATABASE_URL: process.env.DATABASE },
  });
  await page.goto("/admin/sign-in");
  await fillIn(page, email);
  await expect(page).toHaveURL(/\/admin\/totp/);
  await main(page).getByRole("textbox", { name: "Código" }).fill(totp(await main(page).locator("li > code").innerText()));
  await main(page).getByRole("button").click();
  await main(page).getByRole("link").click();
  await expect(page).toHaveURL(/\/admin$/);
}

async function fillIn(page: Page, email: string): Promise<void> {
  await main(page).getByLabel("E-mail").fill(email);
  await main(page).getByLabel("Senha").fill(PASSWORD);
  await main(page).getByRole("button", { name: "Entrar" }).click();
}

/** The code that an authenticator shows now for a secret in base 32. */
function totp(secret: string): string {
  const bits = [...secret.replace(/[^A-Z2-7]/g, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const sum = createHmac("sha1", key).update(counter).digest();
  const number = sum.readUInt32BE(sum[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
