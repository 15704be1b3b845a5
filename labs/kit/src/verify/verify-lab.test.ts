/** verify reports what it is for: checks that always pass, never pass, select the wrong hint, change something; and is content with right ones. */
import { describe, expect, test } from 'vitest'
import { fail, pass } from '../outcome.ts'
import type { Outcome } from '../outcome.ts'
import type { Lab } from '../catalogue/lab.ts'
import type { LabBench } from './bench.ts'
import { fakeBench, lab, right, type FakeCheck, type Faults } from './fake-bench.ts'
import { readLesson } from '../lesson/index.ts'
import { casesOf } from './verify-lab.ts'
import { verifyLabs } from './verify-labs.ts'

const verify = (faults?: Faults, of: Lab = lab, cases?: string[]) =>
  verifyLabs([of], fakeBench(faults), {
    ...(cases ? { cases } : {}),
    seed: 1,
    progress: () => undefined,
    pause: async () => undefined,
    attempts: 3,
    parallel: 2,
    now: () => 0,
  })

describe('verify', () => {
  test('finds nothing in a right lab, and counts', async () => {
    expect(await verify()).toEqual({
      ...{ labs: 1, tasks: 4, mistakes: 3, cheats: 1, alternatives: 1, blocks: 0, no_run: 0 },
      ...{ deviations: [], unsteady: [], seconds: 0, by_lab: { 'test/lab': 0 } },
    })
  })

  test('proves the chosen cases alone', async () => {
    const always: Faults = { checks: { first: () => pass(), second: () => pass() } }
    expect(casesOf(lab)).toEqual(['solution', 'lesson', 'one', 'two', 'three', 'cheat-four', 'otherwise'])
    const chosen = await verify(always, lab, ['two'])
    expect(chosen).toMatchObject({ mistakes: 1, cheats: 0 })
    expect(new Set(chosen.deviations.map((d) => d.case.split(':')[0]))).toEqual(new Set(['mistake two']))
    const walked = await verify(always, lab, ['solution'])
    expect(walked).toMatchObject({ mistakes: 0, cheats: 0 })
    expect(walked.deviations[0]).toMatchObject({ case: 'untouched: first' })
  })

  test('reports a check that always passes and one that never does', async () => {
    const { deviations } = await verify({
      checks: { first: () => pass(), third: () => fail({ expected: 'x', observed: 'y' }) },
    })
    expect(deviations).toContainEqual(
      expect.objectContaining({ lab: 'test/lab', case: 'untouched: first', expected: 'fail', observed: 'pass' }),
    )
    expect(deviations).toContainEqual(expect.objectContaining({ case: 'after step 3, third: third', expected: 'pass' }))
    expect(deviations.some((d) => d.case === 'mistake one: first')).toBe(true)
    // Nothing is held against the tasks that are right.
    expect(deviations.filter((d) => d.case.endsWith(': guard'))).toEqual([])
  })

  test('reports a mistake that selects another hint than recorded', async () => {
    const { deviations } = await verify({
      checks: { first: (w) => (w.has('a') ? pass() : fail({ expected: 'a', observed: '', hint: 'nudge' })) },
    })
    expect(deviations).toHaveLength(1)
    expect(deviations[0]).toMatchObject({ case: 'mistake one: first', expected: "fail with hint 'wrong'" })
  })

  test('reports a hint that the task does not have', async () => {
    const { deviations } = await verify({
      checks: { third: (w) => (w.has('c') ? pass() : fail({ expected: 'c', observed: '', hint: 'nowhere' })) },
    })
    expect(deviations.map((d) => d.case)).toContain('after step 2, second: third')
  })

  test('reports checks that change something', async () => {
    const { deviations } = await verify({ litter: 'crumb' })
    expect(deviations[0]).toMatchObject({ case: 'untouched', expected: 'checks change nothing' })
    expect(deviations[0]?.observed).toContain('new: crumb')
  })

  test('keeps what the nodes say of a case that deviates, and of no other', async () => {
    const accounts: [string, string][] = []
    await verifyLabs([lab], fakeBench({ checks: { third: () => fail({ expected: 'x', observed: 'y' }) } }), {
      ...{ seed: 1, attempts: 3, parallel: 1, now: () => 0, cases: ['solution', 'one'] },
      ...{ progress: () => undefined, pause: async () => undefined },
      account: (name, text) => accounts.push([name, text]),
    })
    expect(accounts).toEqual([['test/lab: after step 3, third: third, seed 1', 'it holds ']])
  })

  test('reports a step that fails and goes on with the mistakes', async () => {
    const { deviations } = await verify({ brokenScript: '+c' })
    expect(deviations).toContainEqual(
      expect.objectContaining({ case: 'after step 3, third', observed: 'exit code 7: no such thing' }),
    )
  })

  test('reports a mistake after steps of the solution whose hint everybody gets there, and with it what its script said', async () => {
    const second: FakeCheck = (world) =>
      world.has('b') ? pass() : fail({ expected: 'b', observed: 'nothing', hint: 'wrong' })
    const hollow = { ...lab.mistakes[0]!, task: 'second', after: 1, script: 'no-such-program' }
    const of = { ...lab, mistakes: [hollow] }
    const { deviations } = await verify({ checks: { second }, brokenScript: hollow.script }, of, ['one'])
    expect(deviations).toEqual([
      expect.objectContaining({
        expected: 'the mistake changes something',
        observed: 'engine and work folder are as before; its script ended with 7: no such thing',
      }),
    ])
  })

  test('reports a mistake whose script does not end, whatever is said of it then', async () => {
    const endless = { ...lab.mistakes[0]!, script: '+bad-a hang' }
    const { deviations } = await verify({}, { ...lab, mistakes: [endless] }, ['one'])
    expect(deviations).toEqual([expect.objectContaining({ case: 'mistake one', expected: 'its script ends' })])
  })

  test('reports a mistake that makes no difference, but not one whose only trace is what a check says', async () => {
    const first: FakeCheck = (world) => {
      if (world.has('a')) return pass()
      return fail({ expected: 'a', observed: '', hint: world.has('~a') ? 'wrong' : 'nudge' })
    }
    const mistake = (script: string, hint: string) => ({
      ...lab,
      mistakes: lab.mistakes.map((m) => (m.name === 'one' ? { ...m, script, hint } : m)),
    })
    const nothing = await verify({ checks: { first } }, mistake('-nothing', 'nudge'))
    expect(nothing.deviations).toEqual([expect.objectContaining({ expected: 'the mistake changes something' })])
    expect((await verify({ checks: { first } }, mistake('+~a', 'wrong'))).deviations).toEqual([])
  })

  test('reports what a lab leaves behind', async () => {
    const { deviations } = await verify({ left: ['session 1234'] })
    expect(deviations).toHaveLength(6)
    expect(deviations[0]).toEqual({
      lab: 'test/lab',
      case: 'after the end of untouched',
      expected: 'nothing is left behind',
      observed: 'session 1234',
    })
  })

  test('reports `unavailable` wherever an answer was due', async () => {
    const { deviations } = await verify({ checks: { guard: () => ({ status: 'unavailable', reason: 'no engine' }) } })
    expect(deviations[0]).toMatchObject({ expected: 'pass', observed: 'unavailable (no engine)' })
  })

  test('waits for what takes its time', async () => {
    expect((await verify({ lag: 2 })).deviations).toEqual([])
    expect((await verify({ lag: 5 })).deviations.length).toBeGreaterThan(0)
  })

  test('names what held only when proven again; a wrong state that turned green once has no second try', async () => {
    let looks = 0
    const firstTime = (outcome: Outcome): FakeCheck => {
      looks = 0
      return (world) => (looks++ < 4 ? outcome : right.first!(world))
    }
    const again = (outcome: Outcome) =>
      verifyLabs([lab], fakeBench({ checks: { first: firstTime(outcome) } }), {
        ...{ seed: 1, attempts: 3, parallel: 1, again: true, cases: ['one'], now: () => 0 },
        ...{ progress: () => undefined, pause: async () => undefined },
      })
    const slow = await again(fail({ expected: 'a', observed: 'not yet', hint: 'nudge' }))
    expect(slow.deviations).toEqual([])
    expect(slow.unsteady.map((d) => d.case)).toEqual(['mistake one: first'])
    const green = await again(pass())
    expect(green.unsteady).toEqual([])
    expect(green.deviations.map((d) => d.case)).toContain('mistake one: first')
  })

  test('looks for as long as a state may take to settle, however quick the looks', async () => {
    let now = 0
    const settle = (settle_ms: number) =>
      verifyLabs([lab], fakeBench({ lag: 8 }), {
        ...{ seed: 1, attempts: 3, parallel: 1, settle_ms, now: () => now },
        ...{ progress: () => undefined, pause: async () => void (now += 500) },
      })
    expect((await settle(20_000)).deviations).toEqual([])
    expect((await settle(1000)).deviations.length).toBeGreaterThan(0)
    // What is green and must not be gets no more looks for it.
    let looks = 0
    const second: FakeCheck = (world) => (looks++ < 8 ? pass() : right.second!(world))
    const green = await verifyLabs([lab], fakeBench({ checks: { second } }), {
      ...{ seed: 1, attempts: 3, parallel: 1, settle_ms: 20_000, now: () => now, cases: ['two'] },
      ...{ progress: () => undefined, pause: async () => void (now += 500) },
    })
    expect(green.deviations.map((d) => d.observed)).toContain('pass')
  })

  test('requires that another right answer is as good as the solution', async () => {
    const picky: FakeCheck = (world) =>
      world.has('more') ? fail({ expected: 'b as we do it', observed: 'b', hint: 'nudge' }) : right.second!(world)
    const { deviations } = await verify({ checks: { second: picky } })
    expect(deviations[0]).toMatchObject({ case: 'alternative otherwise: second', expected: 'pass' })
    expect(deviations[0]?.observed).toContain('b as we do it')
    const broken = await verify({ brokenScript: '+b +more' })
    expect(broken.deviations).toMatchObject([{ case: 'alternative otherwise', expected: 'it ends with 0' }])
  })

  test('an acting check is asked once, when the others are content: a second press would find what the first has left', async () => {
    const { manifest } = lab
    const acts = manifest.tasks.map((task) => (task.id === 'third' ? { ...task, check: 'acting' as const } : task))
    const acting = { ...lab, manifest: { ...manifest, tasks: acts } }
    expect((await verify({ lag: 2 }, acting)).deviations).toEqual([])
    const second: FakeCheck = (world) => {
      if (world.has('pressed')) return right.third!(world)
      if (world.has('c')) world.add('pressed')
      return fail({ expected: 'c', observed: 'not at the first press', hint: 'nudge' })
    }
    const { deviations } = await verify({ checks: { third: second } }, acting)
    expect(deviations.map((d) => d.observed)).toContainEqual(expect.stringContaining('not at the first press'))
  })

  test('reports a node that does not start', async () => {
    const dead: LabBench = { boot: () => Promise.reject(new Error('no disk')) }
    const { deviations } = await verifyLabs([lab], dead, {
      seed: 1,
      progress: () => undefined,
      pause: async () => undefined,
      parallel: 1,
      now: () => 0,
    })
    expect(deviations[0]).toEqual({ lab: 'test/lab', case: 'untouched', expected: 'the lab runs', observed: 'no disk' })
    expect(deviations.map((d) => d.case)).toEqual([
      'untouched',
      'mistake one',
      'mistake two',
      'cheat-four',
      'mistake three',
      'alternative otherwise',
    ])
  })
})

