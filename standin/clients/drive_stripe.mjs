// Stripe's own client for Node.js does at the stand-in what the portal does at Stripe. It ends with 0 if all of it went
// as the client expects. STRIPE_ADDRESS is the stand-in, STRIPE_KEY the account's secret key; NODE_PATH leads to the
// client.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { listen, saveCard } from './buyer.mjs';

const Stripe = createRequire(import.meta.url)('stripe');
const { hostname, port } = new URL(process.env.STRIPE_ADDRESS);
const VERSION = '2025-09-30.clover';
const stripe = new Stripe(process.env.STRIPE_KEY, {
  host: hostname, port, protocol: 'http', apiVersion: VERSION, maxNetworkRetries: 0,
});

async function step(name, act) {
  const done = await act();
  console.log(`done: ${name}`);
  return done;
}

const refused = (type, code) => (error) => {
  assert.equal(error.type, type);
  assert.equal(error.code, code);
  return true;
};

const hooks = await listen();
const endpoint = await step('an address for webhooks', () => stripe.webhookEndpoints.create({
  url: hooks.url, enabled_events: ['*'], api_version: VERSION, metadata: { aftersale: 'true' },
}));

const customer = await step('a customer', async () => {
  const made = await stripe.customers.create({ email: 'ana@example.com', metadata: { aftersale_account: 'luz' } });
  const found = await stripe.customers.list({ email: 'ana@example.com', limit: 100 });
  assert.deepEqual(found.data.map((one) => one.id), [made.id]);
  return made;
});

const card = await step('a card by the page of a checkout session', async () => {
  const back = 'https://portal.example/card?s={CHECKOUT_SESSION_ID}';
  const page = await stripe.checkout.sessions.create({
    mode: 'setup', currency: 'brl', customer: customer.id, success_url: back, cancel_url: back,
    setup_intent_data: { metadata: { aftersale_key: 'k1' } },
  });
  assert.equal(await saveCard(page.url), `https://portal.example/card?s=${page.id}`);
  const after = await stripe.checkout.sessions.retrieve(page.id, { expand: ['setup_intent.payment_method'] });
  assert.equal(after.status, 'complete');
  assert.equal(after.setup_intent.payment_method.card.last4, '4242');
  return after.setup_intent.payment_method.id;
});

const charge = (amount, more) => ({
  amount, currency: 'brl', customer: customer.id, confirm: true, automatic_payment_methods: { enabled: true },
  return_url: 'https://portal.example/back', metadata: { aftersale_key: 'k2' }, ...more,
});

const payment = await step('a payment, once for its key', async () => {
  const byCard = charge(9990, { payment_method: card, off_session: true });
  const paid = await stripe.paymentIntents.create(byCard, { idempotencyKey: 'k2' });
  assert.equal(paid.status, 'succeeded');
  const again = await stripe.paymentIntents.create(byCard, { idempotencyKey: 'k2' });
  assert.equal(again.id, paid.id);
  const other = stripe.paymentIntents.create({ ...byCard, amount: 1 }, { idempotencyKey: 'k2' });
  await assert.rejects(other, { type: 'StripeIdempotencyError' });
  // Search is up to a minute late, so the newest are looked through.
  const newest = await stripe.paymentIntents.list({ limit: 100 });
  assert.equal(newest.data.find((one) => one.metadata.aftersale_key === 'k2').id, paid.id);
  return paid;
});

await step('a card that declines', async () => {
  const poor = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
  const taken = stripe.paymentIntents.create(charge(9990, { payment_method: poor.id, off_session: true }));
  await assert.rejects(taken, refused('StripeCardError', 'card_declined'));
});

await step('a boleto and a Pix', async () => {
  const town = { city: 'São Paulo', state: 'SP', postal_code: '01001-000', country: 'BR' };
  const address = { line1: 'Rua das Flores, 120', ...town };
  const boleto = await stripe.paymentIntents.create(charge(9990, { payment_method_data: {
    type: 'boleto', boleto: { tax_id: '52998224725' },
    billing_details: { name: 'Ana Souza', email: 'ana@example.com', address },
  } }));
  assert.ok(boleto.next_action.boleto_display_details.hosted_voucher_url.startsWith('http'));
  const pix = await stripe.paymentIntents.create(charge(9990, { payment_method_data: { type: 'pix' } }));
  assert.ok(pix.next_action.pix_display_qr_code.data.length > 20);
});

