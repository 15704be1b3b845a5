/** A new lab and its lesson, with `TODO:` wherever an author has to write; lint finds each of them. */

/** Files by path from the top of the clone. */
export function scaffold(id: string): Record<string, string> {
  const [topic = '', name = ''] = id.split('/')
  const title = name.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase())
  const lab = `labs/${topic}/${name}`
  const mistake = (what: string) => `# task: first\n# hint: look\n# after: 0\n# why: TODO: ${what}\ntouch not-it\n`
  return {
    [`${lab}/lab.yaml`]: `# yaml-language-server: $schema=../../lab.schema.json
title: ${title}
summary: 'TODO: what one does in this lab, in a sentence or two.'
kind: guided
minutes: 15
needs: [user-namespaces]
images: [busybox:1.37]
limits: { memory_mb: 512 }
folder: ${name.slice(0, 20).replace(/-+$/, '')}
tasks:
  - id: first
    goal: 'TODO: one sentence, imperative. Until then: make a file \`done\`.'
    hints:
      - id: look
        text: 'TODO: a nudge.'
      - id: closer
        text: 'TODO: closer.'
      - id: command
        text: 'TODO: nearly the answer, for example \`touch done\`.'
`,
    [`${lab}/checks.ts`]: `/** ${title}: what is looked at, in a line. */
import { fail, pass } from '@drydock/kit'
import type { Check, Checks } from '@drydock/kit'

// TODO: look at effects, and choose the hint by what was seen.
const first: Check = async ({ node1 }) => {
  if ((await node1.read('done')) !== undefined) return pass('there is a file \`done\`')
  return fail({ expected: 'a file \`done\`', observed: 'none', hint: 'look' })
}

export default { first } satisfies Checks
`,
    [`${lab}/solution/01-first.sh`]: '# why: TODO: the reasoning that a learner reads.\ntouch done\n',
    [`${lab}/mistakes/one.sh`]: mistake('a mistake that people really make.'),
    [`${lab}/mistakes/two.sh`]: mistake('another one.'),
    [`${lab}/mistakes/three.sh`]: mistake('and a third.'),
    [`${lab}/mistakes/cheat-one.sh`]: mistake('how one might get it green without doing it.'),
    [`lessons/${topic}/${name}/lesson.mdx`]: `---
title: ${title}
description: 'TODO: one sentence.'
goals:
  - 'TODO: what one can do afterwards, beginning with a verb'
minutes: 20
difficulty: 2
remember:
  - 'TODO: the first of three lines.'
  - 'TODO: the second.'
  - 'TODO: the third.'
---

TODO: why first.

\`\`\`sh
docker ps
\`\`\`

<Task id="first" />

## What goes wrong in production

TODO: what one meets out there.
`,
    [`lessons/${topic}/${name}/quiz.yaml`]: `questions:
  a-choice:
    form: single
    level: junior
    text: 'TODO: ask what somebody who has done the lab can reason out.'
    source: https://docs.docker.com/
    options:
      right:
        text: 'TODO: what is so.'
        right: true
        why: 'TODO: why it is so, in a sentence.'
      believed:
        text: 'TODO: what people really believe.'
        why: 'TODO: why it is not so.'
  an-output:
    form: output
    level: mid
    text: 'TODO: what does this print?'
    show:
      language: sh
      code: |
        docker run --rm busybox:1.37 echo ahoy
    proof:
      command: |
        docker run --rm busybox:1.37 echo ahoy
      output: ahoy
    expect: ahoy
    wrong:
      nothing:
        text: nothing
        why: 'TODO: why it is not so.'
    why: 'TODO: why it prints this, in a sentence.'
  a-command:
    form: command
    level: mid
    text: 'TODO: what is to be done, so that one command is right.'
    source: https://docs.docker.com/
    accept:
      - docker ps --all
    wrong:
      short:
        text: docker ps
        why: 'TODO: what that does instead.'
    why: 'TODO: why this one, in a sentence.'
`,
  }
}

/** The curriculum with the lesson at the end of its topic; undefined when there is no such topic. */
export function listLesson(curriculum: string, id: string): string | undefined {
  const [topic] = id.split('/')
  const lines = curriculum.split('\n')
  const at = lines.findIndex((line) => line.trim() === `- id: ${topic}`)
  if (at < 0) return undefined
  const end = lines.findIndex((line, i) => i > at && /^\s*- id: /.test(line))
  const list = lines.findIndex((line, i) => i > at && (end < 0 || i < end) && /^\s*lessons: \[.*\]\s*$/.test(line))
  if (list >= 0)
    lines[list] = lines[list]!.replace(/\[(.*)\]/, (_, all: string) => `[${all === '' ? id : `${all}, ${id}`}]`)
  else {
    const block = lines.findIndex((line, i) => i > at && (end < 0 || i < end) && /^\s*lessons:\s*$/.test(line))
    if (block < 0) return undefined
    let last = block
    while (/^\s*- [a-z]/.test(lines[last + 1] ?? '') && !/^\s*- id: /.test(lines[last + 1] ?? '')) last++
    lines.splice(last + 1, 0, `${/^\s*/.exec(lines[block]!)![0]}  - ${id}`)
  }
  return lines.join('\n')
}
