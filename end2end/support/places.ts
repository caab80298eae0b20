// Where things are on the pages, and what they say.
import { expect, type Locator, type Page } from "@playwright/test";

/** What a page is about, without its head and foot. */
export const main = (page: Page): Locator => page.getByRole("main");

/** The address of an order's subscription, as its page leads there. */
export async function subscriptionOf(page: Page, order: string): Promise<string> {
  await page.goto(`/orders/${order}`);
  return (await main(page).locator('a[href^="/subscriptions/"]').first().getAttribute("href"))!.match(/^\/subscriptions\/[0-9a-f-]{36}/)![0];
}

/** Looks again until the page says so: money and member areas take their time. */
export async function says(page: Page, words: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(main(page)).toContainText(words, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
}

/** From now on in English, by the button that every page has. */
export async function inEnglish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
}
