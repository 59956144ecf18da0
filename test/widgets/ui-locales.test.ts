import { expect } from 'chai';
import { formatTag, languageOf, languages, type Texts } from '../../widgets/locales/catalogue.ts';
import { actionsTexts } from '../../widgets/locales/actions.ts';
import { callTexts } from '../../widgets/locales/call.ts';
import { classifierTexts } from '../../widgets/locales/classifier.ts';
import { contactTexts } from '../../widgets/locales/contact.ts';
import { composingTexts } from '../../widgets/locales/composing.ts';
import { notifyTexts } from '../../widgets/locales/notify.ts';
import { operatorTexts } from '../../widgets/locales/operator.ts';
import { settingsTexts } from '../../widgets/locales/settings.ts';
import { plural } from '../../widgets/locales/plural.ts';
import { translateTexts } from '../../widgets/locales/translate.ts';
import { visitorTexts } from '../../widgets/locales/visitor.ts';

/** Every text of a catalogue by its path, with how many arguments it takes. */
function shape(texts: Texts, path = ''): [path: string, kind: string][] {
  return Object.entries(texts).flatMap(([key, text]): [string, string][] => {
    const here = `${path}.${key}`;
    if (typeof text === 'string') return [[here, text.trim() === '' ? 'empty' : 'text']];
    return typeof text === 'function' ? [[here, `function of ${text.length}`]] : shape(text, here);
  });
}

describe('texts', () => {
  for (const [name, texts] of [['operators', operatorTexts], ['calls', callTexts], ['actions', actionsTexts], ['writers', composingTexts], ['visitors', visitorTexts], ['settings', settingsTexts], ['notifications', notifyTexts], ['translations', translateTexts], ['classifier', classifierTexts], ['contacts', contactTexts]] as const) {
    for (const language of languages) {
      it(`of ${name} are complete in ${language}`, async () => {
        const loaded = await texts.load(language);
        const mine = shape(loaded as unknown as Texts);
        expect(mine.filter(([, kind]) => kind === 'empty')).to.deep.equal([]);
        const english = new Map(shape(texts.english as unknown as Texts));
        expect(mine.map(([path]) => path)).to.have.members([...english.keys()]);
      });
    }
  }

  for (const [tag, language] of [['en', 'en'], ['pt-BR', 'pt'], ['de_AT', 'de'], ['AR-eg', 'ar'], ['fr', 'en'], ['', 'en']] as const) {
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
});
