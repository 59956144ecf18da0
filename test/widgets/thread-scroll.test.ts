import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { Message } from '../../server/contract/message.ts';
import { inside, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { at, conversation, message, reply, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;

/** So many items, of different heights, with the last `unread` from the customer. */
function many(count: number): Message[] {
  restartSeq();
  return Array.from({ length: count }, (_, n) => {
    const text = `Item ${n + 1}. ${'Some more words. '.repeat(n % 7)}`;
    return n % 3 === 1 ? reply(text, { createdAt: at(n) }) : message({ text, createdAt: at(n) });
  });
}

const box = (): HTMLElement => the(opened!.element, 'conv-log .scroll');
const fromEnd = (): number => box().scrollHeight - box().clientHeight - box().scrollTop;
const shown = (): string[] => {
  const { top, bottom } = box().getBoundingClientRect();
  return inside(opened!.element, 'conv-log .line')
    .filter((line) => line.getBoundingClientRect().bottom > top && line.getBoundingClientRect().top < bottom)
    .map((line) => /Item \d+|\d+ new/.exec(line.innerText)?.[0] ?? '')
    .filter(Boolean);
};
const settled = async (): Promise<void> => {
  for (let calm = 0, last = ''; calm < 4; ) {
    await new Promise(requestAnimationFrame);
    const now = `${box().scrollTop} ${box().scrollHeight} ${shown().join()}`;
    calm = now === last ? calm + 1 : 0;
    last = now;
  }
};
const requests = async (text: string): Promise<number> => (await opened!.inbox.requests()).filter((request) => request.includes(text)).length;

describe('a long conversation', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('of 10,000 messages opens at the first unread one, with few lines in the page', async () => {
    const items = many(10_000);
    const inbound = items.filter(({ direction }) => direction === 'inbound').length;
    opened = await openThread({ ...taken({ lastInboundSeq: 10_000, inboundCount: inbound }), unread: 300 }, items);
    await until(() => shown().some((text) => text.endsWith('new')));
    await settled();
    expect(shown().findIndex((text) => text.endsWith('new'))).to.be.lessThan(3);
    expect(inside(opened.element, 'conv-log .line').length).to.be.lessThan(60);
    expect(await requests('/messages')).to.be.lessThan(8);
  });

  it('opens at its end where all is read, and stays there while messages come', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 200, inboundCount: 133 }), many(200));
    await until(() => shown().includes('Item 200'));
    await settled();
    expect(fromEnd()).to.be.lessThan(2);
    await opened.inbox.order({ do: 'inbound', id: opened.element.conversation!, text: `Item 201. ${'It is long. '.repeat(40)}` });
    await until(() => shown().includes('Item 201'));
    await settled();
    expect(fromEnd()).to.be.lessThan(2);
  });

  it('loads older ones on the way up, to the beginning', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 200, inboundCount: 133 }), many(200));
    await until(() => shown().includes('Item 200'));
    await settled();
    expect(await requests('before=')).to.equal(0);
    await until(async () => {
      box().scrollTop = 0;
      await settled();
      return shown().includes('Item 1');
    });
    expect(await requests('before=')).to.equal(3);
    const order = inside(opened.element, 'conv-log .line')
      .map((line) => Number(/Item (\d+)/.exec(line.innerText)?.[1] ?? 0))
      .filter(Boolean);
    expect(order).to.deep.equal(order.toSorted((one, other) => one - other));
  });

  it('shows a page that was asked for in the middle of reading without moving a line', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 400, inboundCount: 266 }), many(400));
    await until(() => shown().includes('Item 400'));
    await settled();
    await opened.inbox.order({ do: 'fault', fault: { on: 'before=', hold: true } });
    box().scrollTop = 200;
    await until(async () => (await requests('before=')) > 0);
    await settled();
    const first = inside(opened.element, 'conv-log .line').find((line) => line.getBoundingClientRect().top >= box().getBoundingClientRect().top)!;
    const { key } = first.dataset;
    const where = first.getBoundingClientRect().top;
    const height = box().scrollHeight;
    await opened.inbox.order({ do: 'release' });
    await until(() => box().scrollHeight > height + 500);
    await settled();
    const after = inside(opened.element, 'conv-log .line').find((line) => line.dataset['key'] === key);
    expect(after, 'the line that was read is still in the page').to.not.equal(undefined);
    expect(Math.abs(after!.getBoundingClientRect().top - where)).to.be.lessThan(2);
  });

  it('moves nothing for somebody who reads further up, and says what came below', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 60, inboundCount: 40 }), many(60));
    await until(() => shown().includes('Item 60'));
    await settled();
    box().scrollTop -= 700;
    await settled();
    const before = shown();
    await opened.inbox.order({ do: 'inbound', id: opened.element.conversation!, text: 'Item 61' });
    await until(() => inside(opened!.element, '.pill-new').length === 1);
    await settled();
    expect(shown()).to.deep.equal(before);
    expect(the(opened.element, '.pill-new').innerText).to.equal('1 new message below');
    the(opened.element, '.pill-new').click();
    await until(() => shown().includes('Item 61'));
    await settled();
    expect(fromEnd()).to.be.lessThan(2);
    expect(inside(opened.element, '.pill-new')).to.have.length(0);
  });

  it('stays at its end when the box becomes lower', async () => {
    opened = await openThread(taken({ lastInboundSeq: 60, inboundCount: 40 }), many(60));
    await until(() => shown().includes('Item 60'));
    await settled();
    opened.element.style.setProperty('block-size', '420px');
    await settled();
    expect(fromEnd()).to.be.lessThan(2);
  });

  it('is marked read once its end is in view', async () => {
    opened = await openThread({ ...taken({ lastInboundSeq: 3, inboundCount: 2 }), unread: 1 }, many(3));
    await until(async () => (await requests('/read')) === 1);
  });

  it('stays unread where somebody says so while its end is in view, until more comes', async () => {
    opened = await openThread(taken({ lastInboundSeq: 3, inboundCount: 2 }), many(3));
    const { conversation: id, store } = opened.element;
    await until(() => store!.get().reads.get(id!));
    await settled();
    await store!.conversations.markUnread(id!);
    await opened.inbox.order({ do: 'add', id: id!, item: reply('Item 4') });
    await until(() => shown().includes('Item 4'));
    await settled();
    expect([await requests(`${id}/unread`), await requests(`${id}/read`)]).to.deep.equal([1, 0]);
    await opened.inbox.order({ do: 'inbound', id: id!, text: 'Item 5' });
    await until(async () => (await requests(`${id}/read`)) === 1);
  });

  it('shows another conversation from its own beginning', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 60, inboundCount: 40 }), many(60));
    await until(() => shown().includes('Item 60'));
    const other = conversation({ id: '01970000-0000-7000-9000-0000000000d2', lastInboundSeq: 1, inboundCount: 1 });
    await opened.inbox.order({ do: 'inbound', id: other.id, text: 'Item 9999', begin: other });
    opened.element.conversation = other.id;
    await until(() => shown().includes('Item 9999') && !shown().includes('Item 60'));
  });
});
