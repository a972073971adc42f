import { type Backstage, createBackstage } from './backstage.ts';
import type { Narrator } from './narrator.ts';

/** A story: it tells, does and checks, and leaves what has to be undone to `backstage`. Rejects when a step fails. */
export type Story = (tell: Narrator, backstage: Backstage) => Promise<void>;

/** How to run stories. */
export type Run = {
  readonly tell: Narrator;
  readonly stories: readonly Story[];
  /** For all of them together. */
  readonly deadlineMs: number;
  /** Ends the run early, as a failure with the reason given. */
  readonly interrupt?: AbortSignal;
};

/** Rejects when the time is up or the audience has left; `cancel` stops the clock. */
function curtain(deadlineMs: number, interrupt?: AbortSignal): { fallen: Promise<never>; cancel: () => void } {
  let cancel = (): void => undefined;
  const fallen = new Promise<never>((_, reject) => {
    const late = () => reject(new Error(`It was not over within ${deadlineMs / 1000} seconds.`));
    const timer = setTimeout(late, deadlineMs);
    cancel = () => clearTimeout(timer);
    interrupt?.addEventListener('abort', () => reject(interrupt.reason), { once: true });
  });
  fallen.catch(() => undefined);
  return { fallen, cancel };
}

/** Tells one story and takes its stage down; answers whether all went well. */
async function tellOne(tell: Narrator, story: Story, fallen: Promise<never>): Promise<boolean> {
  const backstage = createBackstage();
  let evidence: string | null = null;
  try {
    await Promise.race([story(tell, backstage), fallen]);
  } catch (error) {
    tell.fail(error instanceof Error ? error.message : String(error));
    evidence = backstage.evidence();
  }
  const problems = await backstage.tidyUp();
  if (problems.length > 0) tell.fail(`It could not be tidied up: ${problems.join('; ')}`);
  if (evidence) tell.say(evidence);
  return evidence === null && problems.length === 0;
}

/** Tells the stories one after the other up to the first failure; answers the exit code, 0 only if every claim held. */
export async function runStories({ tell, stories, deadlineMs, interrupt }: Run): Promise<number> {
  const { fallen, cancel } = curtain(deadlineMs, interrupt);
  try {
    for (const story of stories) if (!(await tellOne(tell, story, fallen))) return 1;
    return 0;
  } finally {
    cancel();
  }
}
