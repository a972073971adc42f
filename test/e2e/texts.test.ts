import { Parser } from 'htmlparser2';
import { describe, expect, test, vi } from 'vitest';
import type { DiscordUser, Modal } from '../../sandbox/discord/index.ts';
import { buildEvent, buildWorld } from '../../sandbox/perscom/world.ts';
import { ordersUntil } from '../fixtures/texts.ts';
import { board, changeOnPerscom, flush, NOW, openPreview, type Stage, shown, startStage } from './stage.ts';

const LONG = `<p>${'Long orders. '.repeat(800)}</p>`;

const stageWith = (content: string | null, description: string | null = 'Plain *words*.'): Promise<Stage> =>
  startStage({
    world: buildWorld({ now: NOW, events: [buildEvent({ id: 7, name: 'Op Iron', content, description })] }),
  });

const open = async (user: DiscordUser): Promise<Modal> =>
  (await user.command('event edit', { event: '7', form: 'text' })).modalOrThrow();

const sent = ({ perscom }: Stage): unknown[] => perscom.patches().map(({ body }) => body);

describe('a text that survives as Markdown', () => {
  test('is edited as Markdown, and sent as HTML like what was there', async () => {
    const stage = await stageWith('<h2>Orders</h2><ul><li><p>Seize <strong>Falcon</strong></p></li></ul>');
    const joker = stage.discord.user();
    const modal = await open(joker);
    expect(modal.prefilled.Content).toBe('## Orders\n\n- Seize **Falcon**');
    expect(modal.field('Content').description).toBe('Shown as Markdown.');
    const answer = await joker.submit(modal, { Content: '## Orders\n\n- Seize **Raven**\n- <b>Hold</b>' });
    expect(shown(answer.messageOrThrow())).toContain('- Seize **Raven**');
    const { reports } = await flush(joker);
    expect(reports.map(shown).join()).toContain('applied');
    expect(sent(stage)).toEqual([
      {
        resources: {
          7: {
            content:
              '<h2>Orders</h2><ul><li><p>Seize <strong>Raven</strong></p></li><li><p>&lt;b&gt;Hold&lt;/b&gt;</p></li></ul>',
          },
        },
      },
    ]);
  });

  test('is no edit where nobody touched it, nor after a restart', async () => {
    const stage = await stageWith('<p>a <strong>b</strong></p>');
    const joker = stage.discord.user();
    const [first, second] = [await open(joker), await open(joker)];
    expect(shown((await joker.submit(first)).messageOrThrow())).toContain('You changed nothing');
    await stage.restart();
    expect(shown((await joker.submit(second)).messageOrThrow())).toContain('You changed nothing');
  });

  test('is refused after a restart if PERSCOM holds another text meanwhile that would look the same', async () => {
    const stage = await stageWith('<p>a <strong>b</strong></p>');
    const joker = stage.discord.user();
    const modal = await open(joker);
    changeOnPerscom(stage.perscom, 7, { content: '<p>a <b>b</b></p>' });
    await stage.restart();
    const answer = (await joker.submit(modal, { Content: 'c' })).messageOrThrow();
    expect(shown(answer)).toContain('This changed after you opened the form');
  });
});

test('a text that does not survive is shown as it is, and taken as it is', async () => {
  const stage = await stageWith('<p style="color:red">a</p>');
  const joker = stage.discord.user();
  const modal = await open(joker);
  expect(modal.prefilled).toMatchObject({ Content: '<p style="color:red">a</p>', Description: 'Plain *words*.' });
  expect(modal.field('Content').description).toBe('Shown as HTML, as it is.');
  expect(modal.field('Description').description).toBe('Plain text, stored as typed.');
  await joker.submit(modal, { Content: '<p style="color:blue">**a**</p>', Description: 'Other *words*.' });
  await flush(joker);
  expect(sent(stage)).toEqual([
    { resources: { 7: { content: '<p style="color:blue">**a**</p>', description: 'Other *words*.' } } },
  ]);
});

