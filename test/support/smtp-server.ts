import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** One message that the server took. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came, a line each. */
  readonly text: string;
}

/** A mail server on the loopback, as small as one can be: no encryption, no sign-in. */
export interface SmtpServer {
  readonly url: string;
  readonly taken: TakenMail[];
  /** What it answers instead of taking a recipient, by address. */
  readonly replies: Map<string, string>;
  end(): Promise<void>;
}

/** Starts a mail server on any free port. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const taken: TakenMail[] = [];
  const replies = new Map<string, string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    void converse(socket, { taken, replies });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;
  const end = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { url: `smtp://127.0.0.1:${port}`, taken, replies, end };
}

async function converse(socket: Socket, { taken, replies }: Pick<SmtpServer, 'taken' | 'replies'>) {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  say('220 here');
  let [from, to, body]: [string, string[], string[] | null] = ['', [], null];
  for await (const line of createInterface(socket)) {
    if (body !== null) {
      if (line !== '.') body.push(line.replace(/^\.\./, '.'));
      else {
        taken.push({ from, to, text: body.join('\n') });
        [from, to, body] = ['', [], null];
        say('250 taken');
      }
      continue;
    }
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'MAIL') from = address;
    if (verb === 'RCPT') {
      const reply = replies.get(address);
      if (reply !== undefined) {
        say(`${reply} <${address}> is not served`);
        continue;
      }
      to.push(address);
    }
    if (verb === 'DATA') {
      body = [];
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 fine');
  }
}
