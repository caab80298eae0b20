import { code, link, mails, newMail } from "./support/mail";
import { holds } from "./support/page";
import { askForLink, buyer, signIn, stranger } from "./support/people";
import { expect, test } from "./support/test";

test("a buyer signs in with the link of the mail", async ({ page }) => {
  await page.goto("/sign-in");
  await holds(page);
  await signIn(page, buyer);
  await holds(page);
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
});

test("a buyer signs in with the code of the mail, in any spelling", async ({ page }) => {
  const before = (await mails(page.request, buyer)).length;
  await askForLink(page, buyer);
  await holds(page);
  const typed = code(await newMail(page.request, buyer, before)).replace("-", "").toLowerCase();
  const field = page.getByLabel(/código/i);
  await field.fill(typed);
  await field.press("Enter");
  await expect(page).not.toHaveURL(/\/sign-in/);
  await holds(page);
});

test("the code is shown in two halves as it is typed", async ({ page, javaScriptEnabled }) => {
  test.skip(!javaScriptEnabled, "comfort that needs JavaScript");
  await askForLink(page, buyer);
  const field = page.getByLabel(/código/i);
  await expect(async () => {
    await field.fill("");
    await field.pressSequentially("abcd efgh");
    await expect(field).toHaveValue("ABCD-EFGH", { timeout: 200 });
  }).toPass();
});

test("opening the link signs nobody in: only the press does", async ({ page, browser, baseURL, javaScriptEnabled }) => {
  const before = (await mails(page.request, buyer)).length;
  await askForLink(page, buyer);
  const address = link(await newMail(page.request, buyer, before));
  const scanner = await browser.newContext({ baseURL, javaScriptEnabled });
  const scanned = await scanner.newPage();
  await scanned.goto(address);
  await scanned.goto("/");
  await expect(scanned, "the scanner is still a stranger").toHaveURL(/\/sign-in/);
  await scanner.close();
  await page.goto(address);
  await page.getByRole("main").getByRole("button", { name: /entrar|continuar/i }).click();
  await expect(page).not.toHaveURL(/\/l\/|\/sign-in/);
});

test("a used link offers another one to the same place", async ({ page, browser, baseURL, javaScriptEnabled }) => {
  const before = (await mails(page.request, buyer)).length;
  await askForLink(page, buyer);
  const address = link(await newMail(page.request, buyer, before));
  await page.goto(address);
  await page.getByRole("main").getByRole("button", { name: /entrar|continuar/i }).click();
  const other = await browser.newContext({ baseURL, javaScriptEnabled, locale: "pt-BR" });
  const late = await other.newPage();
  await late.goto(address);
  await expect(late.getByRole("main").getByRole("button", { name: /enviar|novo|outro/i })).toBeVisible();
  await holds(late);
  await other.close();
});

test("an unknown address gets the same page", async ({ page }) => {
  await askForLink(page, buyer);
  const known = await page.getByRole("main").innerText();
  const nobody = stranger();
  await askForLink(page, nobody);
  const unknown = await page.getByRole("main").innerText();
  const withoutNumbers = (words: string, email: string) => words.replaceAll(email, "…").replace(/\S+\*+@\S+/g, "…").replace(/\d+/g, "0");
  expect(withoutNumbers(unknown, nobody)).toBe(withoutNumbers(known, buyer));
});

test("what is no address is refused at its field, filled in as it was", async ({ page }) => {
  await page.goto("/sign-in");
  const field = page.getByLabel(/e-?mail/i);
  await field.fill("ana@");
  // Around the browser's own check: the server must hold by itself.
  await page.locator("form").filter({ has: field }).evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await field.press("Enter");
  await expect(page.getByLabel(/e-?mail/i)).toHaveValue("ana@");
  await expect(page.getByLabel(/e-?mail/i)).toHaveAttribute("aria-invalid", "true");
  await holds(page);
});

test("signing out ends it", async ({ page }) => {
  await signIn(page, buyer);
  await page.goto("/");
  await page.getByRole("button", { name: /sair/i }).click();
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in/);
});
