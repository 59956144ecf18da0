/** The element that the reference shows live, with something of the demo's data in it. */
import type { ConvProvider } from '../widgets/index.ts';
import { make } from './panel/dom.ts';

interface Sample {
  /** As high as what it shows. */
  readonly low?: boolean;
  readonly markup?: string;
  /** What of the demo's data it shows: a property, and where in the API the first item's id comes from. */
  readonly of?: readonly [property: string, path: string];
}

const handedOff: Sample['of'] = ['conversation', '/v1/conversations?handedOff=true&limit=1'];
const drafted: Sample['of'] = ['draft', '/v1/drafts?limit=1'];

/** By tag; one that is not here stands as it is. */
export const samples: Readonly<Record<string, Sample | undefined>> = {
  'conv-provider': {
    markup:
      '<conv-provider base="https://inbox.example" workspace="acme">\n  <conv-inbox></conv-inbox>\n</conv-provider>\n<script type="module">\n  document.querySelector(\'conv-provider\').getToken = () => fetch(\'/convene-token\').then((answer) => answer.text());\n</script>',
  },
  'conv-inbox': { of: handedOff },
  'conv-thread': { of: handedOff, markup: '<conv-thread conversation="…"></conv-thread>' },
  'conv-details': { of: handedOff, markup: '<conv-details conversation="…"></conv-details>' },
  'handoff-banner': { of: handedOff, low: true, markup: '<handoff-banner conversation="…"></handoff-banner>' },
  'draft-review': { of: drafted, low: true, markup: '<draft-review draft="…"></draft-review>' },
  'conv-chat': {
    low: true,
    markup:
      '<script type="module" src="https://inbox.example/widgets/chat.js"></script>\n<conv-chat base="https://inbox.example" workspace="acme">\n  <span slot="foot">We keep conversations for two years.</span>\n</conv-chat>',
  },
};

async function getToken(): Promise<string> {
  const { token } = (await (await fetch('/demo/token?as=ana')).json()) as { token: string };
  return token;
}

async function firstId(path: string): Promise<string | undefined> {
  const answer = await fetch(path, { headers: { authorization: `Bearer ${await getToken()}` } });
  const { items } = (await answer.json()) as { items: readonly { id: string }[] };
  return items[0]?.id;
}

/** Every operator's element on the page finds the demo's inbox round it. */
export function connect(): void {
  document.querySelector('conv-provider')!.getToken = getToken;
}

/** Puts an element onto the stage. @returns the element */
export function showSample(tag: string, stage: HTMLElement): HTMLElement {
  const live = document.createElement(tag);
  if (tag === 'conv-chat') {
    live.setAttribute('workspace', 'demo');
    live.append(make('span', { slot: 'foot' }, 'We keep conversations for two years.'));
    stage.append(make('p', {}, 'The round button in the corner of the window is its own.'), live);
    return live;
  }
  if (tag === 'conv-provider') {
    (live as ConvProvider).getToken = getToken;
    live.append(document.createElement('conv-pool'));
  }
  stage.append(live);
  const [property, path] = samples[tag]?.of ?? [];
  if (property && path) void firstId(path).then((id) => Reflect.set(live, property, id));
  return live;
}
