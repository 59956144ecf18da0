import type { Tell } from './tell.ts';

const table =
  '<table><thead><tr><th>Floor</th><th>People</th><th>Water line</th></tr></thead><tbody><tr><td>2 and 3</td><td>44</td><td>yes</td></tr><tr><td>4 and 5</td><td>31</td><td>no</td></tr></tbody></table>';

/** A draft waits, or waited: approved, edited, rejected, overtaken. */
export function tellDrafts(tell: Tell): void {
  tell('priya', 'email', { subject: 'Quote for 12 offices' })
    .at('1d4h')
    .says('Hello, attached are our floor plans: four floors, 75 people. Could you quote for machines on all of them, with installation?', {
      intent: 'interested',
    })
    .drafts(
      'Hello Priya,\n\nthank you for the floor plans. The Wren Office is the right size for teams of up to fifteen. I have put twelve in the quote.\n\nSol, for Morrow',
      { why: 'asks for an offer', card: 'prices', articles: ['volume'], playbook: { name: 'Office quote', step: 2, steps: 5 } },
    )
    .approves(
      'ana',
      'Thank you for the floor plans, Priya. For teams of up to fifteen the Wren is the right size. I have put twelve in the quote and left the service plan as an option.',
    )
    .assigns('ana', 'ana')
    .at('7m')
    .says(
      'Hello,\n\nthis looks right. Two of our floors have no water line, so before I sign: can those run without one, and what would the price be for all twelve?\n\nPriya',
      {
        intent: 'question',
        subject: 'Re: Quote for 12 offices',
        html: `<p>Hello,</p><p>this looks right. Two of our floors have no water line, so before I sign: can those run without one, and what would the price be for all twelve?</p>${table}<p>Priya</p>`,
      },
    )
    .drafts(
      'Hi Priya,\n\nyes, both floors can run on the tank version of the Wren Office, which needs no water line. From twelve machines the price is €1,080 each, installation included, so €12,960 for all twelve.\n\nThe quote is attached and holds for six weeks.\n\nSol, for Morrow',
      {
        why: 'asks for a price',
        card: 'prices',
        articles: ['volume', 'tank'],
        risk: { level: 'medium', reasons: ['money'] },
        playbook: { name: 'Office quote', step: 3, steps: 5 },
      },
    )
    .isIn('Office quote', 3, { people: 75, floors: 4, water_lines: 'Two floors have none' })
    .logs('ben', 'meeting_booked', 'Site visit held, London', '6d')
    .logs('ben', 'linkedin', 'Commented on a post', '9d')
    .is('high', { tag: 'Hot Lead' }, { tag: 'Offices' })
    .ends(1);

  tell('samuel', 'sms')
    .at('1d7h')
    .says('Order 48213: only one of the two portafilter baskets was in the box.', { intent: 'complaint' })
    .answers('I’m sorry, Samuel. I have noted order 48213. If the link has not moved for two working days, tell us and we ask the courier.', {
      why: 'something is missing',
      articles: ['tracking'],
    })
    .at('1h6m')
    .says('The second basket never arrived and I was charged for both. I’d like a refund please.', { intent: 'return_request' })
    .drafts('I am refunding €24.00 for the basket that did not arrive. It reaches your card within five working days. Sorry for the trouble, Samuel.', {
      why: 'asks for a refund',
      card: 'refunds',
      articles: ['returns'],
      risk: { level: 'high', reasons: ['money'] },
    })
    .is('high', { tag: 'Refund' })
    .ends({ ana: 1, ben: 1, chloe: 0 });

  tell('hanne', 'email', { subject: 'Wren in sand' })
    .at('41m')
    .says('Hi, does the Wren also come in sand, and how long would it take to Odense?', { intent: 'question' })
    .drafts(
      'Hello Hanne,\n\nyes, the Wren also comes in sand. Orders arrive within two working days after they leave our depot; orders placed before 15:00 leave the same day.\n\nSol, for Morrow',
      { why: 'a question', articles: ['wren', 'delivery'] },
    )
    .ends({ ana: 0, ben: 1, chloe: 1 });

  tell('oliver', 'email', { subject: 'Wrong address on 48391' })
    .at('6m')
    .says('I moved last week and the shop still had my old address. Can you send 48391 to 14 Ferry Lane, Bristol instead?', { intent: 'order_status' })
    .drafts(
      'Hello Oliver,\n\nyou can change the delivery address until the parcel leaves our depot, under My orders. After that the courier can send it to a parcel shop near you; the tracking link offers this.\n\nSol, for Morrow',
      { why: 'asks for a change', articles: ['address'] },
    )
    .ends(1);

  tell('mirela', 'sms')
    .at('11m')
    .says('When does your technician come? Somebody has to open the café.', { intent: 'question' })
    .says('Tuesday morning suits us, somebody is in from 7.', { intent: 'question', after: '5m' })
    .drafts('Your service visit is on Tuesday between 8 and 10. I promise that the technician calls half an hour before.', {
      why: 'a question',
      articles: ['plan'],
      risk: { level: 'high', reasons: ['promise'] },
    })
    .ends({ ana: 2, ben: 2, chloe: 0 });

  tell('leila', 'instagram')
    .at('2h50m')
    .says('Hey, is the Wren in stock in sage?', { intent: 'question' })
    .answers('The Wren comes in black, sand and sage. Orders arrive within two working days after they leave our depot.', {
      why: 'a question',
      articles: ['wren', 'delivery'],
    })
    .mode('chloe', 'controlled')
    .at('2h30m')
    .says('It is 40 € cheaper on another site. Can you match that?', { intent: 'negotiation' })
    .drafts('Hello Leila. I can give you a discount of €40 if you send me the link to that offer.', {
      why: 'asks for a price',
      risk: { level: 'high', reasons: ['money'] },
    })
    .ends({ ana: 1, ben: 1, chloe: 0 });

  tell('hiroshi', 'email', { subject: 'Noise of the Kestrel' })
    .at('3h30m')
    .says('Our studio is very quiet. How loud is the Kestrel in decibel, at one metre?', { intent: 'question' })
    .drafts('Hello,\n\nthe Kestrel is a quiet grinder.\n\nSol, for Morrow', { why: 'a question', risk: { level: 'medium', reasons: ['uncertain'] } })
    .rejects('ben', 'He asked for a figure. I am asking the workshop.', '12m')
    .note('ben', 'Workshop measures it this afternoon.', [], '4m')
    .ends();

  tell('wilhelmina', 'email', { subject: 'Wartungsvertrag für unsere sieben Standorte in Berlin, Potsdam und Brandenburg an der Havel' })
    .at('1d2h')
    .says(
      'Sehr geehrte Damen und Herren,\n\nwir möchten für unsere sieben Standorte einen Wartungsvertrag abschließen. Welche Leistungen sind enthalten, und wie schnell ist ein Techniker vor Ort?\n\nMit freundlichen Grüßen\nDr. Wilhelmina Schöttelkotter-von Reichenbach',
      { intent: 'interested' },
    )
    .drafts(
      'Guten Tag Frau Dr. Schöttelkotter-von Reichenbach,\n\nder Vertrag umfasst zwei Besuche im Jahr, das Entkalken, alle Dichtungen und ein Leihgerät während einer Reparatur. Ein Techniker ist innerhalb von zwei Werktagen bei Ihnen.\n\nSol, für Morrow',
      { why: 'a question', articles: ['plan'] },
    )
    .approves('chloe', undefined, '22m')
    .ends();
}
