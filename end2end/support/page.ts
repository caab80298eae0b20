// What holds on every page, whatever it shows.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

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
  const context = await page.context().browser()!.newContext({ viewport: page.viewportSize(), javaScriptEnabled: true });
  try {
    const copy = await context.newPage();
    const body = await page.content();
    await copy.route("**/*", (route) => {
      if (route.request().isNavigationRequest()) return route.fulfill({ body, contentType: "text/html; charset=utf-8" });
      return route.request().resourceType() === "script" ? route.abort() : route.continue();
    });
    await copy.goto(page.url());
    await copy.emulateMedia({ colorScheme: "light" });
    const light = await new AxeBuilder({ page: copy }).analyze();
    await copy.emulateMedia({ colorScheme: "dark" });
    const dark = await new AxeBuilder({ page: copy }).withRules(["color-contrast"]).analyze();
    const words = [...light.violations, ...dark.violations].map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(" | ")}`,
    );
    expect(words, `axe on ${page.url()}`).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Nothing scrolls sideways at 320 px. */
export async function fits(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${page.url()} at 320 px`).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}
