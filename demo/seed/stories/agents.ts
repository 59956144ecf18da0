import type { Tell } from './tell.ts';

/** An agent has the word: it answered, stayed quiet, or was given the conversation. */
export function tellAgents(tell: Tell): void {
  tell('dmitri', 'whatsapp')
    .at('3d6h')
    .says('Do you have a drawing of the Wren with its sizes? I am building a shelf for it.', { intent: 'question' })
    .assumes('chloe', 'wants a drawing')
    .replies('chloe', 'Here is the drawing with all sizes.', { status: 'failed', error: 'WhatsApp does not take .dwg files.' })
    .replies('chloe', 'Once more as a PDF, by mail to dmitri@halloran.example. Sorry for the detour.', { after: '6m' })
    .at('24m')
    .toAi('ana', 'nova', 'questions about sizes only')
    .at('18m')
    .says('Does the Wren fit under a 40 cm shelf with the hopper on?', { intent: 'question' })
    .answers('Not with the large hopper: that makes it 43.5 cm. With the small one it is 36 cm and leaves room to lift the lid.', {
      why: 'a question',
      articles: ['wren'],
    })
    .at('2m')
    .says('Small hopper it is. And does it come in black? I could collect it in Utrecht on Saturday.', { intent: 'interested' })
    .answers('It comes in black, sand and sage. You can collect it in Utrecht; on Saturday the shop is open from 10:00 to 16:00. We hold it for 48 hours.', {
      why: 'a question, and wants to buy',
      articles: ['wren', 'collect', 'hours'],
    })
    .isIn('Reserve and collect', 2, { colour: 'black', machines: 1, depot: 'Utrecht' }, { machines: 1 })
    .reacts('👍', '20s')
    .ends({ ana: 1, ben: 2, chloe: 2 });

  tell('noor', 'instagram')
    .at('1h')
    .says('مرحبًا، اشتريت مطحنة Wren الأسبوع الماضي باللون الأسود.', { intent: 'question' })
    .answers('مرحبًا نور، شكرًا لاختيارك Wren. كيف يمكنني مساعدتك؟', { why: 'a greeting with news of an order' })
    .at('18m')
    .says('أفضّلها باللون الرملي.', { intent: 'return_request' })
    .says('هل يمكنني استبدال المطحنة قبل يوم الأحد؟', { intent: 'return_request', after: '20s' })
    .answers('يمكنك إرجاع أي منتج خلال 30 يومًا من التسليم حتى بعد استعماله. الإرجاع مجاني.', {
      why: 'asks for an exchange',
      card: 'refunds',
      articles: ['returns-ar'],
    })
    .is({ tag: 'Exchange' })
    .ends(2);

  tell('aoife', 'chat')
    .at('2h20m')
    .says('Hi, how often do I have to descale the Wren Brew? I have a filter in the tank.', { intent: 'question' })
    .answers('With a water filter, every six months is enough. Use our descaler or citric acid, never vinegar.', { why: 'a question', articles: ['descaling'] })
    .at('2h5m')
    .says('Perfect, thanks a million!', { intent: 'thanks' })
    .quiet('a bare thank-you', 'acknowledgements')
    .ends();

  tell('unknown', 'sms')
    .at('3d2h')
    .says('hi is this the grinder place', { intent: 'question' })
    .answers('Yes, this is Morrow. What can I help you with?', { why: 'a question' })
    .ends();

  tell('lucia', 'instagram')
    .at('4h12m')
    .says('Hola! Cuánto tarda el envío a Málaga?', { intent: 'question' })
    .answers('Los pedidos llegan en dos días laborables desde que salen de nuestro almacén. Los pedidos hechos antes de las 15:00 salen el mismo día.', {
      why: 'a question',
      articles: ['delivery-es'],
    })
    .says('gracias, 2 o 3 días?', { intent: 'question', after: '3m' })
    .answers('Dos días laborables desde que el paquete sale del almacén.', { why: 'a question inside a thank-you', articles: ['delivery-es'] })
    .ends({ ana: 0, ben: 1, chloe: 1 });

  tell('margit', 'chat')
    .at('5h30m')
    .says('Guten Tag, haben Sie samstags offen? Ich würde meine Mühle gern in Leeds abholen.', { intent: 'question' })
    .answers('Am Samstag sind unsere Läden von 10:00 bis 16:00 Uhr geöffnet. Am Sonntag und an Feiertagen sind sie geschlossen.', {
      why: 'a question',
      articles: ['hours-de'],
    })
    .says('Danke! Und bis wann halten Sie sie zurück?', { intent: 'question', after: '2m' })
    .answers('Wir halten Ihre Bestellung 48 Stunden zurück. Bringen Sie die Bestellnummer und einen Ausweis mit.', {
      why: 'a question inside a thank-you',
      articles: ['collect'],
    })
    .ends();

  tell('beatriz', 'chat')
    .at('7h')
    .says('Boa tarde! Recebi a encomenda mas veio sem o funil pequeno. O que faço?', { intent: 'complaint' })
    .answers('Boa tarde, Beatriz. Peço desculpa. Pode dizer-me o número da encomenda? Assim que o tiver, mando o funil em falta.', {
      why: 'something is missing',
      after: '9s',
    })
    .says('É a 48290.', { after: '2m' })
    .answers('Obrigada. As encomendas chegam em dois dias úteis depois de saírem do nosso armazém.', {
      why: 'gives the number that was asked for',
      articles: ['delivery-pt'],
      skills: [{ name: 'add_tag', args: { tag: 'Needs Follow-up' }, result: { tagged: 'Needs Follow-up' }, summary: 'Needs Follow-up', ms: 60 }],
    })
    .says('obrigada 🙏', { intent: 'thanks', after: '1m' })
    .quiet('a bare thank-you', 'acknowledgements')
    .is({ tag: 'Needs Follow-up' })
    .ends();

  tell('giulia', 'custom', { subject: 'Opening hours over the holidays' })
    .at('8h')
    .says('Are the depots open on the public holiday next week?', { intent: 'question' })
    .answers('On Sunday and on public holidays the shops are closed. Monday to Friday they are open from 9:00 to 18:00.', {
      why: 'a question',
      articles: ['hours'],
    })
    .ends({ ana: 0, ben: 0, chloe: 1 });

  tell('nadia', 'whatsapp')
    .at('6h')
    .says('السلام عليكم، هل متجركم مفتوح يوم السبت؟', { intent: 'question' })
    .answers('يوم السبت مفتوحة من 10:00 إلى 16:00. يوم الأحد والعطل الرسمية مغلقة.', { why: 'a question', articles: ['hours-ar'] })
    .says('شكرًا جزيلًا', { intent: 'thanks', after: '1m' })
    .quiet('a bare thank-you', 'acknowledgements')
    .ends();

  tell('sam', 'instagram')
    .at('9h')
    .says('that sage wren 😍 is it real', { intent: 'interested' })
    .answers('It is. The Wren comes in black, sand and sage.', { why: 'a question', articles: ['wren'] })
    .says('🔥🔥🔥', { after: '2m' })
    .quiet('an emoji')
    .ends();

  tell('rosalind', 'sms')
    .at('1d3h')
    .says('Where is my order 48102? I am off to Lagos on Thursday', { intent: 'order_status' })
    .answers(
      'The tracking link in our message shows where the parcel is. If the link has not moved for two working days, tell us the order number and we ask the courier.',
      { why: 'asks for an order', articles: ['tracking'] },
    )
    .says('Found it, out for delivery. I’ll phone the depot in the morning', { after: '14m' })
    .quiet('says that it will call')
    .becomes('closed', 'chloe', '3h')
    .ends();

  tell('thomas', 'email', { subject: 'Automatisch antwoord: afwezig tot maandag' })
    .at('1d6h')
    .says('Ik ben afwezig tot maandag en lees mijn mail niet. Voor spoed: kantoor@achterberg.example.')
    .quiet('an automatic message (auto reply)')
    .becomes('archived', 'ben', '2h')
    .ends();
}
