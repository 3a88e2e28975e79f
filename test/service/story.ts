import * as fc from 'fast-check';
import { session, type Story, type Told, calendar } from './world.ts';

/** What tells how a story goes on: numbers from 0 up to, not including, 1. */
export type Chance = () => number;

/** Sessions of history before session 0. */
export const HISTORY = 12;

/** Mulberry32 by Tommy Ettinger, in the public domain: a small stream of numbers from a seed. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Closes near 100, a level now and then, values that never come, and revisions that say when they became known. */
export function storyOf(chance: Chance, sessions: number): Story {
  const story: Told[] = [];
  for (let number = -HISTORY; number < sessions; number += 1) {
    for (const series of ['A.close', 'B.close', 'C.close']) {
      if (number >= 0 && chance() < 0.05) continue;
      const value = 95 + Math.floor(chance() * 11);
      story.push({ series, session: number, value });
      if (chance() < 0.03) story.push(revision({ series, session: number, value }, chance));
    }
    if (chance() < 0.3) story.push({ series: 'L.pe', session: number, value: 1 + Math.floor(chance() * 4) });
  }
  return story;
}

function revision(told: Told, chance: Chance): Told {
  const later = told.session + 1 + Math.floor(chance() * 3);
  return { ...told, value: 95 + Math.floor(chance() * 11), known: calendar.close(session(later)) - 1 };
}

/** Stories of a number of sessions, by seed. */
export function stories(sessions: number): fc.Arbitrary<Story> {
  return fc.nat(1_000_000).map((seed) => storyOf(chanceOf(seed), sessions));
}
