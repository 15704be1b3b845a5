/** What a lesson has typed, in which order and with what promise; and how a promise is held against what was seen. */
import { expect, test } from 'vitest'
import { compareOutput } from './compare-output.ts'
import { readLesson } from './read-lesson.ts'

const text = `---
title: A lesson
---
Look:

\`\`\`sh
docker ps
for i in 1 2
do echo $i
done
\`\`\`

<Task id="first" />

<Note>
  \`\`\`sh node="node2" title="elsewhere"
  $ docker run \\
  >   web
  $ docker port web
  80/tcp -> 0.0.0.0:8080
  …
  \`\`\`
</Note>

\`\`\`text
$ not a shell
\`\`\`

\`\`\`\`sh no-run="it waits"
docker run -it bash
\`\`\`
\`\`\`\`
`

test('blocks and tasks come in the order of the text, with their lines', () => {
  const { items } = readLesson('lessons/a/b/lesson.mdx', text)
  expect(items).toEqual([
    {
      kind: 'block',
      block: {
        ...{ line: 6, node: 'node1', noRun: undefined },
        commands: [{ line: 7, lines: ['docker ps', 'for i in 1 2', 'do echo $i', 'done'], output: [] }],
      },
    },
    { kind: 'task', id: 'first', line: 13 },
    {
      kind: 'block',
      block: {
        ...{ line: 16, node: 'node2', noRun: undefined },
        commands: [
          { line: 17, lines: ['docker run \\', '  web'], output: [] },
          { line: 19, lines: ['docker port web'], output: ['80/tcp -> 0.0.0.0:8080', '…'] },
        ],
      },
    },
    {
      kind: 'block',
      block: expect.objectContaining({ line: 29, noRun: 'it waits' }) as unknown,
    },
  ])
})

test.each([
  [['Hello'], ['Hello'], undefined],
  [['Hello'], ['Hello', ''], undefined],
  [['ID  NAME'], ['ID          NAME   '], undefined],
  [['Up … minutes'], ['Up 2 minutes'], undefined],
  [['137 true'], ['0 false'], 'promised: 137 true; seen: 0 false'],
  [['a', '…', 'z'], ['a', 'z'], undefined],
  [['a', '…', 'z'], ['a', 'b', 'z', 'c', 'z'], undefined],
  [['…', '#6 CACHED', '…'], ['#5 DONE', '#6 CACHED', '#7 CACHED'], undefined],
  [['a'], ['a', 'b'], 'not promised: b'],
  [['…', 'x', 'y'], ['x', 'y', 'z'], 'not promised: z'],
  [['…', 'x', 'y'], ['w', 'x', 'z'], 'promised, and not seen: y'],
  [['a', 'b'], ['a'], 'promised, and not seen: b'],
  [['a', '…'], [], 'promised, and not seen: a'],
  [
    ['754a40f4816c  busybox  2 minutes ago  Up 2 minutes  web'],
    ['0f07bff7bc78 busybox About a minute ago Up 1 second web'],
    undefined,
  ],
  [['754a40f4816c  busybox  clever_shaw'], ['0f07bff7bc78 busybox wonderful_thompson'], undefined],
  [
    ['754a40f4816c  busybox  Up 2 minutes  web'],
    ['0f07bff7bc78 busybox Exited (0) 1 second ago web'],
    'promised: 754a40f4816c busybox Up 2 minutes web; seen: 0f07bff7bc78 busybox Exited (0) 1 second ago web',
  ],
  [['refused after 0 ms: no'], ['refused after 125 ms: no'], undefined],
  [['depends_on'], ['other_word'], 'promised: depends_on; seen: other_word'],
  [['[+] (9/9) $x'], ['[+] (9/9) $x'], undefined],
  [['#8 [4/4] RUN make'], ['#7 [4/4] RUN make'], undefined],
  [['#8 [4/4] RUN make'], ['#8 [3/4] RUN make'], 'promised: #8 [4/4] RUN make; seen: #8 [3/4] RUN make'],
])('%j against %j', (promised, seen, said) => {
  expect(compareOutput(promised, seen)).toBe(said)
})
