/** What the audience does not see: what has to be undone after a story, and what explains a failure. */
export type Backstage = {
  /** Has `undo` run when the story is over, the latest first; at once if it is over already. */
  undoLater(undo: () => Promise<void> | void): Promise<void>;
  /** Has what `read` returns shown if the story fails. */
  keepEvidence(name: string, read: () => string): void;
  /** All evidence that there is, as text. */
  evidence(): string;
  /** Undoes everything, come what may; answers what went wrong with that. */
  tidyUp(): Promise<readonly string[]>;
};

type Undo = () => Promise<void> | void;

async function problemOf(undo: Undo): Promise<readonly string[]> {
  try {
    await undo();
    return [];
  } catch (error) {
    return [String(error)];
  }
}

/** An empty backstage. */
export function createBackstage(): Backstage {
  const undos: Undo[] = [];
  const kept: { readonly name: string; readonly read: () => string }[] = [];
  let isOver = false;
  return {
    async undoLater(undo) {
      if (isOver) await undo();
      else undos.push(undo);
    },
    keepEvidence: (name, read) => void kept.push({ name, read }),
    evidence: () => kept.map(({ name, read }) => `${name}:\n${read().trimEnd() || '(nothing)'}`).join('\n\n'),
    async tidyUp() {
      isOver = true;
      const problems: string[] = [];
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) problems.push(...(await problemOf(undo)));
      return problems;
    },
  };
}
