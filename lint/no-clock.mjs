/** Reports `new Date()` and `Date()`: they read the clock, while `new Date(instant)` and `Date.UTC(…)` read nothing. */
const noClock = {
  create(context) {
    const report = (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date') return;
      if (node.type === 'NewExpression' && node.arguments.length > 0) return;
      context.report({ node, message: 'The time is an argument: only a composition root reads the clock.' });
    };
    return { NewExpression: report, CallExpression: report };
  },
};

export default { meta: { name: 'tidemark' }, rules: { 'no-clock': noClock } };
