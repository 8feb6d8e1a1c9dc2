/**
 * DuckDB-WASM alone, with the settings of the app: what the app is measured against. It keeps the app's contract for
 * scripts (status, file input, table), so that both are driven and timed alike.
 */
import * as duckdb from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';

/** The least that a list of experiments needs: its rows, how many iterations, how many of each verdict. */
const listQuery = `
  SELECT e.run_id, e.experiment_name, e.config::VARCHAR AS config, e.created_at, e.completed_at,
    e.convergence_reason, i.iterations, v.accepted, v.rejected
  FROM file.experiments e
  LEFT JOIN (SELECT run_id, count(*)::INTEGER AS iterations FROM file.experiment_iterations GROUP BY run_id) i
    USING (run_id)
  LEFT JOIN (SELECT run_id, count(*) FILTER (accepted)::INTEGER AS accepted,
      count(*) FILTER (NOT accepted)::INTEGER AS rejected FROM file.policy_evaluations GROUP BY run_id) v
    USING (run_id)
  ORDER BY e.created_at`;

const { dataset } = document.documentElement;

async function boot(): Promise<duckdb.AsyncDuckDB> {
  const worker = new Worker(new URL(workerUrl, location.href));
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL(wasmUrl, location.href).href);
  await db.open({
    path: ':memory:',
    filesystem: { reliableHeadRequests: true, allowFullHTTPReads: true, forceFullHTTPReads: false },
  });
  const connection = await db.connect();
  await connection.query('SET autoload_known_extensions=false; SET autoinstall_known_extensions=false');
  await connection.close();
  return db;
}

async function list(db: duckdb.AsyncDuckDB, name: string): Promise<void> {
  const connection = await db.connect();
  await connection.query(`ATTACH '${name}' AS file (READ_ONLY, TYPE duckdb)`);
  const result = await connection.query(listQuery);
  const rows = result.toArray().map((row: { toArray(): unknown[] }) => {
    const element = document.createElement('tr');
    element.append(
      ...row
        .toArray()
        .map((cell) => Object.assign(document.createElement('td'), { textContent: String(cell) })),
    );
    return element;
  });
  document.querySelector('table')?.replaceChildren(...rows);
}

async function busy(work: () => Promise<void>): Promise<void> {
  dataset.status = 'busy';
  await work();
  dataset.status = 'idle';
}

const db = await boot();
const address = new URLSearchParams(location.hash.slice(1)).get('db');
document.querySelector('input')?.addEventListener('change', ({ currentTarget }) => {
  const file = currentTarget instanceof HTMLInputElement ? currentTarget.files?.[0] : undefined;
  if (file === undefined) return;
  void busy(async () => {
    await db.registerFileHandle('picked.db', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    await list(db, 'picked.db');
  });
});
if (address === null) dataset.status = 'idle';
else {
  await busy(async () => {
    await db.registerFileURL('remote.db', address, duckdb.DuckDBDataProtocol.HTTP, false);
    await list(db, 'remote.db');
  });
}
