/** The release that reads and reports, as its package names it. */
export { version as appVersion } from '../../package.json';
