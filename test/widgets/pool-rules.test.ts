import { expect } from 'chai';
import type { Conversation } from '../../server/contract/conversation.ts';
import { arrange, newsAbove } from '../../widgets/elements/pool-order.ts';
import { noPicks, toggled } from '../../widgets/elements/pool-picks.ts';
import { fieldValue, snoozeTimes } from '../../widgets/elements/snooze-times.ts';
import { keyOf } from '../../widgets/store/filter.ts';
import { putConversations, putPage } from '../../widgets/store/reduce-pool.ts';
import { initialState, type State } from '../../widgets/store/state.ts';
import { at as time, conversation } from '../support/thread-world.ts';

const at = (now: Date): string[] => snoozeTimes(now).map(({ key, at: time }) => `${key} ${fieldValue(time)}`);

describe('the order of the pool', () => {
  const cases: { when: string; shown: string; actual: string; still?: boolean; focused?: string; gives: string; news?: number }[] = [
    { when: 'nothing holds it', shown: 'abc', actual: 'cab', gives: 'cab' },
    { when: 'the pointer is over it', shown: 'abc', actual: 'cab', still: true, gives: 'abc', news: 1 },
    { when: 'somebody new came while it is held', shown: 'abc', actual: 'zyabc', still: true, gives: 'abc', news: 2 },
    { when: 'more was loaded below while it is held', shown: 'abc', actual: 'abcde', still: true, gives: 'abcde', news: 0 },
    { when: 'a held row no longer belongs', shown: 'abc', actual: 'bc', still: true, gives: 'abc', news: 0 },
    { when: 'the focused row has news', shown: 'abc', actual: 'cab', focused: 'c', gives: 'abc' },
    { when: 'others move round the focused row', shown: 'abcd', actual: 'dabc', focused: 'b', gives: 'dbac' },
    { when: 'the focused row no longer belongs', shown: 'abc', actual: 'ac', focused: 'b', gives: 'abc' },
    { when: 'nothing was shown', shown: '', actual: 'ab', still: true, gives: 'ab' },
  ];
  for (const { when, shown, actual, still = false, focused: focus, gives, news } of cases) {
    it(`is right when ${when}`, () => {
      expect(arrange([...shown], [...actual], { still, focused: focus }).join('')).to.equal(gives);
      if (news !== undefined) expect(newsOf(shown, actual).count).to.equal(news);
    });
  }

  // Each stands where its letter does, but for those that have moved, or came, at a place of theirs.
  const newsOf = (shown: string, actual: string, last = shown.length - 1) => {
    const moved = [...actual]
      .map((id, at) => ({ id, at }))
      .filter(({ id, at }) => !shown.includes(id) || [...actual.slice(at + 1)].some((after) => shown.includes(after) && after < id));
    const is = (id: string): number => {
      const place = moved.find((one) => one.id === id)?.at;
      return place === undefined
        ? id.charCodeAt(0)
        : ([...actual.slice(place)].find((after) => !moved.some((one) => one.id === after)) ?? '~').charCodeAt(0) - 1 / (place + 2);
    };
    return newsAbove({ shown: [...shown], actual: [...actual], was: (id) => id.charCodeAt(0), is, compare: (one, other) => one - other }, last);
  };

  it('counts what came anywhere above the last row in sight, wherever the first of them stands', () => {
    expect(newsOf('abcdef', 'abzcydef', 3)).to.deep.equal({ count: 2, first: 2 });
    expect(newsOf('abcdef', 'abzcydef', 2)).to.deep.equal({ count: 1, first: 2 });
    expect(newsOf('abcdef', 'abcdefz', 3)).to.deep.equal({ count: 0, first: 0 });
    expect(newsOf('abcdef', 'fabcde', 2)).to.deep.equal({ count: 1, first: 0 });
    expect(newsOf('abcdef', 'xabcdef', 2)).to.deep.equal({ count: 1, first: 0 });
  });

  it('goes on counting when the rows that the reader sees have moved up themselves, or have left', () => {
    expect(newsOf('abcdef', 'dcbaxef', 3).count).to.be.greaterThan(0);
    expect(newsOf('abcdef', 'xayef', 4).count).to.equal(2);
  });

  it('chooses a range between two rows', () => {
    const first = toggled(noPicks, [...'abcde'], 'b', false);
    expect([...toggled(first, [...'abcde'], 'd', true).ids]).to.deep.equal(['b', 'c', 'd']);
  });
});

describe('a list of which only the first page is known', () => {
  const row = (name: string, waits: number, version = 1): Conversation => ({ ...conversation({ id: name, waitingSince: time(waits), version }), unread: 0 });
  const sort = 'priority' as const;
  const key = keyOf({ sort });
  const order = (state: State): string => state.pools[key]?.ids.join('') ?? '';
  const page = (state: State, items: Conversation[], nextCursor: string | null, first = true): State =>
    putPage(state, key, { items, nextCursor }, first, 0, state.tick);
  const begun = page(
    { ...initialState(), pools: { [key]: { filter: { sort }, ids: [], nextCursor: null, loaded: false, loading: true, found: {} } } },
    [row('a', 1), row('b', 2), row('c', 3)],
    'next',
  );

  it('lets go of a last row that falls behind the page, so that none comes between it and what is not known', () => {
    const fallen = putConversations(begun, [row('c', 9, 2)], 0);
    expect(order(fallen)).to.equal('ab');
    expect(order(putConversations(fallen, [row('d', 8)], 0))).to.equal('ab');
    expect(order(page(fallen, [row('d', 8), row('c', 9, 2)], null, false))).to.equal('abdc');
  });

  it('finds the place of one that is new among rows of which another moves in the same moment', () => {
    const whole = page(begun, [row('a', 1), row('b', 2), row('c', 5)], null);
    expect(order(putConversations(whole, [row('n', 7), row('b', 9, 2)], 0))).to.equal('acnb');
  });

  it('takes a row to its place that comes again with the next page, and one that two pages brought', () => {
    expect(order(page(begun, [row('d', 8), row('a', 9, 2)], null, false))).to.equal('bcda');
    expect(order(page(begun, [row('a', 1), row('b', 2), row('c', 3), row('a', 9, 2)], null))).to.equal('bca');
  });
});

describe('times to put a conversation off until', () => {
  it('are later today, tomorrow and next Monday, in the reader’s own time', () => {
    expect(at(new Date(2026, 10, 18, 10, 40))).to.deep.equal(['laterToday 2026-11-18T13:00', 'tomorrow 2026-11-19T09:00', 'nextMonday 2026-11-23T09:00']);
  });

  it('leave out later today in the evening, and next Monday where it is tomorrow', () => {
    expect(at(new Date(2026, 10, 20, 21, 0))).to.deep.equal(['tomorrow 2026-11-21T09:00', 'nextMonday 2026-11-23T09:00']);
    expect(at(new Date(2026, 10, 22, 12, 0))).to.deep.equal(['laterToday 2026-11-22T15:00', 'tomorrow 2026-11-23T09:00']);
    expect(at(new Date(2026, 10, 23, 8, 0))).to.include('nextMonday 2026-11-30T09:00');
  });

  it('are at nine also across the end of a month, of a year and of summer time', () => {
    expect(at(new Date(2026, 11, 31, 22, 0))[0]).to.equal('tomorrow 2027-01-01T09:00');
    expect(at(new Date(2026, 9, 24, 22, 0))[0]).to.equal('tomorrow 2026-10-25T09:00');
  });
});
