/** Protects: what runs beside another suite does so only when both were chosen, and every chosen suite runs once. */
import { expect, test } from 'vitest'
import { suites, type Suite } from '../suites.ts'
import { groupSuites } from './group-suites.ts'

const suite = (name: string, beside?: true): Suite => ({
  ...{ name, command: ['x'], report: 'vitest', engine: true, minutes: 1, ...(beside && { beside }) },
})
const table = [suite('a'), suite('b'), suite('c', true), suite('d', true), suite('e')]
const names = (...chosen: string[]) =>
  groupSuites(
    table.filter(({ name }) => chosen.includes(name)),
    table,
  ).map((group) => group.map(({ name }) => name))

test('a suite runs with those beside it', () => {
  expect(names('a', 'b', 'c', 'd', 'e')).toEqual([['a'], ['b', 'c', 'd'], ['e']])
  expect(names('a', 'b', 'd')).toEqual([['a'], ['b', 'd']])
})

test('one whose neighbour was not chosen runs alone', () => {
  expect(names('a', 'c', 'e')).toEqual([['a'], ['c'], ['e']])
})

test('the whole table runs, each suite once', () => {
  expect(groupSuites(suites, suites).flat()).toEqual(suites)
})
