import type { Tell } from './tell.ts';

/** Handed off: with a route and without, for minutes and for hours, by every kind of trigger. */
export function tellWaiting(tell: Tell): void {
  tell('marta', 'chat')
    .at('19d')
    .says('Good morning, could you move our yearly service review? The 20th does not suit us.', { intent: 'question' })
    .answers('Of course, Marta. The next free mornings are the 24th at 10:00 and the 26th at 9:00. Which one shall I book?', { why: 'asks for another date' })
    .says('The 24th please', { intent: 'question' })
    .answers('Booked: the 24th at 10:00, at Casa Oliveira.', { why: 'answers a question of ours' })
    .says('great, thank you', { intent: 'thanks' })
    .quiet('a bare thank-you', 'acknowledgements')
    .at('28m')
    .says('Hi, our Heron Duo has been leaking from the left group since this morning. There is water under the machine and it tripped the breaker twice.', {
      intent: 'complaint',
    })
    .answers(
      'I’m sorry, Marta. Please switch it off at the wall; this is nearly always the seal. A technician could come tomorrow at 11:30. Shall I book him?',
      {
        why: 'a fault that has to be looked at',
        articles: ['heron-leak'],
        skills: [
          {
            name: 'look_up_contact',
            args: {},
            result: { company: 'Casa Oliveira', machine: 'Heron Duo', serial: 'HD-20418' },
            summary: 'Casa Oliveira, Heron Duo, HD-20418',
            ms: 410,
          },
        ],
      },
    )
    .says('ok thanks 👍', { intent: 'thanks', after: '2m' })
    .quiet('a bare thank-you', 'acknowledgements')
    .at('15m')
    .says('Wait, we open at 7 and have 60 covers booked. 11:30 is too late. I’d like to talk to a person please.', { intent: 'wants_person' })
    .handsOff('asks_for_person', 'asked for a person', { department: 'care', priority: 'urgent', skill: true })
    .chooses('call')
    .note('ben', '@Ana Duarte Lisbon has a seal kit, Rui could drive up tonight.', ['ana'], '5m')
    .logs('chloe', 'meeting_booked', 'Service review booked for the 24th, 10:00', '19d')
    .logs('ana', 'opportunity_stage', 'Second site moved to Proposal', '25d')
    .logs('ben', 'sequence_enrolled', 'Enrolled in Café care, spring', '27d')
    .logs('chloe', 'linkedin', 'Accepted a connection request', '32d')
    .is('urgent', { tag: 'VIP' }, { tag: 'Porto' })
    .ends({ ana: 1, ben: 0, chloe: 1 });

  tell('tobias', 'email', { subject: 'Leasing' })
    .at('2d4h')
    .says('Hello, we are fitting out a floor for 80 people and are looking at six of your machines. Do you lease them?', { intent: 'interested' })
    .drafts(
      'Hello Tobias,\n\nthank you for your message. For 80 people on one floor, six Wren Office are a good fit. I will ask our sales team what we can do about leasing and write again tomorrow.\n\nSol, for Morrow',
      { why: 'asks for an offer', card: 'prices' },
    )
    .approves('ben')
    .at('1h8m')
    .says('We would rather lease all six than buy them. Who can I talk to about the terms?', { intent: 'negotiation' })
    .handsOff('reserved_intent', 'people answer “negotiation”', { department: 'sales', skill: true })
    .at('1h5m')
    .chooses('sales')
    .logs('ben', 'opportunity_stage', 'Norra Kontor moved to Negotiation', '1h')
    .is('high', { tag: 'Hot Lead' }, { tag: 'Offices' })
    .ends({ ana: 2, ben: 1, chloe: 3 });

  tell('yuki', 'chat')
    .at('31m')
    .says('Hi! I ordered the coarse burr set for my Wren last Tuesday, order 48377.', { intent: 'order_status' })
    .answers(
      'Hello Yuki. You find the state of your order under My orders, with its number and your email address. The tracking link in our message shows where the parcel is.',
      { why: 'asks for an order', articles: ['tracking'] },
    )
    .says('the link says “exception” since two days. can a human have a look?', { intent: 'wants_person', after: '3m' })
    .handsOff('asks_for_person', 'asked for a person', { department: 'care' })
    .ends(2);

  tell('petra', 'whatsapp')
    .at('9m')
    .says('Dzień dobry. Mój młynek stoi od tygodnia w serwisie i nikt nie odpowiada.', { intent: 'complaint' })
    .says('Jeśli do jutra nic się nie ruszy, napisze do was mój prawnik (lawyer).', { intent: 'legal', after: '40s' })
    .handsOff('keyword', 'mentioned “lawyer”', { department: 'care', priority: 'high' })
    .chooses('meeting', '1m')
    .is('high')
    .ends({ ana: 3, ben: 3, chloe: 2 });

  tell('emeka', 'whatsapp')
    .at('52m')
    .says('Do you sell the Kestrel in 110 volt?', { intent: 'question' })
    .answers('I could not find that in our articles. Could you tell me in which country you want to use it?', { why: 'a question', fallback: true })
    .says('Nigeria and then Ghana. 110 or 230 with a converter, which one do you have', { intent: 'question', after: '4m' })
    .answers('I am not sure about that and would rather not guess. Is there anything else that I can look up?', { why: 'a question', fallback: true })
    .says('yes, the voltage 😅', { intent: 'question', after: '3m' })
    .handsOff('fallback_loop', 'no answer 2 times in a row', { department: 'sales' })
    .note('chloe', 'The Kestrel is 230 V only. Export sheet is in the shared folder, @Ben Okafor could you write to him?', ['ben'], '12m')
    .ends({ ana: 1, ben: 2, chloe: 0 });

  tell('amelie', 'chat')
    .at('14m')
    .says('Troisième machine en deux mois, et toujours la même panne. C’est inadmissible.', { intent: 'complaint' })
    .says('JE VEUX UNE RÉPONSE MAINTENANT, pas un robot !!!', { intent: 'complaint', after: '35s' })
    .handsOff('frustration', 'is frustrated', { department: 'care', priority: 'urgent' })
    .is('urgent')
    .ends(2);

  tell('pavel', 'custom', { subject: 'Spare parts, spring order' })
    .at('3h10m')
    .says('Please confirm 12 × seal kit HD-114 and 30 × filter MF-2 for the spring order.', { intent: 'interested' })
    .handsOff('failure', 'the model did not answer in time', { department: 'sales' })
    .at('2h58m')
    .chooses('sales')
    .ends({ ana: 2, ben: 1, chloe: 2 });

  tell('ines', 'chat')
    .at('1h40m')
    .says('We restore old lever machines. Would you sell us the boilers that you take back?', { intent: 'interested' })
    .answers('I could not find that in our articles. Shall I ask the team?', { why: 'a question', fallback: true })
    .at('1h31m')
    .handsOff('manual', 'a purchase of parts, nothing for an agent', { by: 'ben', department: 'service' })
    .chooses('meeting', '3m')
    .ends({ ana: 1, chloe: 1 });

  tell('kwame', 'voice')
    .at('38m')
    .calls(
      'Asked whether the cart can run a Heron on a 16 A socket, and wants to be called back before 17:00.',
      164,
      [
        ['operator', 'Chloe', 'Morrow, this is Chloe. May I transcribe our call?'],
        ['contact', 'Kwame', 'Sure. I run a coffee cart at the harbour and my socket is 16 amps. Will the Heron run on that?'],
        ['operator', 'Chloe', 'The Duo needs 20. The single group runs on 16. I would like Ana to confirm it for a cart.'],
        ['contact', 'Kwame', 'Please do, and call me before five. I sign for the pitch today.'],
      ],
      'question',
    )
    .at('34m')
    .assigns('chloe', 'ana')
    .note('chloe', '@Ana Duarte he signs for the pitch today, please call him before five.', ['ana'])
    .is('high', { tag: 'Needs Follow-up' })
    .ends({ ana: 1 });
}
