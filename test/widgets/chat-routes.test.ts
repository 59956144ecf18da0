/** The ways to a person that the chat offers at a handoff: chosen, filled in, and sent. */
import { expect } from 'chai';
import '../../widgets/chat.ts';
import { clearPage, field, findings, inside, openChat, openChatServer, putChat, texts, the, until } from '../support/wtr-chat-client.ts';

const morrow = { kind: 'system' as const, id: null, name: 'Morrow' };
const routes = [
  { id: '01970000-0000-7000-9000-0000000000d1', label: 'A call', kind: 'call', hint: 'in about 10 min' },
  { id: '01970000-0000-7000-9000-0000000000d2', label: 'The sales team', kind: 'team', hint: null },
];

describe('routes in the chat', () => {
  afterEach(clearPage);

  it('offers the routes at a handoff, sends the one chosen, and shows it as chosen for good', async () => {
    const server = await openChatServer({
      history: [{ text: 'A person please' }, { text: 'How shall we reach you?', author: morrow, routes }],
      conversation: { handedOff: true },
    });
    const chat = putChat(server.base);
    await openChat(chat);
    expect(texts(chat, '.way')).to.deep.equal(['A callin about 10 min', 'The sales team']);
    expect(field(chat).placeholder).to.equal('Or just write on');
    inside(chat, '.way')[0]!.click();
    await until(() => texts(chat, '.chat-sys').includes('You chose A call'));
    expect(inside(chat, '.way').map((way) => way.getAttribute('aria-pressed'))).to.deep.equal(['true', 'false']);
    inside(chat, '.way')[1]!.click();
    const { requests } = await server.report();
    expect(requests.filter((one) => one.startsWith('POST /v1/chat/route'))).to.have.length(1);
    await server.order({ do: 'change', change: { answering: { kind: 'operator', name: 'Ana Duarte', avatarUrl: null } } });
    await until(() => texts(chat, '.chat-sys').at(-1) === 'ADAna Duarte has joined');
    expect(texts(chat, '.chat-head h2, .chat-head p')).to.deep.equal(['Ana Duarte', 'Morrow']);
  });

  it('asks in place for what a route needs, once more for what is no number, and sends it then as it is', async () => {
    const fields = [
      { name: 'phone', kind: 'phone' as const, label: 'Your number?', required: true },
      { name: 'when', kind: 'time' as const, label: 'When?', required: false },
    ];
    const server = await openChatServer({ history: [{ text: 'How shall we reach you?', author: morrow, routes: [{ ...routes[0]!, fields }, routes[1]!] }] });
    const chat = putChat(server.base);
    await openChat(chat);
    inside(chat, '.way')[0]!.click();
    await until(() => inside(chat, '.way-form input').length === 2);
    const root = the(chat, '.way-form').getRootNode() as ShadowRoot;
    const [phone, when] = inside(chat, '.way-form input') as HTMLInputElement[];
    expect([root.activeElement === phone, phone!.type, texts(chat, '.way-form label')[1]]).to.deep.equal([true, 'tel', 'When? optional']);
    const send = (): void => the(chat, '.way-form button').click();
    send();
    await until(() => texts(chat, '.way-form .bad')[0] === 'Fill this in');
    phone!.value = 'the usual';
    when!.value = 'at noon';
    send();
    await until(() => /does not look like a phone number/.test(texts(chat, '.way-form .bad')[0] ?? ''));
    expect([phone!.getAttribute('aria-invalid'), root.activeElement === phone, phone!.value]).to.deep.equal(['true', true, 'the usual']);
    expect(await findings(chat)).to.deep.equal([]);
    send();
    await until(() => texts(chat, '.chat-sys').includes('You chose A call'));
    await until(() => inside(chat, '.way-form').length === 0);
    expect((await server.report()).filled).to.deep.equal({ phone: 'the usual', when: 'at noon' });
  });

  it('shows at once what a route needs that was chosen for the visitor, and leaves the focus where it is', async () => {
    const fields = [{ name: 'phone', kind: 'phone' as const, label: 'Your number?', required: true }];
    const server = await openChatServer({
      history: [{ text: 'A person will call you.', author: morrow, routes: [{ ...routes[0]!, fields }, routes[1]!], chosenRouteId: routes[0]!.id, asks: true }],
    });
    const chat = putChat(server.base);
    await openChat(chat);
    await until(() => inside(chat, '.way-form input').length === 1);
    const root = the(chat, '.way-form').getRootNode() as ShadowRoot;
    expect([root.activeElement?.localName, texts(chat, '.chat-sys').some((line) => line.startsWith('You chose'))]).to.deep.equal(['textarea', false]);
    const [phone] = inside(chat, '.way-form input') as HTMLInputElement[];
    phone!.value = '+49170123';
    the(chat, '.way-form button').click();
    await until(() => inside(chat, '.way-form').length === 0 && texts(chat, '.chat-sys').includes('You chose A call'));
    expect((await server.report()).filled).to.deep.equal({ phone: '+49170123' });
  });

  it('says in place that a choice did not arrive, and lets it be made again', async () => {
    const server = await openChatServer({ history: [{ text: 'How shall we reach you?', author: morrow, routes }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await server.order({ do: 'fault', fault: { on: '/route', status: 503, code: 'unavailable' } });
    inside(chat, '.way')[1]!.click();
    await until(() => texts(chat, '.notice')[0] === 'Your choice did not reach us. Choose again');
    inside(chat, '.way')[1]!.click();
    await until(() => texts(chat, '.chat-sys').includes('You chose The sales team'));
    expect(inside(chat, '.notice')).to.have.length(0);
  });
});
