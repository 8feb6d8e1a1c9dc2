// Who may import whom (docs/architecture.md). A folder lists what it may import besides itself and the ground it
// stands on (below); everything else is refused.
const may = {
  lib: [],
  schema: ['lib'],
  domain: ['lib', 'schema'],
  source: [],
  engine: ['source'],
  catalog: ['engine', 'source'],
  queries: ['catalog', 'engine'],
  url: [],
  storage: ['source', 'url'],
  data: ['queries', 'engine', 'catalog', 'source'],
  charts: ['ui'],
  // Its folder worker/ is bundled apart and has a rule of its own.
  resimulate: ['queries', 'engine'],
  ui: [],
  views: ['data', 'queries', 'resimulate', 'charts', 'ui', 'url', 'storage', 'source'],
  app: ['views', 'data', 'queries', 'catalog', 'engine', 'source', 'charts', 'ui', 'url', 'storage'],
  persistence: ['engine'],
  lab: ['persistence', 'engine'],
  testing: ['engine', 'catalog', 'source', 'queries', 'persistence', 'lab', 'data', 'app'],
};

// Knowledge without SQL, React or engine, each resting on those before it; open to everything else.
const ground = ['lib', 'schema', 'domain'];

const boundaries = Object.entries(may).map(([folder, allowed]) => {
  const reachable = ground.includes(folder) ? allowed : [...ground, ...allowed];
  return {
    name: `from-${folder}`,
    severity: 'error',
    comment: `${folder}/ may import ${reachable.join(', ')} only`,
    from: { path: `^src/${folder}/`, pathNot: '(\\.test\\.tsx?$|^src/resimulate/worker/)' },
    to: { path: '^src/', pathNot: `^src/(${[folder, ...reachable].join('|')})/` },
  };
});

module.exports = {
  forbidden: [
    ...boundaries,
    {
      name: 'from-resimulate-worker',
      severity: 'error',
      comment: 'the checking worker simulates: it may import the lab, and not what stands around it',
      from: { path: '^src/resimulate/worker/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/', pathNot: '^src/(resimulate/worker|resimulate/protocol|lab|lib|schema|domain)' },
    },
    {
      name: 'worker-is-bundled-apart',
      severity: 'error',
      comment:
        'the page starts the checking worker by its address; an import would bring the lab into the page',
      from: { path: '^src/', pathNot: '(^src/resimulate/worker/|\\.test\\.tsx?$)' },
      to: { path: '^src/resimulate/worker/' },
    },
    {
      name: 'service-worker-is-bundled-apart',
      severity: 'error',
      comment: 'the browser starts it by its address; an import would bring its library into the page',
      from: { path: '^src/' },
      to: { path: '^src/app/offline/serviceWorker' },
    },
    {
      name: 'screen-imports-no-screen',
      severity: 'error',
      comment:
        'screens know each other by address; what several need stands beside them, in a folder named here',
      from: { path: '^src/views/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/views/', pathNot: '^src/views/($1|shared|policy|exchange)/' },
    },
    {
      name: 'screens-are-loaded-on-demand',
      severity: 'error',
      comment:
        'only the list of screens knows them, by what they declare; the open screen stands in for the others',
      from: { path: '^src/app/' },
      to: { path: '^src/views/', pathNot: '^src/views/(shared/|[^/]+/screen\\.ts$|open/)' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'a circle has no direction',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'engine-owns-duckdb',
      severity: 'error',
      comment: 'only engine/ knows DuckDB and Arrow',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: 'node_modules/(@duckdb|apache-arrow)' },
    },
    {
      name: 'lib-and-schema-are-pure',
      severity: 'error',
      comment: 'lib/, schema/ and domain/ know neither React nor Node nor the browser',
      from: { path: '^src/(lib|schema|domain)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^node:|node_modules/(react|react-dom|@tanstack)/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      comment: 'product code may not import helpers for tests',
      from: { path: '^src/', pathNot: '(^src/testing/|\\.test\\.tsx?$)' },
      to: { path: '^src/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json', '.css'] },
  },
};
