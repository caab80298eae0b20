// Nothing is cut off on a small screen: what stands in a table is there to its last cent.
import { becomes, byPix, isOverdue, monthly, overdue, slips } from "./support/orders";
import { newBuyer, signIn } from "./support/people";
import { main, subscriptionOf } from "./support/places";
import { expect, test, type Page } from "./support/test";

// Many pages in one story.
test.slow();

/** Each table as wide as it wants to be, on a small telephone and on a usual one. */
async function isWhole(page: Page, at: string): Promise<void> {
  const answer = await page.goto(at);
  expect(answer!.status(), at).toBe(200);
  await expect(main(page).locator("td, .chip, .day, time").first(), `${at} has something to look at`).toBeVisible();
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".scroll, .scroll :is(td, th), .scroll .chip, .scroll .day, time")]
        .filter((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).display !== "inline")
        .map((one) => `${one.tagName}.${one.className}: ${one.textContent}`),
    );
    expect(cut, `${at} at ${width} px`).toEqual([]);
    const broken = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("td:last-child, .chip, .day, time")]
        .filter((one) => one.getClientRects().length > 1)
        .map((one) => one.textContent),
    );
    expect(broken, `${at} at ${width} px`).toEqual([]);
  }
}

test("amounts, dates and states are whole at 320 and 390 px", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, overdue, slips, byPix, { ...monthly, daysAgo: 2 });
  await becomes(page.request, orders[0], isOverdue);
  await becomes(page.request, orders[2], ({ charges }) => charges.some(({ status }) => status === "pending"));
  await signIn(page, email);
  for (const order of orders) await isWhole(page, `/orders/${order}`);
  const subscription = await subscriptionOf(page, orders[3]);
  await isWhole(page, subscription);
  await page.goto(`${subscription}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz Ouro" }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await expect(page).toHaveURL(/\/plan\/quote\//);
  await isWhole(page, new URL(page.url()).pathname);
  await page.goto(`/orders/${orders[3]}`);
  const receipt = await main(page).getByRole("link", { name: /^Recibo de/ }).first().getAttribute("href");
  await isWhole(page, receipt!);
  await isWhole(page, `/orders/${orders[3]}/terms`);
  await isWhole(page, "/");
});
