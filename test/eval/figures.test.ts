import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createModels } from '../../server/model/provider.ts';
import { asksForHumanFigures, judge, needsReplyFigures } from './measure.ts';
import { readAsksForHuman, readNeedsReply } from './rows.ts';

const dir = new URL('data', import.meta.url).pathname;
const model = createModels({}).language;

describe('the built-in model on the small set of the project', () => {
  it('is silent to at most 1 % of who wants a reply, and to 95 % of who wants none', async () => {
    const figures = needsReplyFigures(await judge(model, readNeedsReply(dir), 1));
    expect(figures.falseSilence).toBeLessThanOrEqual(0.01);
    expect(figures.quietRecall).toBeGreaterThanOrEqual(0.95);
  });

  it('hears 98 % of explicit requests for a person at 1 % false alarms', async () => {
    const rows = readAsksForHuman(dir).filter((row) => !row.asks_for_human || row.strength === 'explicit');
    const figures = asksForHumanFigures(await judge(model, rows, 1));
    expect(figures.recall).toBeGreaterThanOrEqual(0.98);
    expect(figures.falseAlarm).toBeLessThanOrEqual(0.01);
  });
});

describe('the evaluation command', () => {
  it('prints one JSON line per measure and stratum', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/eval/main.ts', '--data', dir], { env: { ...process.env, OPENAI_API_KEY: '', OPENAI_BASE_URL: '' } });
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const find = (set: string, stratum: string) => lines.filter((line) => line['set'] === set && line['stratum'] === stratum);
    expect(find('needs_reply', 'all')).toEqual([{ set: 'needs_reply', stratum: 'all', n: expect.any(Number), falseSilence: expect.any(Number), quietRecall: expect.any(Number) }]);
    expect(find('asks_for_human', 'explicit')).toEqual([{ set: 'asks_for_human', stratum: 'explicit', n: expect.any(Number), recall: expect.any(Number), falseAlarm: expect.any(Number) }]);
    expect(find('asks_for_human', 'all')).toHaveLength(1);
    expect(find('needs_reply', 'lang:de')).toHaveLength(1);
    expect(find('needs_reply', 'thanks')).toHaveLength(1);
  });
});
