import { describe, expect, it } from 'vitest';
import { endRule, evaluateSession, remind } from '../../shared/workflows/evaluate-session.ts';
import { nothingRecorded, openEpisode } from '../../shared/workflows/recorded.ts';
import { known, session, walk } from './course-of.ts';

const fresh = nothingRecorded(null);

describe('a rule without a live session', () => {
  it('tells every episode from its first session to its end', () => {
    const { said } = walk({ recorded: fresh, knowledge: known('fTTfT'), from: 0, to: 4 });
    expect(said).toEqual(['fired 1 @1', 'resolved 3 @1', 'fired 4 @4']);
  });

  it('is blind on the second session of no data running, and recovers once', () => {
    const { said } = walk({ recorded: fresh, knowledge: known('f...Tf.f'), from: 0, to: 7 });
    expect(said).toEqual(['blind 2 none', 'recovered 4 none', 'fired 4 @4', 'resolved 5 @4']);
  });

  it('is never blind before its first verdict nor for want of an event', () => {
    expect(walk({ recorded: fresh, knowledge: known('....f'), from: 0, to: 4 }).said).toEqual([]);
    expect(walk({ recorded: fresh, knowledge: known('feee.e.'), from: 0, to: 6 }).said).toEqual([]);
  });

  it('names the open episode where it goes blind while firing', () => {
    const { said } = walk({ recorded: fresh, knowledge: known('fT..T'), from: 0, to: 4 });
    expect(said).toEqual(['fired 1 @1', 'blind 3 @1', 'recovered 4 @1']);
  });
});

describe('an open episode', () => {
  it('speaks every so many sessions after its last alert, and not on a session of no data', () => {
    const knowledge = known('fTTTT.TT');
    const update = { kind: 'every', sessions: 2 } as const;
    const { said } = walk({ recorded: fresh, knowledge, from: 0, to: 7, update });
    expect(said).toEqual(['fired 1 @1', 'updated 3 @1', 'updated 6 @1']);
  });

  it('speaks on record when the date of the claim changes, a move to none included', () => {
    const knowledge = known('ffTTTTT', [null, null, 1, 1, 0, 0, null]);
    const { said } = walk({ recorded: fresh, knowledge, from: 0, to: 6, update: { kind: 'on record' } });
    expect(said).toEqual(['fired 2 @2', 'updated 4 @2', 'updated 6 @2']);
  });

  it('leaves a new record to the recovery of the same session, which carries it', () => {
    const knowledge = known('fT..TT', [null, 0, 0, 0, null, 0]);
    const { said } = walk({ recorded: fresh, knowledge, from: 0, to: 5, update: { kind: 'on record' } });
    expect(said).toEqual(['fired 1 @1', 'blind 3 @1', 'recovered 4 @1', 'updated 5 @1']);
  });

  it('says nothing more by default', () => {
    const knowledge = known('fTTT', [null, 0, null, 0]);
    expect(walk({ recorded: fresh, knowledge, from: 0, to: 3 }).said).toEqual(['fired 1 @1']);
  });
});

describe('going live', () => {
  const knowledge = known('fTfTTTfT');

  it('keeps earlier episodes to itself and tells one that is open as already true, with its true first session', () => {
    const { said } = walk({ recorded: nothingRecorded(session(5)), knowledge, from: 0, to: 7 });
    expect(said).toEqual(['fired 5 already true @3', 'resolved 6 @3', 'fired 7 @7']);
  });

  it('tells an episode that begins on the live session as any other', () => {
    const { said } = walk({ recorded: nothingRecorded(session(3)), knowledge, from: 0, to: 4 });
    expect(said).toEqual(['fired 3 @3']);
  });

  it('says nothing where the rule is not firing', () => {
    expect(walk({ recorded: nothingRecorded(session(2)), knowledge, from: 0, to: 2 }).said).toEqual([]);
  });
});

