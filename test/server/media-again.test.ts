/** Files that were given up, fetched once more because somebody asked. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import type { Message } from '../../server/contract/message.ts';
import { operatorToken } from '../support/api.ts';
import { mailWith, MOST, outsideAt, startKeeper, startMediaWorld } from '../support/media.ts';
import type { Keeper, MediaWorld } from '../support/media.ts';
import { until } from '../support/pipeline.ts';

let files: MediaWorld;
let keeper: Keeper;

beforeAll(async () => {
  files = await startMediaWorld();
  keeper = await startKeeper();
});
afterAll(async () => {
  await files.stop();
  await keeper.close();
});

const at = (path: string) => `http://files.example:${new URL(keeper.url).port}${path}`;
const givenUp = (id: string) =>
  until(async () => {
    const message = await files.message(id);
    return message?.pendingFiles?.every(({ error }) => error) && message;
  }, 'the file to be given up');
const again = (id: string, token = files.token) => files.api.call<Message>('POST', `/v1/files/${id}/fetch`, { token, body: {} });
const refused = (id: string) => files.api.refused('POST', `/v1/files/${id}/fetch`, { token: files.token, body: {} });

it('a file that was given up is fetched once somebody asks for it again, and stands where it belongs', async () => {
  let there = false;
  keeper.on('/later', (response) => void (there ? response.end('here it is') : response.writeHead(410).end()));
  keeper.keeps('/first', Buffer.from('first'));
  keeper.keeps('/last', Buffer.from('last'));
  const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
  const external = await files.brings('custom', await files.account('custom'), [at('/first'), at('/later'), at('/last')]);
  const message = await until(async () => {
    const one = await files.message(external);
    return one?.attachments.length === 2 && Boolean(one.pendingFiles?.[0]?.error) && one;
  }, 'the file to be given up');
  const [lost] = message.pendingFiles!;
  expect(lost).toMatchObject({ id: expect.any(String), name: 'file-1.png', error: 'The provider answered 410.', again: true });

  await again(lost!.id);
  expect((await givenUp(external)).pendingFiles).toEqual([lost]);

  there = true;
  const asked = await again(lost!.id);
  expect(asked.status, asked.text).toBe(200);
  expect(asked.body.id).toBe(message.id);
  const whole = await until(async () => {
    const one = await files.message(external);
    return one && !one.pendingFiles && one;
  }, 'the file');
  expect(await Promise.all(whole.attachments.map(async ({ url }) => (await files.bytes(url)).toString()))).toEqual(['first', 'here it is', 'last']);
  expect((await refused(lost!.id)).status).toBe(404);
  await fetcher.stop();
});

it('one that is on its way stays so, and is fetched once', async () => {
  keeper.keeps('/once', Buffer.from('once'));
  const external = await files.brings('custom', await files.account('custom'), [at('/once')]);
  const { id, pendingFiles } = (await files.message(external))!;
  const answers = await Promise.all([1, 2, 3].map(() => again(pendingFiles![0]!.id)));
  expect(answers.map(({ status, body }) => [status, body.id])).toEqual([
    [200, id],
    [200, id],
    [200, id],
  ]);
  expect(answers[0]!.body.pendingFiles).toMatchObject([{ error: null, again: false }]);
  const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
  await until(async () => (await files.message(external))?.pendingFiles === null, 'the file');
  expect(keeper.asked.filter(({ path }) => path === '/once')).toHaveLength(1);
  await fetcher.stop();
});

it('one that nobody keeps cannot be had, nor one of another workspace, nor by a visitor or an empty hand', async () => {
  const mail = mailWith('huge@customer.example', [{ name: 'huge.bin', type: 'application/octet-stream', bytes: new Uint8Array(MOST + 1) }]);
  expect(await files.post('email', await files.account('email'), mail)).toBe(200);
  const [huge] = (await files.message('huge@customer.example'))!.pendingFiles!;
  expect(huge).toMatchObject({ again: false, error: expect.stringContaining('at most') });
  expect(await refused(huge!.id)).toMatchObject({ status: 422, code: 'invalid', text: expect.stringContaining('at most') });
  expect((await refused(newId())).status).toBe(404);
  expect((await files.api.call('POST', `/v1/files/${huge!.id}/fetch`, { body: {} })).status).toBe(401);
  const other = await files.api.world();
  expect((await again(huge!.id, await operatorToken(other))).status).toBe(404);
});
