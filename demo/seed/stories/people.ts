import type { Tell } from './tell.ts';

/** People have the word: assumed, paused, switched off, waiting for one another, or for a delivery that failed. */
export function tellPeople(tell: Tell): void {
  tell('jonas', 'sms')
    .at('5h')
    .says('Guten Tag, wann kommt die Abholung für meine Rücksendung?', { intent: 'return_request' })
    .assumes('ana', 'knows the courier', '6m')
    .replies('ana', 'Guten Tag Herr Weidmann, ich frage den Kurier und melde mich gleich.')
    .at('11m')
    .replies('ana', 'Der Kurier kommt am Freitag zwischen 9 und 12 Uhr.', { status: 'failed', error: 'The phone cannot be reached (30003).' })
    .ends();

  tell('celine', 'voice')
    .at('2h15m')
    .calls(
      'Asked what the descaling plan covers, and whether it holds for a second-hand machine.',
      252,
      [
        ['operator', 'Ben', 'Morrow, this is Ben.'],
        ['contact', 'Céline', 'Bonjour, I bought a Heron from a friend. Does your plan cover descaling for it?'],
        ['operator', 'Ben', 'It covers two visits a year, descaling and all seals. For a second-hand machine we look at it first.'],
        ['contact', 'Céline', 'And what does that first look cost?'],
        ['operator', 'Ben', 'I will find out and write to you by mail.'],
        ['contact', 'Céline', 'Merci. Before the weekend would be wonderful.'],
        ['operator', 'Ben', 'You have it by Friday.'],
        ['contact', 'Céline', 'Parfait, au revoir.'],
      ],
      'question',
    )
    .assigns('ben', 'ben')
    .note('ben', 'First look is free within 50 km of a depot, else €60. Writing to her on Friday.')
    .is({ tag: 'Needs Follow-up' })
    .ends();

  tell('alexandrina', 'email', { subject: 'Delivery slots for three buildings' })
    .at('1d')
    .says(
      'Dear Morrow team,\n\nwe need three deliveries on the same morning, each with a different loading bay. Is that possible, and who confirms the slots?\n\nKind regards\nAlexandrina Papadopoulou-Whitcombe',
      { intent: 'question' },
    )
    .assumes('ben', 'three buildings, needs the warehouse', '25m')
    .replies('ben', 'Dear Alexandrina, it is possible. I have asked our warehouse and will write again by tomorrow noon.\n\nBen')
    .at('3h20m')
    .says('Thank you, Ben. The bay of the north building is closed on Thursdays, in case that matters.', { intent: 'question' })
    .replies('ben', 'It does, thank you. I have asked our warehouse and will write again by four.', { after: '6m' })
    .asks('ben', 'ana', 'I am out from four, the warehouse answers around five.')
    .ends({ ana: 1, chloe: 1 });

  tell('luca', 'email', { subject: 'Damaged delivery' })
    .via('voice')
    .at('5h10m')
    .calls(
      'The second machine came with a cracked boiler. His lawyer says that this is ours to settle.',
      252,
      [
        ['contact', 'Luca', 'The machine came with a cracked boiler, and it is the second one.'],
        ['operator', 'Chloe', 'I am sorry. Did the courier note the damage?'],
        ['contact', 'Luca', 'He did not, and my lawyer says that this is yours to settle.'],
        ['operator', 'Chloe', 'I understand. Please send me the photos of the crate, and I take it up with the courier today.'],
      ],
      'complaint',
    )
    .assumes('chloe', null, '1m')
    .pauses('chloe', 'A lawyer is involved, people only until it is settled.')
    .via('email')
    .says('Photos of the crate and of the boiler are attached. The delivery note too.', { intent: 'complaint', after: '12m' })
    .replies('chloe', 'Dear Luca, as agreed I have written to Studio Bassi with our delivery note and the photos of the crate. You have this in copy.', {
      after: '15m',
      status: 'bounced',
      error: 'studio@bassi.example: mailbox full',
    })
    .says('My lawyer has nothing from you. Please send it to this address instead: bassi.studio@posta.example', { after: '28m', intent: 'legal' })
    .assigns('chloe', 'ana')
    .note('chloe', '@Ana Duarte everything is in the ticket of the courier. Nothing in writing about fault, please.', ['ana'])
    .is('high', { tag: 'Legal' }, { tag: 'Refund' })
    .ends({ ben: 1 });

  tell('ingrid', 'chat')
    .at('1d1h')
    .says('Hei! We need spare parts for two Herons before the season. Can one person handle this for us?', { intent: 'wants_person' })
    .assumes('ana', 'long parts list')
    .mode('ana', 'off')
    .replies('ana', 'Hi Ingrid, gladly, that will be me. Send me the serial numbers and I put a list together.')
    .at('5h40m')
    .says('HD-19022 and HD-19077. And two sets of baskets please.', { intent: 'interested' })
    .replies('ana', 'Thank you. The list comes by mail today.', { after: '7m' })
    .says('Tusen takk!', { intent: 'thanks', after: '3m' })
    .replies('ana', 'Det var så lite.', { after: '2m' })
    .ends();

  tell('theo', 'email', { subject: 'Facture 2207' })
    .at('3d3h')
    .says('Bonjour, la facture 2207 porte encore l’ancien nom de notre société. Pouvez-vous la corriger ?', { intent: 'question' })
    .assumes('ana')
    .replies('ana', 'Bonjour Théo, the invoice is attached once more, with the new name of your company.', {
      status: 'bounced',
      error: '550 5.1.1 theo@ateliernord.example: no such user',
    })
    .ends();

  tell('freya', 'email', { subject: 'Two invoices for one grinder' })
    .at('4h30m')
    .says('We got two invoices for the same grinder, 2301 and 2304. Which one shall we pay?', { intent: 'complaint' })
    .assumes('ben')
    .replies('ben', 'Please pay 2301. I have cancelled 2304; the credit note is on its way to you.', {
      status: 'unknown',
      error: 'the connection ended after the mail was handed over; it may have gone out',
    })
    .ends();

  tell('hector', 'whatsapp')
    .at('1h50m')
    .says('Buenas, mi Heron no calienta desde ayer. ¿Lo cubre la garantía?', { intent: 'question' })
    .answers('La garantía de las máquinas es de tres años. Cubre defectos de material y de fabricación, no la cal ni los golpes.', {
      why: 'a question',
      articles: ['warranty'],
    })
    .says('Tiene dos años. ¿Cuándo puede venir alguien? Tengo el bar parado.', { intent: 'complaint', after: '2m' })
    .assumes('chloe', 'his bar stands still', '1m')
    .replies('chloe', 'Héctor, soy Chloe de Morrow. Mañana a las 8:30 va un técnico con la resistencia. ¿Le viene bien?')
    .says('Perfecto, estaré a las 8. Una pregunta: ¿me dejan una máquina mientras tanto?', { intent: 'question', after: '21m' })
    .is('high')
    .ends({ ana: 1, ben: 2, chloe: 1 });

  tell('olu', 'chat', { begunBy: 'iris' })
    .at('40d')
    .says('Do you still make the hand grinder?', { intent: 'question' })
    .answers('No, the hand grinder is no longer made. Spare burrs are in stock.', { why: 'a question' })
    .retires()
    .at('4h50m')
    .says('Hello again, are the spare burrs for the hand grinder still in stock?', { intent: 'question' })
    .ends(1);

  tell('zofia', 'email', { subject: 'Steam wand does not close' })
    .at('6h10m')
    .says('Since the last service the left steam wand does not close any more. It drips all day.', { intent: 'complaint' })
    .assumes('chloe', 'after a service of ours', '11m')
    .replies('chloe', 'Dear Zofia, that should not happen after a service. Could you send me a photo of the lever in the closed position?')
    .at('47m')
    .says('Photo is attached. We close the valve under the bar every evening now.', { intent: 'complaint' })
    .note('chloe', 'Valve seat, not the lever. Booking Rui for Thursday.', [], '9m')
    .is({ tag: 'Heron Duo' })
    .ends({ ana: 1, ben: 1 });

  tell('grace', 'linkedin')
    .at('3d5h')
    .says('Thanks for connecting, Chloe. We open a second roastery in Nairobi in spring and are looking at grinders.', { intent: 'interested' })
    .assigns('chloe', 'chloe')
    .logs('chloe', 'linkedin', 'Accepted the connection request', '3d6h')
    .is({ tag: 'Needs Follow-up' }, { tag: 'Hot Lead' })
    .ends();
}
