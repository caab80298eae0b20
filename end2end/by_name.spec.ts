// A browser that reaches the portal by a name, in clear: it says of no request where it comes from (`Sec-Fetch-Site`), as older iPhones do not either.
import { chromium, type Browser } from "@playwright/test";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pressContinue } from "./support/people";
import { expect, test } from "./support/test";

const NAME = "portal.test";

/** The portal under that name, with data of its own. */
async function portal(): Promise<{ address: string; end: () => void }> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "aftersale-by-name-"));
  const address = `http://${NAME}:${port}`;
  const server: ChildProcess = spawn(process.env.SERVER!, ["demo", "--listen", `127.0.0.1:${port}`, "--data", folder], {
    env: { ...process.env, AFTERSALE_BASE_URL: address },
    stdio: "ignore",
  });
  const end = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, end };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

test("by a name and in clear one signs in, and goes on after the cookies were cleared", async ({ javaScriptEnabled, launchOptions }) => {
  test.skip(!process.env.SERVER, "needs the program itself: `cargo xtask test` names it");
  const { address, end } = await portal();
  const args = [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${NAME} 127.0.0.1`];
  const browser: Browser = await chromium.launch({ ...launchOptions, args });
  try {
    const context = await browser.newContext({ baseURL: address, javaScriptEnabled, locale: "pt-BR" });
    const page = await context.newPage();
    const said: (string | undefined)[] = [];
    page.on("request", async (request) => said.push((await request.allHeaders())["sec-fetch-site"]));
    await expect(async () => expect((await page.goto("/sign-in"))?.status()).toBe(200)).toPass();
    for (let time = 0; time < 2; time++) {
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill("ana.souza@example.com");
      await page.getByRole("button", { name: "Enviar link de acesso" }).click();
      await expect(page).toHaveURL(/\/sign-in\/sent/);
      const links = page.locator('a[href*="/l/"]');
      await expect(async () => {
        await page.goto("/dev/mailbox?to=ana.souza%40example.com");
        expect(await links.count()).toBeGreaterThan(time);
      }).toPass();
      await links.first().click();
      await pressContinue(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Minhas compras");
      await context.clearCookies();
      await page.goto("/account");
      await expect(page).toHaveURL(/\/sign-in/);
    }
    expect(said.filter((site) => site !== undefined), "the browser named no site").toEqual([]);
  } finally {
    await browser.close();
    end();
  }
});
