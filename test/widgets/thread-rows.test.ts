import { expect } from 'chai';
import { called, calledShort } from '../../widgets/elements/called.ts';
import { rowsOf, type RowsOf } from '../../widgets/elements/thread-rows.ts';
import { beginning, withoutHistory } from '../../widgets/elements/thread-text.ts';
import { advance } from '../../widgets/elements/thread-work.ts';
import { linkTo } from '../../widgets/elements/thread-link.ts';
import { operatorTexts } from '../../widgets/locales/operator.ts';
import { at, draft, line, message, nova, reply, restartSeq } from '../support/thread-world.ts';

const bare: RowsOf = { items: [], drafts: [], pending: [], newFromSeq: 0, atStart: true, atEnd: true, working: false, typing: false, held: () => false };
const kinds = (of: Partial<RowsOf>): string[] => rowsOf({ ...bare, ...of }).map((row) => (row.kind === 'item' ? `item ${row.message.seq}` : row.kind));

describe('the lines of a conversation', () => {
  beforeEach(() => restartSeq());

  it('have a mark above each day and one above the first unread message, which counts only what the customer wrote', () => {
    const items = [
      message(),
      message({ createdAt: at(60 * 24) }),
      line('stayed_quiet', { createdAt: at(60 * 24 + 1) }),
      message({ createdAt: at(60 * 24 + 2) }),
    ];
    expect(kinds({ items, newFromSeq: 2 })).to.deep.equal(['day', 'item 1', 'day', 'new', 'item 2', 'item 3', 'item 4']);
    expect(rowsOf({ ...bare, items, newFromSeq: 2 }).find((row) => row.kind === 'new')).to.include({ count: 2 });
  });

  it('have no mark of what is new where that is not loaded', () => {
    expect(kinds({ items: [message()], newFromSeq: 9 })).to.deep.equal(['day', 'item 1']);
  });

  it('end with what is still growing, and not before the end is loaded', () => {
    const growing = { items: [message()], drafts: [draft()], working: true, typing: true };
    expect(kinds(growing)).to.deep.equal(['day', 'item 1', 'draft', 'work', 'typing']);
    expect(kinds({ ...growing, atEnd: false })).to.deep.equal(['day', 'item 1']);
  });

  it('keep a draft that was overtaken where it stood, and let go of one that was sent', () => {
    const items = [message(), message({ createdAt: at(9) })];
    expect(kinds({ items, drafts: [draft({ status: 'superseded', createdAt: at(5) })] })).to.deep.equal(['day', 'item 1', 'draft', 'item 2']);
    expect(kinds({ items, drafts: [draft({ status: 'approved' })] })).to.deep.equal(['day', 'item 1', 'item 2']);
  });

  it('keep any draft that somebody is at', () => {
    const sent = draft({ status: 'edited' });
    expect(kinds({ items: [message()], drafts: [sent], held: ({ id }) => id === sent.id })).to.deep.equal(['day', 'item 1', 'draft']);
  });

  it('have keys that older ones coming first do not change', () => {
    const items = [reply('one'), message(), message()];
    const before = rowsOf({ ...bare, items: items.slice(1) }).map(({ key }) => key);
    const after = rowsOf({ ...bare, items }).map(({ key }) => key);
    expect(after).to.include.members(before.slice(1));
    expect(new Set(after).size).to.equal(after.length);
  });
});

describe('a run as it is seen', () => {
  const since = at(0);
  it('keeps the stages behind it and adds none twice', () => {
    let stages = advance([], { agentId: nova.id, stage: 'classifying', since });
    stages = advance(stages, { agentId: nova.id, stage: 'classifying', since: at(1) });
    stages = advance(stages, { agentId: nova.id, stage: 'skill', skill: 'check_stock', since });
    stages = advance(stages, { agentId: nova.id, stage: 'composing', since });
    stages = advance(stages, { agentId: nova.id, stage: 'skill', skill: 'hold_one', since });
    stages = advance(stages, { agentId: nova.id, stage: 'composing', since });
    expect(stages.map(({ stage }) => stage)).to.deep.equal(['classifying', 'skill', 'skill', 'composing']);
    expect(advance(stages, null)).to.deep.equal([]);
  });

  it('begins anew when the agent classifies again', () => {
    const stages = advance([{ stage: 'composing', since }], { agentId: nova.id, stage: 'classifying', since });
    expect(stages.map(({ stage }) => stage)).to.deep.equal(['classifying']);
  });
});

describe('what somebody wrote', () => {
  it('is told apart from the history that an email quotes', () => {
    const text = 'Both floors, please.\n\nOn 11 June 2025, Sol wrote:\n> Which floors?\n> \n> Sol';
    expect(withoutHistory(text)).to.deep.equal(['Both floors, please.', 'On 11 June 2025, Sol wrote:\n> Which floors?\n> \n> Sol']);
    expect(withoutHistory('5 > 3\nbut 2 < 4')).to.deep.equal(['5 > 3\nbut 2 < 4', '']);
    expect(withoutHistory('> all of it is quoted')).to.deep.equal(['> all of it is quoted', '']);
  });

  it('is cut at a word when it is long, and never inside a character', () => {
    expect(beginning('short')).to.equal('short');
    expect(beginning('word '.repeat(1_000)).length).to.be.lessThan(1_801);
    expect(beginning('word '.repeat(1_000)).endsWith('word')).to.equal(true);
    expect(beginning('😀'.repeat(2_000)).isWellFormed()).to.equal(true);
    expect(beginning('x\n'.repeat(100)).split('\n')).to.have.length(30);
  });

  for (const [name, short] of [
    ['Marta Oliveira', 'Marta'],
    ['نور الحداد', 'نور'],
    ['+351 912 555 016', '+351 912 555 016'],
    ['marta@x.example', 'marta@x.example'],
    ['Dr. Weber', 'Dr. Weber'],
    ['Madonna', 'Madonna'],
  ] as const) {
    it(`speaks of ${name} as ${short}`, () => expect(calledShort({ name }, { t: operatorTexts.english })).to.equal(short));
  }

  it('speaks of somebody without a name by how they are reached, else as of a visitor', () => {
    const words = { t: operatorTexts.english };
    expect(calledShort({ name: '', email: null, phone: '+1 503 555 0148' }, words)).to.equal('+1 503 555 0148');
    expect(calledShort({ name: ' ', email: 'marta@x.example' }, words)).to.equal('marta@x.example');
    expect(called({ name: '' }, words)).to.equal('Visitor');
  });

  it('has a link within the page that shows it', () => {
    expect(linkTo('abc', 'https://host.example/inbox?view=1#top')).to.equal('https://host.example/inbox?view=1&conversation=abc#top');
  });
});
