import type { Models } from '../model/provider.ts';
import type { Db } from '../db/change.ts';
import type { Keyring } from '../db/secrets.ts';
import type { Logger } from '../log.ts';
import type { Lanes } from './lanes.ts';
import type { Messenger } from './messenger.ts';
import type { Outside } from '../skills/skill.ts';

/** What the pipeline works with. */
export interface PipelineDeps {
  db: Db;
  models: Models;
  /** Detects intent, urgency and language where no agent may answer: it costs nothing. */
  builtin: Models;
  messenger: Messenger;
  /** Of this process. */
  lanes: Lanes;
  /** The way to the endpoints of skills. */
  skillOutside: Outside;
  /** Open the secrets of skills. */
  encryptionKeys: Keyring;
  log: Logger;
  /** Milliseconds for one classification or one whole composition. */
  modelTimeoutMs: number;
}

/** Ends a run whose word was taken: nothing of it is written any more. */
export class RunLost extends Error {
  constructor() {
    super('the run lost its slot');
    this.name = 'RunLost';
  }
}