describe('going live on a session of no data', () => {
  it('waits for the first session with a verdict, and tells what is true then under its true first session', () => {
    const { said } = walk({
      recorded: nothingRecorded(session(3)),
      knowledge: known('fTT..TfT'),
      from: 0,
      to: 7,
    });
    expect(said).toEqual([
      'blind 4 none',
      'recovered 5 none',
      'fired 5 already true @1',
      'resolved 6 @1',
      'fired 7 @7',
    ]);
  });

  it('tells nothing of an episode that has ended by then', () => {
    const { said } = walk({
      recorded: nothingRecorded(session(3)),
      knowledge: known('fTT.fT'),
      from: 0,
      to: 5,
    });
    expect(said).toEqual(['fired 5 @5']);
  });

  it('tells an episode that begins on the first session with a verdict as any other', () => {
    const { said } = walk({
      recorded: nothingRecorded(session(2)),
      knowledge: known('ff.T'),
      from: 0,
      to: 3,
    });
    expect(said).toEqual(['fired 3 @3']);
  });

  it('corrects nothing that was never told', () => {
    const before = known('fTT.');
    const first = walk({ recorded: nothingRecorded(session(3)), knowledge: before, from: 0, to: 3 });
    const ended = walk({ recorded: first.recorded, knowledge: known('fTTff'), from: 4, to: 4, before });
    expect([...first.said, ...ended.said]).toEqual([]);
    const shorter = walk({ recorded: first.recorded, knowledge: known('ffTTT'), from: 4, to: 4, before });
    expect(shorter.said).toEqual(['fired 4 already true @2']);
  });

  it('says the same of the sessions after, whatever went before, as a replay', () => {
    const knowledge = known('fTT.TfTT.f');
    const replayed = walk({ recorded: fresh, knowledge, from: 0, to: 9 }).said;
    const live = walk({ recorded: nothingRecorded(session(3)), knowledge, from: 0, to: 9 }).said;
    expect(live).toEqual(['fired 4 already true @1', ...replayed.slice(1)]);
  });
});

describe('a session evaluated late', () => {
  const input = {
    rule: { id: 'r', version: 'one', update: { kind: 'never' } },
    knowledge: known('fT'),
    index: 1,
    recorded: fresh,
    believed: null,
  } as const;

  it('is told and marked up to 30 sessions back, and kept from sending beyond', () => {
    const told = [0, 1, 30, 31].map((sessionsBehind) => {
      const [transition] = evaluateSession({ ...input, sessionsBehind }).transitions;
      return [transition?.late, transition?.withheld];
    });
    expect(told).toEqual([
      [false, null],
      [true, null],
      [true, null],
      [true, 'history'],
    ]);
  });

  it('comes to the same episodes as one on time', () => {
    const knowledge = known('fTTfTT');
    const onTime = walk({ recorded: fresh, knowledge, from: 0, to: 5 });
    const first = walk({ recorded: fresh, knowledge, from: 0, to: 1 });
    const later = walk({ recorded: first.recorded, knowledge, from: 2, to: 5, behind: 4 });
    expect([...first.said, ...later.said]).toEqual(onTime.said);
    expect(later.recorded).toEqual(onTime.recorded);
  });
});

describe('a changed rule', () => {
  const first = walk({ recorded: fresh, knowledge: known('fTT'), from: 0, to: 2 });
  const quiet = walk({ recorded: fresh, knowledge: known('fff'), from: 0, to: 2 });

  it('lets an open episode go on under its id and says so', () => {
    const { said, recorded } = walk({ ...first, knowledge: known('TTTT'), from: 3, to: 3, version: 'two' });
    expect(said).toEqual(['updated 3 rule changed @1']);
    expect(openEpisode(recorded)?.id).toBe(`r@${session(1)}`);
  });

  it('ends an open episode that no longer holds, with that reason', () => {
    const { said } = walk({ ...first, knowledge: known('ffff'), from: 3, to: 3, version: 'two' });
    expect(said).toEqual(['resolved 3 rule changed @1']);
  });

  it('waits where its first session has no data, and is already true on the next one that has', () => {
    const recorded = { ...quiet.recorded, live: session(0) };
    const { said } = walk({ recorded, knowledge: known('fTT.T'), from: 3, to: 4, version: 'two' });
    expect(said).toEqual(['fired 4 already true @1']);
  });

  it('tells an episode of the new condition as already true', () => {
    const { said } = walk({ ...quiet, knowledge: known('fTTT'), from: 3, to: 3, version: 'two' });
    expect(said).toEqual(['fired 3 already true @1']);
  });

  it('corrects nothing that the former version decided', () => {
    const { said } = walk({
      ...quiet,
      knowledge: known('fTff'),
      before: known('fff'),
      from: 3,
      to: 3,
      version: 'two',
    });
    expect(said).toEqual([]);
  });

  it('says nothing where nothing that decides changed', () => {
    expect(walk({ ...first, knowledge: known('fTTT'), from: 3, to: 3 }).said).toEqual([]);
  });
});

