import { code, link } from "./support/mail";
import { holds } from "./support/page";
import { askForLink, linkFor, mailFor, newBuyer, pressContinue, signIn, stranger } from "./support/people";
import { expect, test } from "./support/test";

test("a buyer signs in with the link of the mail", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await page.goto("/sign-in");
  await holds(page);
  await page.goto(await linkFor(page, email));
  await holds(page);
  await pressContinue(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
  await holds(page);
});

test("a buyer signs in with the code of the mail, in any spelling", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  const mail = await mailFor(page, email);
  await holds(page);
  const field = page.getByLabel(/código/i);
  await field.fill(code(mail).toLowerCase());
  await field.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
});

test("the code works in another browser, with the address", async ({ page, browser, baseURL, javaScriptEnabled }) => {
  const { email } = await newBuyer(page.request);
  const mail = await mailFor(page, email);
  const other = await browser.newContext({ baseURL, javaScriptEnabled, locale: "pt-BR" });
  const phone = await other.newPage();
  await phone.goto("/sign-in");
  await phone.getByRole("link", { name: "Já tenho um código" }).click();
  await holds(phone);
  await phone.getByLabel("E-mail em que o código chegou").fill(email);
  await phone.getByLabel("Código de 8 caracteres").fill(code(mail));
  await phone.getByRole("main").getByRole("button").first().click();
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
  await other.close();
});

test("a wrong code says how many tries are left and keeps the page", async ({ page }) => {
  await askForLink(page, stranger());
  const field = page.getByLabel(/código/i);
  await field.fill("AAAA-AAAA");
  await field.press("Enter");
  await expect(page.getByLabel(/código/i)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("main")).toContainText("4");
  await holds(page);
});

test("the code is shown in two halves as it is typed, and another mail can be asked for after a minute", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "comfort that needs JavaScript");
  await askForLink(page, stranger());
  const field = page.getByLabel(/código/i);
  await expect(async () => {
    await field.fill("");
    await field.pressSequentially("abcd efgh");
    await expect(field).toHaveValue("ABCD-EFGH", { timeout: 200 });
  }).toPass();
  await expect(page.getByRole("button", { name: /\d+ s/ })).toBeDisabled();
});

test("a scanner with a real browser does not use the link up", async ({ page, browser, baseURL }) => {
  const { email } = await newBuyer(page.request);
  const address = await linkFor(page, email);
  const scanner = await browser.newContext({ baseURL, javaScriptEnabled: true });
  const scanned = await scanner.newPage();
  await scanned.goto(address);
  // As long as a patient scanner stays, with everything it may run.
  await scanned.waitForTimeout(10_000);
  expect(await scanner.cookies(), "looking sets no cookie").toEqual([]);
  await scanned.goto("/");
  await expect(scanned, "the scanner is still a stranger").toHaveURL(/\/sign-in/);
  await scanner.close();
  await page.goto(address);
  await pressContinue(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
});

test("a used link offers another one to the same place", async ({ page, browser, baseURL, javaScriptEnabled }) => {
  const { email } = await newBuyer(page.request);
  const address = await linkFor(page, email);
  await page.goto(address);
  await pressContinue(page);
  const other = await browser.newContext({ baseURL, javaScriptEnabled, locale: "pt-BR" });
  const late = await other.newPage();
  await late.goto(address);
  await holds(late);
  await late.getByRole("main").getByRole("button").first().click();
  await expect(late).toHaveURL(/\/sign-in\/sent/);
  await other.close();
});

test("an order link shows a masked address and leads to the order by a second mail", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  const answer = await page.request.post(`/api/v1/orders/${orders[0]}/links`, {
    headers: { authorization: `Bearer ${process.env.API_KEY}` },
    data: { target: "refund" },
  });
  const { url } = await answer.json();
  await page.goto(url);
  await expect(page.getByRole("main")).toContainText("b***@example.com");
  await expect(page.locator("body")).not.toContainText(email);
  await holds(page);
  await page.getByRole("main").getByRole("button").first().click();
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  const { newMail } = await import("./support/mail");
  await page.goto(link(await newMail(page.request, email, 0, { subject: /link/i })));
  await pressContinue(page);
  await expect(page).toHaveURL(new RegExp(`/orders/${orders[0]}/refund`));
});

test("an unknown address gets the same page", async ({ page, javaScriptEnabled }) => {
  const { email } = await newBuyer(page.request);
  const seen = async (address: string) => {
    await askForLink(page, address);
    // Where scripts run, the page is whole once the button counts down.
    const button = page.getByRole("button", { name: javaScriptEnabled ? /^Enviar de novo em \d+ s$/ : "Enviar de novo" });
    await expect(button).toBeVisible();
    return page.getByRole("main").innerText();
  };
  const known = await seen(email);
  const unknown = await seen(stranger());
  const alike = (words: string) => words.replace(/\S+@\S+/g, "…").replace(/\d+/g, "0");
  expect(alike(unknown)).toBe(alike(known));
});

test("what is no address is refused at its field, filled in as it was", async ({ page }) => {
  await page.goto("/sign-in");
  const field = page.getByLabel(/e-?mail/i);
  await field.fill("ana@");
  await field.press("Enter");
  await expect(page.getByLabel(/e-?mail/i)).toHaveValue("ana@");
  await expect(page.getByLabel(/e-?mail/i)).toHaveAttribute("aria-invalid", "true");
  await holds(page);
});

test("signing out ends it", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await signIn(page, email);
  await page.getByRole("button", { name: "Sair" }).click();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("the language is chosen once and remembered", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/sign-in/code");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await holds(page);
});
