// What reacts in the area of producers and staff: a search while one types, a switch that is saved at once, and copying. The same by the buttons of the forms where no scripts run.
import { enterProducer, enterStaff } from "./support/area";
import { holds } from "./support/page";
import { newBuyer } from "./support/people";
import { main } from "./support/places";
import { newProduct } from "./support/producer";
import { expect, test, type Page } from "./support/test";

const hasScripts = (page: Page) => page.evaluate(() => matchMedia("(scripting: enabled)").matches);

/** Opens a page and waits until its code is there. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "networkidle" });
}

const box = (page: Page) => main(page).getByRole("searchbox");
const rows = (page: Page) => main(page).locator("#list tbody tr");

test("the list of orders follows what is typed, and its address too", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request);
  await enterProducer(page);
  await open(page, "/producer/orders");
  const status = main(page).getByRole("status");
  if (await hasScripts(page)) {
    await box(page).pressSequentially(email, { delay: 5 });
    await expect(status).toHaveText("1 pedido encontrado.");
    await expect(box(page)).toBeFocused();
  } else {
    await box(page).fill(email);
    await main(page).getByRole("button", { name: "Buscar pedidos" }).click();
  }
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(orders[0]);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(email);
  await holds(page);
  // The same page again, and the file of the same list.
  const file = await main(page).locator('a[href*="orders.csv"]').getAttribute("href");
  expect(new URL(file!, page.url()).searchParams.get("q")).toBe(email);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(box(page)).toHaveValue(email);
});

test("enter asks as without scripts, and one letter asks nothing", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await enterProducer(page);
  await open(page, "/producer/orders");
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/fn/") && asked.push(request.url()));
  await box(page).fill("a");
  await page.waitForTimeout(600);
  expect(asked).toEqual([]);
  await box(page).fill(email);
  await box(page).press("Enter");
  await page.waitForURL(/[?&]q=/);
  await expect(rows(page)).toHaveCount(1);
  await expect(box(page)).toHaveValue(email);
});

test("an old answer and a failed one leave the list as it is", async ({ page }) => {
  const { email } = await newBuyer(page.request);
  await enterProducer(page);
  await open(page, "/producer/orders");
  test.skip(!(await hasScripts(page)), "without scripts nothing is asked");
  let calls = 0;
  await page.route("**/producer/fn/find_orders", async (route) => {
    calls += 1;
    // The first answer comes after the second.
    if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await box(page).fill("nobody-has-this");
  await expect.poll(() => calls).toBe(1);
  await box(page).fill(email);
  await expect(rows(page)).toHaveCount(1);
  await page.waitForTimeout(1_600);
  await expect(rows(page)).toHaveCount(1);
  await page.unrouteAll({ behavior: "wait" });
  // As where a session ended: another page answers.
  await page.route("**/producer/fn/find_orders", (route) => route.fulfill({ body: "<h1>Entrar</h1>", contentType: "text/html" }));
  const address = page.url();
  await box(page).fill("nobody-has-this");
  await page.waitForTimeout(800);
  await expect(rows(page)).toHaveCount(1);
  expect(page.url()).toBe(address);
});

test("the staff find while they type", async ({ page }) => {
  test.skip(!process.env.SERVER || !process.env.DATABASE, "needs the program itself: `cargo xtask test` names it");
  const { email, orders } = await newBuyer(page.request);
  await enterStaff(page);
  await open(page, "/admin");
  await box(page).fill(email);
  if (!(await hasScripts(page))) await box(page).press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(orders[0]);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(email);
  await holds(page);
});

test("a switch is saved at once, for the product of the page, and goes back when it cannot be", async ({ page, context }) => {
  const { product } = await newProduct(context.request);
  await enterProducer(page);
  const address = `/producer/settings/buyers?product=${product}`;
  await open(page, address);
  const swap = main(page).getByRole("checkbox", { name: /^Trocar o cartão/ });
  await expect(swap).toBeChecked();
  await swap.uncheck();
  const scripts = await hasScripts(page);
  if (scripts) {
    await expect(main(page).getByRole("status").filter({ hasText: "Salvo. Este produto tem agora regras próprias." })).toBeVisible();
  } else {
    await main(page).getByRole("button", { name: "Salvar", exact: true }).click();
  }
  await holds(page);
  await open(page, address);
  await expect(swap).not.toBeChecked();
  await page.goto("/producer/settings/buyers");
  await expect(swap, "the rules of all stay").toBeChecked();
  if (!scripts) return;
  await open(page, address);
  await page.route("**/producer/fn/change_switch", (route) => route.fulfill({ body: "<h1>Entrar</h1>", contentType: "text/html" }));
  await swap.click();
  await expect(main(page).getByRole("status").filter({ hasText: "Não foi salvo" })).toBeVisible();
  await expect(swap).not.toBeChecked();
  await holds(page);
});

test("what is copied in the area is in the clipboard", async ({ page, context }) => {
  const { orders } = await newBuyer(page.request);
  await enterProducer(page);
  await open(page, `/producer/orders/${orders[0]}`);
  const button = main(page).locator("leptos-island .button").first();
  if (!(await hasScripts(page))) return expect(button).toBeHidden();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await button.click();
  await expect(main(page).locator(".copy-status").first()).not.toBeEmpty();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(orders[0]);
});
