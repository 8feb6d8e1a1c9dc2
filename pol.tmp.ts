import { DuckDBInstance } from '@duckdb/node-api';
const show = async (f: string, q: string) => { const i = await DuckDBInstance.create(f, {access_mode:'READ_ONLY'}); const c = await i.connect(); const r = await c.runAndReadAll(q); return r.getRowObjects(); };
for (const f of process.argv.slice(2)) {
 const rows = await show(f, "select * from experiment_iterations");
 const seen = new Set();
 for (const r of rows as any[]) { const d = JSON.parse(r.policies); for (const [a,p] of Object.entries(d)) { const {parameters, policy_id, ...rest} = p as any; const s = JSON.stringify(rest); if (!seen.has(s)) { seen.add(s); console.log(f.split('/').pop(), r.experiment_id ?? r.run_id, r.iteration, a, JSON.stringify(p)); } } }
}
