// The whole main job without a mouse. Nothing here points or clicks: what cannot be reached by keys fails.
import { choose, press, tabTo, type, walk } from "./support/keyboard";
import { code, link, newMail } from "./support/mail";
import { bonus, course, monthly } from "./support/orders";
import { newBuyer } from "./support/people";
import { expect, test, type Page } from "./support/test";

// Each stop of each page is looked at, twice.
test.slow();

const main = (page: Page) => page.getByRole("main");
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const isLink = { subject: /link/i };

/** Opens an address as by typing it, and walks the page. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await walk(page);
}

async function askByKeys(page: Page, email: string): Promise<void> {
  await open(page, "/sign-in");
  await type(page, page.getByLabel(/e-?mail/i), email);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  await walk(page);
}

test("signing in by link, finding an order, getting the money back, changing the language and signing out need no mouse", async ({ page, context, javaScriptEnabled }) => {
  if (javaScriptEnabled) await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] }, { items: [{ ...bonus, bump: false }] });
  await askByKeys(page, email);
  await open(page, link(await newMail(page.request, email, 0, isLink)));
  await press(page, main(page).getByRole("button", { name: "Continuar" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
  await walk(page);

  // The skip link leads into the content: the next stop is there, not in the head.
  await press(page, page.locator('a[href="#main"]'));
  await page.keyboard.press("Tab");
  expect(await main(page).evaluate((element) => element.contains(document.activeElement))).toBe(true);

  await press(page, page.locator("summary"), "Space");
  await type(page, page.getByLabel("Buscar", { exact: true }), "fotografia");
  await tabTo(page, page.getByLabel("Situação"));
  await page.keyboard.type("Pago");
  await press(page, button(page, "Filtrar"));
  await expect(page).toHaveURL(/q=fotografia&status=paid/);
  await walk(page);
  await expect(page.locator(`main a[href="/orders/${orders[1]}"]`)).toHaveCount(0);

  await press(page, page.locator(`main a[href="/orders/${orders[0]}"]`));
  await expect(page).toHaveURL(new RegExp(`/orders/${orders[0]}$`));
  await walk(page);
  if (javaScriptEnabled) {
    await press(page, button(page, "Copiar código"), "Space");
    await expect(main(page).getByRole("status").first()).toHaveText("Copiado");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(orders[0]);
  }

  await press(page, main(page).getByRole("link", { name: "Pedir reembolso" }));
  await expect(page).toHaveURL(/\/refund$/);
  await walk(page);
  const boxes = main(page).getByRole("checkbox");
  await press(page, boxes.nth(1), "Space");
  await expect(boxes.nth(1)).not.toBeChecked();
  await press(page, button(page, "Ver o valor"));
  await expect(main(page)).toContainText(/R\$\s297,00/);
  await walk(page);
  await press(page, main(page).getByRole("button", { name: /^Pedir reembolso de R\$/ }), "Space");
  await expect(main(page)).toContainText(/R-[2-9A-Z]{4}-[2-9A-Z]{4}/);
  // What is on its way is read again by itself, which would take focus away in the midst of a walk.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/enviado ao banco|concluído/, { timeout: 30_000 });
  await walk(page);

  // Back to the order, and from there to the tracker.
  await press(page, page.getByRole("link", { name: "Voltar para o pedido" }));
  await expect(page).toHaveURL(new RegExp(`/orders/${orders[0]}$`));
  await walk(page);
  await press(page, main(page).locator('a[href*="/refund/R-"]').first());
  await expect(page).toHaveURL(/\/refund\/R-/);
  await expect(main(page).getByRole("heading", { name: "Andamento" })).toBeVisible();

  await press(page, button(page, "English"));
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveURL(/\/refund\/R-/);
  await walk(page);
  await press(page, button(page, "Sign out"));
  await expect(page).toHaveURL(/\/sign-in$/);
  await walk(page);
});

test("signing in by code needs no mouse, and what is wrong is where focus is", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await open(page, "/sign-in");
  await type(page, page.getByLabel(/e-?mail/i), "ana@");
  await page.keyboard.press("Enter");
  await saysWhatIsWrong(page, "#email");
  await type(page, page.locator("#email"), email);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  await walk(page);

  const letters = code(await newMail(page.request, email, 0, isLink));
  await type(page, page.getByLabel(/código/i), "AAAA2222");
  await page.keyboard.press("Enter");
  await saysWhatIsWrong(page, "#code");
  await type(page, page.locator("#code"), letters.toLowerCase());
  await press(page, main(page).getByRole("button").first(), "Space");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
  await press(page, button(page, "Sair"), "Space");
  await expect(page).toHaveURL(/\/sign-in$/);

  // From another browser: the page that takes address and code, reached by keys.
  await press(page, page.getByRole("link", { name: "Já tenho um código" }));
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  await walk(page);
});

test("pages off the way need no mouse either, in the smallest window", async ({ page }) => {
  // 1280 by 1024 at four times the size.
  await page.setViewportSize({ width: 320, height: 256 });
  const { email, orders } = await newBuyer(page.request, { paid: false }, {});
  const purchase = link(await newMail(page.request, email, 0, { subject: /compra/i }));
  for (const address of [purchase, "/l/a.b.c", "/no/such/page", "/sign-in/code"]) await open(page, address);
  await askByKeys(page, email);
  const address = link(await newMail(page.request, email, 0, isLink));
  await open(page, address);
  await press(page, main(page).getByRole("button", { name: "Continuar" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
  await walk(page);
  for (const order of orders) await open(page, `/orders/${order}`);
  // The filter stays open, and what it does not find is said.
  await open(page, "/?q=nothing-like-it");
  await press(page, page.getByRole("link", { name: "Limpar filtro" }));
  await expect(page).toHaveURL(/\/$/);
  // The link is used up.
  await open(page, address);
});

/** Focus stands on the summary, whose next stop leads into the field. */
async function saysWhatIsWrong(page: Page, field: string): Promise<void> {
  await expect(page.getByRole("alert")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert").getByRole("link").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(field)).toBeFocused();
}

/** Comes in by the link of the mail, by keys. */
async function inByKeys(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await type(page, page.getByLabel(/e-?mail/i), email);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/sent/);
  await page.goto(link(await newMail(page.request, email, 0, isLink)));
  await press(page, main(page).getByRole("button", { name: "Continuar" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
}

test("cancelling, another card and another plan need no mouse", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { ...monthly, daysAgo: 10 });
  await inByKeys(page, email);
  await walk(page);
  await press(page, main(page).getByRole("link", { name: /^Gerenciar/ }));
  await expect(page).toHaveURL(/\/subscriptions\/[0-9a-f-]{36}$/);
  const subscription = new URL(page.url()).pathname;
  await walk(page);

  await press(page, main(page).getByRole("link", { name: "Trocar cartão ou forma de pagamento", exact: true }));
  await expect(page).toHaveURL(/\/card$/);
  await walk(page);
  await press(page, main(page).getByRole("button", { name: "Trocar cartão" }));
  await type(page, page.getByLabel("Número do cartão"), "5555555555554444");
  await type(page, page.getByLabel("Validade"), "12/31");
  await type(page, page.getByLabel("Código de segurança"), "123");
  await page.keyboard.press("Enter");
  await expect(main(page)).toContainText("Mastercard final 4444");
  await walk(page);

  await open(page, `${subscription}/plan`);
  await choose(page, main(page).getByRole("radio", { name: "Clube Luz Ouro" }));
  await press(page, button(page, "Ver os valores"));
  await expect(page).toHaveURL(/\/plan\/quote\//);
  await walk(page);
  await press(page, main(page).getByRole("button", { name: /^Pagar R\$/ }));
  await saysWhatIsWrong(page, "#consent");
  await press(page, main(page).getByRole("checkbox"), "Space");
  await press(page, main(page).getByRole("button", { name: /^Pagar R\$/ }));
  await expect(page).toHaveURL(/\/plan\/change\//);
  await walk(page);

  await open(page, `${subscription}/cancel`);
  await press(page, main(page).getByRole("button", { name: "Continuar" }));
  await expect(page).toHaveURL(/\/cancel\/reason$/);
  await walk(page);
  await choose(page, main(page).getByLabel("Estou sem tempo"));
  await press(page, main(page).getByRole("button", { name: "Cancelar renovação", exact: true }), "Space");
  await expect(main(page)).toContainText(/C-[2-9A-Z]{4}-[2-9A-Z]{4}/);
  await walk(page);
  await press(page, button(page, "Desfazer cancelamento"));
  await expect(main(page)).toContainText("Ativa");
  await open(page, `/orders/${orders[0]}`);
});

test("the account, its data and the documents of an order need no mouse", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { items: [course, bonus] });
  await inByKeys(page, email);
  await press(page, page.getByRole("navigation").getByRole("link", { name: "Minha conta" }));
  await expect(page).toHaveURL(/\/account$/);
  await walk(page);
  await press(page, main(page).getByRole("link", { name: "Alterar dados" }));
  await expect(page).toHaveURL(/\/account\/profile$/);
  await walk(page);
  await type(page, page.getByLabel("CPF ou CNPJ", { exact: true }), "529.982.247-24");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeFocused();
  await type(page, page.getByLabel("CPF ou CNPJ", { exact: true }), "529.982.247-25");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/account$/);
  for (const path of ["/account/email", "/account/erasure", `/orders/${orders[0]}/terms`]) await open(page, path);

  await page.goto(`/orders/${orders[0]}`);
  await press(page, main(page).getByRole("link", { name: /^Recibo de R\$/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Recibo de pagamento");
  await walk(page);
  await press(page, main(page).getByRole("link", { name: "Corrigir nome, CPF ou endereço" }));
  await expect(page).toHaveURL(/\/billing$/);
  await walk(page);
  await type(page, page.getByLabel("Nome ou empresa"), " ");
  await press(page, button(page, "Salvar"));
  await expect(page.getByRole("alert")).toBeFocused();
  await type(page, page.getByLabel("Nome ou empresa"), "Estúdio Íris");
  await press(page, button(page, "Salvar"));
  await expect(page.getByRole("alert")).toHaveCount(0);
});