test.each([
  ['of many words', `<p>${'<b>a</b> '.repeat(7_200)}</p>`, 1],
  ['with few words in it', '<p></p>'.repeat(9_000), 2],
])('texts of 65,000 characters %s are read no more often than it takes to show them', async (_, text, reads) => {
  const stage = await stageWith(text, text);
  const parse = vi.spyOn(Parser.prototype, 'end');
  const modal = await open(stage.discord.user());
  expect(modal.prefilled).toMatchObject({ Content: '', Description: '' });
  expect(parse).toHaveBeenCalledTimes(2 * reads);
  parse.mockRestore();
});

test('HTML that its words do not show is told of wherever it is about to be sent', async () => {
  const stage = await stageWith('<p style="x">Old</p>', null);
  const joker = stage.discord.user();
  const uploads = {
    'Description from a file': [joker.upload('a.html', '<p>Meet</p><script src="//x.test/"></script>')],
  };
  const content = '<p style="x">Bring <callsign></p>';
  const answer = (await joker.submit(await open(joker), { ...uploads, Content: content })).messageOrThrow();
  const lines = [
    '~~none~~ → “Meet” (and HTML that is not shown)',
    '~~“Old” (and HTML that is not shown)~~ → “Bring \\<callsign>” (and HTML that is not shown)',
  ];
  const preview = shown(await openPreview(joker));
  for (const line of lines) {
    expect(shown(answer)).toContain(line);
    expect(await board(joker)).toContain(line);
    expect(preview).toContain(line);
  }
});

test('long texts of which only the last word differs are told apart in the queue, the history and an undo', async () => {
  const stage = await stageWith(null, ordersUntil('dawn'));
  const [joker, pyle] = [stage.discord.user(), stage.discord.user()];
  const until = (time: string): string => `“… them hold it until ${time}” (702 characters)`;
  await joker.submit(await open(joker), { Description: ordersUntil('noon') });
  const contested = (await pyle.submit(await open(pyle), { Description: ordersUntil('five') })).messageOrThrow();
  expect(shown(contested)).toContain(`queued ${until('noon')}`);
  expect(shown(contested)).toContain(`you asked for ${until('five')}`);
  const replaced = shown((await pyle.click(contested, 'Replace')).messageOrThrow());
  expect(replaced).toContain(`~~${until('dawn')}~~ → ${until('five')}`);
  expect(replaced).toContain(`edit to ${until('noon')}`);
  await flush(pyle);
  const list = (await joker.command('queue history')).messageOrThrow();
  const [row] = list.components;
  const [menu] = row !== undefined && 'components' in row ? row.components : [];
  const label = menu !== undefined && 'options' in menu ? (menu.options[0]?.label ?? '') : '';
  const opened = shown((await joker.select(list, 'Open a flush…', [label])).messageOrThrow());
  expect(opened).toContain(`was ${until('dawn')} · wanted ${until('five')}`);
  changeOnPerscom(stage.perscom, 7, { description: ordersUntil('noon') });
  const undone = shown((await pyle.command('queue undo')).messageOrThrow());
  expect(undone).toContain(`the flush made it ${until('five')}; it is ${until('noon')} now`);
});

test('a location that is too long to show is replaced by what is typed, and its form says so', async () => {
  const own = { id: 7, name: 'Op Iron', location: 'x'.repeat(65_000) };
  const stage = await startStage({ world: buildWorld({ now: NOW, events: [buildEvent(own)] }) });
  const joker = stage.discord.user();
  const modal = (await joker.command('event edit', { event: '7', form: 'details' })).modalOrThrow();
  expect(modal.field('Location').description).toBe(
    '65000 characters in PERSCOM, too long to show. Left empty, it stays; what you type takes its place.',
  );
  await joker.submit(modal, { Location: 'Malden' });
  await flush(joker);
  expect(sent(stage)).toEqual([{ resources: { 7: { location: 'Malden' } } }]);
});

