// What holds on every page, whatever it shows.
import axe from "axe-core";
import { expect, type Browser, type Page } from "@playwright/test";

/** Accessible as far as a program can see, in both colour schemes, and nothing sticks out at the narrowest width. */
export async function holds(page: Page): Promise<void> {
  await noViolations(page);
  await fits(page);
}

/**
 * axe finds nothing. It looks at the page as it stands now, copied into a window of its own: axe is a script and could
 * not run where scripts are off.
 */
export async function noViolations(page: Page): Promise<void> {
  const copy = await copyOf(page);
  await copy.emulateMedia({ colorScheme: "light" });
  const light = await violations(copy);
  await copy.emulateMedia({ colorScheme: "dark" });
  const dark = await violations(copy, ["color-contrast"]);
  expect([...light, ...dark], `axe on ${page.url()}`).toEqual([]);
}

/** What is wrong with a page, by these rules or by all. */
async function violations(copy: Page, rules?: string[]): Promise<string[]> {
  return copy.evaluate(async (rules) => {
    const only = rules && { runOnly: { type: "rule" as const, values: rules } };
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ["violations"], ...only });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`);
  }, rules);
}

/** The window for copies, with axe in it: one for each browser, because opening one takes longer than looking at a page. */
const windows = new WeakMap<Browser, Page>();

async function copyOf(page: Page): Promise<Page> {
  const browser = page.context().browser()!;
  const copy = windows.get(browser) ?? (await open(browser));
  windows.set(browser, copy);
  const body = await page.content();
  await copy.unrouteAll();
  await copy.route("**/*", (route) => {
    if (route.request().isNavigationRequest()) return route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    return route.request().resourceType() === "script" ? route.abort() : route.continue();
  });
  await copy.setViewportSize(page.viewportSize()!);
  await copy.goto(page.url());
  return copy;
}

async function open(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: true });
  await context.addInitScript({ content: axe.source });
  return context.newPage();
}

/** Nothing scrolls sideways at 320 px. */
export async function fits(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${page.url()} at 320 px`).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}