describe('a rule that is taken away', () => {
  it('ends its open episode with the reason, and has nothing to say without one', () => {
    const { recorded } = walk({ recorded: fresh, knowledge: known('fTT'), from: 0, to: 2 });
    const ended = endRule({ knowledge: known('fTTT'), index: 3, recorded }, 'rule deleted');
    expect(ended.transitions).toMatchObject([{ kind: 'resolved', reason: 'rule deleted' }]);
    expect(openEpisode(ended.recorded)).toBeNull();
    expect(
      endRule({ knowledge: known('ffff'), index: 3, recorded: ended.recorded }, 'rule disabled').transitions,
    ).toEqual([]);
  });
});

describe('a silence that ends', () => {
  it('reminds of the open episode under its id, and of nothing else', () => {
    const { recorded } = walk({ recorded: fresh, knowledge: known('fTT'), from: 0, to: 2 });
    expect(remind({ knowledge: known('fTT'), index: 2, recorded })).toMatchObject({
      kind: 'reminder',
      episode: { id: `r@${session(1)}`, start: session(1) },
      span: 0,
    });
    expect(remind({ knowledge: known('fff'), index: 2, recorded: fresh })).toBeNull();
  });
});

describe('a revision', () => {
  function revised(before: string, after: string): readonly string[] {
    const first = walk({ recorded: fresh, knowledge: known(before), from: 0, to: before.length - 1 });
    const knowledge = known(after);
    const from = before.length;
    return walk({ ...first, knowledge, before: known(before), from, to: after.length - 1 }).said;
  }

  it('makes one correction, for the earliest session whose firing it changes', () => {
    expect(revised('fTfTf', 'fffffff')).toEqual(['correction 5 corrects 1 false @1']);
  });

  it('closes the open episode by the correction alone', () => {
    expect(revised('fTT', 'ffff')).toEqual(['correction 3 corrects 1 false @1']);
  });

  it('opens an episode by the correction alone, and lets it end in the ordinary way', () => {
    expect(revised('fff', 'fTTTf')).toEqual(['correction 3 corrects 1 true @1', 'resolved 4 @1']);
  });

  it('keeps the id of an episode it moves', () => {
    expect(revised('ffTT', 'fTTTf')).toEqual(['correction 4 corrects 1 true @2', 'resolved 4 @2']);
    expect(revised('fTTT', 'ffTTf')).toEqual(['correction 4 corrects 1 false @1', 'resolved 4 @1']);
  });

  it('keeps the id of a resolved episode that it lets go on', () => {
    expect(revised('fTff', 'fTTTTf')).toEqual(['correction 4 corrects 2 true @1', 'resolved 5 @1']);
  });

  it('leaves the new session its own transition', () => {
    expect(revised('fTT', 'fffT')).toEqual(['correction 3 corrects 1 false @1', 'fired 3 @3']);
    expect(revised('fff', 'fTfT')).toEqual(['correction 3 corrects 1 true @1', 'fired 3 @3']);
  });

  it('that changes no firing says nothing', () => {
    expect(revised('f.TT', 'ffTTT')).toEqual([]);
  });

  it('reaches back no further than the live session', () => {
    const first = walk({ recorded: nothingRecorded(session(2)), knowledge: known('fffT'), from: 0, to: 3 });
    const before = known('fffT');
    expect(walk({ ...first, knowledge: known('TfffT'), before, from: 4, to: 4 }).said).toEqual([
      'correction 4 corrects 3 false @3',
      'fired 4 @4',
    ]);
    expect(walk({ ...first, knowledge: known('TffTT'), before, from: 4, to: 4 }).said).toEqual([]);
  });
});
