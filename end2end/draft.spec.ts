import { holds } from "./support/page";
import { guide } from "./support/orders";
import { newBuyer, signIn } from "./support/people";
import { expect, test } from "./support/test";

const WORDS = "O curso não abriu no meu celular.\nTentei três vezes & \"nada\" <aconteceu>.";

test("what was typed outlives the end of the session, and a change of language", async ({ page, context }) => {
  const { email, orders } = await newBuyer(page.request, { items: [guide], daysAgo: 20 });
  await signIn(page, email);
  const form = `/orders/${orders[0]}/refund`;
  await page.goto(form);
  const message = page.locator("textarea[name=message]");
  await message.fill(WORDS);

  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL(new RegExp(`${form}$`));
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(message).toHaveValue(WORDS);
  await page.getByRole("button", { name: "Português" }).click();
  await expect(message).toHaveValue(WORDS);
  await holds(page);

  const session = (await context.cookies()).filter((cookie) => cookie.name === "aftersale");
  await context.clearCookies({ name: "aftersale" });
  await page.getByRole("main").getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("main")).toContainText("O que você escreveu está guardado");
  await holds(page);
  // Signed in again: another link would be sent a minute later only.
  await context.addCookies(session);
  await page.goto("/");
  await holds(page);
  await page.getByRole("link", { name: "Continuar de onde parou" }).click();
  await expect(page).toHaveURL(new RegExp(`${form}$`));
  await expect(page.getByRole("main")).toContainText("de volta no formulário");
  await expect(message).toHaveValue(WORDS);
  await holds(page);
  await page.getByRole("main").getByRole("button", { name: /^Enviar pedido/ }).click();
  await expect(page.getByRole("main")).toContainText(/tem até .* para responder/);
  expect((await context.cookies()).filter((cookie) => cookie.name.includes("draft")), "what was sent is forgotten").toEqual([]);
});

test("what somebody typed is filled in for nobody else", async ({ page }) => {
  const [ana, bia] = [await newBuyer(page.request), await newBuyer(page.request)];
  await signIn(page, ana.email);
  await page.goto("/account/profile");
  const name = page.locator("input[name=name]");
  await name.fill("Segredo da Ana");
  await page.getByRole("button", { name: "English" }).click();
  await expect(name).toHaveValue("Segredo da Ana");
  await page.getByRole("button", { name: "Português" }).click();
  await expect(name).toHaveValue("Segredo da Ana");
  await page.getByRole("button", { name: "Sair" }).click();
  await signIn(page, bia.email);
  await page.goto("/account/profile");
  await expect(name).not.toHaveValue("Segredo da Ana");
});