describe('a text of 10,000 characters', () => {
  const choice = 'What you type or upload for a long text';

  test('is left alone, and added to unless somebody says that it be replaced', async () => {
    const stage = await stageWith(LONG);
    const joker = stage.discord.user();
    const modal = await open(joker);
    expect(modal.prefilled).toMatchObject({ Content: '', [choice]: 'append' });
    expect(modal.field('Content').description).toContain('too long to show');
    const untouched = await open(joker);
    expect(shown((await joker.submit(untouched)).messageOrThrow())).toContain('You changed nothing');
    const answer = (await joker.submit(modal, { Content: '**More**' })).messageOrThrow();
    expect(shown(answer)).toContain(
      '~~“…s. Long orders.” (10407 characters)~~ → “…s. Long orders. **More**” (10435 characters)',
    );
    await flush(joker);
    await joker.submit(await open(joker), { Content: '**New**', [choice]: 'replace' });
    await flush(joker);
    expect(sent(stage)).toEqual([
      { resources: { 7: { content: `${LONG}<p><strong>More</strong></p>` } } },
      { resources: { 7: { content: '<p><strong>New</strong></p>' } } },
    ]);
  });

  test('takes a file behind it or in its place', async () => {
    const stage = await stageWith(LONG, null);
    const joker = stage.discord.user();
    const orders = `# Orders\n\n${'- Hold\n'.repeat(1_000)}`;
    await joker.submit(await open(joker), { 'Content from a file': [joker.upload('orders.md', orders)] });
    await flush(joker);
    await joker.submit(await open(joker), {
      'Content from a file': [joker.upload('orders.html', '\ufeff<div>New</div>')],
      'Description from a file': [joker.upload('words.txt', 'Meet at *base*')],
      [choice]: 'replace',
    });
    await flush(joker);
    const items = '<li><p>Hold</p></li>'.repeat(1_000);
    expect(sent(stage)).toEqual([
      { resources: { 7: { content: `${LONG}<h1>Orders</h1><ul>${items}</ul>` } } },
      { resources: { 7: { content: '<div>New</div>', description: '<p>Meet at <em>base</em></p>' } } },
    ]);
  });
});

describe('what is typed and not queued', () => {
  const choice = 'What you type or upload for a long text';
  const red = (word: string): string => `<p style="color:red">${word}</p>`;

  test.each([
    ['Markdown', '<p>Old</p>', red('Theirs'), '**Seize** Falcon', '<p><strong>Seize</strong> Falcon</p>'],
    ['HTML', red('Old'), '<p>Theirs</p>', red('Mine'), red('Mine')],
    ['plain text', 'Old', '<p>Theirs</p>', 'a *b*', 'a *b*'],
  ])(
    'as %s is meant so still, whatever PERSCOM holds by then, over restarts',
    async (_, old, theirs, typed, wanted) => {
      const stage = await stageWith(old);
      const joker = stage.discord.user();
      const modal = await open(joker);
      changeOnPerscom(stage.perscom, 7, { content: theirs });
      await stage.restart();
      const answer = (await joker.submit(modal, { Content: typed })).messageOrThrow();
      expect(shown(answer)).toContain('This changed after you opened the form');
      const again = (await joker.click(answer, 'Fix')).modalOrThrow();
      expect(again.prefilled.Content).toBe(typed);
      await stage.restart();
      await joker.submit(again);
      await flush(joker);
      expect(sent(stage)).toEqual([{ resources: { 7: { content: wanted } } }]);
    },
  );

  test('is to replace a long text still, if it was', async () => {
    const stage = await stageWith(LONG);
    const joker = stage.discord.user();
    const both = { Content: 'New', [choice]: 'replace', 'Content from a file': [joker.upload('a.md', 'x')] };
    const answer = (await joker.submit(await open(joker), both)).messageOrThrow();
    const again = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(again.prefilled).toMatchObject({ Content: 'New', [choice]: 'replace' });
    await joker.submit(again);
    await flush(joker);
    expect(sent(stage)).toEqual([{ resources: { 7: { content: '<p>New</p>' } } }]);
  });

  test('is not said to be kept where it was only uploaded', async () => {
    const stage = await stageWith('<p>Old</p>');
    const joker = stage.discord.user();
    const modal = await open(joker);
    stage.perscom.world.maintenance = true;
    await stage.restart();
    const file = { 'Content from a file': [joker.upload('a.md', 'x')] };
    const answer = (await joker.submit(modal, file)).messageOrThrow();
    expect(shown(answer)).toContain('Nothing was queued. Open the form again, and upload your files again.');
    expect(shown((await joker.command('event drafts')).messageOrThrow())).toContain('You have no drafts');
    stage.perscom.world.maintenance = false;
    expect((await joker.click(answer, 'Open form')).modalOrThrow().prefilled.Content).toBe('Old');
  });
});

