import type { Tell } from './tell.ts';

const beans = ['the house blend', 'the Kenyan', 'the decaf', 'the Sidamo', 'the Huila', 'the Christmas roast'] as const;
const faults = [
  'the left grinder clumps',
  'group two is slow to heat',
  'the scale drifts by 0.2 g',
  'the drip tray sensor cries wolf',
  'the hopper gate sticks',
  'the steam wand spits',
] as const;
const parts = ['filters MF-2', 'seal kits HD-114', 'burr sets', 'drip trays', 'gaskets', 'baskets'] as const;

/**
 * A customer of a two years: every visit, order and fault of a roastery with six machines, in one conversation of
 * several hundred messages.
 */
export function tellLong(tell: Tell): void {
  const weeks = 99;
  const story = tell('hollis', 'whatsapp').at(`${weeks * 7 + 1}d`);
  for (let week = weeks; week >= 1; week -= 1) {
    const count = 2 + ((week * 7) % 5);
    const [bean, fault, part] = [beans[week % beans.length], faults[(week * 5) % faults.length], parts[(week * 3) % parts.length]];
    const day = week * 7;
    if (week === weeks) {
      story
        .says('Hi, Hollis from Grant’s Roastery. Six machines of yours run here now, so you will hear from me.', { intent: 'question' })
        .assumes('ben', 'key account')
        .replies('ben', 'Welcome, Hollis. Write here whenever something is up, and I look after it.');
    }
    if (week % 3 === 0) {
      story
        .at(`${day}d3h`)
        .says(`Morning Ben. We are low on ${part}, could you send ${count}?`, { intent: 'interested' })
        .replies('ben', `Morning. ${count} ${part} leave today, you have them in two working days.`)
        .says('Cheers', { intent: 'thanks', after: '2m' });
    } else if (week % 3 === 1) {
      story
        .at(`${day}d5h`)
        .says(`Bit of trouble: ${fault}. It began when we changed to ${bean}.`, { intent: 'complaint' })
        .says('Machine number is the one by the window.', { after: '30s' })
        .replies('ben', `Thank you, Hollis. Clean it once, then run ${count} doubles through and tell me how it goes.`, { after: '8m' })
        .says('Did that. Better, but not gone.', { after: '1h' })
        .replies('ben', 'Then a technician has a look at it on the next visit. It is in his list.', { after: '5m' });
    } else {
      story
        .at(`${day}d2h`)
        .says(`Grinding ${bean} for ${count * 8} wholesale bags this week. Same setting as last time?`, { intent: 'question' })
        .replies('ben', 'Same setting. Give the burrs a brush first.')
        .says('👍', { after: '1m' });
    }
    if (week % 12 === 0) story.note('ben', `Service visit done: seals on all six, ${fault}. Next one in three months.`);
  }
  story
    .at('1d2h')
    .says('Ben, quick one: do I need the big hopper for the Wren at the second site?', { intent: 'question' })
    .replies('ben', 'Only above 5 kg a day, and then I would take a Kestrel. I put both in a quote.')
    .logs('ben', 'opportunity_stage', 'Second site moved to Proposal', '1d')
    .at('3h5m')
    .says('Perfect. Send it when you have it, the landlord signs this week.', { intent: 'interested' })
    .is({ tag: 'VIP' }, { tag: 'Heron Duo' })
    .ends({ ana: 1, chloe: 1 });

  // The same customer by mail: two conversations that can be merged.
  tell('hollis', 'email', { subject: 'Copy of the May invoice' })
    .at('2d4h')
    .says('Hi Ben, our bookkeeper asks for a copy of the May invoice, by mail rather than on WhatsApp please.', { intent: 'question' })
    .assumes('ben', 'key account')
    .replies('ben', 'It is on its way to you, Hollis, with the service report of May.')
    .is({ tag: 'VIP' })
    .ends();
}
