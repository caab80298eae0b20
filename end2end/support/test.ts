// The `test` of every story: a browser from a network of its own, whose console must stay silent.
import { test as base, expect, type Page } from "@playwright/test";
import { randomInt } from "node:crypto";

export { expect };
export type { Page };

/** An address that no other test uses: sign-in is limited per network. */
export function network(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** What a page complains about, as it comes. That a page itself is a refusal (a form that comes back, a page that is not there) is none. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  const refused = new Set<string>();
  page.on("response", (response) => {
    const status = response.status();
    if (status >= 400 && status < 500 && response.request().isNavigationRequest()) refused.add(response.url());
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    if (message.text().startsWith("Failed to load resource") && refused.has(url)) return;
    complaints.push(`${message.type()}: ${message.text()} (${url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

type Options = {
  /** Complaints of the console that a test provokes, such as the refused request of an expired page. */
  expectedComplaints: RegExp[];
};

export const test = base.extend<Options>({
  expectedComplaints: [[], { option: true }],
  extraHTTPHeaders: async ({}, use) => {
    await use({ "x-forwarded-for": network() });
  },
  page: async ({ page, expectedComplaints }, use) => {
    const complaints = watchConsole(page);
    await use(page);
    const unexpected = complaints.filter((words) => !expectedComplaints.some((pattern) => pattern.test(words)));
    expect(unexpected, "the console stays silent").toEqual([]);
  },
});
