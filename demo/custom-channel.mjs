/**
 * A custom channel in plain Node: what is typed goes to Convene as a customer's message (`kim: Where is my order?`), what
 * Convene answers is printed. Both ways are Standard Webhooks, signed with the secret of the channel account.
 *
 *   CONVENE_WEBHOOK=https://inbox.example/v1/channels/<account>/inbound WEBHOOK_SECRET=whsec_… PORT=8787 node demo/custom-channel.mjs
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const { CONVENE_WEBHOOK = '', WEBHOOK_SECRET = '', PORT = '8787' } = process.env;
const key = Buffer.from(WEBHOOK_SECRET.replace(/^whsec_/, ''), 'base64');
const seconds = () => Math.floor(Date.now() / 1_000);
const sign = (id, time, body) => `v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`;
const say = (text) => process.stdout.write(`${text}\n`);

/** Posts to Convene; after a fault again, with the same id, so that it arrives once. */
async function post(type, data, attempt = 1) {
  const id = `msg_${data.id}_${type}`;
  const body = JSON.stringify({ type, data });
  const time = seconds();
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': sign(id, time, body) };
  const answer = await fetch(CONVENE_WEBHOOK, { method: 'POST', headers, body }).catch(() => null);
  if (!answer?.ok && attempt < 5) setTimeout(() => void post(type, data, attempt + 1), 500 * 2 ** attempt);
}

/** Whether Convene signed this, lately. While a secret is replaced there are two signatures; one has to be ours. */
function isGenuine(headers, body) {
  const { 'webhook-id': id = '', 'webhook-timestamp': time = '', 'webhook-signature': list = '' } = headers;
  if (Math.abs(seconds() - Number(time)) > 300) return false;
  const wanted = Buffer.from(sign(id, time, body));
  return list.split(' ').some((one) => one.length === wanted.length && timingSafeEqual(Buffer.from(one), wanted));
}

const seen = new Set();
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!isGenuine(request.headers, body)) return response.writeHead(401).end();
  const { data } = JSON.parse(body);
  // The same id again is the same message again.
  if (!seen.has(data.id)) say(`to ${data.to.handle}: ${data.text}${(data.routes ?? []).map(({ label }, n) => `\n  ${n + 1}. ${label}`).join('')}`);
  seen.add(data.id);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: data.id }));
  await post('status', { id: data.id, status: 'delivered' });
});
server.listen(Number(PORT), '127.0.0.1', () => say(`listening on ${server.address().port}`));

createInterface({ input: process.stdin }).on('line', (line) => {
  const [, handle, text] = /^(\w+):\s*(.+)$/.exec(line) ?? [];
  if (handle) void post('message', { id: randomUUID(), from: { handle, name: handle }, text });
});
