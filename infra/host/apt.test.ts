/** Each way in which apt fails is told as what a person can do about it. */
import { expect, test } from 'vitest'
import { explainApt } from './apt.ts'

test.each([
  ["E: You don't have enough free space in /var/cache/apt/archives/.", /disk is full/],
  [
    "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.",
    /dpkg --configure -a/,
  ],
  ['E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 12 (apt)', /Let it finish/],
  ['Err:1 http://debian.example/ trixie\n  Temporary failure resolving', /cannot be reached/],
  ['E: Unable to locate package docker.io', /Debian 12 and 13/],
  ['W: Failed to fetch x  Temporary failure resolving y\nE: Unable to locate package docker.io', /cannot be reached/],
  ['E: Packages need to be removed but remove is disabled.', /never does/],
  ['E: something nobody has seen yet', /something nobody has seen yet/],
])('%s', (output, said) => {
  expect(explainApt(output, ['docker.io'])).toMatch(said)
})
