// Runs programs on points: JSON in on stdin, JSON out. Infinity and NaN travel as text.
import { readFileSync } from "node:fs";

const source = readFileSync(process.argv[2]);
const { compileProgram } = await import(`data:text/javascript;base64,${source.toString("base64")}`);

const decode = (x) => (typeof x === "string" ? Number(x) : x);
const encode = (x) => (x === null || Number.isFinite(x) ? x : String(x));

const jobs = JSON.parse(readFileSync(0, "utf8"));
const answers = jobs.map(({ program, points }) => {
  const run = compileProgram(program);
  return points.map((point) => {
    const inputs = Object.fromEntries(program.inputs.map((name, k) => [name, decode(point[k])]));
    const look = run(inputs);
    return {
      values: program.values.map((tree) => encode(look(tree))),
      grads: program.grads.map((tree) => encode(look(tree))),
      shares: Object.values(program.shares).flat().map((tree) => encode(look(tree))),
    };
  });
});
process.stdout.write(JSON.stringify(answers));
