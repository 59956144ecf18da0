/** Workspace `rival`: another team, to show that nothing crosses. */
import { Story } from './story.ts';
import type { Assembly } from './assemble.ts';

export function tellRival({ cast, customer }: Assembly): void {
  const bruno = customer('bruno', {
    name: 'Bruno Keller',
    language: 'en',
    company: 'Keller Tea',
    handles: { chat: 'bruno', email: 'bruno@kellertea.example' },
  });
  const willa = customer('willa', { name: 'Willa Hart', language: 'en', handles: { chat: 'willa' } });
  new Story(cast, bruno, 'email', { subject: 'Samples of the spring harvest' })
    .at('3h')
    .says('Could we have samples of the first flush, 50 g each?', { intent: 'interested' })
    .drafts('Hello Bruno,\n\nsamples leave us every Thursday.\n\nRook, for Tern Tea', { why: 'asks for samples', articles: ['samples'] })
    .ends({ rita: 1 });
  new Story(cast, willa, 'chat')
    .at('1h')
    .says('Do you ship to Ireland?', { intent: 'question' })
    .answers('Samples and orders leave us every Thursday; to Ireland they take four days.', { why: 'a question', articles: ['samples'] })
    .ends();
}
