/** No more lines can be told apart in one figure. */
export const mostCompared = 12;
