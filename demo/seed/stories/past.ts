import type { Tell } from './tell.ts';

/** Done with: closed, archived, reopened. */
export function tellPast(tell: Tell): void {
  tell('edith', 'email', { subject: 'Merci pour la réparation' })
    .at('2d5h')
    .says('Bonjour, la machine est revenue hier et marche comme au premier jour. Merci à toute l’équipe !', { intent: 'thanks' })
    .quiet('a bare thank-you')
    .becomes('closed', 'chloe', '1h')
    .ends();

  tell('sofia', 'chat')
    .at('12d')
    .says('Can I wash the burrs in the dishwasher?', { intent: 'question' })
    .answers('No, never wash burrs with water. Take them out once a month and brush both with the dry brush.', { why: 'a question', articles: ['burrs'] })
    .says('Will call at 3 about new ones, thanks', { after: '40m' })
    .answers('Gladly, Sofia. Talk to you at 3.', { why: 'says that it will call' })
    .says('Good that I asked', { after: '1m' })
    .quiet('needs no answer', 'acknowledgements')
    .becomes('closed', 'ben', '1d')
    .becomes('archived', 'ben', '7d')
    .ends();

  tell('daniel', 'sms')
    .at('6d')
    .says('A minha máquina ficou na loja do Porto para reparar, já está pronta?', { intent: 'order_status' })
    .assumes('chloe', 'repair in Porto', '9m')
    .replies('chloe', 'Olá Daniel, está pronta desde ontem. Pode vir buscá-la até sábado às 16:00.')
    .says('Ótimo, passo na sexta.', { after: '6m' })
    .becomes('closed', 'chloe', '20m')
    .at('55m')
    .says('Olá, já tenho a máquina, mas continua a perder água. O que faço agora?', { intent: 'complaint' })
    .is('high')
    .ends({ ana: 1, ben: 1, chloe: 1 });

  tell('anselm', 'linkedin')
    .at('8d')
    .says('Nice piece on grinding by weight. We have 14 offices; is there somebody I could talk to in autumn?', { intent: 'interested' })
    .assigns('ben', 'ben')
    .logs('ben', 'linkedin', 'Commented on a post about grinding by weight', '8d')
    .logs('ben', 'sequence_enrolled', 'Enrolled in Offices, autumn', '7d')
    .becomes('closed', 'ben', '1d')
    .is({ tag: 'Offices' })
    .ends();

  tell('beatriz', 'chat')
    .at('60d')
    .says('Olá, qual é a garantia do Wren?', { intent: 'question' })
    .answers('Os moinhos têm uma garantia de cinco anos, mós incluídas.', { why: 'a question', articles: ['warranty'] })
    .says('Obrigada. Vou ligar para o banco, cobraram 240 € duas vezes', { after: '9m' })
    .answers('Lamento, Beatriz. Se o valor aparecer duas vezes no extrato, diga-nos a data e devolvemos o segundo.', { why: 'reports a charge' })
    .becomes('archived', 'ana', '3d')
    .ends();
}
