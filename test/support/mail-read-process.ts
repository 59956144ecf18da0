/** A process of its own that reads mailboxes by IMAP, and ends itself with SIGKILL at a named boundary where it is told to. */
import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { makeOutside } from '../../server/channels/outside.ts';
import { readConfig } from '../../server/config.ts';
import { openPool } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { keepReading } from '../../server/pipeline/mailboxes.ts';

export interface MailReadSettings {
  databaseUrl: string;
  environment: Record<string, string>;
  /** After so many mails: a file's bytes are kept and its message is not yet; or the message is, and how far was read is not. */
  dieAt?: { what: 'bytes kept' | 'message kept'; after: number };
}

const { databaseUrl, environment, dieAt } = JSON.parse(process.env['MAIL_READ_SETTINGS'] ?? '') as MailReadSettings;
const config = readConfig(environment, 'production');
const sql = openPool(databaseUrl, { max: 4 });
const own = await openSignals(sql, randomUUID());
let passed = 0;
const pass = (what: NonNullable<MailReadSettings['dieAt']>['what']): void => {
  if (dieAt?.what === what && (passed += 1) > dieAt.after) process.kill(process.pid, 'SIGKILL');
};
const { store } = createFiles(config, 'https://inbox.example');
const db = {
  sql,
  signals: {
    ...own,
    publish(signal: Parameters<typeof own.publish>[0]) {
      if (signal.kind === 'events') pass('message kept');
      own.publish(signal);
    },
  },
};
await keepBeating(db, 'worker');
keepReading(
  {
    db,
    encryptionKeys: config.encryptionKeys,
    resolveHost: makeOutside(config.privateHosts).resolveHost,
    fileMaxBytes: config.fileMaxBytes,
    log: pino({ level: 'silent' }),
    store: {
      ...store,
      async put(...given) {
        await store.put(...given);
        pass('bytes kept');
      },
    },
  },
  50,
);
process.once('disconnect', () => process.exit());
