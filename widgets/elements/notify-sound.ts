let context: AudioContext | undefined;

/** Two short soft notes. Where the browser lets no page sound before somebody has used it, there is silence. */
export function chime(): void {
  try {
    context ??= new AudioContext();
    void context.resume().catch(() => undefined);
    if (context.state !== 'running') return;
    for (const [at, pitch] of [
      [0, 660],
      [0.12, 880],
    ] as const) {
      const from = context.currentTime + at;
      const tone = new OscillatorNode(context, { type: 'sine', frequency: pitch });
      const loud = new GainNode(context, { gain: 0 });
      loud.gain.setValueAtTime(0, from);
      loud.gain.linearRampToValueAtTime(0.12, from + 0.015);
      loud.gain.exponentialRampToValueAtTime(0.0005, from + 0.28);
      tone.connect(loud).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.3);
    }
  } catch {
    // No sound device, or none for this page.
  }
}
