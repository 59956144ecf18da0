import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../server/model/provider.ts';
import { verdict } from '../support/model-verdict.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import { wilson } from './interval.ts';
import { asksForHumanFigures, judge, needsReplyFigures } from './measure.ts';
import { readAsksForHuman, readNeedsReply } from './rows.ts';

const dir = new URL('data', import.meta.url).pathname;
const model = createModels({}).language;
const interval = [expect.any(Number), expect.any(Number)];

/** Other wordings, written without a look at the rules. */
const wide = new URL('wide', import.meta.url).pathname;

describe.each([
  ['the small set of the project', dir],
  ['a wider set of other wordings', wide],
])('the built-in model on %s', (_name, from) => {
  it('is silent to at most 1 % of who wants a reply, and to 95 % of who wants none', async () => {
    const figures = needsReplyFigures(await judge(model, readNeedsReply(from), 1));
    expect(figures.falseSilence).toBeLessThanOrEqual(0.01);
    expect(figures.quietRecall).toBeGreaterThanOrEqual(0.95);
  });

  it('hears 98 % of explicit requests for a person at 1 % false alarms', async () => {
    const rows = readAsksForHuman(from).filter((row) => !row.asks_for_human || row.strength === 'explicit');
    const figures = asksForHumanFigures(await judge(model, rows, 1));
    expect(figures.recall).toBeGreaterThanOrEqual(0.98);
    expect(figures.falseAlarm).toBeLessThanOrEqual(0.01);
  });
});

describe('an interval', () => {
  it('is the one that Wilson gives', () => {
    expect(wilson(0, 20)).toEqual([0, 0.1611]);
    expect(wilson(10, 20)).toEqual([0.2993, 0.7007]);
    expect(wilson(20, 20)).toEqual([0.8389, 1]);
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('the evaluation command', () => {
  it('prints one JSON line per measure and stratum', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/eval/main.ts', '--data', dir], {
      env: { ...process.env, OPENAI_API_KEY: '', OPENAI_BASE_URL: '' },
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const find = (set: string, stratum: string) => lines.filter((line) => line['set'] === set && line['stratum'] === stratum);
    expect(find('needs_reply', 'all')).toEqual([
      {
        set: 'needs_reply',
        stratum: 'all',
        n: expect.any(Number),
        falseSilence: expect.any(Number),
        falseSilence95: interval,
        quietRecall: expect.any(Number),
        quietRecall95: interval,
      },
    ]);
    expect(find('asks_for_human', 'explicit')).toEqual([
      {
        set: 'asks_for_human',
        stratum: 'explicit',
        n: expect.any(Number),
        recall: expect.any(Number),
        recall95: interval,
        falseAlarm: expect.any(Number),
        falseAlarm95: interval,
      },
    ]);
    expect(find('asks_for_human', 'all')).toHaveLength(1);
    expect(find('needs_reply', 'lang:de')).toHaveLength(1);
    expect(find('needs_reply', 'thanks')).toHaveLength(1);
    expect(find('intents', 'all')).toMatchObject([{ accuracy: expect.any(Number), accuracy95: interval, falseIntent95: interval }]);
    expect(find('dialogues', 'all')).toMatchObject([
      { n: 6, falseSilence95: interval, handoffRecall: 1, handoffRecall95: interval, falseHandoff: 0, wholeReply: 1 },
    ]);
    expect(find('dialogues', 'lang:de')).toHaveLength(1);
  });

  it('measures a configured endpoint alike, whole dialogues too, and counts apart what it failed at', { timeout: 60_000 }, async () => {
    const server = await startOpenAiServer();
    const fatal = readNeedsReply(dir).find(({ text }) => text.length > 40)!.text;
    server.otherwise = ({ body, user }) => {
      if (body.stream === true) return { kind: 'text', text: 'I will look into it for you.' };
      if (user.includes(fatal)) return { kind: 'status', status: 500, retryAfterMs: 1 };
      const wantsPerson = /\b(?:human|person|agent|Mensch\w*)\b/.test(user.split('"messages"').at(-1)!);
      return { kind: 'json', value: verdict({ asksForHuman: wantsPerson }) };
    };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/eval/main.ts', '--data', dir], {
        env: { ...process.env, OPENAI_API_KEY: 'a key', OPENAI_BASE_URL: server.url, MODEL: 'a-model' },
      });
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      const find = (set: string) => lines.find((line) => line['set'] === set && line['stratum'] === 'all');
      expect(find('needs_reply')).toMatchObject({ n: 94, failed: 1, falseSilence: 0, quietRecall: 0 });
      expect(find('asks_for_human')).toMatchObject({ n: 71, recall95: interval });
      expect(find('intents')).toMatchObject({ n: 20, accuracy: 0 });
      expect(find('dialogues')).toMatchObject({ n: 6, wholeReply: 1, handoffRecall95: interval });
      expect(find('speed')).toMatchObject({ model: 'a-model' });
    } finally {
      await server.close();
    }
  });
});
