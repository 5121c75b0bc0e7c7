// Runs programs on points: JSON in, JSON out. Infinity and NaN travel as text, arrays as lists.
const encode = (x) => {
  if (x === null) return null;
  const numbers = typeof x === "number" ? [x] : [...x.data];
  return numbers.map((number) => (Number.isFinite(number) ? number : String(number)));
};

const jobs = await input();
const answers = JSON.parse(jobs).map(({ program, points }) => {
  const run = compileProgram(program);
  return points.map((point) => {
    const inputs = Object.fromEntries(program.inputs.map((name, k) => [name, point[k]]));
    const look = run(inputs);
    return {
      values: program.values.map((tree) => encode(look(tree))),
      grads: program.grads.map((tree) => encode(look(tree))),
      shares: Object.values(program.shares).flat().map((tree) => encode(look(tree))),
    };
  });
});
process.stdout.write(JSON.stringify(answers));
