import { expect } from 'chai';
import { html, render } from 'lit';
import '../../widgets/elements/conv-chat.ts';
import { formatTag, languageOf } from '../../widgets/locales/catalogue.ts';
import { registerLocale } from '../../widgets/locales/own.ts';
import { plural } from '../../widgets/locales/plural.ts';
import { faultTexts } from '../../widgets/locales/faults.ts';
import { operatorTexts } from '../../widgets/locales/operator.ts';
import { reasonTexts } from '../../widgets/locales/reasons.ts';
import { visitorTexts } from '../../widgets/locales/visitor.ts';
import { faultInWords } from '../../widgets/elements/fault-text.ts';
import { fault, whyInWords, whyTold } from '../../widgets/elements/why.ts';
import { ConvElement } from '../../widgets/ui/base.ts';
import { flaw } from '../../widgets/ui/told.ts';
import { words } from '../../widgets/ui/words.ts';

class SaidElement extends ConvElement {
  private readonly words = words(this, visitorTexts);

  override render() {
    const { chat, common } = this.words.t;
    return html`<p>${chat.send}, ${chat.isWriting('Kim')}, ${common.time.days('3')}, ${this.words.tag}</p>`;
  }
}
customElements.define('said-element', SaidElement);

describe('texts', () => {
  it('word a reason by its code and value, and leave what somebody wrote', async () => {
    await reasonTexts.load('de');
    const { thread, shared } = await operatorTexts.load('de');
    const told = (data: Record<string, unknown>): string => whyTold({ data }, { thread, shared }, 'de-u-nu-latn');
    expect(
      [
        { code: 'model_timeout' },
        { code: 'wanted_by', value: 'Ben' },
        { code: 'automatic', value: 'bounce' },
        { code: 'automatic', value: 'odd' },
        { code: 'constructor' },
        null,
      ].map((why) => whyInWords(why, 'de')),
    ).to.deep.equal([
      'das Modell hat nicht rechtzeitig geantwortet',
      'Ben möchte eine Antwort',
      'eine zurückgekommene Mail',
      'eine automatische Nachricht',
      undefined,
      undefined,
    ]);
    expect([
      told({ reason: 'mentioned “lawyer”', trigger: 'keyword', found: 'lawyer' }),
      told({ reason: 'is frustrated', trigger: 'frustration', found: null }),
      told({ reason: 'Bitte anrufen', trigger: 'manual' }),
      told({ why: { code: 'internal' } }),
      told({}),
    ]).to.deep.equal(['ein Stichwort: „lawyer“', 'Verärgerung', 'Bitte anrufen', 'in Convene ist etwas fehlgeschlagen', '']);
  });

  it('say what is wrong with a field as a sentence, in the reader’s language', async () => {
    const common = async (tag: string) => ({ t: { common: (await operatorTexts.load(tag)).common }, tag });
    const [english, german] = await Promise.all([common('en'), common('de')]);
    const said = ['must not be empty', 'must be a host name', 'It needs a name.', '', undefined];
    expect(said.map((message) => flaw(english, message))).to.deep.equal([
      'This must not be empty.',
      'Must be a host name.',
      'It needs a name.',
      undefined,
      undefined,
    ]);
    expect(said.slice(0, 2).map((message) => flaw(german, message))).to.deep.equal(['Das darf nicht leer sein.', 'Hier passt etwas nicht.']);
  });

  it('say what went wrong in the reader’s language, and leave what a provider said', async () => {
    await Promise.all([faultTexts.load('de'), reasonTexts.load('de')]);
    expect(
      [
        { code: 'answered', value: '400: Invalid number' },
        { code: 'unreachable', value: 'ECONNREFUSED' },
        { code: 'unreachable' },
        { code: 'webhook_refused', value: 'signature_wrong' },
        { code: 'webhook_refused', value: 'odd' },
        { code: 'model_auth' },
        { code: 'toString' },
        undefined,
      ].map((why) => faultInWords(why, 'de')),
    ).to.deep.equal([
      'die Gegenseite antwortete: 400: Invalid number',
      'nicht erreichbar (ECONNREFUSED)',
      'nicht erreichbar',
      'ein Webhook wurde abgelehnt: die Signatur ist falsch',
      'ein Webhook wurde abgelehnt: odd',
      'das Modell hat den Schlüssel abgelehnt',
      undefined,
      undefined,
    ]);
    const shown = document.createElement('p');
    shown.lang = 'de';
    document.body.append(shown);
    render(html`${fault('The connection broke off.', { code: 'broke_off' })} ${fault('550 no such user', undefined)}`, shown);
    await customElements.whenDefined('fault-text');
    const element = shown.querySelector('fault-text')!;
    await element.updateComplete;
    expect([element.shadowRoot!.textContent, shown.textContent!.trim()]).to.deep.equal(['die Verbindung brach ab', '550 no such user']);
    shown.remove();
  });

  for (const [tag, language] of [
    ['en', 'en'],
    ['pt-BR', 'pt'],
    ['de_AT', 'de'],
    ['AR-eg', 'ar'],
    ['fr', 'en'],
    ['', 'en'],
  ] as const) {
    it(`take ${language} for ${tag || 'nothing'}`, () => expect(languageOf(tag)).to.equal(language));
  }

  for (const [tag, readers, wanted] of [
    ['en', ['en-US'], 'en-US'],
    ['en', ['de-AT', 'en-AU'], 'en-AU'],
    ['en', ['fr'], 'en-GB'],
    ['de', ['en-US'], 'de'],
    ['de-CH', ['de-AT'], 'de-CH'],
    ['fr-FR', ['fr-FR'], 'en-GB'],
  ] as const) {
    it(`are formatted as ${wanted} for ${tag} read by ${readers.join(', ')}`, () => expect(formatTag(tag, readers)).to.equal(wanted));
  }

  it('count by the rules of each language', () => {
    const forms = { zero: 'z', one: 'o', two: 't', few: 'f', many: 'm', other: 'x' };
    expect([0, 1, 2, 3, 11, 100].map((n) => plural('ar')(n, forms)).join('')).to.equal('zotfmx');
    expect([0, 1, 2].map((n) => plural('en')(n, { one: 'o', other: 'x' })).join('')).to.equal('xox');
  });

  it('may be the host’s, in a language of its own or for single things, at any time', async () => {
    const element = document.createElement('said-element') as SaidElement;
    const chat = document.createElement('conv-chat');
    for (const one of [element, chat]) one.setAttribute('locale', 'nl-BE');
    document.body.append(element, chat);
    const said = async (): Promise<string> => {
      await element.updateComplete;
      return element.shadowRoot!.textContent!.trim();
    };
    const label = (): string | null => chat.shadowRoot!.querySelector('button')!.getAttribute('aria-label');
    try {
      // Nobody has said anything of it yet: English, and said to be so.
      expect([await said(), label(), element.lang]).to.deep.equal([`Send, Kim is writing, 3 d, ${formatTag('en')}`, 'Open chat', 'en']);
      registerLocale('nl', {
        openChat: ['Chat openen', 'De chat kon niet worden geladen'],
        visitor: { chat: { send: 'Versturen', isWriting: (name) => `${name} typt` } },
      });
      expect([await said(), label(), element.lang]).to.deep.equal(['Versturen, Kim typt, 3 d, nl-BE', 'Chat openen', 'nl']);
      registerLocale('nl', { visitor: { common: { time: { days: (n) => `${n} dgn` } } } });
      expect(await said()).to.equal('Versturen, Kim typt, 3 dgn, nl-BE');
      registerLocale('de', { visitor: { chat: { send: 'Ab damit' } } });
      element.locale = 'de';
      while ((await said()).startsWith('Versturen')) await new Promise(requestAnimationFrame);
      expect(await said()).to.equal(`Ab damit, Kim schreibt, 3 T., ${formatTag('de')}`);
    } finally {
      element.remove();
      chat.remove();
    }
  });
});
