// What holds on every page, whatever it shows.
import AxeBuilder from "@axe-core/playwright";
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
  const light = await axe(copy).analyze();
  await copy.emulateMedia({ colorScheme: "dark" });
  const dark = await axe(copy).withRules(["color-contrast"]).analyze();
  const words = [...light.violations, ...dark.violations].map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`,
  );
  expect(words, `axe on ${page.url()}`).toEqual([]);
}

/** Legacy is what axe calls a page without frames, which ours are; only what is wrong is described. Both save seconds. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
}

/** The window for copies: one for each browser, because opening one takes longer than looking at it. */
const windows = new WeakMap<Browser, Page>();

async function copyOf(page: Page): Promise<Page> {
  const browser = page.context().browser()!;
  const copy = windows.get(browser) ?? (await (await browser.newContext({ javaScriptEnabled: true })).newPage());
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

/** Nothing scrolls sideways at 320 px. */
export async function fits(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${page.url()} at 320 px`).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}
