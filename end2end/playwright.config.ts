// Every story twice: as most people meet it, and without JavaScript. `cargo xtask test` starts the server and names it.
import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";

const chromium = process.env.CHROMIUM || "/usr/bin/chromium";
if (!existsSync(chromium)) throw new Error(`No Chromium at ${chromium}: install it or name it in CHROMIUM.`);

export default defineConfig({
  testDir: ".",
  outputDir: "test-results",
  fullyParallel: true,
  // A story waits for mails and jobs about as long as it computes.
  workers: 2 * availableParallelism(),
  // A test that passes at the second try hides something.
  retries: 0,
  forbidOnly: true,
  // Generous: a slow machine is no defect.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.BASE_URL || "http://127.0.0.1:3000",
    viewport: { width: 390, height: 844 },
    locale: "pt-BR",
    timezoneId: "America/Sao_Paulo",
    // Traces would take a seventh of the time; `--trace on` writes them for whoever looks for a reason.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chromium,
      args: [
        // The tests may run as root in a container, where Chromium's sandbox cannot.
        "--no-sandbox",
        "--disable-gpu",
        // Nothing but the server under test is to be talked to.
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "javascript", use: { javaScriptEnabled: true } },
    { name: "plain", use: { javaScriptEnabled: false } },
  ],
});