await step('a refund in two parts, and no third', async () => {
  const back = (amount, key) => stripe.refunds.create(
    { payment_intent: payment.id, amount, metadata: { aftersale_key: key } }, { idempotencyKey: key },
  );
  assert.equal((await back(4000, 'r1')).status, 'succeeded');
  assert.equal((await back(5990, 'r2')).status, 'succeeded');
  await assert.rejects(back(1, 'r3'), refused('StripeInvalidRequestError', 'charge_already_refunded'));
  const listed = [];
  // One a page: the client asks for the next one by itself.
  for await (const one of stripe.refunds.list({ payment_intent: payment.id, limit: 1 })) listed.push(one.amount);
  assert.deepEqual(listed, [5990, 4000]);
});

const price = async (unit_amount, lookup_key) => {
  const product = (await stripe.products.create({ name: lookup_key })).id;
  return stripe.prices.create({ product, currency: 'brl', unit_amount, recurring: { interval: 'month' }, lookup_key });
};

const subscription = await step('a subscription', async () => {
  const club = await price(4990, 'clube');
  const made = await stripe.subscriptions.create({
    customer: customer.id, items: [{ price: club.id }], default_payment_method: card,
  });
  assert.equal(made.status, 'active');
  return made;
});

await step('its end with the period, and going on', async () => {
  const to = (cancel_at_period_end) => stripe.subscriptions.update(subscription.id, { cancel_at_period_end });
  assert.equal((await to(true)).cancel_at_period_end, true);
  assert.equal((await to(false)).cancel_at_period_end, false);
});

await step('another plan, as it was reckoned', async () => {
  await price(9990, 'ouro');
  const gold = (await stripe.prices.list({ lookup_keys: ['ouro'], active: true, limit: 1 })).data[0];
  const change = {
    items: [{ id: subscription.items.data[0].id, price: gold.id }],
    proration_behavior: 'always_invoice', proration_date: Math.floor(Date.now() / 1000),
  };
  const asked = { subscription: subscription.id, subscription_details: change };
  const reckoned = await stripe.invoices.createPreview(asked);
  const expand = ['latest_invoice'];
  const changed = await stripe.subscriptions.update(subscription.id, {
    ...change, payment_behavior: 'pending_if_incomplete', expand,
  });
  assert.ok(reckoned.amount_due > 0);
  assert.equal(changed.latest_invoice.amount_paid, reckoned.amount_due);
  const invoices = await stripe.invoices.list({ subscription: subscription.id, expand: ['data.payments'] });
  assert.ok(invoices.data.every((one) => one.payments.data[0].payment.payment_intent.startsWith('pi_')));
});

await step('the version that the client has by itself', async () => {
  const newest = new Stripe(process.env.STRIPE_KEY, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  const paid = await newest.paymentIntents.create(charge(500, { payment_method: card, off_session: true }));
  assert.equal((await newest.refunds.create({ payment_intent: paid.id })).amount, 500);
});

await step('its end now', async () => {
  const ended = await stripe.subscriptions.cancel(subscription.id, { invoice_now: false, prorate: false });
  assert.equal(ended.status, 'canceled');
});

await step('webhooks that the client verifies, and one that it does not', async () => {
  const { body, signature } = await hooks.of('customer.subscription.deleted');
  const event = stripe.webhooks.constructEvent(body, signature, endpoint.secret);
  assert.equal(event.data.object.id, subscription.id);
  for (const one of hooks.all()) stripe.webhooks.constructEvent(one.body, one.signature, endpoint.secret);
  const forged = body.replace('"canceled"', '"active"');
  assert.notEqual(forged, body);
  const type = 'StripeSignatureVerificationError';
  assert.throws(() => stripe.webhooks.constructEvent(forged, signature, endpoint.secret), { type });
  assert.equal((await stripe.webhookEndpoints.del(endpoint.id)).deleted, true);
});

hooks.close();
console.log('everything is done');
