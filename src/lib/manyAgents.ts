/** More agents than this are not all set out on a page: their names and panels would fill it without end. */
export const manyAgents = 24;
