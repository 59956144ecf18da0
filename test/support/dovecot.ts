/** Debian's Dovecot as a mail server with IMAP, on this machine and in a folder of its own; installed where that is possible. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { SetupError, errorMessage } from '../../server/process.ts';
import { selfSigned } from './certificate.ts';
import { freePort } from './free-port.ts';
import { until } from './pipeline.ts';

const places = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'];

/**
 * The path of Dovecot 2.3: `DOVECOT_PATH`, else one of the usual places, else Debian's, installed now.
 * @throws SetupError which says what to do where there is none
 */
export function findDovecot(): string {
  const named = process.env['DOVECOT_PATH'];
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`DOVECOT_PATH names ${named}, which is not there.`);
  }
  const found = places.find((place) => existsSync(place)) ?? installDebian();
  if (found !== undefined) return found;
  throw new SetupError(
    'The tests of mail by IMAP need Dovecot 2.3, and none was found. Install it (Debian and Ubuntu: sudo apt-get install dovecot-imapd), or name its program with DOVECOT_PATH.',
  );
}

function installDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  process.stdout.write("No Dovecot found; installing Debian's dovecot-imapd (once)\n");
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit'] };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'dovecot-imapd'], options);
  } catch (error) {
    throw new SetupError(`Installing dovecot-imapd failed (${errorMessage(error)}). Install it by hand, or name Dovecot's program with DOVECOT_PATH.`);
  }
  return places.find((place) => existsSync(place));
}

export const imapPassword = 'the-password-of-the-mailbox';

export interface Dovecot {
  /** Without TLS, and with that of a certificate which nobody vouches for. */
  port: number;
  tlsPort: number;
  /** The file of that certificate. */
  certificate: string;
  /** Puts a mail into a user's folder, as of now or of then; the folder is made where it is not there. */
  deliver(user: string, raw: string | Buffer, options?: { folder?: string; at?: Date }): Promise<void>;
  /** Lets a folder's numbering begin anew, with all its mail: as after a restored backup. */
  renumber(user: string, folder: string): Promise<void>;
  /** Cuts the connections of all clients. */
  cut(): Promise<void>;
  /** Ends it, as a crash would; `start` lets it run again on the same ports. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** How many are logged in. */
  clients(user: string): Promise<number>;
  close(): Promise<void>;
}

/** Starts one. Any user may log in with {@link imapPassword}. */
export async function startDovecot(): Promise<Dovecot> {
  const program = findDovecot();
  const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const config = join(folder, 'dovecot.conf');
  const certificate = join(folder, 'certificate.pem');
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'mail'), { mode: 0o777 });
  await chmod(join(folder, 'mail'), 0o777);
  selfSigned(certificate);
  await writeFile(config, configuration(folder, port, tlsPort, certificate));
  let running = spawnDovecot(program, config);
  await answers(port, folder);

  const admin = (...args: string[]): string => execFileSync('doveadm', ['-c', config, ...args], { encoding: 'utf8' });
  const deliver: Dovecot['deliver'] = async (user, raw, { folder: path = 'INBOX', at } = {}) => {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, doSTARTTLS: false, auth: { user, pass: imapPassword }, logger: false });
    await client.connect();
    try {
      if (path !== 'INBOX') await client.mailboxCreate(path);
      await client.append(path, raw, [], at);
    } finally {
      await client.logout();
    }
  };
  const kill = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGTERM');
    await gone;
  };
  return {
    port,
    tlsPort,
    certificate: `${certificate}.crt`,
    deliver,
    kill,
    async renumber(user, path) {
      admin('mailbox', 'update', '-u', user, '--uid-validity', String(Math.floor(Date.now() / 1_000) + 1_000), path);
    },
    async cut() {
      admin('kick', '*');
    },
    async start() {
      running = spawnDovecot(program, config);
      await answers(port, folder);
    },
    clients: async (user) =>
      admin('-f', 'flow', 'who', user)
        .split('\n')
        .reduce((sum, line) => sum + Number(/# ?=(\d+)|#=(\d+)/.exec(line)?.slice(1).find(Boolean) ?? 0), 0),
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const spawnDovecot = (program: string, config: string) => spawn(program, ['-F', '-c', config], { stdio: 'ignore' });

/** Waits until it lets somebody in. */
async function answers(port: number, folder: string): Promise<void> {
  await until(async () => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: 'nobody-yet', pass: imapPassword },
      logger: false,
      verifyOnly: true,
    });
    client.on('error', () => {});
    return client.connect().then(
      () => true,
      () => false,
    );
  }, 'Dovecot').catch(async (error: unknown) => {
    throw new SetupError(`${errorMessage(error)}. Its log: ${await readFile(join(folder, 'log'), 'utf8').catch(() => 'none')}`);
  });
}

/** As root it takes the users that its package made, else it all runs as whoever tests. */
function configuration(folder: string, port: number, tlsPort: number, certificate: string): string {
  const { username } = userInfo();
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const isRoot = process.getuid?.() === 0;
  const [user, userGroup] = isRoot ? ['nobody', 'nogroup'] : [username, group];
  const own = isRoot
    ? ''
    : `
default_internal_user = ${username}
default_login_user = ${username}
default_internal_group = ${group}
service anvil {
  chroot =
}
service stats {
  chroot =
}`;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate}.crt
ssl_key = <${certificate}
disable_plaintext_auth = no
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
mailbox_idle_check_interval = 1 s
passdb {
  driver = static
  args = password=${imapPassword}
}
userdb {
  driver = static
  args = uid=${user} gid=${userGroup} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
${own}
`;
}
