/** A process of its own that fetches files until it is killed. */
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { readConfig } from '../../server/config.ts';
import { openPool } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { startMedia } from '../../server/pipeline/media.ts';
import { outsideAt } from './media.ts';

export interface MediaProcessSettings {
  databaseUrl: string;
  environment: Record<string, string>;
  apiBase: string;
}

const { databaseUrl, environment, apiBase } = JSON.parse(process.env['MEDIA_SETTINGS'] ?? '') as MediaProcessSettings;
const config = readConfig(environment, 'production');
const sql = openPool(databaseUrl, { max: 4 });
const db = { sql, signals: await openSignals(sql, randomUUID()) };
await keepBeating(db, 'worker');
startMedia({
  db,
  store: createFiles(config, 'https://inbox.example').store,
  fileMaxBytes: config.fileMaxBytes,
  encryptionKeys: config.encryptionKeys,
  fetch,
  fetchOutside: outsideAt('127.0.0.1'),
  apiBases: { twilio: apiBase, meta: apiBase },
  log: pino({ level: 'silent' }),
});
process.once('disconnect', () => process.exit());