test('a long text is emptied when its form says so', async () => {
  const stage = await stageWith(LONG, LONG);
  const joker = stage.discord.user();
  const choice = { 'What you type or upload for a long text': 'empty-content' };
  const empty = { ...choice, 'Description from a file': [joker.upload('a.md', '')] };
  const answer = (await joker.submit(await open(joker), empty)).messageOrThrow();
  expect(shown(answer)).toContain('→ none');
  expect(shown(answer)).toContain('“a.md” is empty. To empty the field, choose that in the form, above the files.');
  await flush(joker);
  expect(sent(stage)).toEqual([{ resources: { 7: { content: null } } }]);
});

describe('a file that cannot be taken', () => {
  test.each<readonly [string, string, string | Buffer, string]>([
    ['no text', 'a.txt', Buffer.from([0xff, 0xd8, 0xff]), 'is not a text file in UTF-8'],
    ['a program', 'a.exe', 'MZ', 'is not a text file in UTF-8'],
    ['too large', 'a.md', 'x'.repeat(65_536), 'is larger than the 65535 bytes'],
    ['too large once it is HTML', 'a.md', '&'.repeat(30_000), 'PERSCOM takes 65535'],
    ['empty', 'a.md', '', 'is empty'],
  ])('because it is %s costs nothing else', async (_, name, content, sentence) => {
    const stage = await stageWith('<p>Old</p>');
    const joker = stage.discord.user();
    const values = { Description: 'New', 'Content from a file': [joker.upload(name, content)] };
    const answer = (await joker.submit(await open(joker), values)).messageOrThrow();
    expect(shown(answer)).toContain('1 edit queued, 1 not');
    expect(shown(answer)).toContain(sentence);
    const again = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(again.prefilled.Content).toBe('Old');
  });

  test('because Discord has it no more is one to upload again', async () => {
    const stage = await stageWith('<p>Old</p>');
    const joker = stage.discord.user();
    const gone = joker.upload('gone.md', 'a');
    stage.discord.loseUpload(gone);
    const answer = (await joker.submit(await open(joker), { 'Content from a file': [gone] })).messageOrThrow();
    expect(shown(answer)).toContain('“gone.md” could not be read from Discord');
  });

  test('because something was typed too is refused with it, and what was typed is kept', async () => {
    const stage = await stageWith('<p>Old</p>');
    const joker = stage.discord.user();
    const both = { Content: 'Typed', 'Content from a file': [joker.upload('a.md', 'Uploaded')] };
    const answer = (await joker.submit(await open(joker), both)).messageOrThrow();
    expect(shown(answer)).toContain('only one can be meant');
    const again = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(again.prefilled.Content).toBe('Typed');
  });

  test('because the text changed over a restart is refused, not put in the place of what nobody saw', async () => {
    const stage = await stageWith('<p>Old</p>');
    const joker = stage.discord.user();
    const modal = await open(joker);
    changeOnPerscom(stage.perscom, 7, { content: '<p>Theirs</p>' });
    await stage.restart();
    const answer = (
      await joker.submit(modal, { 'Content from a file': [joker.upload('a.md', 'Mine')] })
    ).messageOrThrow();
    expect(shown(answer)).toContain('This changed after you opened the form');
    const again = (await joker.click(answer, 'Fix')).modalOrThrow();
    expect(again.prefilled.Content).toBe('Theirs');
  });
});
