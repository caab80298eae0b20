// The same thing is said, and done, alike wherever it stands.
import { becomes, isOverdue, monthly, overdue } from "./support/orders";
import { holds } from "./support/page";
import { newBuyer, signIn } from "./support/people";
import { main, says, subscriptionOf } from "./support/places";
import { expect, test } from "./support/test";

test.slow();

test("what is overdue has the same words and the same button on the order and on the subscription, and the way back is the way there", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, overdue);
  await becomes(page.request, orders[0], isOverdue);
  await signIn(page, email);
  const subscription = await subscriptionOf(page, orders[0]);
  const notices: string[] = [];
  for (const at of [`/orders/${orders[0]}`, subscription]) {
    await page.goto(at);
    const notice = main(page).locator("aside, section, div").filter({ has: page.getByRole("heading", { name: /em atraso desde/ }) }).last();
    notices.push((await notice.innerText()).trim());
    await expect(notice.getByRole("link", { name: /^Pagar R\$\s49,90/ })).toHaveAttribute("href", `${subscription}/card`);
  }
  expect(notices[0]).toBe(notices[1]);
  for (const place of ["card", "plan"]) {
    await page.goto(`${subscription}/${place}`);
    await expect(main(page).getByRole("link", { name: "Voltar para a assinatura" })).toHaveAttribute("href", subscription);
    await holds(page);
  }
  // A plan that cannot be changed now says what to do first, and leads there.
  await expect(main(page).getByRole("link", { name: /Pagar/ })).toHaveAttribute("href", `${subscription}/card`);
});

test("a plan that ends at the period's end leads to where that is undone", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { ...monthly, status: "ending", daysAgo: 10, daysLeft: 20 });
  await signIn(page, email);
  const subscription = await subscriptionOf(page, orders[0]);
  await page.goto(`${subscription}/plan`);
  await main(page).getByRole("link", { name: "Ver a assinatura" }).click();
  await expect(page).toHaveURL(new RegExp(`${subscription}$`));
  await holds(page);
});

test("after a change of plan the sale stays what it was, and the receipt adds up and names its period", async ({ page }) => {
  const { email, orders } = await newBuyer(page.request, { ...monthly, daysAgo: 10 });
  await signIn(page, email);
  await page.goto(`${await subscriptionOf(page, orders[0])}/plan`);
  await main(page).getByRole("radio", { name: "Clube Luz anual" }).check();
  await main(page).getByRole("button", { name: "Ver os valores" }).click();
  await main(page).getByLabel("Em quantas vezes").selectOption("12");
  await main(page).getByRole("checkbox").check();
  await main(page).getByRole("button", { name: /^Pagar R\$/ }).click();
  await says(page, /12x/);
  await holds(page);
  await page.goto(`/orders/${orders[0]}`);
  await expect(main(page)).toContainText(/Total\s*R\$\s49,90/);
  await expect(main(page)).not.toContainText(/Total\s*R\$\s499,00/);
  await main(page).getByRole("link", { name: /^Recibo/ }).first().click();
  await expect(main(page)).toContainText(/Clube Luz anual/);
  await expect(main(page)).toContainText(/R\$\s499,00/);
  await expect(main(page)).toContainText(/Período\s*De \d\d\/\d\d\/\d{4} a \d\d\/\d\d\/\d{4}/);
  await holds(page);
});
