import { lstat, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../../server/process.ts';
import { cloneProject, ordinaryUser, postgresPid, startClone } from '../support/process.ts';

const root = process.getuid?.() === 0;

/** As root both kinds of user are tried; an ordinary user can only try as itself. */
const people = root ? [{ name: 'root' }, { name: 'an ordinary user', person: ordinaryUser() }] : [{ name: 'an ordinary user' }];

test.each(people)('a clone that only $name may enter simply works', async ({ name, person }) => {
  const place = await cloneProject(person);
  try {
    expect((await stat(place.folder)).mode & 0o777).toBe(0o700);
    const program = startClone(place);
    const [, url] = await program.says(/"url":"([^"]+)"/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const postgres = postgresPid(place.dataDir);

    const home = join(place.dataDir, 'postgres');
    // As root, Postgres is another user, so its data is where that one can go, and the data folder leads there.
    expect((await lstat(home)).isSymbolicLink()).toBe(name === 'root');
    const owner = (await stat(join(home, 'cluster'))).uid;
    if (name === 'root') expect(owner).not.toBe(0);
    else expect(owner).toBe(person?.uid ?? process.getuid?.());

    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(isAlive(postgres)).toBe(false);
  } finally {
    await place.remove();
  }
}, 60_000);
