/** A telephone call: the transcript grows report by report, each with all of it, until somebody hangs up. */
import type { DemoCall, DemoTurn } from '../inbound-message.ts';
import { field, make } from './dom.ts';
import { peopleOf } from './people.ts';
import type { Person } from './people.ts';
import { play } from './wire.ts';

type Said = Pick<DemoTurn, 'speaker' | 'text'>;

/** What the two say where nobody types; the customer begins. */
const script: readonly Said[] = [
  { speaker: 'contact', text: 'Hello, I am calling about the grinder that I bought in spring.' },
  { speaker: 'operator', text: 'Good morning, this is Ben. What is it doing?' },
  { speaker: 'contact', text: 'It makes a terrible noise since this morning, and nothing comes out.' },
  { speaker: 'operator', text: 'That sounds like a stone between the burrs. Did you unplug it?' },
  { speaker: 'contact', text: 'Yes, at once. I did not dare to open it.' },
  { speaker: 'operator', text: 'Well done. I will send you a label, and we look at it here, without a charge.' },
  { speaker: 'contact', text: 'Thank you. Could somebody text me when it is on its way back?' },
];
const operatorName = 'Ben';
const everyMs = 2_000;

interface Running {
  id: string;
  person: Person;
  startedAt: Date;
  turns: DemoTurn[];
  revision: number;
}

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** Fills a pane with a telephone. */
export function mountCall(pane: HTMLElement): void {
  const people = peopleOf('voice');
  let call: Running | undefined;
  let reports = Promise.resolve();

  const who = make('select', { name: 'who' }, ...people.map(({ handle, name }) => make('option', { value: handle }, `${name} · ${handle}`)));
  const begin = make('button', { type: 'button', class: 'primary', click: start }, 'Call');
  const alone = make('input', { type: 'checkbox', name: 'alone', checked: true });
  const transcript = make('div', { class: 'transcript', role: 'log', 'aria-label': 'Transcript', tabindex: '0' });
  const told = make('output', {});
  const say = make(
    'form',
    { class: 'write', submit: speak },
    make(
      'label',
      {},
      make('span', { class: 'sr' }, 'Who speaks'),
      make('select', { name: 'speaker' }, make('option', { value: 'contact' }, 'Customer'), make('option', { value: 'operator' }, operatorName)),
    ),
    make('textarea', { name: 'text', rows: '2', dir: 'auto', 'aria-label': 'What is said', placeholder: 'Say something' }),
    make('button', { type: 'submit' }, 'Say it'),
  );
  const end = make(
    'form',
    { class: 'hang-up', submit: hangUp },
    make(
      'label',
      {},
      'Note of the call ',
      make('input', { name: 'note', maxlength: '500', dir: 'auto', autocomplete: 'off', placeholder: 'Sends the grinder in, free of charge' }),
    ),
    make('button', { type: 'submit' }, 'Hang up'),
  );
  pane.replaceChildren(
    make(
      'div',
      { class: 'phone', 'data-skin': 'voice' },
      make(
        'div',
        { class: 'phone-bar' },
        make('label', {}, make('span', { class: 'sr' }, 'Who calls'), who),
        begin,
        make('label', { class: 'check' }, alone, ' Goes on by itself'),
      ),
      transcript,
      say,
      end,
      told,
    ),
  );
  running(false);

  setInterval(() => {
    const next = call && script[call.turns.length];
    if (call && next && alone.checked) speakUp(next);
  }, everyMs);

  function running(is: boolean): void {
    who.disabled = is;
    begin.disabled = is;
    for (const control of [...say.elements, ...end.elements]) control.toggleAttribute('disabled', !is);
  }

  function start(): void {
    const person = people.find(({ handle }) => handle === who.value);
    if (!person) return;
    call = { id: `call-${crypto.randomUUID()}`, person, startedAt: new Date(), turns: [], revision: 0 };
    transcript.replaceChildren();
    running(true);
    const [first] = script;
    if (first && alone.checked) speakUp(first);
  }

  function speak(event: Event): void {
    event.preventDefault();
    const text = field(say, 'text').value.trim();
    if (text === '') return;
    speakUp({ speaker: field(say, 'speaker').value === 'operator' ? 'operator' : 'contact', text });
    field(say, 'text').value = '';
  }

  function speakUp({ speaker, text }: Said): void {
    if (!call) return;
    const atSeconds = Math.round((Date.now() - call.startedAt.getTime()) / 1_000);
    const name = speaker === 'operator' ? operatorName : call.person.name;
    call.turns.push({ speaker, name, text, atSeconds });
    transcript.append(
      make('div', { class: speaker === 'contact' ? 'mine' : 'theirs' }, make('small', {}, `${name} · ${clock(atSeconds)}`), make('p', { dir: 'auto' }, text)),
    );
    transcript.scrollTop = transcript.scrollHeight;
    report(call, { ended: false });
  }

  function hangUp(event: Event): void {
    event.preventDefault();
    if (!call) return;
    const durationSeconds = Math.round((Date.now() - call.startedAt.getTime()) / 1_000);
    report(call, {
      ended: true,
      durationSeconds,
      recordingUrl: `https://recordings.morrow.example/${call.id}.mp3`,
      note: field(end, 'note').value.trim() || undefined,
    });
    transcript.append(make('div', { class: 'event' }, make('small', {}, `Hung up after ${clock(durationSeconds)}`)));
    call = undefined;
    end.reset();
    running(false);
    begin.focus();
  }

  /** Reports go out one after the other, as the telephone system sends them. */
  function report(about: Running, state: Omit<DemoCall, 'revision' | 'startedAt' | 'turns'>): void {
    about.revision += 1;
    const { id, person, startedAt, turns, revision } = about;
    const sent: DemoCall = { revision, startedAt: startedAt.toISOString(), turns: [...turns], ...state };
    reports = reports
      .then(async () => {
        const { words } = await play({ channel: 'voice', kind: 'call', from: person.handle, name: person.name, externalId: id, call: sent });
        told.value = `Report ${revision}: ${words}`;
      })
      .catch(() => {
        told.value = `Report ${revision} did not get through`;
      });
  }
}
