/**
 * Every value that the README of the real files lists by iteration, for the tests of the queries and of the screens:
 * `k`, then for each bank `cost | fraction in force | proposed | old -> new | verdict`.
 */

/** pairwise.db and unified.db: `exp1-20261123-045337-b1f149`. */
export const pairwiseFirst = `
0 | $50.00 | 0.5 | 0.45 | $50.00 -> $45.00 | accepted | $50.00 | 0.5 | 0.4 | $50.00 -> $40.00 | accepted
1 | $45.00 | 0.45 | 0.43 | $45.00 -> $43.00 | accepted | $40.00 | 0.4 | 0.39 | $40.00 -> $39.00 | accepted
2 | $43.00 | 0.43 | 0.33 | $43.00 -> $33.00 | accepted | $39.00 | 0.39 | 0.38 | $39.00 -> $38.00 | accepted
3 | $33.00 | 0.33 | unparsable |  | invalid | $38.00 | 0.38 | 0.36 | $38.00 -> $36.00 | accepted
4 | $33.00 | 0.33 | 0.35 | $33.00 -> $35.00 | rejected, worse | $36.00 | 0.36 | 0.38 | $36.00 -> $38.00 | rejected, worse
5 | $33.00 | 0.33 | 0.37 | $33.00 -> $37.00 | rejected, worse | $36.00 | 0.36 | 0.38 | $36.00 -> $38.00 | rejected, worse
6 | $33.00 | 0.33 | 0.32 | $33.00 -> $32.00 | accepted | $36.00 | 0.36 | unparsable |  | invalid
7 | $32.00 | 0.32 | 0.34 | $32.00 -> $34.00 | rejected, worse | $36.00 | 0.36 | 0.38 | $36.00 -> $38.00 | rejected, worse
8 | $32.00 | 0.32 | none |  |  | $36.00 | 0.36 | none |  |`;

/** bootstrap.db: `exp2-20261123-045350-e40e67`. */
export const bootstrapFirst = `
0 | $498.00 | 0.5 | 0.4 | $498.00 -> $398.40 | accepted | $498.00 | 0.5 | 0.52 | $498.00 -> $517.92 | rejected, worse
1 | $398.40 | 0.4 | 0.42 | $398.40 -> $418.32 | rejected, worse | $498.00 | 0.5 | 0.4 | $498.00 -> $398.40 | accepted
2 | $398.40 | 0.4 | 0.38 | $398.40 -> $378.48 | accepted | $398.40 | 0.4 | 0.37 | $398.40 -> $368.52 | accepted
3 | $378.48 | 0.38 | 0.33 | $378.48 -> $328.68 | accepted | $368.52 | 0.37 | 0.32 | $368.52 -> $318.72 | accepted
4 | $328.68 | 0.33 | 0.3 | $328.68 -> $298.80 | accepted | $318.72 | 0.32 | 0.29 | $318.72 -> $288.84 | accepted
5 | $298.80 | 0.3 | 0.32 | $298.80 -> $318.72 | rejected, worse | $288.84 | 0.29 | 0.33 | $288.84 -> $328.68 | rejected, worse
6 | $298.80 | 0.3 | unparsable |  | invalid | $288.84 | 0.29 | 0.33 | $288.84 -> $328.68 | rejected, worse
7 | $298.80 | 0.3 | 0.29 | $298.80 -> $288.84 | accepted | $288.84 | 0.29 | unparsable |  | invalid
8 | $288.84 | 0.29 | 0.19 | $288.84 -> $189.24 | accepted | $288.84 | 0.29 | 0.19 | $288.84 -> $189.24 | accepted
9 | $189.24 | 0.19 | 0.17 | $189.24 -> $169.32 | accepted | $189.24 | 0.19 | 0.21 | $189.24 -> $209.16 | rejected, worse
10 | $169.32 | 0.17 | 0.15 | $169.32 -> $151.19 | accepted | $189.24 | 0.19 | 0.23 | $189.24 -> $229.08 | rejected, worse
11 | $149.40 | 0.15 | 0.17 | $149.40 -> $169.32 | rejected, worse | $189.24 | 0.19 | 0.21 | $189.24 -> $209.16 | rejected, worse
12 | $149.40 | 0.15 | 0.14 | $149.40 -> $139.44 | accepted | $189.24 | 0.19 | 0.23 | $189.24 -> $229.08 | rejected, worse
13 | $139.44 | 0.14 | none |  |  | $189.24 | 0.19 | none |  |`;

/** exp1-20251215.db, which records no cost of a proposal. */
export const decemberFirst = `
0 | $50.00 | 0.5 | 0.2 | | accepted | $50.00 | 0.5 | 0.2 | | accepted
1 | $20.00 | 0.2 | 0.18 | | accepted | $20.00 | 0.2 | 0.15 | | rejected
2 | $18.00 | 0.18 | 0.16 | | accepted | $20.00 | 0.2 | 0.1501 | | rejected
3 | $16.00 | 0.16 | 0.15 | | accepted | $20.00 | 0.2 | 0.15 | | rejected
4 | $15.00 | 0.15 | 0.14 | | accepted | $20.00 | 0.2 | 0.15 | | rejected
5 | $14.00 | 0.14 | 0.13 | | accepted | $20.00 | 0.2 | 0.15 | | rejected
6 | $13.00 | 0.13 | 0.12 | | accepted | $20.00 | 0.2 | 0.15 | | rejected
7 | $12.00 | 0.12 | 0.11 | | accepted | $20.00 | 0.2 | 0.151 | | rejected
8 | $11.00 | 0.11 | none | | | $20.00 | 0.2 | none | |`;

/** exp2-20251215.db; one cost for both banks: `k | cost | fraction | proposed | verdict | fraction | proposed | verdict`. */
export const decemberSecond = `
0 | $498.00 | 0.5 | 0.4 | accepted | 0.5 | 0.15 | accepted
1 | $275.29 | 0.4 | 0.3 | accepted | 0.15 | 0.13 | accepted
2 | $218.72 | 0.3 | 0.25 | accepted | 0.13 | 0.148 | rejected
3 | $193.82 | 0.25 | 0.22 | accepted | 0.13 | 0.145 | rejected
4 | $178.88 | 0.22 | 0.2 | accepted | 0.13 | 0.145 | rejected
5 | $168.92 | 0.2 | 0.18 | accepted | 0.13 | 0.145 | rejected
6 | $161.23 | 0.18 | 0.17 | accepted | 0.13 | 0.148 | rejected
7 | $156.43 | 0.17 | 0.179 | rejected | 0.13 | 0.16 | rejected
8 | $156.43 | 0.17 | 0.175 | rejected | 0.13 | 0.148 | rejected
9 | $156.43 | 0.17 | 0.179 | rejected | 0.13 | 0.16 | rejected
10 | $156.43 | 0.17 | none | | 0.13 | none |`;