describe('the lesson beside a lab', () => {
  const file = 'lessons/test/lab/lesson.mdx'
  const sh = (meta: string, ...lines: string[]) => ['```sh' + meta, ...lines, '```', '']
  const read = async (...lines: string[]) => verify({}, { ...lab, lesson: readLesson(file, lines.join('\n')) })

  test('is typed, its tasks being done where they stand; what cannot run is counted', async () => {
    const all = [
      ...sh('', 'echo hi', '# a word', 'two \\', 'lines'),
      ...['<Task id="first" />', ...sh('', '$ echo done', 'd…'), '<Task id="guard" />', '<Task id="second" />'],
      ...sh(' no-run="it hangs"', 'hang'),
    ]
    expect(await read(...all)).toMatchObject({ deviations: [], blocks: 2, no_run: 1 })
  })

  test('may itself do a task: the solution is not tried on top of it', async () => {
    const solution = [{ ...lab.solution[0]!, script: '+a' }, ...lab.solution.slice(1)]
    const lesson = readLesson(file, [...sh('', '+a'), '<Task id="first" />', ...sh('', 'echo hi')].join('\n'))
    const { deviations } = await verify({ brokenScript: '+a' }, { ...lab, solution, lesson, mistakes: [] })
    expect(deviations.filter((d) => d.case.includes('lesson'))).toEqual([])
  })

  test('deviates with file and line: another output, a failure, a step that does not apply', async () => {
    const { deviations } = await read(
      ...sh('', '$ echo hi', 'ho'),
      ...sh('', 'echo fine', 'fail'),
      ...sh('', '$ fail', 'Error: …'),
    )
    expect(deviations).toEqual([
      { lab: 'test/lab', case: `${file}:2`, expected: 'what the text shows', observed: 'promised: ho; seen: hi\nhi' },
      expect.objectContaining({ case: `${file}:8`, observed: 'exit code 1: Error: no' }),
    ])
    const lesson = readLesson(file, '<Task id="third" />\n')
    expect((await verify({ brokenScript: '+c' }, { ...lab, lesson })).deviations.map((d) => d.case)).toContain(
      `${file}:1`,
    )
  })

  test('is not typed on into a command that does not end, wants more, or took the shell with it', async () => {
    expect((await read(...sh('', 'hang'), ...sh('', 'fail'))).deviations.map((d) => d.observed)).toEqual([
      'it does not: still here',
    ])
    expect((await read(...sh('', 'never \\'), ...sh('', 'fail'))).deviations.map((d) => d.observed)).toEqual([
      'the shell waits for more',
    ])
    expect((await read(...sh('', 'exit'), ...sh('', 'fail'))).deviations).toEqual([
      { lab: 'test/lab', case: `${file}:1`, expected: 'the lab runs', observed: 'the shell has ended' },
    ])
  })
})
