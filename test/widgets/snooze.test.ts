import { expect } from 'chai';
import { fieldValue, snoozeTimes } from '../../widgets/elements/snooze-times.ts';

const at = (now: Date): string[] => snoozeTimes(now).map(({ key, at: time }) => `${key} ${fieldValue(time)}`);

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
