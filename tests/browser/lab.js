// Runs in every page of JupyterLab that the browser tests open, before its own scripts.
// It waits for JupyterLab's promises; what the screen shows (a status lamp) comes too early.
window.lab = (() => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push([event.effectiveDirective, event.sourceFile]);
  });

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  async function until(probe) {
    while (!probe()) await pause(20);
    return probe();
  }

  // A promise that never settles would hang the test without a word.
  const within = (seconds, what, work) => Promise.race([
    work,
    pause(1000 * seconds).then(() => { throw new Error(`${what}: not done after ${seconds} s`); }),
  ]);

  const app = () => until(() => window.jupyterapp);
  const current = () => window.jupyterapp.shell.currentWidget;
  const session = () => window.lab.panel.sessionContext.session;

  async function ready() {
    await (await app()).restored;
    const panel = window.lab.panel = await until(() => current()?.sessionContext && current());
    await panel.context.ready;
    await panel.sessionContext.ready;
    await until(() => session()?.kernel);
    await session().kernel.info;
    return session().kernel.id;
  }

  const cells = () => [...window.lab.panel.content.model.cells];
  const outputsOf = (cell) => (cell.type === "code" ? cell.outputs.toJSON() : []);

  function errors() {
    return cells().flatMap((cell, index) => {
      const meant = (cell.getMetadata("tags") ?? []).includes("raises-exception");
      const failed = outputsOf(cell).filter((output) => output.output_type === "error");
      return meant ? [] : failed.map((output) => `cell ${index}: ${output.ename}: ${output.evalue}`);
    });
  }

  // The command's promise ends early where a cell tagged "raises-exception" raises; an empty
  // request waits in the kernel's queue behind all of them.
  async function run(command) {
    await window.jupyterapp.commands.execute(command);
    await session().kernel.requestExecute({ code: "", store_history: false }).done;
    return errors();
  }

  const runAll = () => run("notebook:run-all-cells");

  function runAt(index) {
    window.lab.panel.content.activeCellIndex = index;
    return run("notebook:run-cell");
  }

  function append(source) {
    const model = window.lab.panel.content.model.sharedModel;
    model.addCell({ cell_type: "code", source });
    return model.cells.length - 1;
  }

  const plain = ({ content, header }) => ({
    stream: () => content.text,
    execute_result: () => content.data["text/plain"],
    display_data: () => content.data["text/plain"],
    error: () => { throw new Error(`${content.ename}: ${content.evalue}`); },
  })[header.msg_type]?.() ?? "";

  // The kernel of the notebook itself: what a student's next cell would see.
  async function execute(code) {
    const future = session().kernel.requestExecute({ code, store_history: false });
    const messages = [];
    future.onIOPub = (message) => messages.push(message);
    await future.done;
    return messages.map(plain).join("");
  }

  async function restart() {
    await session().kernel.restart();
    await session().kernel.info;
  }

  const shutdown = () => window.lab.panel.sessionContext.shutdown();
  const save = () => window.lab.panel.context.save();
  const theme = (name) => window.jupyterapp.commands.execute("apputils:change-theme", { theme: name });
  const status = () => window.lab.panel.sessionContext.kernelDisplayStatus;

  return { within, violations, ready, runAll, runAt, append, execute, restart, shutdown, save, theme, status };
})();
