// What stands beside a client: a buyer who types a card into the hosted page, and a server that hears of webhooks.

import { createServer } from 'node:http';

// Where the buyer is sent after the card was saved.
export async function saveCard(page) {
  const card = { number: '4242 4242 4242 4242', expiry: '12/34', cvc: '123' };
  const typed = { ...card, name: 'Ana Souza', email: 'ana@example.com' };
  const answer = await fetch(page, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`the page says ${answer.status}: ${await answer.text()}`);
  return answer.headers.get('location');
}

const PATIENCE = 20_000;

export async function listen() {
  const heard = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    heard.push({ body: Buffer.concat(parts).toString(), signature: request.headers['stripe-signature'] });
    response.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const of = async (type) => {
    for (const begin = Date.now(); Date.now() - begin < PATIENCE;) {
      const found = heard.find(({ body }) => JSON.parse(body).type === type);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no webhook of ${type}`);
  };
  const close = () => { server.close(); server.closeAllConnections(); };
  return { url: `http://127.0.0.1:${server.address().port}/hooks`, all: () => heard, of, close };
}
