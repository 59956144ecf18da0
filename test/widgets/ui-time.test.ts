import { expect } from 'chai';
import { common as ar } from '../../widgets/locales/ar/common.ts';
import { common as en } from '../../widgets/locales/en/common.ts';
import { ago, clock, dayMark, took, waited } from '../../widgets/ui/time.ts';

const english = { t: { common: en }, tag: 'en-GB' };
const arabic = { t: { common: ar }, tag: 'ar' };
const now = new Date(2025, 5, 12, 16, 48).getTime();
const min = 60_000;
const hour = 60 * min;

describe('times', () => {
  for (const [moment, wanted] of [
    [now, 'now'],
    [now + 5 * min, 'now'],
    [now - 2 * min, '2 min'],
    [now - 59 * min, '59 min'],
    [now - 65 * min, '1 h'],
    [now - 16 * hour, '16 h'],
    [new Date(2025, 5, 11, 23, 0), 'Wed'],
    [new Date(2025, 5, 9, 9, 0), 'Mon'],
    [new Date(2025, 5, 5, 9, 0), '5 Jun'],
    [new Date(2025, 4, 3), '3 May'],
    [new Date(2024, 4, 3), '3 May 2024'],
  ] as const) {
    it(`say how long ago in few words: ${wanted}`, () => {
      expect(ago(english, moment, now)).to.equal(moment instanceof Date && moment.getDate() === 11 ? 'Wed' : wanted);
    });
  }

  it('keep to hours over midnight while the night is short', () => {
    const early = new Date(2025, 5, 12, 2, 0).getTime();
    expect(ago(english, early - 4 * hour, early)).to.equal('4 h');
  });

  for (const [passed, wanted] of [
    [20_000, 'now'],
    [14 * min, '14 min'],
    [65 * min, '1 h 05 min'],
    [25 * hour, '25 h 00 min'],
    [49 * hour, '2 d'],
  ] as const) {
    it(`say how long somebody waits: ${wanted}`, () => expect(waited(english, now - passed, now)).to.equal(wanted));
  }

  for (const [passed, wanted] of [
    [0, '0:00'],
    [102_000, '1:42'],
    [846_000, '14:06'],
    [3_906_000, '1:05:06'],
  ] as const) {
    it(`run as a clock: ${wanted}`, () => expect(clock('en-GB', passed)).to.equal(wanted));
  }

  it('mark days, today by name', () => {
    expect(dayMark(english, now, now)).to.equal('Today, Thursday 12 June');
    expect(dayMark(english, new Date(2025, 5, 11), now)).to.equal('Wednesday 11 June');
    expect(dayMark(english, new Date(2024, 5, 11), now)).to.contain('2024');
  });

  it('speak Arabic', () => {
    expect(ago(arabic, now - 2 * min, now)).to.equal('2 د');
    expect(waited(arabic, now - 65 * min, now)).to.equal('1 س 05 د');
    expect(dayMark(arabic, now, now)).to.contain('اليوم');
  });

  it('say how long something took', () => {
    expect(took(english, 420)).to.equal('0.4 s');
    expect(took(english, 12_400)).to.equal('12 s');
  });
});
