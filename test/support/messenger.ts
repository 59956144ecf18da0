import { createFiles } from '../../server/files/files.ts';
import type { Messenger } from '../../server/pipeline/messenger.ts';
import { createMessenger } from '../../server/pipeline/provider-messenger.ts';
import type { ProviderDeps } from '../../server/pipeline/provider-messenger.ts';
import type { TestApi } from './api.ts';

/**
 * What hands messages over for the workers of a test, to stand-ins of the providers on this machine.
 * @param resolveHost asks of a mail server's name before it is connected to; by default nothing is asked
 */
export const messengerOf = (
  { db, deps: { config, publicUrl } }: TestApi,
  apiBases: ProviderDeps['apiBases'],
  resolveHost: ProviderDeps['resolveHost'] = async (host) => host,
): Messenger =>
  createMessenger({
    db,
    files: createFiles(config, publicUrl),
    encryptionKeys: config.encryptionKeys,
    publicUrl,
    fetch,
    fetchOutside: fetch,
    resolveHost,
    apiBases,
  });
