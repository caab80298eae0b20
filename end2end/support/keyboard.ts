// Somebody without a mouse: Tab, Shift+Tab, Enter, Space and letters, and what must hold on every page for them.
import { expect, type Locator, type Page } from "@playwright/test";

/** What a keyboard can stop at, as it stands on the page. */
type Stop = {
  /** For people who read a failure. */
  name: string;
  /** What changes when focus is seen: outline and shadow. */
  look: string;
};

/** Where focus is. */
type Focus = {
  /** Place among the stops; -1 when it is at none of them. */
  at: number;
  /** What it is at, if it is at no stop. */
  on: string;
  look: string;
  /** Whether an outline of two pixels or more, or a shadow, can be seen. */
  isMarked: boolean;
  /** What lies over it, or out of which it sticks; empty when it is seen whole. */
  hiddenBy: string;
};

/**
 * Walks a page that was just opened from its first stop to its last and checks each: the first is the skip link, all that can be used
 * comes, in the order of the document and once, focus is seen, and nothing lies over it. Then back again to the first.
 */
export async function walk(page: Page): Promise<void> {
  await awake(page);
  const stops = await mark(page);
  expect(stops.length, `${page.url()} has stops`).toBeGreaterThan(0);
  expect(stops[0].name, "the first stop leads past the head of the page").toContain('"#main"');
  await through(page, stops, "Tab");
  await page.keyboard.press("Tab");
  expect((await focus(page)).at, `${page.url()}: no trap behind ${stops.at(-1)!.name}`).toBeLessThanOrEqual(0);
  await pressUntil(page, "Tab", 0);
  await pressUntil(page, "Shift+Tab", stops.length - 1);
  for (let back = stops.length - 1; back > 0; back--) {
    expect((await focus(page)).at, `${page.url()}: backwards to ${stops[back].name}`).toBe(back);
    await page.keyboard.press("Shift+Tab");
  }
  expect((await focus(page)).at, `${page.url()}: back at the first stop`).toBe(0);
}

/**
 * Presses until focus is at this stop. Behind the last stop comes the browser's own frame, then the page again; the browser
 * hands focus back in its own time, so each press is waited for before the next.
 */
async function pressUntil(page: Page, key: string, wanted: number): Promise<void> {
  const isThere = async () => (await focus(page)).at === wanted;
  for (let presses = 0; presses < 3 && !(await isThere()); presses++) {
    await page.keyboard.press(key);
    for (let looks = 0; looks < 20 && !(await isThere()); looks++) await page.waitForTimeout(50);
  }
  expect((await focus(page)).at, `${page.url()}: ${key} goes round to stop ${wanted}`).toBe(wanted);
}

async function through(page: Page, stops: Stop[], key: string): Promise<void> {
  for (const [at, stop] of stops.entries()) {
    await page.keyboard.press(key);
    const now = await focus(page);
    expect(now.at, `${page.url()}: after ${stops[at - 1]?.name ?? "opening"} comes ${stop.name}, not ${stops[now.at]?.name ?? now.on}`).toBe(at);
    expect(now.isMarked && now.look !== stop.look, `${page.url()}: focus is seen on ${stop.name}: ${now.look}`).toBe(true);
    expect(now.hiddenBy, `${page.url()}: ${stop.name} is seen`).toBe("");
  }
}

/** Tab, or with `back` Shift+Tab, until focus is at this. */
export async function tabTo(page: Page, wanted: Locator, { back = false } = {}): Promise<void> {
  await expect(wanted).toHaveCount(1);
  for (let presses = 0; presses < 80; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`focus never came to ${wanted} on ${page.url()}`);
}

/** Goes to something and presses a key there. */
export async function press(page: Page, wanted: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}

/** Goes to the group of a radio button by Tab, and within it by arrow keys. */
export async function choose(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toHaveCount(1);
  const isFocused = () => wanted.evaluate((element) => element === document.activeElement);
  const isInGroup = () => wanted.evaluate((element: HTMLInputElement) => (document.activeElement as HTMLInputElement).name === element.name);
  for (let presses = 0; presses < 80 && !(await isInGroup()); presses++) await page.keyboard.press("Tab");
  for (let presses = 0; presses < 20 && !(await isFocused()); presses++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(wanted).toBeChecked();
}

/** Goes to a field and types, over what may stand in it. */
export async function type(page: Page, wanted: Locator, text: string): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

/** Waits until scripts have done what they do to a new page: the buttons that copy appear, the one that waits is switched off. */
async function awake(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  if (!(await hasScripts(page))) return;
  await expect(page.locator("leptos-island > button[hidden]")).toHaveCount(0);
  await expect(page.locator('leptos-island > button[type="submit"]:enabled')).toHaveCount(0);
}

async function hasScripts(page: Page): Promise<boolean> {
  return page.evaluate(() => matchMedia("(scripting: enabled)").matches);
}

/** Every stop of the page in the order of the document, as it looks without focus. Remembered in the page for `focus`. */
async function mark(page: Page): Promise<Stop[]> {
  return page.evaluate(() => {
    // What can be used is a stop whatever its tabindex says; other things only where they ask for it.
    const usable = "a[href], button, input, select, textarea, summary, iframe, audio, video";
    const seen = [...document.querySelectorAll<HTMLElement>(`${usable}, [tabindex], [contenteditable]`)].filter(
      (one) => (one.tabIndex >= 0 || one.matches(usable)) && !one.matches(":disabled") && one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }),
    );
    // Radio buttons of one name are one stop: arrow keys go from one to the other.
    const isRadio = (one: HTMLElement): one is HTMLInputElement => one instanceof HTMLInputElement && one.type === "radio";
    const stops = seen.filter((one, at) => !isRadio(one) || seen.findIndex((other) => isRadio(other) && other.name === one.name) === at);
    (window as unknown as { stops: HTMLElement[] }).stops = stops;
    return stops.map((one) => {
      const style = getComputedStyle(one);
      const look = [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
      return { name: one.outerHTML.slice(0, 160), look };
    });
  });
}

async function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    const style = getComputedStyle(one);
    const look = [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
    const stops = (window as unknown as { stops: HTMLElement[] }).stops;
    const isOfGroup = (stop: HTMLElement) => stop instanceof HTMLInputElement && one instanceof HTMLInputElement && stop.type === "radio" && one.type === "radio" && stop.name === one.name;
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return {
      at: stops.findIndex((stop) => stop === one || isOfGroup(stop)),
      on: one.outerHTML.slice(0, 160),
      look,
      isMarked: hasOutline || style.boxShadow !== "none",
      hiddenBy: one === document.body ? "" : hiddenBy(one),
    };

    /** Looks at the corners and the middle of each line of the element, as far as it fits into the window. */
    function hiddenBy(element: HTMLElement): string {
      for (const box of element.getClientRects()) {
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const isWhole = box.height > innerHeight || (box.top >= -1 && box.bottom <= innerHeight + 1);
        if (!isWhole || box.left < -1 || box.right > innerWidth + 1) return "the edge of the window";
        // Inside of round corners.
        const inset = Math.min(6, (right - left) / 3, (bottom - top) / 3);
        for (const [x, y] of [[left + inset, top + inset], [right - inset, top + inset], [left + inset, bottom - inset], [right - inset, bottom - inset], [(left + right) / 2, (top + bottom) / 2]]) {
          const over = document.elementFromPoint(x, y);
          if (!over || !(element.contains(over) || over.contains(element))) return over?.outerHTML.slice(0, 160) ?? "nothing";
        }
      }
      return "";
    }
  });
}
