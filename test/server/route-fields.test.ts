/** What customers fill in for a route: asked for one after the other in words, or as a form in the chat. */
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import { useHandoffs } from '../support/handoffs.ts';
import type { Refused } from '../support/handoffs.ts';
import { until } from '../support/pipeline.ts';

const { channels, call, post, paths, sent, lastTo, visitor } = useHandoffs();

describe('a route with fields', () => {
  it('asks for one after the other by text; what it cannot read it asks for once more, then takes it as it is', async () => {
    const from = '+49170300003';
    await channels.tell('sms', { from, text: 'I want to talk to a human please' });
    await lastTo('sms', from, /1\. A call\n2\. The sales team/);
    await channels.tell('sms', { from, text: '1' });
    await lastTo('sms', from, /^On which phone number can we reach you\?$/);
    await channels.tell('sms', { from, text: 'the usual one' });
    await lastTo('sms', from, /^We could not read that\. Once more, please: On which phone/);
    await channels.tell('sms', { from, text: 'you know it, don’t you' });
    await lastTo('sms', from, /^When does it suit you best\? \(or write “-”/);
    const half = await channels.seen('sms', from, ({ conversation }) => conversation.handoff?.fields && conversation, 'the first answer');
    expect(half.handoff).toMatchObject({ route: { label: 'A call' }, fields: [{ name: 'phone', value: 'you know it, don’t you', valid: false }] });
    await channels.tell('sms', { from, text: '-' });
    await lastTo('sms', from, /^What is it about\?$/);
    await channels.tell('sms', { from, text: 'A broken pump' });
    await lastTo('sms', from, /^Thank you\. A person will get back to you\.$/);
    const { conversation, items } = await channels.thread('sms', from);
    expect(conversation).toMatchObject({ requiresAction: true, department: { name: 'Care' } });
    expect(conversation.handoff?.fields?.map(({ name, value, valid }) => [name, value, valid])).toEqual([
      ['phone', 'you know it, don’t you', false],
      ['about', 'A broken pump', true],
    ]);
    expect(items.filter(({ direction, author }) => direction === 'outbound' && author.kind === 'agent')).toEqual([]);
    await channels.tell('sms', { from, text: 'One more thing' });
    await channels.seen('sms', from, (thread) => thread.items.at(-1)?.text === 'One more thing' && thread.items.at(-1)?.intent !== undefined, 'the last word');
    expect(sent('sms', from)).toHaveLength(6);
  });

  it('reads numbers in any digits, also behind words; a person who takes over ends the questions, and resuming forgets them', async () => {
    const from = '+49170300004';
    await channels.tell('sms', { from, text: 'Can I speak to a real person?' });
    await lastTo('sms', from, /1\. A call/);
    await channels.tell('sms', { from, text: 'a call' });
    await lastTo('sms', from, /phone number/);
    await channels.tell('sms', { from, text: 'sure, it is ‪+٤٩ ١٧٠ ٣٣٣٤٤‬ thanks' });
    await lastTo('sms', from, /suit you best/);
    const { conversation } = await channels.thread('sms', from);
    expect(conversation.handoff?.fields).toMatchObject([{ name: 'phone', kind: 'phone', value: '+49 170 33344', valid: true }]);
    await call('POST', `/v1/conversations/${conversation.id}/assume`, { token: channels.ben, body: {} });
    await channels.tell('sms', { from, text: 'tomorrow at noon' });
    await channels.seen('sms', from, ({ items }) => items.at(-1)?.text === 'tomorrow at noon' && items.at(-1)?.language !== undefined, 'the answer');
    const held = await channels.thread('sms', from);
    expect(held.conversation.handoff?.fields).toHaveLength(1);
    expect(sent('sms', from)).toHaveLength(3);
    await post(`/v1/conversations/${conversation.id}/resume`, {});
    const again = await post<Conversation>(`/v1/conversations/${conversation.id}/handoff`, { routeId: channels.world.routes.call });
    expect(again.body.handoff).toMatchObject({ trigger: 'manual', route: { label: 'A call' } });
    expect(again.body.handoff?.fields).toBeUndefined();
    await until(async () => sent('sms', from).length === 5 && /phone number/.test(sent('sms', from).at(-1)!.text), 'the question of the new handoff');
  });

  it('is filled in at once in the chat; what is wrong is refused once, and then taken as it is', async () => {
    const { routes } = channels.world;
    const { token, conversationId, seen } = await visitor('A human, please');
    const asked = await until(async () => (await seen()).find((one) => one.routes?.length), 'the routes');
    expect(asked.routes?.find(({ id }) => id === routes.call)?.fields).toEqual([
      { name: 'phone', kind: 'phone', label: 'On which phone number can we reach you?', required: true },
      { name: 'when', kind: 'time', label: 'When does it suit you best?', required: false },
      { name: 'about', kind: 'text', label: 'What is it about?', required: true },
    ]);
    const choose = (body: Record<string, unknown>) => call<Refused>('POST', '/v1/chat/route', { token, body: { routeId: routes.call, ...body } });
    expect(paths(await choose({ fields: { phone: 'none', other: 'x' } }))).toEqual(['fields.other', 'fields.phone', 'fields.about']);
    const view = async () => (await call<Conversation>('GET', `/v1/conversations/${conversationId}`)).body;
    expect((await view()).handoff?.route).toBeNull();
    expect((await choose({ fields: { phone: 'none', when: '', about: 'A pump' }, asIs: true })).status).toBe(200);
    expect((await view()).handoff?.fields?.map(({ name, value, valid }) => [name, value, valid])).toEqual([
      ['phone', 'none', false],
      ['about', 'A pump', true],
    ]);
    const { items } = (await call<{ items: { code?: string; reason?: string }[] }>('GET', `/v1/conversations/${conversationId}/messages`)).body;
    expect(items.find(({ code }) => code === 'route_chosen')).toMatchObject({ reason: 'none · A pump' });
  });

  it('chosen for the customer it is shown in the chat as a form, with nothing asked in words, until it is filled in', async () => {
    const { routes } = channels.world;
    const { token, conversationId, seen } = await visitor('Where is my order?');
    expect((await post(`/v1/conversations/${conversationId}/handoff`, { routeId: routes.call })).status).toBe(200);
    const offer = await until(async () => (await seen()).find(({ asks }) => asks), 'the form');
    expect(offer).toMatchObject({ chosenRouteId: routes.call });
    expect((await seen()).filter(({ text }) => /phone number/.test(text))).toEqual([]);
    const fill = (phone: string) =>
      call<Refused>('POST', '/v1/chat/route', { token, body: { routeId: routes.call, messageId: offer.id, fields: { phone, when: '', about: 'A pump' } } });
    expect(paths(await fill('none'))).toEqual(['fields.phone']);
    expect((await fill('+49 170 333 55')).status).toBe(200);
    expect((await seen()).filter(({ asks }) => asks)).toEqual([]);
    const { handoff } = (await call<Conversation>('GET', `/v1/conversations/${conversationId}`)).body;
    expect(handoff?.fields?.map(({ name, value }) => [name, value])).toEqual([
      ['phone', '+49 170 333 55'],
      ['about', 'A pump'],
    ]);
  });

  it('is shown as a form in the chat too where it is chosen after the offer: by an operator, or in words', async () => {
    const { routes } = channels.world;
    const offered = async () => {
      const { token, conversationId, seen } = await visitor('A human, please');
      const offer = await until(async () => (await seen()).find((one) => one.routes?.length), 'the routes');
      return { token, conversationId, seen, offer };
    };
    const byTeam = await offered();
    expect(byTeam.offer.asks).toBeUndefined();
    expect((await post(`/v1/conversations/${byTeam.conversationId}/handoff`, { routeId: routes.call })).status).toBe(200);
    const inWords = await offered();
    await call('POST', '/v1/chat/messages', { token: inWords.token, body: { text: 'a call' } });
    for (const { seen, offer } of [byTeam, inWords]) {
      const asked = await until(async () => (await seen()).find(({ asks }) => asks), 'the form');
      expect(asked).toMatchObject({ id: offer.id, chosenRouteId: routes.call });
      expect((await seen()).filter(({ text }) => /phone number/.test(text))).toEqual([]);
    }
  });

  it('without what was filled in, the chat asks in the conversation', async () => {
    const { routes } = channels.world;
    const { token, seen } = await visitor('I need a person');
    await until(async () => (await seen()).some((one) => one.routes?.length), 'the routes');
    expect((await call('POST', '/v1/chat/route', { token, body: { routeId: routes.call } })).status).toBe(200);
    const last = await until(async () => (await seen()).find(({ text }) => /phone number/.test(text)), 'the question');
    expect(last.author.kind).toBe('system');
  });
});
